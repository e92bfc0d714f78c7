"""Accepting what was filed at the portal: its own code, our register, today's appointment, one slip; and never twice."""

from __future__ import annotations

import pytest

from counter_app.domain.dossier import Channel, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.ports import ListFilter
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, INSPECTOR, fake_desk
from tests.services.line.test_incoming import applied, assigned

CODE = "H36.50.05-261120-10000"


@pytest.fixture
def desk():
    made = fake_desk()
    applied(made, assigned())
    return made


def accept(desk, actor=CLERK, **more):
    return desk.life.acceptance.accept(AcceptOnline(CODE, **more), actor)


def test_an_accepted_dossier_is_received_with_register_appointment_and_slip(desk):
    issued = len(desk.state.numbers)
    done = accept(desk)
    here = done.dossier
    assert (here.status, here.code, here.awaiting_acceptance, here.channel) == (Status.RECEIVED, CODE, False, Channel.ONLINE)
    assert (here.received_at, here.place.ordinal) == (desk.clock.now(), 1)
    assert here.due_at == here.printed_due_at > here.received_at
    assert here.known_rev == 1
    assert (len(desk.state.numbers), done.forms) == (issued, ("01",))
    received, printed = desk.state.events[-2:]
    assert (received.type, received.base_rev, received.facts["origin"]) == ("dossier.received", 1, "portal")
    assert received.ho_so["TrangThaiHoSo"] == "2"
    assert printed.type == "slip.printed"
    assert [row.code for row in desk.dossiers.list(ListFilter.RECEIVED_TODAY, CLERK).rows] == [CODE]
    assert VerifyService(desk.database).run().differences == ()


def test_it_is_accepted_once_and_by_who_may(desk):
    with pytest.raises(RuleBrokenError) as error:
        accept(desk, INSPECTOR)
    assert error.value.code == "NOT_ALLOWED"
    accept(desk)
    with pytest.raises(RuleBrokenError) as error:
        accept(desk)
    assert error.value.code == "ACCEPT_NOT_NOW"


@pytest.mark.parametrize("changes", [{"case": "no such case"}, {"paper": "a3"}])
def test_what_can_t_be_accepted_changes_nothing(desk, changes):
    before = desk.state
    with pytest.raises(RuleBrokenError):
        accept(desk, **changes)
    assert desk.state == before


def test_a_procedure_that_the_catalogue_lacks_is_said():
    desk = fake_desk()
    applied(desk, assigned(MaTTHC="9.999999"))
    with pytest.raises(RuleBrokenError) as error:
        accept(desk)
    assert error.value.code == "PROCEDURE_UNKNOWN"
