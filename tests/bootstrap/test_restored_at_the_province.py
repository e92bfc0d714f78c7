"""A copy that comes back at a desk with a line: what was lost is fetched, nothing is lost at the province, no code is issued twice."""

from __future__ import annotations

from contextlib import closing

import pytest

from counter_app.bootstrap import CreateDesk, create_desk, open_counter, restore_desk
from counter_app.domain.errors import DeskError, SurroundingsError
from counter_app.services.line.province import Ticket
from tests.bootstrap.test_restoring import Computer, receive
from tests.builders import command
from tests.conftest import AGENCY, COMMUNE, PASSWORD, PROVINCE
from tests.province.fixtures import province

__all__ = ["province"]


@pytest.fixture
def old(home, monkeypatch, province):
    """A computer whose desk is enrolled, has sent three dossiers, was copied, and has taken in and sent two more since."""
    made = Computer(home, monkeypatch)
    made.sheet = create_desk(CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, unattended=True), made.desk).recovery_text
    made.stick.mkdir()
    with closing(open_counter(made.desk)) as counter:
        actor = counter.login.acting("", "")
        made.ticket = Ticket(**province.ticket(AGENCY))
        counter.line.enrol(made.ticket, actor)
        assert counter.province.run(30).pending == 0
        made.before = receive(counter, 3)
        assert counter.province.run(30).pending == 0
        made.copy = counter.keeping.make_in(str(made.stick)).path
        made.later = receive(counter, 2)
        assert counter.province.run(30).pending == 0
    return made


def codes_of(counter):
    """The official codes of every dossier at a desk, as they end."""
    with counter.database.read() as uow:
        lines = uow.logbooks.all_lines("dossiers", counter.clock.now().year, None, None, None)
        return sorted(uow.dossiers.get(each.dossier_id).code[-4:] for each in lines)


def test_on_the_same_computer_what_was_lost_comes_back_and_numbers_go_on(old):
    back = old.home / "back"
    restored = restore_desk(old.copy, back)
    assert not restored.enrol_again
    with closing(open_counter(back)) as counter:
        assert codes_of(counter) == sorted(old.before)
        assert counter.province.run(30).pending == 0
        fresh = receive(counter, 2)
        assert counter.province.run(30).pending == 0
        assert codes_of(counter) == sorted([*old.before, *old.later, *fresh])
        assert len({*old.before, *old.later, *fresh}) == 7
        assert counter.province.reconcile().match
        assert counter.settings.profile().epoch == restored.epoch


def test_on_a_new_computer_it_is_enrolled_anew_and_a_person_names_the_newest_slip(old, home, monkeypatch, province):
    new = Computer(home, monkeypatch, "new")
    restored = restore_desk(old.copy, new.desk, old.sheet)
    assert restored.enrol_again
    assert restored.next_code.startswith("TAM-"), "without the guard no official number is safe"
    with closing(open_counter(new.desk)) as counter:
        actor = counter.login.acting("", "")
        assert [each.problem.code for each in counter.province.standing().troubles] == ["SYNC_KEY_GONE"]
        with pytest.raises(DeskError) as refused:
            counter.line.enrol(old.ticket, actor)
        assert refused.value.code == "ENROL_CODE_USED"
        with pytest.raises(SurroundingsError) as gone:
            counter.province.run(30)
        assert (gone.value.code, [each.problem.code for each in counter.province.standing().troubles]) == (
            "SYNC_KEY_GONE", ["SYNC_KEY_GONE"]), "the key that the refused enrolment made is not the relation's"
        counter.line.enrol(Ticket(**province.ticket(AGENCY)), actor)
        assert counter.province.run(30).pending == 0
        assert not counter.province.standing().troubles
        assert counter.intake.receive(command(), actor).code.startswith("TAM-")
        counter.numbering.confirm_last(counter.clock.now().date(), int(max(old.later)), actor)
        codes = [counter.intake.receive(command(), actor).code for _ in range(2)]
        assert counter.province.run(30).pending == 0
        assert all(each.startswith(AGENCY) for each in codes), "official ones"
        fresh = {each[-4:] for each in codes}
        assert len({*old.before, *old.later, *fresh}) == 7, "whatever the guard of the old computer knew"
        assert fresh <= set(codes_of(counter))
        assert counter.province.reconcile().match
