"""A dossier that was filed at the portal: accepting it is the act that its page offers first, and what F9 does."""

from dataclasses import replace

import pytest

from counter_app.domain.catalogue import TimeLimit
from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from tests.builders import CLERK, INSPECTOR, fake_desk, procedure, profile
from tests.services.line.test_incoming import applied, assigned
from ui.dialogs.acts.description import ActDesk, ActFacts, FieldKind
from ui.dialogs.acts.table import FORMS
from ui.pages.dossier_verbs import ORDER, line_of, main_act, objection

CODE = "H36.50.05-261120-10000"
VERIFIED = replace(procedure(), variants=(TimeLimit(None, "5 ngày làm việc", case="phải xác minh"),))


@pytest.fixture
def desk():
    made = fake_desk()
    applied(made, assigned())
    return made


def facts(desk, known=None):
    return ActFacts(desk.dossiers.show(CODE, CLERK), desk.clock.now(), profile(), procedure=known or procedure())


def accept(desk, known=None, **values):
    return FORMS["accept_online"](facts(desk, known)).act(ActDesk(desk, CLERK, profile()), values)


def test_accepting_is_offered_first_and_is_what_f9_does(desk):
    assert ORDER[0] == "accept_online"
    assert objection(facts(desk), "accept_online", CLERK) is None
    assert main_act(facts(desk), CLERK) == "accept_online"
    assert line_of(facts(desk), "accept_online") == "register, appointment, slip"


def test_who_only_reads_is_told_so(desk):
    assert objection(facts(desk), "accept_online", INSPECTOR) == "Your role reads dossiers and changes nothing."
    assert main_act(facts(desk), INSPECTOR) == "reprint"


def test_an_accepted_dossier_has_a_place_an_appointment_and_a_slip(desk):
    done = accept(desk)
    assert (done.dossier.status, done.forms) == (Status.RECEIVED, ("01",))
    assert done.dossier.place.ordinal == 1
    assert done.dossier.due_at > done.dossier.received_at
    assert main_act(facts(desk), CLERK) == "hand_over"
    assert "filed online" in objection(facts(desk), "accept_online", CLERK)


def test_a_case_is_asked_for_only_where_the_procedure_has_some(desk):
    assert FORMS["accept_online"](facts(desk)).fields == ()
    (case,) = FORMS["accept_online"](facts(desk, VERIFIED)).fields
    assert (case.name, case.kind, case.value) == ("case", FieldKind.CHOICE, "")
    assert [value for _, value in case.options] == ["", "phải xác minh"]


def test_a_case_that_the_catalogue_of_today_lacks_is_told_at_its_field(desk):
    with pytest.raises(RuleBrokenError) as error:
        accept(desk, VERIFIED, case="phải xác minh")
    assert [(each.code, each.field) for each in error.value.problems] == [("CASE_UNKNOWN", "case")]
    assert accept(desk, VERIFIED, case="").dossier.status is Status.RECEIVED
