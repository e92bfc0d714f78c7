"""Texts of a verb: tidy whatever was typed, all that is wrong told at once, each at its field, nothing twice."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.text import tidy, unprintable
from counter_app.services.acts.texts import LINE, MOST_LINES, Texts

ANY = st.text(max_size=30) | st.sampled_from(["  a  b ", "\u202eabc", "a\u200bb", "Nguyê\u0303n", "😀", "你好", "\x00", "\n", "a" * 400])


def found(texts):
    return [(problem.code, problem.field) for problem in texts.problems]


@given(ANY)
def test_what_is_kept_is_tidy_whatever_was_typed(typed):
    texts = Texts()
    kept = texts.may(typed, "note")
    assert kept == tidy(kept) == unicodedata.normalize("NFC", kept)
    assert not kept.startswith(" ")
    assert "  " not in kept
    too_long, strange = len(kept) > LINE, bool(unprintable(kept))
    assert found(texts) == [("TEXT_TOO_LONG", "note")] * too_long + [("TEXT_UNPRINTABLE", "note")] * (strange and not too_long)


@given(ANY)
def test_a_text_that_must_be_there_is_one_that_has_a_letter_to_show(typed):
    texts, may = Texts(), Texts()
    assert texts.need(typed, "reason") == may.may(typed, "reason")
    assert (("TEXT_NEEDED", "reason") in found(texts)) == (tidy(typed) == "")
    assert [each for each in found(texts) if each[0] != "TEXT_NEEDED"] == found(may)


@given(st.lists(ANY, max_size=6))
def test_lines_leave_the_empty_ones_out_and_tell_the_place_that_was_typed(typed):
    texts = Texts()
    kept = texts.lines(typed, "items", needed=False)
    assert kept == tuple(tidy(line) for line in typed if tidy(line))
    wrong = [at for at, line in enumerate(typed) if len(tidy(line)) > LINE or unprintable(tidy(line))]
    assert [field for _, field in found(texts)] == [f"items.{at}" for at in wrong]


@pytest.mark.parametrize(("count", "codes"), [(0, ["TEXT_NEEDED"]), (1, []), (MOST_LINES, []), (MOST_LINES + 1, ["LINES_TOO_MANY"])])
def test_a_list_has_at_least_one_line_and_not_too_many(count, codes):
    texts = Texts()
    texts.lines(["x"] * count, "items")
    assert found(texts) == [(code, "items") for code in codes]


@pytest.mark.parametrize(("length", "codes"), [(9, []), (10, []), (11, ["TEXT_TOO_LONG"])])
def test_the_longest_text_is_one_that_fits(length, codes):
    texts = Texts()
    texts.may("a" * length, "name", 10)
    assert [problem.code for problem in texts.problems] == codes
    assert all(problem.params == {"length": 11, "limit": 10} for problem in texts.problems)


def test_only_some_of_the_strange_signs_are_named():
    texts = Texts()
    texts.may("你好世界和平文化教育學習工作", "name")
    assert len(texts.problems[0].params["characters"]) == 10


def test_everything_that_is_wrong_is_told_together():
    texts = Texts()
    texts.need("", "reason")
    texts.need("😀", "decided_by")
    texts.forbid("PERIOD_BACKWARDS", "valid_to")
    with pytest.raises(RuleBrokenError) as caught:
        texts.close()
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [
        ("TEXT_NEEDED", "reason"), ("TEXT_UNPRINTABLE", "decided_by"), ("PERIOD_BACKWARDS", "valid_to")]


def test_nothing_wrong_is_nothing_raised():
    texts = Texts()
    assert texts.need("lý do", "reason") == "lý do"
    texts.close()
