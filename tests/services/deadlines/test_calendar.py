import json
import os
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.deadline_input import write_options
from counter_app.domain.deadline_terms import DeadlineOptions
from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.deadlines.settings import DeadlineSettings
from tests.builders import NOW, dossier, fake_desk
from tests.domain.calendars import CLOSED_WEEK, document, entry, shipped
from tests.fakes import FakeClock, FakeDatabase

ADMINISTRATOR = Actor("u-0009", Role.ADMINISTRATOR)


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "calendar.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path
    return write


def with_day_off(day, version="2026-12"):
    content = shipped()
    content["meta"]["version"] = version
    content["days"].append(entry(day, name="Nghỉ theo quyết định của tỉnh"))
    return content


def test_before_any_import_the_shipped_calendar_is_in_force():
    found = CalendarService(FakeDatabase(), FakeClock())
    assert found.calendar().version == "2026-11-21"
    assert found.profile() == "standard"


def test_a_year_as_the_calendar_page_shows_it():
    year = fake_desk().calendar.show(2026)
    assert (year.known, year.reception_days, year.counting_days) == (True, 249, 249)
    assert [(month.month, month.counting_days) for month in year.months][:2] == [(1, 21), (2, 15)]
    assert year.swaps == ((date(2026, 1, 2), date(2026, 1, 10)), (date(2026, 8, 31), date(2026, 8, 22)))
    assert len(year.make_up_days) == 2
    saturday = fake_desk(hours_profile="standard_saturday_morning").calendar.show(2026)
    assert (saturday.reception_days - saturday.counting_days, saturday.profile) == (46, "standard_saturday_morning")
    assert not fake_desk().calendar.show(2030).known


@pytest.mark.parametrize("year", [1970, 2019, 2091, 99999])
def test_an_impossible_year(year):
    with pytest.raises(RuleBrokenError, match="YEAR_IMPOSSIBLE@year"):
        fake_desk().calendar.show(year)


def test_where_the_lists_are_cut():
    moment = fake_desk().calendar.list_moment()
    assert (moment.now, moment.today_end) == (NOW, local(2026, 11, 20, 23, 59, 59))
    assert moment.soon_end == local(2026, 11, 23, 23, 59, 59), "the next working day"
    assert fake_desk(local(2026, 11, 23, 8)).calendar.list_moment().soon_end == local(2026, 11, 25, 23, 59, 59), "24/11 is off"


@pytest.mark.parametrize(("days", "soon"), [(0, (2026, 11, 20)), (3, (2026, 11, 26))])
def test_how_early_a_warning_comes_is_a_setting(days, soon):
    found = fake_desk()
    found.settings.save_deadlines(DeadlineSettings(soon_working_days=days), ADMINISTRATOR)
    assert found.calendar.list_moment().soon_end == local(*soon, 23, 59, 59)


def test_an_imported_calendar_is_in_force_at_once_with_an_audit_line(write):
    found = fake_desk()
    assert found.calendar.calendar().is_counting_day(date(2026, 12, 7))
    done = found.calendar.import_file(write(with_day_off(date(2026, 12, 7))), ADMINISTRATOR)
    assert (done.version, done.days, done.years, done.warnings, done.affected) == ("2026-12", 65, (2025, 2026, 2027), (), ())
    assert done.changes.touch("calendar")
    assert not found.calendar.calendar().is_counting_day(date(2026, 12, 7))
    line = found.state.audit[-1]
    assert (line.action, line.subject, line.user_id) == ("calendar.imported", "2026-12", "u-0009")


def test_another_window_sees_it_within_a_minute(write):
    found = fake_desk()
    other = CalendarService(found.database, found.clock, found.settings)
    assert other.calendar().version == "2026-11-21"
    found.calendar.import_file(write(with_day_off(date(2026, 12, 7))), ADMINISTRATOR)
    assert other.calendar().version == "2026-11-21"
    found.clock.forward(seconds=61)
    assert other.calendar().version == "2026-12"


def test_years_that_would_be_lost_are_told(write):
    content = document([entry(date(2028, 1, 1))])
    done = fake_desk().calendar.import_file(write(content), ADMINISTRATOR)
    assert [(problem.code, problem.params) for problem in done.warnings] == [("CALENDAR_YEARS_LOST", {"years": "2026, 2027"})]


@pytest.mark.parametrize(("content", "code"), [
    (b"{", "JSON_DAMAGED"),
    (b"\xff\xfe", "JSON_DAMAGED"),
    (b"[" * 100_000, "JSON_DAMAGED"),
    (b'{"meta": {"version": "\\ud800"}}', "JSON_DAMAGED"),
    (b'{"meta": {"version": NaN}}', "JSON_DAMAGED"),
    ([], "CALENDAR_DAMAGED"),
    ({**document(), "days": [{"date": "2026-13-01"}]}, "CALENDAR_DAMAGED"),
    ({**document(), "meta": {}}, "CALENDAR_WITHOUT_VERSION"),
    (document(**CLOSED_WEEK), "CALENDAR_NO_WORKING_DAYS"),
    ({**document(), "weekly_hours": {"profiles": {"night": document()["weekly_hours"]["profiles"]["standard"]}}}, "HOURS_PROFILE_UNKNOWN"),
])
def test_a_damaged_calendar_leaves_the_one_in_force(write, content, code):
    found = fake_desk()
    with pytest.raises(RuleBrokenError, match=code):
        found.calendar.import_file(write(content), ADMINISTRATOR)
    assert (found.state.calendars, found.state.audit) == ([], [])
    assert found.calendar.calendar().version == "2026-11-21"


def test_a_calendar_without_an_end_is_a_damaged_one(write):
    endless = write(b" ")
    os.truncate(endless, 2**40)
    with pytest.raises(RuleBrokenError, match="JSON_DAMAGED"):
        fake_desk().calendar.import_file(endless, ADMINISTRATOR)


def test_a_missing_file_is_a_failure_of_the_surroundings(tmp_path):
    with pytest.raises(SurroundingsError, match="FILE_NOT_FOUND"):
        fake_desk().calendar.import_file(tmp_path / "none.json", ADMINISTRATOR)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_only_an_administrator_changes_the_calendar(write, role):
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        fake_desk().calendar.import_file(write(with_day_off(date(2026, 12, 7))), Actor("u-0001", role))


def open_dossier(serial, received, due, **changes):
    return dossier(
        serial, dossier_id=f"d-{serial}", received_at=received, due_at=due, procedure_version="2026.11-test/1.004873",
        limit_text="03 ngày làm việc", **changes)


def test_open_dossiers_whose_due_time_would_move_are_listed():
    found = fake_desk(local(2026, 12, 4, 10))
    found.add(
        open_dossier(1, local(2026, 12, 4, 9), local(2026, 12, 9, 9)),
        open_dossier(2, local(2026, 12, 2, 9), local(2026, 12, 7, 9), options=write_options(DeadlineOptions(due_time="keep"))),
        open_dossier(3, local(2026, 12, 1, 9), local(2026, 12, 4, 9)),  # due before the day that changes
        open_dossier(4, local(2026, 12, 4, 9), local(2026, 12, 9, 9), status=Status.RETURNED),
        open_dossier(5, local(2026, 12, 4, 9), None),
        open_dossier(6, local(2026, 12, 1, 9), local(2026, 12, 11, 9)),  # extended: nobody but a person recounts it
        open_dossier(7, local(2026, 12, 1, 9), local(2026, 12, 6, 9)),  # extended, and due before the change
    )
    affected = found.calendar.affected(with_day_off(date(2026, 12, 7)))
    assert [(each.dossier_id, each.new_due_at) for each in affected] == [
        ("d-2", local(2026, 12, 8, 9)), ("d-1", local(2026, 12, 10, 9)), ("d-6", None)]


def test_a_dossier_of_an_unknown_procedure_is_listed_for_a_person():
    found = fake_desk(local(2026, 12, 4, 10))
    found.add(replace(open_dossier(1, local(2026, 12, 4, 9), local(2026, 12, 9, 9)), procedure_version="imported"))
    assert [each.new_due_at for each in found.calendar.affected(with_day_off(date(2026, 12, 7)))] == [None]
    assert found.calendar.affected(shipped()) == []
