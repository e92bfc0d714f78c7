"""The line as people see and set it, and one pass by what is set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.events import READ_BACK, WENT_BACK
from counter_app.domain.people import Actor, Role
from counter_app.services.line.desk import LineService, QueueKind
from counter_app.services.line.province import PassEnd, Standing, Ticket, Trouble
from counter_app.services.line.terms import FILES_S, MEGABYTE, LineSettings, settings_of
from counter_app.services.repositories.uploads import Upload
from tests.builders import CLERK, DEVICE, command, fake_desk
from tests.services.line.lines import FakeProvince, enrolled

ADMINISTRATOR, INSPECTOR = Actor("u-0004", Role.ADMINISTRATOR), Actor("u-0003", Role.INSPECTOR)
TICKET = Ticket("https://tinh.example", "c", "k", "p")
MOVED = PassEnd(sent=3, contact=True, bytes_up=2000, file_bytes=1500)


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def province():
    return FakeProvince()


@pytest.fixture
def line(desk, province):
    enrolled(desk.database)
    return LineService(desk.database, desk.clock, province, DEVICE)


def never():
    return False


def refused(call, *arguments, **named):
    with pytest.raises(RuleBrokenError) as error:
        call(*arguments, **named)
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_a_desk_without_a_relation_has_a_view_all_the_same(desk, province):
    line = LineService(desk.database, desk.clock, province, DEVICE)
    desk.intake.receive(command(), CLERK)
    view = line.view()
    assert (line.is_enrolled(), view.standing, view.queues) == (False, None, ())
    assert view.counts["saved"] == line.waiting() > 0


def test_what_waits_stands_by_kind_in_the_order_it_goes(line, desk):
    before = line.view()
    assert [(queue.kind, queue.count) for queue in before.queues] == [(kind, 0) for kind in QueueKind]
    received = desk.intake.receive(command(), CLERK)
    desk.clock.forward(minutes=9)
    desk.life.notes.note(note(received.code), CLERK)
    queues = {queue.kind: queue for queue in line.view().queues}
    assert (queues[QueueKind.NEW].count, queues[QueueKind.NEW].oldest_at) == (1, received.received_at)
    assert queues[QueueKind.OTHER].count == line.waiting() - 1
    assert queues[QueueKind.RESULTS].count == queues[QueueKind.FILES].count == 0
    assert before.agency_name == "Xã Đắk Mil"


def test_scans_that_are_kept_back_have_an_age_too(line, desk, province):
    waits_since = desk.clock.now()
    province.told = Standing(files=2, file_bytes=900, oldest_file_at=waits_since)
    line.save(ADMINISTRATOR, metered=True, daily_mb=0)
    desk.clock.forward(minutes=50)
    files = {queue.kind: queue for queue in line.view().queues}[QueueKind.FILES]
    assert (files.count, files.size, files.oldest_at) == (2, 900, waits_since)


def note(code):
    from counter_app.services.acts.notes_ratings import AddNote

    return AddNote(code, "Đã gọi")


def test_settings_are_kept_by_device_and_on_the_trail(line, desk):
    line.save(ADMINISTRATOR, metered=True, daily_mb=20)
    line.pause(CLERK, paused=True)
    assert line.settings() == LineSettings(paused=True, metered=True, daily_mb=20)
    with desk.database.read() as uow:
        assert settings_of(uow, "another") == LineSettings()
    assert [(entry.action, entry.user_id) for entry in desk.state.audit[-2:]] == [
        ("line.changed", ADMINISTRATOR.user_id), ("line.changed", CLERK.user_id)]
    line.pause(CLERK, paused=False)
    assert line.settings() == LineSettings(metered=True, daily_mb=20)


def test_settings_of_a_newer_program_do_no_harm(line, desk):
    with desk.database.write() as uow:
        uow.settings.put(f"line/{DEVICE}", {"paused": True, "colour": "blue"})
        uow.commit()
    assert line.settings() == LineSettings(paused=True)


@pytest.mark.parametrize("daily_mb", [-1, 100_001])
def test_a_budget_that_is_none_is_refused_at_its_field(line, daily_mb):
    assert refused(line.save, ADMINISTRATOR, metered=False, daily_mb=daily_mb) == [("DAILY_IMPOSSIBLE", "daily_mb")]
    assert line.settings() == LineSettings()


@pytest.mark.parametrize(("metered", "daily_mb", "today", "most"), [
    (False, 0, 0, None), (False, 0, 99 * MEGABYTE, None), (True, 0, 0, 0), (True, 5, 0, 0), (False, 5, 0, 5 * MEGABYTE),
    (False, 5, 2 * MEGABYTE, 3 * MEGABYTE), (False, 5, 6 * MEGABYTE, 0)])
def test_scans_get_what_the_settings_leave_them(line, province, metered, daily_mb, today, most):
    line.save(ADMINISTRATOR, metered=metered, daily_mb=daily_mb)
    province.ends = [PassEnd(contact=True, file_bytes=today)]
    line.make_pass(never)
    line.make_pass(never)
    assert (province.terms[-1].file_bytes, province.terms[-1].files_s) == (most, FILES_S)
    assert (line.view().file_bytes_today, line.view().allowance) == (today, most)


def test_the_budget_is_whole_again_the_next_day(line, province, desk):
    line.save(ADMINISTRATOR, metered=False, daily_mb=5)
    province.ends = [PassEnd(contact=True, file_bytes=9 * MEGABYTE)]
    line.make_pass(never)
    assert line.view().allowance == 0
    desk.clock.forward(days=1)
    assert line.view().allowance == 5 * MEGABYTE


def test_a_pass_is_in_the_history_as_it_ended(line, province, desk):
    province.ends = [MOVED, PassEnd(trouble=Problem("NOT_THE_PROVINCE"))]
    assert line.make_pass(never) == (MOVED, False)
    desk.clock.forward(minutes=1)
    line.make_pass(never)
    assert [(each.sent, each.file_bytes, each.trouble) for each in line.history(9)] == [(0, 0, "NOT_THE_PROVINCE"), (3, 1500, "")]
    assert line.view().passes == tuple(line.history(9))


def test_what_was_broken_off_on_purpose_is_no_trouble(line, province):
    province.ends = [replace(MOVED, trouble=Problem("NO_CONTACT"))]
    assert line.make_pass(bool)[0].trouble is not None
    province.ends = [replace(MOVED, trouble=Problem("NO_CONTACT"))]
    assert line.make_pass(lambda: True)[0].trouble is None
    assert [each.trouble for each in line.history(9)] == ["", "NO_CONTACT"]


def test_enrolling_is_for_whoever_runs_the_desk_and_is_on_the_trail(line, desk):
    for actor in (CLERK, INSPECTOR):
        assert refused(line.enrol, TICKET, actor) == [("NOT_ALLOWED", None)]
    assert line.enrol(TICKET, ADMINISTRATOR).agency == "H36.50.05"
    assert desk.state.audit[-1].action == "province.enrolled"


def test_a_file_is_tried_anew_only_where_somebody_had_to_look(line, desk):
    for state in ("sending", "verified", "announced"):
        with desk.database.write() as uow:
            uow.uploads.put(Upload("ab", state, "/x", 3))
            uow.commit()
        assert refused(line.send_file_again, "ab", CLERK) == [("FILE_NOT_OPEN", None)]
    assert refused(line.send_file_again, "unknown", CLERK) == [("FILE_NOT_OPEN", None)]
    with desk.database.write() as uow:
        uow.uploads.put(Upload("ab", "attention", "/x", 3))
        uow.commit()
    line.send_file_again("ab", CLERK)
    with desk.database.read() as uow:
        assert uow.uploads.get("ab") == Upload("ab")


@pytest.mark.parametrize(("mark", "code"), [
    ("print.requested", "LOOK_PRINT"), ("dossier.reassigned", "LOOK_REASSIGNED"), (READ_BACK, "LOOK_READ_BACK"),
    (WENT_BACK, "LOOK_WENT_BACK"), ("province", None), ("other", None)])
def test_what_the_province_wants_somebody_to_see_is_named_by_its_dossier(line, desk, mark, code):
    received = desk.intake.receive(command(), CLERK)
    with desk.database.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get(received.dossier_id), attention=(mark,)))
        uow.commit()
    looks = line.view().looks
    assert [(each.problem.code, each.dossier_code) for each in looks] == ([(code, received.code)] if code else [])


# --- one count of what needs a person -----------------------------------------------------------------------------------


def test_what_needs_a_person_is_one_list_for_whoever_counts_it(line, desk, province):
    told = (Trouble("catalogue", Problem("CATALOGUE_NOT_WHOLE")), Trouble("access", Problem("SYNC_TOKEN")))
    province.told = Standing(troubles=told)
    seen, other = (desk.intake.receive(command(), CLERK) for _ in range(2))
    with desk.database.write() as uow:
        for received, mark in ((seen, READ_BACK), (other, "province")):
            uow.dossiers.update(replace(uow.dossiers.get(received.dossier_id), attention=(mark,)))
        uow.commit()
    assert [each.kind for each in line.troubles()] == ["access", "look", "catalogue"]
    assert line.troubles() == line.view().troubles
    assert line.troubles()[1].dossier_code == seen.code


def test_where_nobody_is_enrolled_nothing_needs_a_person_here(desk, province):
    province.told = Standing(troubles=(Trouble("access", Problem("SYNC_TOKEN")),))
    line = LineService(desk.database, desk.clock, province, DEVICE)
    assert line.troubles() == line.view().troubles == ()
