from dataclasses import replace
from datetime import time

import pytest

from counter_app.domain.deadline_input import write_options
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.deadlines.appointments import AppointmentService, time_limit
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.deadlines.settings import DeadlineSettings
from tests.builders import NO_LIMIT, SAME_DAY, VARIANTS, fake_desk, procedure
from tests.fakes import FakeClock, FakeDatabase

FRIDAY = local(2026, 11, 20, 9, 42)
ADMINISTRATOR = Actor("u-0009", Role.ADMINISTRATOR)


def save(found, **members):
    found.settings.save_deadlines(DeadlineSettings(**members), ADMINISTRATOR)


def test_the_appointment_of_a_procedure():
    assert fake_desk().appointments.for_procedure(procedure(), FRIDAY).due_at == local(2026, 11, 26, 9, 42)
    assert fake_desk().appointments.for_procedure(SAME_DAY, FRIDAY).due_at == local(2026, 11, 20, 17, 30)


def test_no_limit_is_no_appointment():
    assert fake_desk().appointments.for_procedure(NO_LIMIT, FRIDAY) is None


def test_a_case_has_its_own_limit():
    assert fake_desk().appointments.for_procedure(VARIANTS, FRIDAY, "cần xác minh").due_at == local(2026, 12, 1, 9, 42)
    with pytest.raises(RuleBrokenError, match="CASE_UNKNOWN@case"):
        fake_desk().appointments.for_procedure(VARIANTS, FRIDAY, "không có")
    assert time_limit(VARIANTS) == VARIANTS.time_limit


def test_options_of_the_commune_and_of_a_procedure():
    found = fake_desk()
    save(found, commune={"due_time": "closing"}, procedures={"2.000815": {"cutoff": "16:00"}})
    appointment = found.appointments.for_procedure(procedure(), FRIDAY)
    assert appointment.due_at == local(2026, 11, 26, 17, 30)
    assert write_options(appointment.options)["due_time"] == "closing"
    late = found.appointments.for_procedure(SAME_DAY, local(2026, 11, 20, 15, 30))
    assert late.due_at == local(2026, 11, 20, 17, 30), "the procedure's own cut-off comes before the catalogue's"


def test_the_catalogues_cutoff_comes_before_the_communes():
    found = fake_desk()
    save(found, commune={"cutoff": "16:00"})
    assert found.appointments.for_procedure(SAME_DAY, FRIDAY).options.cutoff == time(15)
    assert found.appointments.for_procedure(procedure(), FRIDAY).options.cutoff == time(16)


def test_a_damaged_cutoff_of_the_catalogue_is_refused():
    damaged = replace(SAME_DAY, time_limit=replace(SAME_DAY.time_limit, cutoff="3pm"))
    with pytest.raises(RuleBrokenError, match=r"OPTION_IMPOSSIBLE@time_limit\.cutoff"):
        fake_desk().appointments.for_procedure(damaged, FRIDAY)


def test_the_verb_answers_by_the_desks_hours():
    asked = {"received_at": "2026-11-28T10:00", "limit": {"value": 2, "unit": "working_day"}}
    assert fake_desk().appointments.compute(asked)["effective_received_at"] == "2026-11-30T07:30:00"
    saturday = fake_desk(hours_profile="standard_saturday_morning")
    assert saturday.appointments.compute(asked)["effective_received_at"] == "2026-11-28T10:00:00"
    assert saturday.appointments.compute([asked], "en")[0]["explanation"] == "2 working days"


def test_without_settings_every_option_has_its_default():
    service = AppointmentService(CalendarService(FakeDatabase(), FakeClock(FRIDAY)))
    assert service.for_procedure(procedure(), FRIDAY).due_at == local(2026, 11, 26, 9, 42)


@pytest.mark.parametrize(("members", "code"), [
    ({"commune": {"lunch": True}}, "OPTION_UNKNOWN"),
    ({"procedures": {"1.004873": {"cutoff": 15}}}, "OPTION_IMPOSSIBLE"),
    ({"procedures": {"1.004873": {"lunch": 15}}}, "OPTION_UNKNOWN"),
    ({"soon_working_days": 31}, "SOON_DAYS_IMPOSSIBLE"),
    ({"soon_working_days": -1}, "SOON_DAYS_IMPOSSIBLE"),
])
def test_settings_that_cannot_be_used_are_not_saved(members, code):
    found = fake_desk()
    with pytest.raises(RuleBrokenError, match=code):
        save(found, **members)
    assert found.settings.deadlines() == DeadlineSettings()


def test_only_who_manages_the_desk_says_how_it_counts():
    found = fake_desk()
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        found.settings.save_deadlines(DeadlineSettings(), Actor("u-0001", Role.CLERK))
    save(found, soon_working_days=2)
    assert found.settings.deadlines().soon_working_days == 2
    assert found.state.audit[-1].action == "deadlines.saved"


def test_stored_settings_of_another_shape_are_refused():
    found = fake_desk()
    with found.database.write() as uow:
        uow.settings.put("deadlines", {"weather": "fine"})
        uow.commit()
    with pytest.raises(RuleBrokenError, match="DEADLINE_SETTINGS_MISSHAPEN"):
        found.settings.deadlines()
