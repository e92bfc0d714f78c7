"""What the province asks to be printed: offered where it waits, and what F9 does there."""

import pytest

from tests.builders import CLERK, INSPECTOR, fake_desk, procedure, profile
from tests.services.line.test_incoming import applied, entry, taken_in
from ui.dialogs.acts.description import ActDesk, ActFacts
from ui.dialogs.acts.table import FORMS
from ui.pages.dossier_verbs import line_of, main_act, objection


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def code(desk):
    dossier = taken_in(desk)
    applied(desk, entry("print.requested", dossier.dossier_id, None, form="03", reason="Không thuộc thẩm quyền"))
    return dossier.code


def facts(desk, code):
    return ActFacts(desk.dossiers.show(code, CLERK), desk.clock.now(), profile(), procedure=procedure())


def test_it_comes_before_whatever_else_comes_next(desk, code):
    assert objection(facts(desk, code), "print_requested", CLERK) is None
    assert main_act(facts(desk, code), CLERK) == "print_requested"
    assert line_of(facts(desk, code), "print_requested") == "as the province decided, with this desk's number"


def test_nothing_is_asked_and_once_printed_it_is_offered_no_more(desk, code):
    form = FORMS["print_requested"](facts(desk, code))
    assert form.fields == ()
    assert form.act(ActDesk(desk, CLERK, profile()), {}).forms == ("03",)
    assert "asks for no form" in objection(facts(desk, code), "print_requested", CLERK)
    assert main_act(facts(desk, code), CLERK) == "hand_over"


def test_who_only_reads_is_told_so(desk, code):
    assert objection(facts(desk, code), "print_requested", INSPECTOR) == "Your role reads dossiers and changes nothing."
    assert main_act(facts(desk, code), INSPECTOR) == "reprint"
