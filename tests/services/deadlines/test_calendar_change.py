"""What a new calendar would mean for what is open: each dossier by the limit and the case that it was received under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.moments import local
from counter_app.support.resources import shipped_json
from tests.builders import CLERK, command, fake_desk
from tests.services.verbs import ADMINISTRATOR, World

MONDAY, OLD_DUE = local(2026, 12, 7, 9, 0), local(2026, 12, 10, 9, 0)


def with_days_off(*days):
    """The shipped calendar under another name, with some more days off."""
    shipped = shipped_json("calendar/calendar.json")
    more = [{**shipped["days"][0], "date": day.isoformat(), "weekday": f"{day:%a}", "name": "Nghỉ thêm"} for day in days]
    kept = [day for day in shipped["days"] if day["date"] not in {each["date"] for each in more}]
    return {**shipped, "meta": {**shipped["meta"], "version": "thử"}, "days": [*kept, *more]}


@pytest.fixture
def desk():
    return fake_desk(MONDAY)


def moved(desk, *days):
    return [(each.code, each.due_at, each.new_due_at) for each in desk.calendar.affected(with_days_off(*days))]


def test_a_day_off_in_the_term_moves_it_by_one_day(desk):
    received = desk.intake.receive(command(), CLERK)
    assert moved(desk, date(2026, 12, 9)) == [(received.code, OLD_DUE, local(2026, 12, 11, 9, 0))]
    assert moved(desk, date(2026, 12, 8), date(2026, 12, 9)) == [(received.code, OLD_DUE, local(2026, 12, 14, 9, 0))]


@pytest.mark.parametrize("day", [date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 12), date(2026, 12, 13)])
def test_a_day_off_outside_the_term_moves_nothing(desk, day):
    desk.intake.receive(command(), CLERK)
    assert moved(desk, day) == []


def test_each_by_the_case_it_was_received_under(desk):
    """The same procedure, three working days by rule and six where it must be verified: each is counted anew by its own."""
    plain = desk.intake.receive(command(procedure_code="1.004859"), CLERK)
    verified = desk.intake.receive(command(procedure_code="1.004859", case="cần xác minh"), CLERK)
    assert (plain.due_at, verified.due_at) == (OLD_DUE, local(2026, 12, 15, 9, 0))
    assert moved(desk, date(2026, 12, 14)) == [(verified.code, verified.due_at, local(2026, 12, 16, 9, 0))]
    assert [new for _, _, new in moved(desk, date(2026, 12, 9))] == [local(2026, 12, 11, 9, 0), local(2026, 12, 16, 9, 0)]


def test_a_due_time_that_a_person_set_is_for_a_person_to_recount(desk):
    received = desk.intake.receive(command(), CLERK)
    with desk.database.write() as uow:
        kept = uow.dossiers.get(received.dossier_id)
        uow.dossiers.update(replace(kept, due_at=local(2026, 12, 18, 9, 0)))
        uow.commit()
    assert moved(desk, date(2026, 12, 16)) == [(received.code, local(2026, 12, 18, 9, 0), None)]
    assert moved(desk, date(2026, 12, 21)) == []


@pytest.mark.parametrize("status", [Status.RESULT_READY, Status.RETURNED, Status.WITHDRAWN, Status.HALTED, Status.NOT_ACCEPTED])
def test_what_is_resolved_is_left_alone(desk, status):
    received = desk.intake.receive(command(), CLERK)
    with desk.database.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get(received.dossier_id), status=status))
        uow.commit()
    assert moved(desk, date(2026, 12, 9)) == []


def test_the_next_due_comes_first_and_what_has_no_limit_is_not_there(desk):
    late = desk.intake.receive(command(procedure_code="1.004859", case="cần xác minh"), CLERK)
    soon = desk.intake.receive(command(), CLERK)
    desk.intake.receive(command(procedure_code="1.014034"), CLERK)
    assert [code for code, _, _ in moved(desk, date(2026, 12, 8))] == [soon.code, late.code]


def test_importing_tells_the_same_and_moves_no_printed_time(desk, tmp_path):
    received = desk.intake.receive(command(), CLERK)
    path = World(desk, None, tmp_path, []).file("k.json", with_days_off(date(2026, 12, 9)))
    done = desk.calendar.import_file(path, ADMINISTRATOR)
    assert [(each.code, each.new_due_at) for each in done.affected] == [(received.code, local(2026, 12, 11, 9, 0))]
    kept = desk.dossiers.show(received.code, CLERK).dossier
    assert (kept.due_at, kept.printed_due_at) == (OLD_DUE, OLD_DUE)
    assert desk.intake.receive(command(), CLERK).due_at == local(2026, 12, 11, 9, 0), "what comes in now is counted by the new one"
    assert moved(desk, date(2026, 12, 9)) == [], "the same again moves nothing"
