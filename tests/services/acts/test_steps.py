"""The steps behind the desk, driven at random over any process: each is done once, in its order or with a reason, none is lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Step
from counter_app.domain.moments import local
from counter_app.services.acts.step_clock import begun, is_late, steps_left
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.people.offices import ProcessStep
from tests.builders import CLERK, dossier, fake_desk
from tests.examples import examples
from tests.services.lives import do, received
from tests.services.lives import dossier as standing
from tests.services.verbs import ADMINISTRATOR

MONDAY = local(2026, 11, 2, 8, 0)
CALENDAR = fake_desk().calendar.calendar()
LIMITS = st.none() | st.builds(Limit, st.integers(1, 5), st.sampled_from([LimitUnit.HOUR, LimitUnit.WORKING_DAY]))
PROCESSES = st.lists(LIMITS, min_size=1, max_size=5).map(
    lambda limits: tuple(ProcessStep(f"s{at}", f"Bước {at}", f"Phòng {at}", limit) for at, limit in enumerate(limits)))


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return [(problem.code, problem.field) for problem in caught.value.problems]


def desk_with(process):
    desk = fake_desk(MONDAY)
    desk.offices.save_process("1.004873", process, ADMINISTRATOR)
    return desk, received(desk)


def left(desk, code):
    with desk.database.read() as uow:
        return [step.code for step in steps_left(uow, standing(desk, code))]


@settings(max_examples=examples(15), deadline=None)
@given(PROCESSES, st.lists(st.integers(0, 5), max_size=6), st.booleans())
def test_a_process_is_gone_through_once_whatever_is_chosen(process, chosen, handed):
    desk, code = desk_with(process)
    if handed:
        do(desk, code, "give")
    done, waiting = [], [step.code for step in process]
    for at in chosen:
        desk.clock.forward(hours=1)
        assert left(desk, code) == waiting
        wanted = f"s{at}"
        command = CompleteStep(code, "đã làm", step=wanted, skip_reason="lãnh đạo giao")
        if wanted not in waiting:
            assert problems(partial(desk.life.steps.complete, command, CLERK)) == [
                ("STEP_UNKNOWN", "step") if waiting else ("NO_STEP_LEFT", None)]
            continue
        skipped = waiting[:waiting.index(wanted)]
        after = desk.life.steps.complete(command, CLERK).dossier
        waiting = waiting[len(skipped) + 1:]
        done.append(wanted)
        assert [step.code for step in after.steps] == done
        assert (after.step.code if after.step else None) == (waiting[0] if waiting else None)
        assert all(f"Bước {each[1:]}" in after.steps[-1].content for each in skipped)
        assert after.steps[-1].completed_at == desk.clock.moment


@given(st.integers(0, 60), LIMITS)
def test_a_step_begins_when_it_begins_and_has_its_own_time_or_the_dossier_s(hours, limit):
    at, kept = MONDAY + timedelta(hours=hours), dossier(received_at=MONDAY, due_at=local(2026, 12, 1, 9))
    step = begun(kept, ProcessStep("s", "Bước", "Phòng", limit), at, CALENDAR, owner="Lê Văn Mẫu")
    assert (step.started_at, step.owner, step.unit) == (at, "Lê Văn Mẫu", "Phòng")
    if limit is None:
        assert step.due_at == kept.due_at
    else:
        assert step.due_at > at
        assert CALENDAR.is_counting_day(step.due_at.date())


def test_the_unit_may_be_another_than_the_process_says():
    step = begun(dossier(), ProcessStep("s", "Bước", "Phòng"), MONDAY, CALENDAR, unit="Địa chính")
    assert (step.unit, step.owner) == ("Địa chính", "")


@pytest.mark.parametrize(("completed", "at", "late"), [
    (None, local(2026, 11, 5, 23, 59), False), (None, local(2026, 11, 6), True), (local(2026, 11, 5, 17), local(2026, 12, 1), False),
    (local(2026, 11, 6), local(2026, 11, 5), True)])
def test_a_step_is_late_from_the_day_after_and_stays_what_it_was(completed, at, late):
    step = Step("s", "Bước", "Phòng", "", MONDAY, local(2026, 11, 5, 10), completed)
    assert is_late(step, at) is late
    assert not is_late(replace(step, due_at=None), at)


def test_a_process_that_was_changed_goes_on_behind_what_is_done():
    first, second, third = (ProcessStep(code, code, "Phòng") for code in "abc")
    desk, code = desk_with((first, second))
    desk.life.steps.complete(CompleteStep(code), CLERK)
    desk.offices.save_process("1.004873", (third, first, second), ADMINISTRATOR)
    assert left(desk, code) == ["b"]
    desk.offices.save_process("1.004873", (third, second), ADMINISTRATOR)
    assert left(desk, code) == ["c", "b"], "what was done is no step of the process any more: nothing tells how far it is"


@pytest.mark.parametrize(("changes", "expected"), [
    ({"content": "😀"}, [("TEXT_UNPRINTABLE", "content")]), ({"owner": "a" * 201}, [("TEXT_TOO_LONG", "owner")]),
    ({"title": "a" * 201, "done_by": "😀", "done_in": "a" * 201, "to_unit": "😀", "skip_reason": "a" * 301},
     [("TEXT_TOO_LONG", "skip_reason"), ("TEXT_UNPRINTABLE", "to_unit"), ("TEXT_UNPRINTABLE", "done_by"), ("TEXT_TOO_LONG", "done_in"),
      ("TEXT_TOO_LONG", "title")]),
    ({"step": "s1"}, [("STEP_SKIPPED", "skip_reason")]), ({"step": "s1", "skip_reason": "  "}, [("STEP_SKIPPED", "skip_reason")])])
def test_what_is_wrong_changes_nothing(changes, expected):
    desk, code = desk_with((ProcessStep("s0", "Một", "A"), ProcessStep("s1", "Hai", "B")))
    before = standing(desk, code)
    assert problems(lambda: desk.life.steps.complete(replace(CompleteStep(code), **changes), CLERK)) == expected
    assert standing(desk, code) == before


def test_who_did_what_is_said_or_is_who_owns_the_step():
    desk, code = desk_with((ProcessStep("s0", "Một", "A"), ProcessStep("s1", "Hai", "B"), ProcessStep("s2", "Ba", "C")))
    first = desk.life.steps.complete(CompleteStep(code, owner="Lê Văn Mẫu", to_unit="Địa chính"), CLERK).dossier
    assert (first.steps[-1].owner, first.step.owner, first.step.unit) == ("Lý Thị Mẫu Đơn", "Lê Văn Mẫu", "Địa chính")
    second = desk.life.steps.complete(CompleteStep(code), CLERK).dossier
    assert (second.steps[-1].owner, second.steps[-1].unit) == ("Lê Văn Mẫu", "Địa chính")
    third = desk.life.steps.complete(CompleteStep(code, done_by="Vũ Thị Mẫu", done_in="Lãnh đạo"), CLERK).dossier
    assert (third.steps[-1].owner, third.steps[-1].unit, third.step) == ("Vũ Thị Mẫu", "Lãnh đạo", None)
