"""Units, signers and steps of the commune: kept as they were given, refused at their place, never lost between two people."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.people.offices import OfficesService, ProcessStep, Signer, Unit
from tests.builders import CLERK, HEAD, INSPECTOR, fake_desk
from tests.services.verbs import ADMINISTRATOR

NAME = st.text(st.sampled_from("aăâbcdđê ghi"), min_size=1, max_size=10).map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))
UNITS = st.lists(st.builds(Unit, NAME, NAME, st.just("") | NAME), max_size=5, unique_by=lambda unit: unit.code).map(tuple)
SIGNERS = st.lists(
    st.builds(Signer, NAME, NAME, st.lists(NAME, max_size=2).map(tuple), DAYS, DAYS).filter(
        lambda signer: not (signer.valid_from and signer.valid_to) or signer.valid_from <= signer.valid_to), max_size=4).map(tuple)
LIMITS = st.none() | st.builds(Limit, st.integers(1, 30), st.sampled_from([LimitUnit.HOUR, LimitUnit.WORKING_DAY, LimitUnit.DAY]))
STEPS = st.lists(st.builds(ProcessStep, NAME, NAME, NAME, LIMITS), min_size=1, max_size=4, unique_by=lambda step: step.code).map(tuple)


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


@given(UNITS, SIGNERS)
def test_units_and_signers_are_kept_as_they_were_given(units, signers):
    offices = fake_desk().offices
    offices.save_units(units, ADMINISTRATOR)
    offices.save_signers(signers, ADMINISTRATOR)
    assert (offices.units(), offices.signers()) == (units, signers)


@given(STEPS, STEPS)
def test_steps_are_kept_for_one_procedure_or_for_all(everybodys, own):
    offices = fake_desk().offices
    shipped = offices.process("1.004873")
    offices.save_process("", everybodys, ADMINISTRATOR)
    offices.save_process("1.004873", own, ADMINISTRATOR)
    assert (offices.process("1.004873"), offices.process("1.001193"), offices.process("")) == (own, everybodys, everybodys)
    offices.save_process("1.004873", (), ADMINISTRATOR)
    assert offices.process("1.004873") == everybodys
    offices.save_process("", (), ADMINISTRATOR)
    assert offices.process("1.004873") == shipped


@given(SIGNERS, st.dates(date(2024, 6, 1), date(2028, 6, 1)), NAME)
def test_who_may_sign_on_a_day_may_sign_something(signers, on, what):
    offices = fake_desk().offices
    offices.save_signers(signers, ADMINISTRATOR)
    anything, this = offices.signers(on), offices.signers(on, what)
    assert set(this) <= set(anything) <= set(signers)
    for signer in signers:
        in_time = (signer.valid_from or on) <= on <= (signer.valid_to or on)
        assert (signer in anything) == in_time
        assert (signer in this) == (in_time and (not signer.scope or what in signer.scope))


@pytest.mark.parametrize(("on", "may"), [
    (date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_a_term_holds_on_both_of_its_days(on, may):
    assert Signer("A", "B", (), date(2026, 1, 1), date(2026, 6, 30)).may_sign(on) is may


def test_a_term_of_one_day_is_one():
    offices = fake_desk().offices
    offices.save_signers((Signer("A", "B", (), date(2026, 1, 1), date(2026, 1, 1)),), ADMINISTRATOR)
    assert len(offices.signers(date(2026, 1, 1))) == 1


def test_a_commune_that_named_no_units_has_those_of_the_shipped_steps():
    offices = fake_desk().offices
    assert [unit.name for unit in offices.units()] == list(dict.fromkeys(step.unit for step in offices.process("")))
    offices.save_units((), ADMINISTRATOR)
    assert offices.units() == (), "none is a wish too"


def test_two_people_who_set_two_procedures_lose_nothing(monkeypatch):
    """Whoever writes second reads what the first one wrote: not what stood there when the dialog was opened."""
    desk = fake_desk()
    one, other = (ProcessStep("a", "Một", "A"),), (ProcessStep("b", "Hai", "B"),)
    begin, first = desk.database.write, OfficesService(desk.database, desk.clock)

    def after_somebody_else():
        monkeypatch.undo()
        first.save_process("1.001193", one, ADMINISTRATOR)
        return begin()

    monkeypatch.setattr(desk.database, "write", after_somebody_else)
    desk.offices.save_process("1.004873", other, ADMINISTRATOR)
    assert (desk.offices.process("1.001193"), desk.offices.process("1.004873")) == (one, other)


@pytest.mark.parametrize(("save", "value", "expected"), [
    ("save_units", (Unit("", "X"),), {("TEXT_NEEDED", "units.0.code")}),
    ("save_units", (Unit("A", "X"), Unit("A", "")), {("NAMED_TWICE", "units.1.code"), ("TEXT_NEEDED", "units.1.name")}),
    ("save_units", (Unit("A", "X"), Unit(" A ", "Y")), {("NAMED_TWICE", "units.1.code")}),
    ("save_units", (Unit("a" * 61, "X", "😀"),), {("TEXT_TOO_LONG", "units.0.code"), ("TEXT_UNPRINTABLE", "units.0.head")}),
    ("save_signers", (Signer("", ""),), {("TEXT_NEEDED", "signers.0.name"), ("TEXT_NEEDED", "signers.0.title")}),
    ("save_signers", (Signer("A", "B"), Signer("C", "D", (), date(2026, 2, 1), date(2026, 1, 31))), {("PERIOD_BACKWARDS", "signers.1.valid_to")}),
    ("save_signers", (Signer("A", "B", ("SCT/BS", "😀")),), {("TEXT_UNPRINTABLE", "signers.0.scope.1")})])
def test_what_is_wrong_stands_at_its_place_and_nothing_is_kept(save, value, expected):
    desk = fake_desk()
    before = desk.offices.units(), desk.offices.signers()
    assert problems(lambda: getattr(desk.offices, save)(value, ADMINISTRATOR)) == expected
    assert (desk.offices.units(), desk.offices.signers()) == before
    assert desk.state.audit == []


STEP = ProcessStep("a", "Thẩm định", "Tư pháp", Limit(4, LimitUnit.HOUR))


@pytest.mark.parametrize(("steps", "expected"), [
    ((replace(STEP, code=""),), {("TEXT_NEEDED", "steps.0.code")}),
    ((replace(STEP, name=" ", unit=""),), {("TEXT_NEEDED", "steps.0.name"), ("TEXT_NEEDED", "steps.0.unit")}),
    ((STEP, replace(STEP, name="Khác")), {("NAMED_TWICE", "steps.1.code")}),
    ((replace(STEP, limit=Limit(0, LimitUnit.HOUR)),), {("LIMIT_VALUE_IMPOSSIBLE", "steps.0.limit.value")}),
    ((replace(STEP, limit=Limit(-1, LimitUnit.WORKING_DAY)),), {("LIMIT_VALUE_IMPOSSIBLE", "steps.0.limit.value")})])
def test_what_is_wrong_with_steps(steps, expected):
    desk = fake_desk()
    before = desk.offices.process("1.004873")
    assert problems(lambda: desk.offices.save_process("1.004873", steps, ADMINISTRATOR)) == expected
    assert desk.offices.process("1.004873") == before


@pytest.mark.parametrize("actor", [CLERK, HEAD, INSPECTOR])
def test_only_who_runs_the_desk_sets_them(actor):
    offices = fake_desk().offices
    for act in (lambda: offices.save_units((), actor), lambda: offices.save_signers((), actor), lambda: offices.save_process("", (STEP,), actor)):
        assert problems(act) == {("NOT_ALLOWED", None)}


def test_a_change_is_on_the_trail_without_its_names():
    desk = fake_desk()
    desk.offices.save_signers((Signer("Hoàng Văn Giả Định", "Chủ tịch"),), ADMINISTRATOR)
    (entry,) = desk.state.audit
    assert (entry.user_id, entry.action, set(entry.details)) == (ADMINISTRATOR.user_id, "offices.changed", {"holds"})
    assert "Hoàng" not in str(entry)
