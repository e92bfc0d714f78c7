from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.deadlines.settings import DeadlineSettings
from counter_app.services.desk.settings import GUARDIAN, DeskProfile, EpochReason, SettingsService, read_serials
from counter_app.services.trail.row_notes import digest
from tests.fakes import FakeClock, FakeDatabase
from tests.services.desk_people import ADMINISTRATOR, audited

PROFILE = DeskProfile("Xã Đắk Mil", "Lâm Đồng", "H36.50.05", "2", "d1", "e1")


@pytest.fixture
def database():
    return FakeDatabase()


@pytest.fixture
def settings(database):
    service = SettingsService(database, FakeClock(), "d1")
    service.save(PROFILE, ADMINISTRATOR)
    return service


def test_a_profile_is_kept_whole(settings):
    changed = replace(PROFILE, paper="80mm", recovery_ranges=((2600, 2699), (2700, 2799)), printer="laser")
    settings.save(changed, ADMINISTRATOR)
    assert settings.profile() == changed


def test_several_counters_share_a_database(settings, database):
    other = SettingsService(database, FakeClock(), "d2")
    with pytest.raises(RuleBrokenError, match="DESK_UNKNOWN"):
        other.profile()
    settings.save(replace(PROFILE, serial_last=1999), ADMINISTRATOR)
    with pytest.raises(RuleBrokenError, match="SERIALS_OF_OTHER_DESK@serials"):
        other.save(replace(PROFILE, device="d2", desk="3", serial_first=1999), ADMINISTRATOR)
    other.save(replace(PROFILE, device="d2", desk="3", serial_first=2000), ADMINISTRATOR)
    assert (settings.profile().desk, other.profile().desk) == ("2", "3")


def test_only_an_administrator_changes_it(settings):
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        settings.save(replace(PROFILE, desk="3"), Actor("u-0002", Role.HEAD))
    assert settings.profile() == PROFILE


def test_saving_an_old_copy_does_not_bring_back_an_old_epoch(settings):
    settings.begin_epoch("e2", EpochReason.BEHIND)
    begun = settings.profile()
    settings.save(replace(PROFILE, desk="3", practice=True, device="d9"), ADMINISTRATOR)
    kept = settings.profile()
    assert (kept.desk, kept.epoch, kept.guarded, kept.practice, kept.device) == ("3", "e2", True, False, "d1")
    assert (kept.epoch_reason, kept.epoch_begun_at) == (begun.epoch_reason, begun.epoch_begun_at) == ("behind", "2026-11-20T09:42:00")


def test_an_epoch_that_begins_is_on_the_trail_by_nobody_and_a_guard_that_begins_is_not(settings, database):
    settings.note_guard()
    before = settings.profile()
    settings.begin_epoch("e2", EpochReason.LINE)
    entries = [(who, action, subject) for who, action, subject in audited(database) if action == "numbers.epoch_begun"]
    assert (before.guarded, before.epoch, before.epoch_reason) == (True, "e1", "")
    assert [(who, subject) for who, _, subject in entries] == [(GUARDIAN, "d1")]
    with database.read() as uow:
        assert uow.audit.entries()[-1].details == {"epoch": "e2", "why": "line"}


def test_the_audit_trail_names_what_changed_not_to_what(settings, database):
    settings.save(replace(PROFILE, phone="0263 000 000", desk="3"), ADMINISTRATOR)
    with database.read() as uow:
        entry = uow.audit.entries()[-1]
    held = {"profile/d1/desk": digest("3"), "profile/d1/phone": digest("0263 000 000")}
    assert (entry.action, entry.details) == ("desk.changed", {"members": ["desk", "phone"], "holds": held})
    assert audited(database)[0][0] == "u-0001"


@pytest.mark.parametrize(("members", "where"), [
    ({"serial_first": 0}, "SERIALS_IMPOSSIBLE@serials"), ({"serial_last": 10_000}, "SERIALS_IMPOSSIBLE@serials"),
    ({"serial_first": 5, "serial_last": 4}, "SERIALS_IMPOSSIBLE@serials"), ({"paper": "a3"}, "PAPER_UNKNOWN@paper"),
    ({"overdue_threshold_permille": 1001}, "THRESHOLD_IMPOSSIBLE@overdue_threshold_permille"),
])
def test_a_profile_that_can_not_work_is_refused(settings, members, where):
    with pytest.raises(RuleBrokenError, match=where):
        settings.save(replace(PROFILE, **members), ADMINISTRATOR)
    assert settings.profile() == PROFILE


def test_members_of_a_newer_program_are_left_aside(settings, database):
    with database.write() as uow:
        uow.settings.put("desk/d1", {**uow.settings.get("desk/d1"), "hologram": True})
        uow.commit()
    assert settings.profile() == PROFILE


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_range_is_read_as_it_is_written(first, last):
    if first <= last:
        assert read_serials(f"{first}-{last}") == (first, last)
        assert read_serials(f" {first:04d} - {last:04d} ") == (first, last)
    else:
        with pytest.raises(RuleBrokenError, match="SERIALS_IMPOSSIBLE"):
            read_serials(f"{first}-{last}")


@pytest.mark.parametrize("typed", ["", "-", "2000", "2000-", "-2999", "a-b", "2000–2999", "2000-29990", "+1-5", "²-5", "1-2-3", "1_0-20"])
def test_what_is_no_range_is_refused(typed):
    with pytest.raises(RuleBrokenError, match="SERIALS_UNREADABLE"):
        read_serials(typed)


@pytest.mark.parametrize("typed", ["0-10", "0000-9999"])
def test_serials_begin_with_one(typed):
    with pytest.raises(RuleBrokenError, match="SERIALS_IMPOSSIBLE"):
        read_serials(typed)


def test_a_new_commune_begins_with_the_defaults_of_the_law():
    """Domain guide 4 (A5), 7.2 (counting), 7.4 (warning one working day before), 8 (whole range, official codes), 12 (3.5 %)."""
    fresh = DeskProfile("Xã Ví Dụ", "Tỉnh Ví Dụ", "H99.10.05", "2", "d1", "e1")
    assert (fresh.paper, fresh.overdue_threshold_permille, fresh.hours_profile) == ("a5", 35, "standard")
    assert (fresh.serial_first, fresh.serial_last, fresh.provisional, fresh.provisional_fallback) == (1, 9999, False, False)
    assert (fresh.id_last4_only, fresh.lookup_address, fresh.number_suffix) == (False, "", "")
    deadlines = DeadlineSettings()
    assert deadlines.soon_working_days == 1
    options = deadlines.options("1.004873")
    assert (options.cutoff, options.cutoff_effect, options.count_receipt_day) == (time(15, 0), "none", False)
    assert (options.due_time, options.roll_end, options.counts_saturday) == ("keep", True, False)
    assert (options.skip_holidays_in_days, options.supplement) == (False, "restart")
    assert (options.after_hours, options.extension_limit) == ("next_opening", 1)
