"""Remarks and ratings: kept in the contract's words, tidy, each in its bounds, and nothing else of the dossier changes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Rating
from counter_app.domain.text import tidy, unprintable
from counter_app.services.acts.notes_ratings import HIGHEST, LONGEST_NOTE, LOWEST, AddNote, Audience, NoteKind, Rate, RatingChannel
from tests.builders import CLERK, INSPECTOR, dossier, fake_desk

CODE = "H36.50.05-261101-0001"


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return [(problem.code, problem.field) for problem in caught.value.problems]


def desk_with(**changes):
    desk = fake_desk()
    desk.add(dossier(1, **changes))
    return desk


def note(desk, said="Đã gọi điện", **changes):
    return desk.life.notes.note(replace(AddNote(CODE, said), **changes), CLERK)


def rate(desk, score=5, **changes):
    return desk.life.ratings.rate(replace(Rate(CODE, score), **changes), CLERK)


@pytest.mark.parametrize(("kind", "word"), [(NoteKind.NOTE, "ghi_chu"), (NoteKind.CONTACT, "lien_he_nguoi_dan")])
@pytest.mark.parametrize(("audience", "whom"), [(Audience.DESK, "desk"), (Audience.PROVINCE, "province")])
def test_a_remark_says_what_it_is_about_and_for_whom(kind, word, audience, whom):
    desk = desk_with()
    note(desk, "  Đã  gọi ", kind=kind, audience=audience)
    (event,) = desk.state.events
    assert (event.type, event.facts["text"], event.facts["kind"], event.facts["audience"]) == ("note.added", "Đã gọi", word, whom)


def test_a_remark_is_for_the_desk_unless_it_is_said():
    desk = desk_with()
    note(desk)
    assert (desk.state.events[-1].facts["kind"], desk.state.events[-1].facts["audience"]) == ("ghi_chu", "desk")


@pytest.mark.parametrize("status", Status)
def test_a_remark_changes_nothing_wherever_the_dossier_stands(status):
    desk = desk_with(status=status)
    before = next(iter(desk.state.dossiers.values()))
    done = note(desk)
    after = next(iter(desk.state.dossiers.values()))
    assert replace(after, known_rev=before.known_rev) == before
    assert (done.dossier.code, done.warnings, done.print_ids) == (CODE, (), ())


@pytest.mark.parametrize(("said", "expected"), [
    ("", [("TEXT_NEEDED", "text")]), (" \n ", [("TEXT_NEEDED", "text")]), ("a" * LONGEST_NOTE, []),
    ("a" * (LONGEST_NOTE + 1), [("TEXT_TOO_LONG", "text")]), ("😀", [("TEXT_UNPRINTABLE", "text")])])
def test_a_remark_has_words_and_not_too_many(said, expected):
    desk = desk_with()
    if expected:
        assert problems(lambda: note(desk, said)) == expected
    else:
        note(desk, said)
    assert len(desk.state.events) == (not expected)


@pytest.mark.parametrize("score", range(LOWEST, HIGHEST + 1))
@pytest.mark.parametrize(("channel", "word"), [(RatingChannel.DESK, "tai_quay"), (RatingChannel.KIOSK, "kiosk"), (RatingChannel.PAPER, "giay")])
def test_a_rating_is_kept_as_it_was_given(score, channel, word):
    desk = desk_with(status=Status.RETURNED)
    done = rate(desk, score, channel=channel, comment=" Nhanh  gọn ")
    assert done.dossier.rating == Rating(desk.clock.moment, score, word, "Nhanh gọn")
    facts = desk.state.events[-1].facts
    assert (facts["score"], facts["channel"], facts["comment"], facts["answers"]) == (score, word, "Nhanh gọn", [])


@pytest.mark.parametrize("score", [-1, 0, 6, 100])
def test_a_score_beyond_the_scale_is_none(score):
    desk = desk_with(status=Status.RETURNED)
    with pytest.raises(RuleBrokenError) as caught:
        rate(desk, score, comment="😀")
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [
        ("TEXT_UNPRINTABLE", "comment"), ("SCORE_IMPOSSIBLE", "score")]
    assert caught.value.problems[1].params == {"least": 1, "most": 5}
    assert desk.state.events == []


@pytest.mark.parametrize(("length", "expected"), [(1000, None), (1001, ("TEXT_TOO_LONG", "comment"))])
def test_a_comment_fits_into_the_event(length, expected):
    desk = desk_with(status=Status.RETURNED)
    if expected:
        assert problems(lambda: rate(desk, comment="a" * length)) == [expected]
    else:
        assert len(rate(desk, comment="a" * length).dossier.rating.comment) == length


def test_a_citizen_is_asked_once():
    desk = desk_with(status=Status.RETURNED)
    rate(desk, 1)
    assert problems(lambda: rate(desk, 5)) == [("ALREADY_RATED", None)]
    assert next(iter(desk.state.dossiers.values())).rating.score == 1


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.RETURNED])
def test_who_has_no_result_yet_is_not_asked(status):
    assert problems(lambda: rate(desk_with(status=status))) == [("RATE_NOT_NOW", None)]


def test_an_inspector_writes_nothing():
    desk = desk_with(status=Status.RETURNED)
    assert problems(lambda: desk.life.notes.note(AddNote(CODE, "x"), INSPECTOR)) == [("NOT_ALLOWED", None)]
    assert problems(lambda: desk.life.ratings.rate(Rate(CODE, 5), INSPECTOR)) == [("NOT_ALLOWED", None)]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_said_is_kept_tidy_or_refused(said):
    desk = desk_with()
    if not tidy(said) or unprintable(tidy(said)):
        assert problems(lambda: note(desk, said))[0][1] == "text"
    else:
        note(desk, said)
        assert desk.state.events[-1].facts["text"] == tidy(said)
