from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.errors import failed
from counter_app.domain.moments import local
from counter_app.services import doctor
from counter_app.services.calendar import CalendarService
from counter_app.services.doctor import DeskFiles, DoctorService, State, clock_finding, computer
from counter_app.services.recording import write_audit
from counter_app.services.settings import DeskProfile
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
    (tmp_path / "backups").mkdir()
    (tmp_path / "guard").touch()
    return DeskFiles(tmp_path, tmp_path / "backups", tmp_path / "guard", None)


@pytest.fixture(autouse=True)
def good_machine(monkeypatch):
    monkeypatch.setattr(machine, "printer_names", lambda: ["laser"])
    monkeypatch.setattr(machine, "free_bytes", lambda folder: 10 * 2**30)
    monkeypatch.setattr(machine, "has_screen", lambda: True)


def examine(files, database=None, clock=None, profile=PROFILE):
    database, clock = database or FakeDatabase(), clock or FakeClock(NOW)
    calendar = CalendarService(FakeDatabase(), clock)
    findings = DoctorService(database, clock, calendar, profile, files).examine()
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
        "resources", "folder", "disk", "window", "database", "clock", "calendar", "key", "guard", "backups", "printer",
    }


def test_a_database_that_can_not_be_had_stops_no_other_check(files):
    found = examine(files, Broken())
    assert worst(found) == {"database": "DATABASE_LOCKED"}
    assert len(found) == 11


def with_act(at):
    database = FakeDatabase()
    with database.write() as uow:
        write_audit(uow, at, "u-0001", "user.login", "u-0001", {})
        uow.commit()
    return database


def test_a_clock_behind_the_last_act_is_found(files):
    assert worst(examine(files, with_act(NOW - timedelta(days=1)))) == {}
    assert worst(examine(files, with_act(NOW + timedelta(minutes=4)))) == {}
    assert worst(examine(files, with_act(NOW + timedelta(minutes=6)))) == {"clock": "DOCTOR_CLOCK_BEHIND"}


@pytest.mark.parametrize("year", [1970, 2019, 2091, 2099])
def test_an_absurd_clock_is_found(year):
    assert clock_finding(NOW.replace(year=year), None).problem.code == "DOCTOR_CLOCK_ABSURD"


def test_a_lost_guard_matters_only_after_something_happened(files, tmp_path):
    lost = replace(files, guard=tmp_path / "gone")
    assert worst(examine(lost)) == {}
    assert worst(examine(lost, with_act(NOW))) == {"guard": "DOCTOR_GUARD_NONE"}


def test_a_calendar_that_ends_soon_is_found(files):
    assert worst(examine(files, clock=FakeClock(local(2027, 12, 1, 9)))) == {"calendar": "DOCTOR_CALENDAR_ENDING"}
    assert worst(examine(files, clock=FakeClock(local(2027, 10, 1, 9)))) == {}


def test_a_key_in_a_file_is_a_warning_and_one_that_others_read_is_bad(files):
    in_file = replace(files, key_file=Path("k"))
    assert examine(in_file)["key"] == (State.WARNING, "DOCTOR_KEY_FILE")
    assert examine(replace(in_file, key_readable_by_others=True))["key"] == (State.BAD, "DOCTOR_KEY_OTHERS")


def test_a_missing_backup_folder_is_found(files, tmp_path):
    assert worst(examine(replace(files, backups=tmp_path / "gone"))) == {"backups": "DOCTOR_BACKUPS_NONE"}


def test_folders_that_can_not_be_written_are_found(files, monkeypatch):
    monkeypatch.setattr(machine, "can_write", lambda folder: False)
    assert worst(examine(files)) == {"folder": "DOCTOR_FOLDER_CLOSED", "backups": "DOCTOR_BACKUPS_CLOSED"}


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
