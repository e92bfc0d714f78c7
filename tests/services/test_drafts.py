import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.drafts import DraftService
from tests.fakes import FakeClock, FakeDatabase

MAI, LAN = "u-0002", "u-0003"


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def drafts(clock):
    return DraftService(FakeDatabase(), clock)


def test_a_form_is_kept_as_it_was_last(drafts, clock):
    first = drafts.save(MAI, "intake", {"name": "T"}, "T")
    clock.forward(seconds=5)
    last = drafts.save(MAI, "intake", {"name": "Tr"}, "Tr")
    assert first.draft_id == last.draft_id
    assert drafts.current(MAI, "intake") == last
    assert last.saved_at == clock.now()


def test_nobody_sees_another_persons_draft(drafts):
    drafts.park(drafts.save(MAI, "intake", {"name": "T"}, "T").draft_id)
    drafts.save(MAI, "intake", {"name": "U"}, "U")
    assert drafts.current(LAN, "intake") is None
    assert drafts.parked(LAN, "intake") == []


def test_kinds_of_form_are_apart(drafts):
    drafts.save(MAI, "intake", {}, "")
    assert drafts.current(MAI, "certify") is None


def test_a_parked_form_makes_room_and_comes_back(drafts, clock):
    first = drafts.save(MAI, "intake", {"name": "T"}, "T")
    drafts.park(first.draft_id)
    assert drafts.current(MAI, "intake") is None
    clock.forward(minutes=1)
    second = drafts.save(MAI, "intake", {"name": "U"}, "U")
    assert second.draft_id != first.draft_id
    recalled = drafts.recall(first.draft_id)
    assert recalled.content == {"name": "T"}
    assert drafts.current(MAI, "intake") == recalled
    assert [draft.draft_id for draft in drafts.parked(MAI, "intake")] == [second.draft_id]


def test_parked_forms_are_listed_newest_first(drafts, clock):
    labels = ["một", "hai", "ba"]
    for label in labels:
        clock.forward(minutes=1)
        drafts.park(drafts.save(MAI, "intake", {}, label).draft_id)
    assert [draft.label for draft in drafts.parked(MAI, "intake")] == labels[::-1]


def test_recalling_the_current_form_changes_nothing(drafts):
    draft = drafts.save(MAI, "intake", {"a": 1}, "T")
    assert drafts.recall(draft.draft_id) == draft
    assert drafts.parked(MAI, "intake") == []


def test_a_discarded_form_is_gone(drafts):
    draft = drafts.save(MAI, "intake", {}, "T")
    drafts.discard(draft.draft_id)
    drafts.discard(draft.draft_id)
    assert drafts.current(MAI, "intake") is None
    for act in (drafts.park, drafts.recall):
        with pytest.raises(RuleBrokenError, match="DRAFT_GONE"):
            act(draft.draft_id)
