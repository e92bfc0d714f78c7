import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.intake.drafts import DraftService
from tests.fakes import FakeClock, FakeDatabase

MAI, LAN = "u-0002", "u-0003"
HERE, THERE = "desk-1", "desk-2"


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def drafts(clock):
    return DraftService(FakeDatabase(), clock)


def test_a_form_is_kept_as_it_was_last(drafts, clock):
    first = drafts.save(MAI, "intake", {"name": "T"}, "T")
    clock.forward(seconds=5)
    last = drafts.save(MAI, "intake", {"name": "Tr"}, "Tr", draft_id=first.draft_id)
    assert first.draft_id == last.draft_id
    assert drafts.current(MAI, "intake") == last
    assert last.saved_at == clock.now()


def test_nobody_sees_another_persons_draft(drafts):
    drafts.park(MAI, drafts.save(MAI, "intake", {"name": "T"}, "T").draft_id)
    drafts.save(MAI, "intake", {"name": "U"}, "U")
    assert drafts.current(LAN, "intake") is None
    assert drafts.parked(LAN, "intake") == []


def test_kinds_of_form_are_apart(drafts):
    drafts.save(MAI, "intake", {}, "")
    assert drafts.current(MAI, "certify") is None


def test_a_parked_form_makes_room_and_comes_back(drafts, clock):
    first = drafts.save(MAI, "intake", {"name": "T"}, "T")
    drafts.park(MAI, first.draft_id)
    assert drafts.current(MAI, "intake") is None
    clock.forward(minutes=1)
    second = drafts.save(MAI, "intake", {"name": "U"}, "U")
    assert second.draft_id != first.draft_id
    recalled = drafts.recall(MAI, first.draft_id, mine=second.draft_id)
    assert recalled.content == {"name": "T"}
    assert drafts.current(MAI, "intake") == recalled
    assert [draft.draft_id for draft in drafts.parked(MAI, "intake")] == [second.draft_id]


def test_parked_forms_are_listed_newest_first(drafts, clock):
    labels = ["một", "hai", "ba"]
    for label in labels:
        clock.forward(minutes=1)
        drafts.park(MAI, drafts.save(MAI, "intake", {}, label).draft_id)
    assert [draft.label for draft in drafts.parked(MAI, "intake")] == labels[::-1]


def test_recalling_the_current_form_changes_nothing(drafts):
    draft = drafts.save(MAI, "intake", {"a": 1}, "T")
    assert drafts.recall(MAI, draft.draft_id, mine=draft.draft_id) == draft
    assert drafts.parked(MAI, "intake") == []


def test_a_discarded_form_is_gone(drafts):
    draft = drafts.save(MAI, "intake", {}, "T")
    drafts.discard(MAI, draft.draft_id)
    drafts.discard(MAI, draft.draft_id)
    assert drafts.current(MAI, "intake") is None
    for act in (drafts.park, drafts.recall):
        with pytest.raises(RuleBrokenError, match="DRAFT_GONE"):
            act(MAI, draft.draft_id)


# --- one person at two windows ----------------------------------------------------------------------------------------


def test_two_windows_of_one_person_keep_a_form_each(drafts, clock):
    here = drafts.save(MAI, "intake", {"name": "T"}, "T", HERE)
    there = drafts.save(MAI, "intake", {"name": "U"}, "U", THERE)
    clock.forward(seconds=1)
    drafts.save(MAI, "intake", {"name": "Tr"}, "Tr", HERE, here.draft_id)
    assert drafts.current(MAI, "intake", HERE).content == {"name": "Tr"}
    assert drafts.current(MAI, "intake", THERE) == there


def test_a_window_that_starts_again_takes_its_own_form_up_and_no_other(drafts, clock):
    mine = drafts.save(MAI, "intake", {"name": "T"}, "T", HERE)
    clock.forward(minutes=1)
    drafts.save(MAI, "intake", {"name": "U"}, "U", THERE)
    taken = drafts.take_up(MAI, "intake", HERE)
    assert (taken.content, taken.saved_at) == (mine.content, mine.saved_at)
    assert drafts.current(MAI, "intake", HERE) == taken
    assert drafts.take_up(MAI, "intake", "desk-3") is None
    assert drafts.take_up(LAN, "intake", HERE) is None


def test_a_form_that_was_taken_up_elsewhere_is_never_written_over(drafts):
    before = drafts.save(MAI, "intake", {"name": "T"}, "T", HERE)
    taken = drafts.take_up(MAI, "intake", HERE)
    went_on = drafts.save(MAI, "intake", {"name": "Tr"}, "Tr", HERE, before.draft_id)
    assert went_on.draft_id not in (before.draft_id, taken.draft_id)
    assert {draft.draft_id for draft in drafts.offered(MAI, "intake")} == {taken.draft_id, went_on.draft_id}


def test_a_form_of_before_windows_were_told_apart_is_anybodys(drafts):
    drafts.save(MAI, "intake", {"name": "T"}, "T")
    assert drafts.take_up(MAI, "intake", THERE).content == {"name": "T"}
    assert drafts.current(MAI, "intake", HERE) is None


def test_forms_of_other_windows_are_offered_behind_the_parked_ones(drafts, clock):
    parked = drafts.park(MAI, drafts.save(MAI, "intake", {}, "cất", HERE).draft_id)
    clock.forward(minutes=1)
    other = drafts.save(MAI, "intake", {}, "quầy khác", THERE)
    mine = drafts.save(MAI, "intake", {}, "của tôi", HERE)
    drafts.save(LAN, "intake", {}, "của người khác", HERE)
    assert [draft.label for draft in drafts.offered(MAI, "intake", mine.draft_id)] == [parked.label, other.label]


def test_a_form_fetched_from_another_window_leaves_the_one_in_hand_parked(drafts):
    other = drafts.save(MAI, "intake", {"name": "U"}, "U", THERE)
    mine = drafts.save(MAI, "intake", {"name": "T"}, "T", HERE)
    fetched = drafts.recall(MAI, other.draft_id, HERE, mine.draft_id)
    assert drafts.current(MAI, "intake", HERE) == fetched
    assert drafts.current(MAI, "intake", THERE) is None
    assert [draft.content for draft in drafts.parked(MAI, "intake")] == [{"name": "T"}]


def test_a_parked_form_is_not_filled_in_behind_its_back(drafts):
    mine = drafts.save(MAI, "intake", {"name": "T"}, "T", HERE)
    drafts.park(MAI, mine.draft_id)
    drafts.save(MAI, "intake", {"name": "Tr"}, "Tr", HERE, mine.draft_id)
    assert [draft.content for draft in drafts.parked(MAI, "intake")] == [{"name": "T"}]


def test_the_draft_of_another_person_is_not_written_into(drafts):
    hers = drafts.save(LAN, "intake", {"name": "T"}, "T", HERE)
    drafts.save(MAI, "intake", {"name": "X"}, "X", HERE, hers.draft_id)
    assert drafts.current(LAN, "intake", HERE) == hers


def test_the_draft_of_another_person_is_not_there_whatever_id_is_named(drafts):
    """Ids are no secret: they stand in the window's own messages."""
    hers = drafts.save(LAN, "intake", {"name": "T"}, "T", HERE)
    mine = drafts.save(MAI, "intake", {"name": "X"}, "X", HERE)
    for act in (drafts.park, drafts.recall):
        with pytest.raises(RuleBrokenError, match="DRAFT_GONE"):
            act(MAI, hers.draft_id)
    drafts.discard(MAI, hers.draft_id)
    drafts.recall(MAI, mine.draft_id, HERE, hers.draft_id)
    assert drafts.current(LAN, "intake", HERE) == hers
    assert drafts.parked(LAN, "intake") == []


@given(st.lists(st.tuples(st.sampled_from([HERE, THERE]), st.sampled_from(["type", "start", "park", "recall"])), max_size=25))
def test_whatever_two_windows_do_each_shows_what_was_typed_in_it_last_and_nothing_is_lost(acts):
    drafts, shown, typed = DraftService(FakeDatabase(), FakeClock()), {HERE: None, THERE: None}, 0
    texts = set()
    for window, act in acts:
        mine = shown[window].draft_id if shown[window] else ""
        if act == "type":
            typed += 1
            if shown[window] is not None:
                texts.discard(shown[window].content["text"])
            texts.add(typed)
            shown[window] = drafts.save(MAI, "intake", {"text": typed}, "", window, mine)
        elif act == "start":
            shown[window] = drafts.take_up(MAI, "intake", window)
        elif act == "park" and mine:
            drafts.park(MAI, mine)
            shown[window] = None
        elif act == "recall" and (parked := drafts.parked(MAI, "intake")):
            shown[window] = drafts.recall(MAI, parked[0].draft_id, window, mine)
        assert all(drafts.current(MAI, "intake", at) == draft for at, draft in shown.items())
        assert {draft.content["text"] for draft in drafts.offered(MAI, "intake")} == texts
