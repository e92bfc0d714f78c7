"""The profile of this desk: who it is, which numbers it may issue, how it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.moments import write_local
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import print_problems
from counter_app.services.deadlines import settings as deadline_settings
from counter_app.services.deadlines.settings import DeadlineSettings
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import PROFILES, held_profile

PAPERS = ("a5", "a5x2", "a4", "80mm")
SERIAL_LIMIT = 9999
"""A code has exactly four digits of serial (province contract 3.3)."""
_PRINTED = ("commune", "province", "desk", "unit_name", "superior", "phone", "address", "number_suffix")
_FIXED = ("device", "second_device", "epoch", "epoch_reason", "epoch_begun_at", "guarded", "practice", "unattended")
GUARDIAN = "number-guard"
"""Who begins an epoch, on the trail: nobody's account, the program itself."""


class EpochReason(StrEnum):
    """Why a desk began a new epoch."""

    RESTORED = "restored"
    GUARD_LOST = "guard_lost"
    BEHIND = "behind"
    """The database lacks what the number guard remembers: an older copy of it was put in its place, and nobody said so."""
    LINE = "line"


@dataclass(frozen=True, slots=True)
class DeskProfile:
    """One counter of one commune. ``commune`` is the full name (``Xã Đắk Mil``), ``desk`` the counter's number as people say it (``2``)."""

    commune: str
    province: str
    agency: str
    desk: str
    device: str
    """The local device id, a UUIDv7, from the first start on."""
    epoch: str
    """16 hex digits; a new one after every restore (province contract 3.4)."""
    epoch_reason: str = ""
    """The :class:`EpochReason` of this epoch; empty: it is the first one."""
    epoch_begun_at: str = ""
    """Local date and time at which it began; empty for the first one."""
    second_device: str = ""
    """The id that this computer took where another one had its own at the province (province contract 3.1); empty: it took none."""
    commune_code: str = ""
    province_code: str = ""
    serial_first: int = 1
    serial_last: int = SERIAL_LIMIT
    provisional: bool = False
    """Print ``TAM-…`` codes instead of official ones."""
    provisional_fallback: bool = False
    """Print ``TAM-…`` codes where the range is used up or the last serial is not known; else the desk refuses."""
    recovery_ranges: tuple[tuple[int, int], ...] = ()
    """First and last serial of the recovery ranges of generations 1 to 4 (province contract 3.4)."""
    further_ranges: tuple[tuple[int, int], ...] = ()
    """First and last serial of what the province lends for days on which the range is used up (province contract 3.3)."""
    guarded: bool = False
    """A number guard was begun for this desk: one that is missing later was lost."""
    practice: bool = False
    """A desk for trying out: sample data, slips marked so, events that are never due to be sent."""
    unattended: bool = False
    """Set up in one line, by a script: as long as it has one account, whoever holds its key acts as that person without a password."""
    hours_profile: str = "standard"
    unit_name: str = ""
    superior: str = ""
    phone: str = ""
    address: str = ""
    number_suffix: str = ""
    """What follows the slip's number after a slash; empty: the form's own rule."""
    paper: str = "a5"
    printer: str = ""
    lookup_address: str = ""
    """Web address that a slip's QR code points to; empty: the code alone."""
    id_last4_only: bool = False
    bank_bin: str = ""
    bank_account: str = ""
    overdue_threshold_permille: int = 35
    """The share of overdue dossiers, in thousandths, from which on the home page warns (domain guide 12: 3.5 % for a commune)."""
    second_person_from: int = 500
    """An export of so many dossiers or more needs a second person; 0: none does."""

    @property
    def recorded_as(self) -> str:
        """The id that ops are recorded under, and that new TAM codes bear; ``device`` names this computer among its own things for ever."""
        return self.second_device or self.device


def serial_problems(first: int, last: int) -> list[Problem]:
    """Return what is wrong with a serial range, which must lie within 1 to 9999 and not be empty."""
    if 1 <= first <= last <= SERIAL_LIMIT:
        return []
    return [Problem("SERIALS_IMPOSSIBLE", "serials", {"first": first, "last": last})]


def read_serials(text: str) -> tuple[int, int]:
    """Read ``2000-2999``.

    Raises:
        RuleBrokenError: SERIALS_UNREADABLE or SERIALS_IMPOSSIBLE, field ``serials``.
    """
    first, dash, last = (part.strip() for part in text.partition("-"))
    if not (dash and first.isascii() and last.isascii() and first.isdigit() and last.isdigit() and len(first) <= 4 and len(last) <= 4):
        raise broken("SERIALS_UNREADABLE", "serials")
    if problems := serial_problems(int(first), int(last)):
        raise RuleBrokenError(*problems)
    return int(first), int(last)


class SettingsService:
    """Reads and writes the profile of one device. In a database shared by several counters each has its own."""

    def __init__(self, database: Database, clock: Clock, device: str) -> None:
        self._database = database
        self._clock = clock
        self._key = profile_key(device)

    def profile(self) -> DeskProfile:
        """Return the profile.

        Raises:
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
            RuleBrokenError: DESK_UNKNOWN, the database does not know this device.
        """
        with self._database.read() as uow:
            stored = uow.settings.get(self._key)
        if stored is None:
            raise broken("DESK_UNKNOWN")
        return from_stored(stored)

    def save(self, profile: DeskProfile, actor: Actor) -> None:
        """Replace the profile, but for what makes this desk the one it is: device, epoch, guard, practice and how it was set up stay.

        Raises:
            RuleBrokenError: NOT_ALLOWED; SERIALS_IMPOSSIBLE, SERIALS_OF_OTHER_DESK, PAPER_UNKNOWN, THRESHOLD_IMPOSSIBLE,
                TEXT_UNPRINTABLE at their fields.
        """
        if not actor.may(Permission.MANAGE_DESK):
            raise broken("NOT_ALLOWED")
        check(profile)
        with self._database.write() as uow:
            before = from_stored(uow.settings.get(self._key) or asdict(profile))
            after = replace(profile, **{name: getattr(before, name) for name in _FIXED})
            refuse_shared_serials(uow, after)
            uow.settings.put(self._key, asdict(after))
            changed = [field.name for field in fields(after) if getattr(after, field.name) != getattr(before, field.name)]
            details = {"members": changed} | held_profile(after.device, asdict(after), changed)
            write_audit(uow, self._clock.now(), actor.user_id, "desk.changed", after.device, details)
            uow.commit()

    def note_guard(self) -> None:
        """Note that the guard of this epoch was begun, so that one which is missing later was lost; raises as :meth:`begin_epoch`."""
        with self._database.write() as uow:
            uow.settings.put(self._key, asdict(replace(self.profile(), guarded=True)))
            uow.commit()

    def begin_epoch(self, epoch: str, why: EpochReason) -> None:
        """Store the epoch that the number guard is begun in (audited). The program does this itself: nobody wishes it, no role allows it.

        Raises:
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        now = self._clock.now()
        after = replace(self.profile(), epoch=epoch, guarded=True, epoch_reason=why.value, epoch_begun_at=write_local(now))
        with self._database.write() as uow:
            uow.settings.put(self._key, asdict(after))
            write_audit(uow, now, GUARDIAN, "numbers.epoch_begun", after.device, {"epoch": epoch, "why": why.value})
            uow.commit()

    def deadlines(self) -> DeadlineSettings:
        """Return how the commune counts deadlines; raises as :meth:`profile`, and DEADLINE_SETTINGS_MISSHAPEN."""
        with self._database.read() as uow:
            return deadline_settings.from_stored(uow.settings.get(deadline_settings.KEY))

    def save_deadlines(self, settings: DeadlineSettings, actor: Actor) -> None:
        """Replace how the commune counts deadlines, for all its counters; dossiers keep the options they were received under.

        Raises:
            RuleBrokenError: NOT_ALLOWED, and as :func:`counter_app.services.deadlines.settings.checked`.
        """
        if not actor.may(Permission.MANAGE_DESK):
            raise broken("NOT_ALLOWED")
        stored = deadline_settings.checked(settings)
        with self._database.write() as uow:
            uow.settings.put(deadline_settings.KEY, stored)
            write_audit(uow, self._clock.now(), actor.user_id, "deadlines.saved", deadline_settings.KEY, stored)
            uow.commit()


def profile_key(device: str) -> str:
    """Return the name of the setting that holds a device's profile."""
    return f"{PROFILES}{device}"


def profiles_of(uow: UnitOfWork) -> list[DeskProfile]:
    """Return the profiles of all counters that share a database."""
    return [from_stored(stored) for key, stored in uow.settings.all().items() if key.startswith(PROFILES)]


def refuse_shared_serials(uow: UnitOfWork, profile: DeskProfile) -> None:
    """Refuse a range that another counter of the same agency in this database numbers from (province contract, rule N1).

    Raises:
        RuleBrokenError: SERIALS_OF_OTHER_DESK(desk, first, last) at ``serials``.
    """
    for other in profiles_of(uow):
        same_series = other.agency == profile.agency and not other.provisional and not profile.provisional
        overlap = other.serial_first <= profile.serial_last and profile.serial_first <= other.serial_last
        if other.device != profile.device and same_series and overlap:
            raise broken("SERIALS_OF_OTHER_DESK", "serials", desk=other.desk, first=other.serial_first, last=other.serial_last)


def check(profile: DeskProfile) -> None:
    """Refuse a profile that no desk can work with, every problem at once.

    Raises:
        RuleBrokenError: as :meth:`SettingsService.save`.
    """
    problems = serial_problems(profile.serial_first, profile.serial_last)
    if profile.paper not in PAPERS:
        problems.append(Problem("PAPER_UNKNOWN", "paper"))
    if not 0 <= profile.overdue_threshold_permille <= 1000:
        problems.append(Problem("THRESHOLD_IMPOSSIBLE", "overdue_threshold_permille"))
    for name in _PRINTED:
        problems += print_problems(getattr(profile, name), name)
    if problems:
        raise RuleBrokenError(*problems)


def from_stored(stored: Mapping[str, Any]) -> DeskProfile:
    """Return a profile from its stored members; members that this version does not know are left aside."""
    known = {field.name for field in fields(DeskProfile)}
    profile = DeskProfile(**{name: value for name, value in stored.items() if name in known})
    recovery, further = (tuple((first, last) for first, last in each) for each in (profile.recovery_ranges, profile.further_ranges))
    return replace(profile, recovery_ranges=recovery, further_ranges=further)
