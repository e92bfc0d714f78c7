"""The doctor: what works on this PC, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from counter_app.domain.canonical import first_broken
from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR
from counter_app.domain.registers import FAILED
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.numbering.service import NumberingService
from counter_app.services.ports import Clock, Database
from counter_app.services.trail.newest import is_behind, newest_act
from counter_app.services.verifying.trail import audit_entries
from counter_app.support import machine
from counter_app.support.paths import resource_path

ROOM_NEEDED, ROOM_WISHED = 200 * 2**20, 2 * 2**30
"""Below the first a day's work may not fit; below the second backups soon won't."""
CALENDAR_AHEAD = timedelta(days=60)
"""Appointments given today reach about this far."""
BEHIND_TOLD = timedelta(days=30)
"""So long it is told that an older copy of the database was put in place: by then what is missing was entered again."""
_LEFT = frozenset({"DOCTOR_GUARD_BEHIND", "GUARD_LOCKED", "CLOCK_WRONG"})
"""Hindrances of numbers that nobody at the counter is told of all day; the last one is told of the clock itself."""
RESOURCES = (
    "catalogue/procedures.json", "calendar/calendar.json", "codes/provinces_communes.json", "codes/agency_codes.json",
    "forms/01.json", "fonts/liberation-serif", "messages/vi/desk.json",
)


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name (``disk``), how it ended, and the code of the sentence that says what was found and what to do."""

    name: str
    state: State
    problem: Problem


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """Where the parts of an open desk lie. ``key_file`` None: the key is in the keyring, or there is none."""

    data_dir: Path
    key_file: Path | None
    key_readable_by_others: bool = False


Check = tuple[str, Callable[[], Finding]]
"""The name of a check that another room brings, and how it is made; it may raise a DeskError."""


class DoctorService:
    """Examines an open desk and the computer under it."""

    def __init__(
        self, database: Database, clock: Clock, *, calendar: CalendarService, numbering: NumberingService, profile: DeskProfile,
        files: DeskFiles, reads_words: Callable[[], bool], checks: Sequence[Check] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._calendar = calendar
        self._numbering = numbering
        self._profile = profile
        self._files = files
        self._reads_words = reads_words
        self._checks = checks

    def examine(self, *, thorough: bool = True, reader_port: str = "") -> list[Finding]:
        """Return a finding for every check; a fault of one doesn't stop the others.

        A ``thorough`` round reads the whole database and audit trail too, which takes minutes at a large desk. ``reader_port`` is the
        serial port of the barcode reader, empty where it types like a keyboard.
        """
        return [*computer(self._files.data_dir), *self._desk(thorough=thorough), barcode_finding(reader_port), *self._others()]

    def hindrances(self) -> list[Finding]:
        """Return why the next dossier would bear a wrong day or no safe number, and what to do; nothing where all is well.

        What passes by itself, and what is past mending at the counter, is left to :meth:`examine`.
        """
        found = asked("clock", self._clock_finding), asked("guard", self._numbers)
        return [each for each in found if each.state is not State.OK and each.problem.code not in _LEFT]

    def _clock_finding(self) -> Finding:
        with self._database.read() as uow:
            return clock_finding(self._clock.now(), newest_act(uow))

    def _others(self) -> Iterator[Finding]:
        for name, check in self._checks:
            yield asked(name, check)

    def _desk(self, *, thorough: bool) -> Iterator[Finding]:
        newest: datetime | None = None
        try:
            newest = self._newest_act()
            if thorough:
                self._database.examine()
            yield finding("database", State.OK)
        except DeskError as error:
            yield Finding("database", State.BAD, error.problems[0])
        else:
            if thorough:
                yield asked("audit", self._audit)
            yield asked("prints", self._prints)
            yield asked("guard", self._numbers)
        yield clock_finding(self._clock.now(), newest)
        yield self._calendar_finding()
        yield self._key()
        yield self._printer()
        yield finding("reader", State.OK) if self._reads_words() else finding("reader", State.OK, "NONE")  # nobody needs it to work

    def _newest_act(self) -> datetime | None:
        """Return when something was last written down; on the way prove that the database can be read and written."""
        with self._database.write() as uow:
            return newest_act(uow)

    def _calendar_finding(self) -> Finding:
        ahead = (self._clock.now() + CALENDAR_AHEAD).year
        try:
            known = self._calendar.calendar().knows(ahead)
        except DeskError as error:
            return Finding("calendar", State.BAD, error.problems[0])
        return finding("calendar", State.OK) if known else finding("calendar", State.WARNING, "ENDING", year=ahead)

    def _key(self) -> Finding:
        if self._files.key_file is None:
            return finding("key", State.OK)
        if self._files.key_readable_by_others:
            return finding("key", State.BAD, "OTHERS", path=str(self._files.key_file))
        return finding("key", State.WARNING, "FILE", path=str(self._files.key_file))

    def _audit(self) -> Finding:
        """Follow the chain of the audit trail from its first entry to its last."""
        with self._database.read() as uow:
            broken = first_broken(audit_entries(uow))
        return finding("audit", State.OK) if broken is None else finding("audit", State.BAD, "BROKEN", seq=broken)

    def _prints(self) -> Finding:
        """Look for papers that did not come out and that nobody has dealt with."""
        with self._database.read() as uow:
            ours = [job for job in uow.prints.open_jobs() if job.device in (self._profile.device, "")]
        count = sum(job.state == FAILED for job in ours)
        return finding("prints", State.WARNING, "FAILED", count=count) if count else finding("prints", State.OK)

    def _numbers(self) -> Finding:
        """Ask whether a dossier could get its number now, and an official one; nothing is used up."""
        code = self._numbering.peek(self._clock.now())
        standing = self._numbering.standing()
        if standing.suspect:
            return finding("guard", State.WARNING, "SUSPECT", code=code)
        if standing.behind_at is not None and self._clock.now() < standing.behind_at + BEHIND_TOLD:
            return finding("guard", State.WARNING, "BEHIND", at=f"{standing.behind_at:%d/%m/%Y %H:%M}", code=code)
        return finding("guard", State.OK, code=code)

    def _printer(self) -> Finding:
        known = machine.printer_names()
        if known is None:
            return finding("printer", State.WARNING, "UNASKED")
        if not known:
            return finding("printer", State.WARNING, "NONE")
        if self._profile.printer and self._profile.printer not in known:
            return finding("printer", State.BAD, "GONE", printer=self._profile.printer)
        return finding("printer", State.OK)


def asked(name: str, check: Callable[[], Finding]) -> Finding:
    """Return what a check finds; a fault on the way is a finding too."""
    try:
        return check()
    except DeskError as error:
        return Finding(name, State.BAD, error.problems[0])


def computer(data_dir: Path) -> Iterator[Finding]:
    """Check what every desk needs of its computer, with or without a desk in the folder."""
    missing = [name for name in RESOURCES if not resource_path(name).exists()]
    yield finding("resources", State.BAD, "MISSING", path=missing[0]) if missing else finding("resources", State.OK)
    yield _folder(data_dir)
    yield _room(data_dir)
    yield _health(data_dir)
    if not machine.has_module("PySide6"):
        yield finding("window", State.BAD, "MISSING")
    elif not machine.has_screen():
        yield finding("window", State.WARNING, "NO_SCREEN")
    else:
        yield finding("window", State.OK)


def clock_finding(now: datetime, newest: datetime | None) -> Finding:
    """Judge the wall clock by itself and against the last thing that was written down."""
    if not FIRST_YEAR <= now.year <= LAST_YEAR:
        return finding("clock", State.BAD, "ABSURD", year=now.year)
    if newest is not None and is_behind(now, newest):
        return finding("clock", State.BAD, "BEHIND", newest=newest.strftime("%d/%m/%Y %H:%M"))
    return finding("clock", State.OK)


def _folder(data_dir: Path) -> Finding:
    """Tell a folder that isn't there, as of a drive that isn't plugged in, from one that is closed."""
    if machine.can_write(data_dir):
        return finding("folder", State.OK)
    what = "CLOSED"
    with suppress(OSError):  # a folder above it may be closed as well
        what = "MISSING" if not data_dir.exists() else "CLOSED" if data_dir.is_dir() else "TAKEN"
    return finding("folder", State.BAD, what, path=str(data_dir))


def _room(data_dir: Path) -> Finding:
    try:
        free = machine.free_bytes(data_dir)
    except OSError:
        return finding("disk", State.BAD, "UNREADABLE", path=str(data_dir))
    if free < ROOM_WISHED:
        return finding("disk", State.BAD if free < ROOM_NEEDED else State.WARNING, "LOW", free_mb=free // 2**20)
    return finding("disk", State.OK)


def _health(data_dir: Path) -> Finding:
    faults = machine.disk_faults(data_dir)
    if faults is None:
        return finding("disk_health", State.OK, "UNTOLD")
    return finding("disk_health", State.BAD, "FAULTS", count=faults) if faults else finding("disk_health", State.OK)


def barcode_finding(port: str) -> Finding:
    """Look for the barcode reader at its serial port; one that types like a keyboard, where ``port`` is empty, can not be asked."""
    if not port:
        return finding("barcode", State.OK, "KEYBOARD")
    return finding("barcode", State.OK, port=port) if port in machine.serial_ports() else finding("barcode", State.BAD, "GONE", port=port)


def finding(name: str, state: State, what: str = "OK", **params: str | int) -> Finding:
    """Return a finding whose sentence has the code ``DOCTOR_<NAME>_<WHAT>``."""
    return Finding(name, state, Problem(f"DOCTOR_{name.upper()}_{what}", None, params))
