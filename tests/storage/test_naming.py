"""Finding what is about a person: by a word in any event, and by who did something to a dossier; on both engines."""

import pytest

from counter_app.domain.events import Event
from counter_app.domain.people import Actor, Role
from counter_app.services.recording import write_audit
from tests.storage.samples import NOW

ACTOR, NUMBER = Actor("u-0001", Role.CLERK), "067190000123"


def event(n, dossier_id, facts, ho_so=None):
    return Event(f"op-{n:032d}", dossier_id, "note.added", NOW, ACTOR, facts, ho_so)


@pytest.fixture
def full(database):
    with database.write() as uow:
        uow.events.append_many([
            event(1, "d-1", {"applicant": {"id_number": NUMBER}}), event(2, "d-1", {"receiver": {"id_number": NUMBER}}),
            event(3, "d-2", {"text": f"giấy của {NUMBER}"}), event(4, "d-3", {}, {"nguoiNop": NUMBER}), event(5, None, {"x": NUMBER}),
            event(6, "d-4", {"x": "06719000012"}), event(7, "d-5", {NUMBER: "x"})])
        for at, subject in enumerate(("d-1", "d-2", "", "d-1")):
            write_audit(uow, NOW, "u-0001", f"act.{at}", subject, {})
        uow.commit()
    return database


def test_a_number_is_found_where_it_stands_by_itself(full):
    with full.read() as uow:
        assert uow.events.naming(NUMBER) == ["d-1", "d-3", "d-5"], "facts and record, and never as a part of something else"
        assert uow.events.naming("067190000999") == []


@pytest.mark.parametrize("sly", ["%", "_", "0671900001__", "%123"])
def test_signs_of_a_pattern_find_nothing(full, sly):
    with full.read() as uow:
        assert uow.events.naming(sly) == []


def test_the_trail_about_some_dossiers_is_told_in_order(full):
    with full.read() as uow:
        assert [entry.action for entry in uow.audit.about(["d-1"])] == ["act.0", "act.3"]
        assert [entry.action for entry in uow.audit.about(["d-2", "d-1", "d-9"])] == ["act.0", "act.1", "act.3"]
        assert uow.audit.about([]) == []
        assert uow.audit.about(["d-1"])[0] == uow.audit.entries(1, 1)[0]
