from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.errors import failed
from counter_app.domain.moments import local
from counter_app.domain.registers import PrintJob
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.helping import doctor
from counter_app.services.helping.doctor import DeskFiles, DoctorService, State, clock_finding, computer
from counter_app.services.recording import write_audit
from counter_app.services.trail.newest import RECENT_ACTS
from counter_app.support import machine, messages
from tests.fakes import FakeClock, FakeDatabase

PROFILE = DeskProfile("Xã Đắk Mil", "Lâm Đồng", "H36.50.05", "2", "d1", "e1")
NOW = local(2026, 11, 20, 9, 42)


class Broken:
    """A database that can't be had."""

    def write(self):
        raise failed("DATABASE_LOCKED", path="desk.db")

    read = write


@pytest.fixture
def files(tmp_path):
    return DeskFiles(tmp_path, None)


@pytest.fixture(autouse=True)
def good_machine(monkeypatch):
    monkeypatch.setattr(machine, "printer_names", lambda: ["laser"])
    monkeypatch.setattr(machine, "free_bytes", lambda folder: 10 * 2**30)
    monkeypatch.setattr(machine, "has_screen", lambda: True)
    monkeypatch.setattr(machine, "disk_faults", lambda folder: 0)
    monkeypatch.setattr(machine, "serial_ports", lambda: ["/dev/ttyUSB0"])


class Numbers:
    """Numbers that can be issued, or not."""

    def __init__(self, fault=None, *, suspect=False, behind_at=None):
        self.fault, self.suspect, self.behind_at = fault, suspect, behind_at

    def standing(self):
        return self

    def peek(self, now):
        if self.fault:
            raise self.fault
        return "H36.50.05-261120-0001"


def examine(files, database=None, clock=None, profile=PROFILE, numbering=None, *, reads_words=True, checks=(), **asked):
    database, clock = database or FakeDatabase(), clock or FakeClock(NOW)
    calendar = CalendarService(FakeDatabase(), clock)
    numbering = numbering or Numbers()
    findings = DoctorService(
        database, clock, calendar=calendar, numbering=numbering, profile=profile, files=files, reads_words=lambda: reads_words, checks=checks).examine(**asked)
    assert len({finding.name for finding in findings}) == len(findings)
    for finding in findings:
        for lang in messages.LANGUAGES:
            sentence = messages.sentence(finding.problem, lang)
            assert sentence != finding.problem.code
            assert "{" not in sentence
    return {finding.name: (finding.state, finding.problem.code) for finding in findings}


def worst(found):
    return {name: code for name, (state, code) in found.items() if state is not State.OK}


def test_a_sound_desk_has_nothing_to_say(files):
    found = examine(files)
    assert worst(found) == {}
    assert set(found) == {
        "resources", "folder", "disk", "disk_health", "barcode", "window", "database", "audit", "prints", "guard", "clock", "calendar", "key", "printer",
        "reader"}


def test_a_database_that_can_not_be_had_stops_no_other_check(files):
    found = examine(files, Broken())
    assert worst(found) == {"database": "DATABASE_LOCKED"}
    assert set(found) == {
        "resources", "folder", "disk", "disk_health", "barcode", "window", "database", "clock", "calendar", "key", "printer",
        "reader"}


def test_a_database_that_answers_and_is_damaged_all_the_same_is_found(files):
    database = FakeDatabase()

    def examine_it():
        raise failed("DATABASE_CORRUPT", path="desk.db")

    database.examine = examine_it
    found = examine(files, database)
    assert worst(found) == {"database": "DATABASE_CORRUPT"}
    assert "audit" not in found, "nothing is concluded from what can't be trusted"


def with_act(*times):
    database = FakeDatabase()
    with database.write() as uow:
        for at in times:
            write_audit(uow, at, "u-0001", "user.login", "u-0001", {})
        uow.commit()
    return database


def test_a_clock_behind_the_last_act_is_found(files):
    assert worst(examine(files, with_act(NOW - timedelta(days=1)))) == {}
    assert worst(examine(files, with_act(NOW + timedelta(minutes=4)))) == {}
    assert worst(examine(files, with_act(NOW + timedelta(minutes=6)))) == {"clock": "DOCTOR_CLOCK_BEHIND"}


def test_who_logs_in_under_a_clock_that_was_set_back_hides_nothing_by_it(files):
    assert worst(examine(files, with_act(NOW + timedelta(days=1), NOW))) == {"clock": "DOCTOR_CLOCK_BEHIND"}


def test_a_day_that_was_too_late_is_forgotten_after_some_work(files):
    late = NOW + timedelta(days=2000)
    assert worst(examine(files, with_act(late, *[NOW] * (RECENT_ACTS - 1)))) == {"clock": "DOCTOR_CLOCK_BEHIND"}
    assert worst(examine(files, with_act(late, *[NOW] * RECENT_ACTS))) == {}


def hindering(files, numbering=None, database=None, clock=None):
    database, clock = database or FakeDatabase(), clock or FakeClock(NOW)
    doctor_here = DoctorService(
        database, clock, calendar=CalendarService(database, clock), numbering=numbering or Numbers(), profile=PROFILE, files=files,
        reads_words=lambda: True)
    return [(each.name, each.state, each.problem.code) for each in doctor_here.hindrances()]


def test_nothing_stands_in_the_way_of_a_sound_desk(files):
    assert hindering(files) == []
    assert hindering(files, database=with_act(NOW)) == []


def test_a_number_that_waits_for_a_person_stands_in_the_way_also_where_provisional_codes_step_in(files):
    unsafe = failed("NUMBER_UNSAFE", day="20/11/2026", first=1, last=9999)
    assert hindering(files, Numbers(unsafe)) == [("guard", State.BAD, "NUMBER_UNSAFE")]
    assert hindering(files, Numbers(suspect=True)) == [("guard", State.WARNING, "DOCTOR_GUARD_SUSPECT")]


@pytest.mark.parametrize("numbering", [Numbers(failed("GUARD_LOCKED", seconds=5)), Numbers(behind_at=NOW - timedelta(days=1))], ids=["locked", "older copy"])
def test_what_passes_or_is_past_mending_is_not_told_all_day(files, numbering):
    assert hindering(files, numbering) == []


def test_a_wrong_clock_stands_in_the_way_and_is_told_once(files):
    late = with_act(NOW + timedelta(days=1))
    assert hindering(files, database=late) == [("clock", State.BAD, "DOCTOR_CLOCK_BEHIND")]
    absurd = Numbers(failed("CLOCK_WRONG", year=2009))
    assert hindering(files, absurd, clock=FakeClock(NOW.replace(year=2009))) == [("clock", State.BAD, "DOCTOR_CLOCK_ABSURD")]


def test_clock_and_number_are_told_together_and_a_fault_of_one_hides_not_the_other(files):
    unsafe = Numbers(failed("NUMBER_UNSAFE", day="20/11/2026", first=1, last=9999))
    assert [code for _, _, code in hindering(files, unsafe, with_act(NOW + timedelta(days=1)))] == ["DOCTOR_CLOCK_BEHIND", "NUMBER_UNSAFE"]
    assert [code for _, _, code in hindering(files, unsafe, Broken())] == ["DATABASE_LOCKED", "NUMBER_UNSAFE"]


@pytest.mark.parametrize("year", [1970, 2019, 2091, 2099])
def test_an_absurd_clock_is_found(year):
    assert clock_finding(NOW.replace(year=year), None).problem.code == "DOCTOR_CLOCK_ABSURD"


@pytest.mark.parametrize("fault", [
    failed("NUMBER_UNSAFE", day="20/11/2026", first=1, last=9999), failed("RANGE_USED_UP", day="20/11/2026", first=1, last=9999),
    failed("GUARD_LOCKED", seconds=5),
])
def test_numbers_that_can_not_be_issued_are_found_with_what_to_do(files, fault):
    assert worst(examine(files, numbering=Numbers(fault))) == {"guard": fault.code}


def test_a_desk_that_nobody_vouched_for_yet_is_warned_while_it_goes_on(files):
    found = examine(files, numbering=Numbers(suspect=True))
    assert found["guard"] == (State.WARNING, "DOCTOR_GUARD_SUSPECT")
    assert list(worst(found)) == ["guard"]


def test_an_older_copy_that_somebody_put_in_place_is_told_for_a_month(files):
    said = finding_of(files, Numbers(behind_at=NOW - timedelta(days=29)))
    assert (said.state, said.problem.code) == (State.WARNING, "DOCTOR_GUARD_BEHIND")
    assert "22/10/2026 09:42" in messages.sentence(said.problem, "vi")
    assert worst(examine(files, numbering=Numbers(behind_at=NOW - timedelta(days=30)))) == {}
    assert worst(examine(files, numbering=Numbers(suspect=True, behind_at=NOW))) == {"guard": "DOCTOR_GUARD_SUSPECT"}, "the first thing to do"


def finding_of(files, numbering):
    clock = FakeClock(NOW)
    service = DoctorService(
        FakeDatabase(), clock, calendar=CalendarService(FakeDatabase(), clock), numbering=numbering, profile=PROFILE, files=files,
        reads_words=lambda: True)
    return next(each for each in service.examine() if each.name == "guard")


def acts(count):
    database = FakeDatabase()
    with database.write() as uow:
        for n in range(count):
            write_audit(uow, NOW, "u-0001", "user.login", f"u-{n:04}", {})
        uow.commit()
    return database


def test_a_long_audit_trail_is_followed_to_its_end_in_pieces(files):
    database = acts(2500)
    assert worst(examine(files, database)) == {}
    entry = database.state.audit[2200]
    database.state.audit[2200] = replace(entry, subject="u-9999")
    found = examine(files, database)
    assert found["audit"] == (State.BAD, "DOCTOR_AUDIT_BROKEN")
    assert worst(found) == {"audit": "DOCTOR_AUDIT_BROKEN"}


def test_an_entry_taken_out_of_the_audit_trail_is_found(files):
    database = acts(5)
    del database.state.audit[2]
    assert worst(examine(files, database)) == {"audit": "DOCTOR_AUDIT_BROKEN"}


def with_jobs(*states, device="d1"):
    database = FakeDatabase()
    with database.write() as uow:
        for n, state in enumerate(states):
            uow.prints.add_job(PrintJob(f"j{n}", f"p{n}", "laser", 1, state, NOW, device=device))
        uow.commit()
    return database


def test_papers_that_did_not_come_out_are_found(files):
    assert worst(examine(files, with_jobs("waiting", "printing", "printed", "cancelled"))) == {}
    assert worst(examine(files, with_jobs("failed", "waiting", "failed"))) == {"prints": "DOCTOR_PRINTS_FAILED"}
    assert worst(examine(files, with_jobs("failed", device="another counter"))) == {}


def test_a_calendar_that_ends_soon_is_found(files):
    assert worst(examine(files, clock=FakeClock(local(2027, 12, 1, 9)))) == {"calendar": "DOCTOR_CALENDAR_ENDING"}
    assert worst(examine(files, clock=FakeClock(local(2027, 10, 1, 9)))) == {}


def test_a_key_in_a_file_is_a_warning_and_one_that_others_read_is_bad(files):
    in_file = replace(files, key_file=Path("k"))
    assert examine(in_file)["key"] == (State.WARNING, "DOCTOR_KEY_FILE")
    assert examine(replace(in_file, key_readable_by_others=True))["key"] == (State.BAD, "DOCTOR_KEY_OTHERS")


@pytest.mark.parametrize(("make", "code"), [
    (lambda place: None, "DOCTOR_FOLDER_MISSING"), (lambda place: place.write_text("x"), "DOCTOR_FOLDER_TAKEN"), (Path.mkdir, "DOCTOR_FOLDER_OK"),
])
def test_a_folder_that_is_none_is_told_apart_from_a_closed_one(tmp_path, make, code):
    place = tmp_path / "desk"
    make(place)
    before = sorted(tmp_path.iterdir())
    folder = next(finding for finding in computer(place) if finding.name == "folder")
    assert folder.problem.code == code
    assert code == "DOCTOR_FOLDER_OK" or str(place) in messages.sentence(folder.problem, "vi")
    assert sorted(tmp_path.iterdir()) == before, "looking makes nothing"


def test_folders_that_can_not_be_written_are_found(files, monkeypatch):
    monkeypatch.setattr(machine, "can_write", lambda folder: False)
    assert worst(examine(files)) == {"folder": "DOCTOR_FOLDER_CLOSED"}


@pytest.mark.parametrize(("printers", "chosen", "code"), [
    (None, "", "DOCTOR_PRINTER_UNASKED"), ([], "", "DOCTOR_PRINTER_NONE"), (["laser"], "other", "DOCTOR_PRINTER_GONE"),
    (["laser"], "laser", None), (["laser"], "", None),
])
def test_printers(files, monkeypatch, printers, chosen, code):
    monkeypatch.setattr(machine, "printer_names", lambda: printers)
    assert worst(examine(files, profile=replace(PROFILE, printer=chosen))).get("printer") == code


@pytest.mark.parametrize(("megabytes", "state"), [(100, State.BAD), (1000, State.WARNING), (3000, State.OK)])
def test_room_on_the_disk(files, monkeypatch, megabytes, state):
    monkeypatch.setattr(machine, "free_bytes", lambda folder: megabytes * 2**20)
    assert examine(files)["disk"][0] is state


def test_a_disk_that_can_not_be_read(files, monkeypatch):
    def fail(folder):
        raise OSError

    monkeypatch.setattr(machine, "free_bytes", fail)
    assert worst(examine(files)) == {"disk": "DOCTOR_DISK_UNREADABLE"}


def test_a_missing_library_and_a_missing_screen(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "has_screen", lambda: False)
    assert ("window", "DOCTOR_WINDOW_NO_SCREEN") in [(f.name, f.problem.code) for f in computer(tmp_path)]
    monkeypatch.setattr(machine, "has_module", lambda name: False)
    assert ("window", "DOCTOR_WINDOW_MISSING") in [(f.name, f.problem.code) for f in computer(tmp_path)]


def test_an_incomplete_installation_names_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "resource_path", lambda relative: tmp_path / relative)
    finding = next(computer(tmp_path))
    assert (finding.state, finding.problem.code) == (State.BAD, "DOCTOR_RESOURCES_MISSING")
    assert finding.problem.params["path"] == doctor.RESOURCES[0]


def test_a_pc_that_reads_no_words_is_told_how_it_would_and_is_sound(files):
    found = examine(files, reads_words=False)
    assert (worst(found), found["reader"]) == ({}, (State.OK, "DOCTOR_READER_NONE"))
    assert examine(files)["reader"] == (State.OK, "DOCTOR_READER_OK")


@pytest.mark.parametrize(("faults", "found"), [
    (0, (State.OK, "DOCTOR_DISK_HEALTH_OK")), (None, (State.OK, "DOCTOR_DISK_HEALTH_UNTOLD")), (3, (State.BAD, "DOCTOR_DISK_HEALTH_FAULTS")),
])
def test_a_disk_that_shows_faults_is_bad_and_one_that_is_silent_is_not(files, monkeypatch, faults, found):
    monkeypatch.setattr(machine, "disk_faults", lambda folder: faults)
    assert examine(files)["disk_health"] == found


@pytest.mark.parametrize(("port", "found"), [
    ("", (State.OK, "DOCTOR_BARCODE_KEYBOARD")), ("/dev/ttyUSB0", (State.OK, "DOCTOR_BARCODE_OK")), ("/dev/ttyUSB1", (State.BAD, "DOCTOR_BARCODE_GONE")),
])
def test_a_barcode_reader_is_looked_for_at_its_port(files, port, found):
    assert examine(files, reader_port=port)["barcode"] == found


def test_a_quick_round_reads_neither_every_page_nor_the_whole_trail(files):
    database = acts(3)
    del database.state.audit[1]

    def never():
        raise AssertionError("every page was read")

    database.examine = never
    found = examine(files, database, thorough=False)
    assert worst(found) == {}
    assert found["database"] == (State.OK, "DOCTOR_DATABASE_OK")
    assert "audit" not in found


def test_a_check_of_another_room_that_fails_is_a_finding_and_stops_no_other(files):
    def fail():
        raise failed("SCAN_BUSY", pages=0)

    found = examine(files, checks=(("scanner", fail), ("line", lambda: doctor.finding("line", State.OK, "NONE"))))
    assert found["scanner"] == (State.BAD, "SCAN_BUSY")
    assert found["line"] == (State.OK, "DOCTOR_LINE_NONE")
