"""What the doctor asks other rooms: versions, scanners, the line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.errors import Problem
from counter_app.domain.moments import write_local
from counter_app.domain.people import Actor, Role
from counter_app.services.helping import checks as doctor_checks
from counter_app.services.helping.checks import scanner_finding
from counter_app.services.helping.doctor import Finding, State
from counter_app.services.keeping.policy import Why
from counter_app.services.keeping.service import KeepingService
from counter_app.services.keeping.settings import KeepingSettings
from counter_app.services.line.desk import LineService
from counter_app.services.line.province import Standing, Trouble
from counter_app.services.scanning.devices import Device, DevicesFound
from counter_app.support import messages
from tests.builders import DEVICE, fake_desk
from tests.fakes_keeping import FakeMemory, FakeRoom
from tests.services.line.lines import FakeProvince, enrolled

ADMINISTRATOR = Actor("u-0004", Role.ADMINISTRATOR)
NO_WAY = Problem("SCAN_BUSY", None, {"pages": 0})


def said(found, **params):
    """Return state and code of a finding whose sentence is whole in every language."""
    for lang in messages.LANGUAGES:
        sentence = messages.sentence(found.problem, lang)
        assert sentence != found.problem.code
        assert "{" not in sentence
    assert params.items() <= found.problem.params.items()
    return found.state, found.problem.code


def test_versions_are_told_without_judging():
    found = doctor_checks.version_finding(fake_desk().database)
    assert said(found, database="sqlite 3.50.0", schema="0012") == (State.OK, "DOCTOR_VERSIONS_OK")


def test_scanners_that_answer_are_named():
    devices = (Device("sane:1", "Máy quét tầng 1", "sane"), Device("escl:2", "Epson", "escl"))
    found = scanner_finding(lambda: DevicesFound(devices, (NO_WAY,)))
    assert said(found, count=2, names="Máy quét tầng 1, Epson") == (State.OK, "DOCTOR_SCANNER_OK"), "one way that fails hides no other"


def test_no_scanner_is_no_fault_but_a_way_that_fails_is_one():
    assert said(scanner_finding(nothing)) == (State.OK, "DOCTOR_SCANNER_NONE")
    assert scanner_finding(lambda: DevicesFound((), (NO_WAY,))) == Finding("scanner", State.WARNING, NO_WAY)


def nothing():
    return DevicesFound(())


class Line(FakeProvince):
    """A province whose standing a test sets."""

    def __init__(self, standing):
        super().__init__()
        self._standing = standing

    def standing(self):
        return self._standing


def line_of(standing, *, known=True):
    desk = fake_desk()
    if known:
        enrolled(desk.database)
    return desk, LineService(desk.database, desk.clock, Line(standing), DEVICE)


def test_a_desk_that_is_not_enrolled_is_sound():
    _, line = line_of(Standing(), known=False)
    assert said(doctor_checks.line_finding(line)) == (State.OK, "DOCTOR_LINE_NONE")


@pytest.mark.parametrize(("days", "state", "code"), [
    (0, State.OK, "DOCTOR_LINE_OK"), (3, State.OK, "DOCTOR_LINE_OK"), (4, State.WARNING, "DOCTOR_LINE_SILENT"),
])
def test_a_province_that_is_silent_for_days_is_told_of(days, state, code):
    desk, line = line_of(Standing())
    line._province._standing = Standing(pending=7, proven_at=write_local(desk.clock.now() - timedelta(days=days)))
    assert said(doctor_checks.line_finding(line), pending=7) == (state, code)


def test_one_that_has_never_answered_and_one_with_troubles_are_told_of():
    _, line = line_of(Standing())
    assert said(doctor_checks.line_finding(line)) == (State.WARNING, "DOCTOR_LINE_NEVER")
    _, line = line_of(replace(Standing(), troubles=(Trouble("line", NO_WAY),) * 2))
    assert said(doctor_checks.line_finding(line), count=2) == (State.WARNING, "DOCTOR_LINE_TROUBLE")


def test_a_desk_has_these_checks():
    desk, line = line_of(Standing())
    keeping = KeepingService(desk.database, desk.clock, FakeRoom(), FakeMemory(), DEVICE)
    checks = doctor_checks.of_desk(desk.database, nothing, line, keeping)
    assert [name for name, _ in checks] == ["backups", "scanner", "line", "versions"]
    assert [check().name for _, check in checks] == ["backups", "scanner", "line", "versions"]


# --- copies -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def keeping():
    desk, _ = line_of(Standing())
    return KeepingService(desk.database, desk.clock, FakeRoom(), FakeMemory(), DEVICE)


def stick_of(keeping):
    keeping.save(KeepingSettings(("/usb",)), ADMINISTRATOR)


def test_a_desk_without_a_second_copy_is_told_of_and_one_with_a_fresh_one_is_in_order(keeping):
    assert said(doctor_checks.backups_finding(keeping)) == (State.WARNING, "DOCTOR_BACKUPS_NONE")
    stick_of(keeping)
    keeping.make(Why.ASKED)
    when = f"{keeping._clock.now():%d/%m/%Y %H:%M}"
    assert said(doctor_checks.backups_finding(keeping), made_at=when) == (State.OK, "DOCTOR_BACKUPS_OK")
    keeping._clock.forward(days=4)
    assert said(doctor_checks.backups_finding(keeping), made_at=when) == (State.WARNING, "DOCTOR_BACKUPS_OLD")


def test_a_place_that_takes_no_copy_is_told_of_while_the_last_one_is_fresh(keeping):
    stick_of(keeping)
    keeping.make(Why.ASKED)
    keeping._room.gone = {"/usb"}
    keeping.make(Why.ASKED)
    assert doctor_checks.backups_finding(keeping).problem.code == "BACKUP_PLACE_MISSING"


def test_a_servers_desk_is_in_order_without_a_copy_here(keeping):
    keeping._room.on_server = True
    assert said(doctor_checks.backups_finding(keeping)) == (State.OK, "DOCTOR_BACKUPS_SERVER")
