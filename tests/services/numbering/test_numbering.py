"""The numbering service: the order of a write, lost and foreign guards, restored databases, and the people who vouch."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.dossier import CodeOfDossier
from counter_app.domain.errors import Problem, RuleBrokenError, SurroundingsError
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.numbering.service import NumberingService
from counter_app.storage.guard import FileNumberGuard
from counter_app.support.messages import sentence
from tests import builders
from tests.builders import dossier, fake_desk
from tests.fakes import FakeClock, FakeDatabase

DEVICE, AGENCY = "D7K2M9Q4", "H99.10.05"
HEAD, CLERK = Actor("u-0001", Role.ADMINISTRATOR), Actor("u-0002", Role.CLERK)
DAY = date(2026, 11, 23)
NOW = local(2026, 11, 23, 9, 42)


class Counter:
    """A desk with a real guard file and a database in memory."""

    def __init__(self, folder, **wishes):
        self.folder = folder
        self.clock = FakeClock(NOW)
        self.database = FakeDatabase()
        self.epochs = (f"{n:04x}000000000000" for n in range(0xA001, 0xB000))
        self.settings = SettingsService(self.database, self.clock, DEVICE)
        profile = DeskProfile("Xã Ví Dụ", "Tỉnh Ví Dụ", AGENCY, "2", DEVICE, "a000" + "0" * 12, **wishes)
        self.settings.save(profile, HEAD)
        self.serials = 0

    @property
    def service(self):
        guard = FileNumberGuard(self.folder, DEVICE, AGENCY, patience_seconds=0.05)
        return NumberingService(guard, self.database, self.settings, self.clock, self.epochs.__next__)

    def receive(self, now=None, fault=None):
        service = self.service
        with service.take(now or self.clock.now()) as issued, self.database.write() as uow:
            self.serials += 1
            service.record(uow, issued, f"d{self.serials}")
            self.database.fault = fault
            uow.commit()
        return issued.code

    def wish(self, **wishes):
        self.settings.save(replace(self.settings.profile(), **wishes), HEAD)

    def burned(self):
        with self.database.read() as uow:
            return [(number.serial, number.reason) for number in uow.numbers.burned(date.min, date.max)]

    def begun(self):
        """Return why each epoch began that the trail tells of."""
        with self.database.read() as uow:
            return [entry.details["why"] for entry in uow.audit.entries(1, 1000) if entry.action == "numbers.epoch_begun"]

    def lose_guard(self):
        for path in self.folder.iterdir():
            path.unlink()

    @property
    def epoch(self):
        return self.settings.profile().epoch


@pytest.fixture
def counter(tmp_path):
    made = Counter(tmp_path / "state", serial_first=2000, serial_last=2599)
    made.service.begin(NOW)
    return made


def code_of(error):
    return error.value.code


def refused(counter, now=None):
    with pytest.raises(SurroundingsError) as error:
        counter.receive(now)
    for lang in ("vi", "en"):
        assert "{" not in sentence(error.value.problems[0], lang)
        assert sentence(error.value.problems[0], lang) != code_of(error)
    return code_of(error)


def test_numbers_go_up_and_start_anew_each_day(counter):
    assert [counter.receive() for _ in range(3)] == [f"H99.10.05-261123-{serial}" for serial in (2000, 2001, 2002)]
    assert counter.receive(local(2026, 11, 24, 8)) == "H99.10.05-261124-2000"
    assert counter.receive(local(2026, 11, 23, 8)) == "H99.10.05-261123-2003"


def test_the_desks_own_epoch_stands_as_long_as_nothing_was_lost(counter):
    counter.receive()
    counter.service.begin(NOW)
    assert counter.epoch.startswith("a000")
    assert counter.settings.profile().guarded
    assert (counter.begun(), counter.service.standing().behind_at) == ([], None)


def test_the_preview_uses_nothing_up(counter):
    before = sorted((path.name, path.read_bytes()) for path in counter.folder.iterdir())
    writes = counter.database.writes
    assert {counter.service.peek(NOW) for _ in range(3)} == {"H99.10.05-261123-2000"}
    assert sorted((path.name, path.read_bytes()) for path in counter.folder.iterdir()) == before
    assert counter.database.writes == writes
    assert counter.receive() == "H99.10.05-261123-2000"


def test_a_failed_transaction_burns_its_number_and_the_next_one_says_so(counter):
    counter.receive()
    with pytest.raises(RuntimeError):
        counter.receive(fault=RuntimeError())
    assert counter.burned() == []
    assert counter.receive() == "H99.10.05-261123-2002"
    assert counter.burned() == [(2001, "crash")]


def test_a_number_burned_last_of_a_day_is_recorded_with_the_first_one_of_the_next(counter):
    counter.receive()
    with pytest.raises(RuntimeError):
        counter.receive(fault=RuntimeError())
    counter.clock.moment = local(2026, 11, 25, 8, 0)
    assert counter.receive() == "H99.10.05-261125-2000"
    assert counter.burned() == [(2001, "crash")]
    counter.receive()
    assert counter.burned() == [(2001, "crash")]


def test_a_restored_database_learns_what_it_forgot_of_earlier_days(counter):
    backup = counter.database.state.snapshot()
    for _ in range(3):
        counter.receive()
    counter.clock.moment = local(2026, 11, 25, 8, 0)
    counter.database.state = backup
    counter.service.begin(counter.clock.now())
    assert counter.receive() == "H99.10.05-261125-2000"
    assert counter.burned() == [(2000, "lost"), (2001, "lost"), (2002, "lost")]


def test_a_restored_database_goes_on_above_the_guard_in_a_new_epoch(counter):
    counter.receive()
    backup = counter.database.state.snapshot()
    for _ in range(3):
        counter.receive()
    counter.database.state = backup
    counter.service.begin(NOW)
    assert counter.epoch.startswith("a001")
    assert (counter.begun(), counter.service.standing().behind_at) == (["behind"], NOW)
    assert counter.receive() == "H99.10.05-261123-2004"
    assert counter.burned() == [(2001, "lost"), (2002, "lost"), (2003, "lost")]
    counter.receive()
    assert counter.epoch.startswith("a001")


def test_a_database_that_a_restore_brought_is_not_told_of_as_if_nobody_knew(counter):
    counter.receive()
    backup = counter.database.state.snapshot()
    counter.receive()
    counter.database.state = backup
    counter.service.begin(NOW, restored=True)
    assert (counter.begun(), counter.service.standing().behind_at) == (["restored"], None)
    counter.lose_guard()
    counter.service.begin(NOW, restored=True)
    assert counter.begun() == ["restored"] * 2


def test_a_lost_guard_is_another_matter_and_a_copy_under_an_open_desk_is_found_with_the_next_number(counter):
    counter.receive()
    backup = counter.database.state.snapshot()
    counter.lose_guard()
    counter.service.begin(NOW)
    assert (counter.begun(), counter.service.standing().behind_at) == (["guard_lost"], None)
    counter.service.confirm_last(DAY, 2000, HEAD)
    counter.receive()
    counter.database.state = backup
    counter.receive()
    assert (counter.begun(), counter.service.standing().behind_at) == (["behind"], NOW)


def test_two_copies_of_a_database_on_one_computer_share_the_guard(counter):
    counter.receive()
    first, second = counter.database.state.snapshot(), counter.database.state.snapshot()
    codes = []
    for _ in range(3):
        for state in (first, second):
            counter.database.state = state.snapshot()
            codes.append(counter.receive())
            state.__dict__.update(vars(counter.database.state))
    assert len(set(codes)) == 6


def test_without_its_guard_a_desk_with_numbers_refuses_every_day_until_somebody_vouches(counter):
    counter.receive()
    counter.lose_guard()
    for day in (23, 24, 30):
        assert refused(counter, local(2026, 11, day, 8)) == "NUMBER_UNSAFE"
    assert counter.epoch.startswith("a001")


def test_on_monday_the_slip_of_friday_is_enough_and_the_days_after_need_no_word(counter):
    counter.receive()
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 30, 7, 30)
    assert refused(counter) == "NUMBER_UNSAFE"
    counter.service.confirm_last(date(2026, 11, 27), 2056, HEAD)
    assert [counter.receive() for _ in range(2)] == ["H99.10.05-261130-2000", "H99.10.05-261130-2001"]
    assert counter.receive(local(2026, 12, 1, 8)) == "H99.10.05-261201-2000"
    assert counter.receive(local(2026, 11, 28, 8)) == "H99.10.05-261128-2000"
    assert counter.receive(local(2026, 11, 27, 8)) == "H99.10.05-261127-2057"
    assert refused(counter, local(2026, 11, 26, 8)) == "NUMBER_UNSAFE"


def test_what_a_slip_of_an_earlier_day_proves_is_in_the_register_of_burned_numbers(counter):
    counter.receive()
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 25, 8)
    counter.service.confirm_last(DAY, 2003, HEAD)
    counter.receive()
    assert counter.burned() == [(2001, "lost"), (2002, "lost"), (2003, "lost")]


def test_today_and_nothing_is_a_word_too(counter):
    counter.receive()
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 30, 7, 30)
    counter.service.confirm_last(date(2026, 11, 30), 0, HEAD)
    assert counter.receive() == "H99.10.05-261130-2000"
    assert counter.receive(local(2026, 12, 1, 8)) == "H99.10.05-261201-2000"


def word_refused(act, *arguments):
    with pytest.raises(RuleBrokenError) as error:
        act(*arguments, HEAD)
    problem = error.value.problems[0]
    for lang in ("vi", "en"):
        assert "{" not in sentence(problem, lang)
    return problem.code, problem.field, dict(problem.params)


def test_a_clock_that_lags_behind_the_slips_is_found_before_a_number_comes_twice(counter):
    backup = counter.database.state.snapshot()
    slips = [counter.receive(local(2026, 11, day, 8)) for day in (23, 24, 25)]
    counter.database.state = backup
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 21, 8)
    counter.service.begin(counter.clock.now())
    told = "DAY_NOT_COME", "day", {"day": "25/11/2026", "today": "21/11/2026"}
    assert word_refused(counter.service.confirm_last, date(2026, 11, 25), 2000) == told
    counter.wish(recovery_ranges=((2600, 2699),))
    assert word_refused(counter.service.allow_recovery, 1, date(2026, 11, 25)) == told
    for day in (21, 22, 23, 24, 25):
        assert refused(counter, local(2026, 11, day, 9)) == "NUMBER_UNSAFE"
    counter.clock.moment = local(2026, 11, 25, 9)
    counter.service.confirm_last(date(2026, 11, 25), 2000, HEAD)
    assert counter.receive() not in slips
    assert refused(counter, local(2026, 11, 24, 9)) == "NUMBER_UNSAFE"


def test_a_slip_older_than_what_the_database_holds_is_not_the_newest(counter):
    counter.receive()
    counter.receive(local(2026, 11, 24, 8))
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 26, 8)
    told = "NOT_THE_NEWEST", "day", {"day": "24/11/2026"}
    assert word_refused(counter.service.confirm_last, DAY, 2000) == told
    counter.wish(recovery_ranges=((2600, 2699),))
    assert word_refused(counter.service.allow_recovery, 1, DAY) == told
    counter.service.confirm_last(date(2026, 11, 24), 2000, HEAD)
    assert counter.receive() == "H99.10.05-261126-2000"


def test_a_restored_database_does_not_vouch(counter):
    counter.receive()
    backup = counter.database.state.snapshot()
    counter.receive()
    counter.lose_guard()
    assert refused(counter) == "NUMBER_UNSAFE"
    counter.database.state = backup
    counter.service.begin(NOW)
    assert refused(counter, local(2026, 11, 24, 8)) == "NUMBER_UNSAFE"


def test_a_guard_of_an_earlier_version_frees_the_day_after_its_last_suspect_one(counter):
    counter.receive()
    with FileNumberGuard(counter.folder, DEVICE, AGENCY).hold() as held:
        held.begin(counter.epoch, DAY)
    assert counter.receive(local(2026, 11, 24, 8)) == "H99.10.05-261124-2000"
    assert refused(counter, local(2026, 11, 22, 8)) == "NUMBER_UNSAFE"


def test_a_backup_from_before_the_first_number_is_not_taken_for_a_fresh_desk(counter):
    backup = counter.database.state.snapshot()
    counter.receive()
    counter.database.state = backup
    counter.lose_guard()
    assert refused(counter) == "NUMBER_UNSAFE"


def test_days_of_the_database_beyond_a_word_stay_suspect(counter):
    counter.receive(local(2026, 11, 25, 8))
    counter.lose_guard()
    counter.service.confirm_last(DAY, 0, HEAD)
    assert counter.receive() == "H99.10.05-261123-2000"
    assert refused(counter, local(2026, 11, 24, 9)) == "NUMBER_UNSAFE"
    assert refused(counter, local(2026, 11, 25, 9)) == "NUMBER_UNSAFE"
    assert counter.receive(local(2026, 11, 26, 8)) == "H99.10.05-261126-2000"


@pytest.mark.parametrize("damage", [
    lambda text: text.replace(b"D7K2M9Q4", b"D7K2M9Q5", 1),
    lambda text: text.replace(b"advance", b"advanse", 1),
    lambda text: b"",
    lambda text: b"\x00" * len(text),
], ids=["other device", "one letter", "empty", "zeros"])
def test_a_guard_that_cannot_be_trusted_is_none(counter, damage):
    counter.receive()
    counter.receive()
    path = counter.folder / "numbers.guard"
    path.write_bytes(damage(path.read_bytes()))
    assert refused(counter) == "NUMBER_UNSAFE"
    assert (counter.folder / "numbers.untrusted").exists()


def test_a_guard_of_another_agency_is_none(counter):
    counter.receive()
    counter.wish(agency="H99.10.06")
    guard = FileNumberGuard(counter.folder, DEVICE, "H99.10.06")
    service = NumberingService(guard, counter.database, counter.settings, counter.clock, counter.epochs.__next__)
    with pytest.raises(SurroundingsError) as error, service.take(NOW):
        pass
    assert code_of(error) == "NUMBER_UNSAFE"


def test_a_new_computer_prints_provisional_codes_with_the_tail_of_its_epoch_where_the_desk_allows_it(counter):
    counter.receive()
    counter.wish(provisional_fallback=True)
    counter.lose_guard()
    assert counter.receive() == "TAM-D7K2M9Q4.a001-261123-0001"
    counter.lose_guard()
    assert counter.receive() == "TAM-D7K2M9Q4.a002-261123-0002"
    assert counter.receive(local(2026, 11, 24, 8)) == "TAM-D7K2M9Q4.a002-261124-0001"
    counter.clock.moment = local(2026, 11, 24, 9)
    counter.service.confirm_last(date(2026, 11, 24), 0, HEAD)
    assert counter.receive() == "H99.10.05-261124-2000"


def test_the_administrator_vouches_for_the_last_slip(counter):
    for _ in range(3):
        counter.receive()
    counter.lose_guard()
    counter.service.begin(NOW)
    with pytest.raises(RuleBrokenError) as error:
        counter.service.confirm_last(DAY, 2001, HEAD)
    assert (code_of(error), error.value.problems[0].field) == ("SERIAL_KNOWN_HIGHER", "serial")
    counter.service.confirm_last(DAY, 2005, HEAD)
    assert counter.receive() == "H99.10.05-261123-2006"
    assert counter.burned() == [(2003, "lost"), (2004, "lost"), (2005, "lost")]
    entry = counter.database.state.audit[-1]
    assert (entry.user_id, entry.action, entry.subject) == ("u-0001", "numbers.vouched", "2026-11-23/normal")
    assert dict(entry.details) == {"serial": 2005}
    assert counter.receive() == "H99.10.05-261123-2007"
    assert counter.epoch.startswith("a001")


def test_a_slip_above_the_range_that_was_lent_since_is_vouched_for_and_the_next_day_begins_the_range(counter):
    counter.receive()
    counter.receive()
    counter.wish(serial_first=1000, serial_last=1599)
    counter.lose_guard()
    told = {1599: ("SERIAL_KNOWN_HIGHER", {"known": 2001}), 2000: ("SERIAL_KNOWN_HIGHER", {"known": 2001}),
            2002: ("SERIAL_NOT_POSSIBLE", {"first": 1000, "last": 1599})}
    for serial, (code, params) in told.items():
        assert word_refused(counter.service.confirm_last, DAY, serial) == (code, "serial", params)
    counter.service.confirm_last(DAY, 2001, HEAD)
    assert refused(counter) == "RANGE_USED_UP"
    assert counter.receive(local(2026, 11, 24, 8)) == "H99.10.05-261124-1000"


def test_a_lost_slip_below_the_range_that_was_lent_since_is_vouched_for_too(counter):
    counter.receive()
    counter.receive()
    counter.wish(serial_first=3000, serial_last=3599)
    counter.lose_guard()
    counter.service.confirm_last(DAY, 2004, HEAD)
    assert counter.receive() == "H99.10.05-261123-3000"


@pytest.mark.parametrize("serial", [1, 37, 1999, 2600, 9999])
def test_before_the_first_number_the_range_is_told_and_nothing_outside_it_taken(counter, serial):
    backup = counter.database.state.snapshot()
    counter.receive()
    counter.database.state = backup
    counter.lose_guard()
    told = "SERIAL_NOT_POSSIBLE", "serial", {"first": 2000, "last": 2599}
    assert word_refused(counter.service.confirm_last, DAY, serial) == told
    assert refused(counter) == "NUMBER_UNSAFE"


@pytest.mark.parametrize(("serial", "following"), [(0, 2000), (2000, 2001), (2598, 2599)])
def test_before_the_first_number_nothing_or_any_number_of_the_range_is_a_word(counter, serial, following):
    backup = counter.database.state.snapshot()
    counter.receive()
    counter.database.state = backup
    counter.lose_guard()
    counter.service.confirm_last(DAY, serial, HEAD)
    assert counter.receive() == f"H99.10.05-261123-{following}"


def test_a_lost_number_whose_dossier_was_entered_again_is_burned_no_longer(counter):
    counter.receive()
    counter.lose_guard()
    counter.service.confirm_last(DAY, 2003, HEAD)
    counter.receive()
    assert counter.burned() == [(2001, "lost"), (2002, "lost"), (2003, "lost")]
    counter.database.state.dossiers["old"] = dossier(codes=(CodeOfDossier("H99.10.05-261123-2002", "imported"),))
    assert counter.burned() == [(2001, "lost"), (2003, "lost")]
    assert len(counter.database.state.numbers) == 5, "the register itself forgets nothing"


def test_a_clerk_may_not_vouch(counter):
    for wish in (lambda: counter.service.confirm_last(DAY, 2005, CLERK), lambda: counter.service.allow_recovery(1, DAY, CLERK)):
        with pytest.raises(RuleBrokenError) as error:
            wish()
        assert code_of(error) == "NOT_ALLOWED"


def test_a_granted_recovery_range_is_used_for_the_day_of_the_restore(counter):
    counter.receive()
    counter.wish(recovery_ranges=((2600, 2601), (2700, 2799)))
    counter.lose_guard()
    assert refused(counter) == "NUMBER_UNSAFE"
    counter.service.allow_recovery(1, DAY, HEAD)
    assert counter.receive() == "H99.10.05-261123-2600"
    counter.service.allow_recovery(1, DAY, HEAD)
    assert counter.receive() == "H99.10.05-261123-2601"
    assert refused(counter) == "RANGE_USED_UP"
    counter.lose_guard()
    counter.service.allow_recovery(2, DAY, HEAD)
    assert counter.receive() == "H99.10.05-261123-2700"
    with pytest.raises(RuleBrokenError) as error:
        counter.service.allow_recovery(3, DAY, HEAD)
    assert code_of(error) == "RECOVERY_UNKNOWN"
    assert counter.receive(local(2026, 11, 24, 8)) == "H99.10.05-261124-2000"


def test_a_recovery_range_keeps_the_normal_one_of_its_day_closed(counter):
    counter.receive(local(2026, 11, 20, 8))
    counter.wish(recovery_ranges=((2600, 2699),))
    counter.lose_guard()
    counter.service.allow_recovery(1, date(2026, 11, 20), HEAD)
    assert counter.receive() == "H99.10.05-261123-2600"
    assert counter.receive(local(2026, 11, 24, 8)) == "H99.10.05-261124-2000"


def test_provisional_codes_of_a_vouched_day_keep_the_tail_of_their_epoch(counter):
    counter.receive()
    counter.wish(serial_last=2001, provisional_fallback=True)
    counter.lose_guard()
    counter.clock.moment = local(2026, 11, 24, 8)
    counter.service.confirm_last(date(2026, 11, 24), 2001, HEAD)
    assert counter.receive() == "TAM-D7K2M9Q4.a001-261124-0001"


def test_a_used_up_range_is_refused_or_falls_back(counter):
    counter.wish(serial_last=2001)
    counter.receive()
    counter.receive()
    assert refused(counter) == "RANGE_USED_UP"
    counter.wish(provisional_fallback=True)
    assert counter.receive() == "TAM-D7K2M9Q4-261123-0001"


@pytest.mark.parametrize("year", [1970, 2099])
def test_an_impossible_clock_neither_issues_nor_begins_a_guard(counter, year):
    counter.receive()
    counter.lose_guard()
    wrong = local(year, 1, 1)
    counter.service.begin(wrong)
    assert refused(counter, wrong) == "CLOCK_WRONG"
    counter.clock.moment = wrong
    with pytest.raises(SurroundingsError):
        counter.service.confirm_last(DAY, 2005, HEAD)
    assert not (counter.folder / "numbers.guard").exists()
    assert refused(counter, NOW) == "NUMBER_UNSAFE"


def test_a_crash_between_guard_and_database_at_the_very_first_start_is_no_loss(tmp_path):
    counter = Counter(tmp_path)
    counter.database.fault = RuntimeError()
    with pytest.raises(RuntimeError):
        counter.service.begin(NOW)
    assert counter.receive() == "H99.10.05-261123-0001"
    assert counter.epoch.startswith("a000")


def test_a_code_that_a_dossier_bears_already_is_passed_over(counter):
    counter.database.state.dossiers["d0"] = dossier(codes=(CodeOfDossier("H99.10.05-261123-2000", "official"),))
    assert counter.service.peek(NOW) == "H99.10.05-261123-2001"


def test_the_first_intake_after_a_loss_goes_into_the_new_lane():
    desk = fake_desk(provisional_fallback=True)
    desk.intake.receive(builders.command(), builders.CLERK)
    old = desk.settings.profile().epoch
    desk.guard.__init__()
    desk.intake.receive(builders.command(), builders.CLERK)
    new = desk.settings.profile().epoch
    assert new != old
    lanes = [event.lane.epoch for event in desk.state.events]
    assert lanes == [old] * lanes.count(old) + [new] * lanes.count(new)
    assert lanes.count(new) >= 2
    assert f".{new[:4]}-" in desk.state.numbers[-1].code


def test_every_refusal_has_its_words_in_both_languages():
    for code, params in {
        "CLOCK_WRONG": {"year": 1970}, "RANGE_USED_UP": {"day": "x", "first": 1, "last": 2}, "NUMBER_UNSAFE": {"day": "x"},
        "GUARD_LOCKED": {"seconds": 5}, "GUARD_UNREADABLE": {"number": 5}, "GUARD_UNWRITABLE": {"number": 28},
        "SERIAL_NOT_POSSIBLE": {"first": 1, "last": 2}, "SERIAL_KNOWN_HIGHER": {"known": 1}, "RECOVERY_UNKNOWN": {"count": 0}, "DAY_NOT_COME": {"day": "x", "today": "y"}, "NOT_THE_NEWEST": {"day": "x"}, "OP_TOO_LARGE": {"bytes": 1, "limit": 2},
    }.items():
        vi, en = (sentence(Problem(code, None, params), lang) for lang in ("vi", "en"))
        assert vi != en
        assert code not in (vi, en)
        assert "{" not in vi + en


def test_a_guard_lost_under_an_open_desk_is_foreseen_by_the_preview(counter):
    counter.receive()
    counter.lose_guard()
    with pytest.raises(SurroundingsError, match="NUMBER_UNSAFE"):
        counter.service.peek(NOW)
    assert refused(counter) == "NUMBER_UNSAFE"


def test_the_standing_tells_what_a_person_needs_to_vouch(counter):
    fresh = counter.service.standing()
    assert (fresh.next_code, fresh.refusal, fresh.suspect, fresh.taken, fresh.known, fresh.least) == (
        "H99.10.05-261123-2000", None, False, None, None, 0)
    counter.receive()
    with pytest.raises(RuntimeError):
        counter.receive(fault=RuntimeError())
    standing = counter.service.standing()
    assert (standing.day, standing.taken, standing.known, standing.least) == (DAY, 2001, 2000, 2001)
    assert (standing.serials.first, standing.serials.last) == (2000, 2599)
    counter.lose_guard()
    counter.wish(recovery_ranges=((2600, 2699),), provisional_fallback=False)
    standing = counter.service.standing()
    assert (standing.next_code, standing.refusal.code, standing.suspect) == ("", "NUMBER_UNSAFE", True)
    assert [(each.generation, each.serials.first, each.opened) for each in standing.recovery] == [(1, 2600, False)]
    counter.service.allow_recovery(1, DAY, HEAD)
    standing = counter.service.standing()
    assert (standing.next_code, standing.recovery[0].opened, standing.suspect) == ("H99.10.05-261123-2600", True, True)
    counter.service.confirm_last(DAY, 2001, HEAD)
    standing = counter.service.standing()
    assert (standing.next_code, standing.suspect) == ("H99.10.05-261123-2002", False)


def test_looking_at_the_standing_writes_nothing(counter):
    counter.receive()
    writes = counter.database.writes
    before = {path: path.read_bytes() for path in counter.folder.iterdir()}
    counter.service.standing()
    assert counter.database.writes == writes
    assert {path: path.read_bytes() for path in counter.folder.iterdir()} == before


def test_an_impossible_clock_is_the_refusal(counter):
    counter.clock.moment = local(1970, 1, 1, 8)
    standing = counter.service.standing()
    assert (standing.next_code, standing.refusal.code) == ("", "CLOCK_WRONG")
