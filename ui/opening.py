"""What a worker does while the login is on the screen: load the services, open the desk, look who is there and what waits today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import DeskError
from counter_app.domain.moments import VIETNAM
from counter_app.support.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from counter_app.bootstrap import Counter, DeskCreated, Restored
    from counter_app.domain.calendar import Interval
    from counter_app.services.desk.places import AgencyCodes, Places
    from counter_app.services.dossiers.home import HomeFigures
    from counter_app.services.keeping.records import CopyFile
    from counter_app.services.people.login import PersonCard, Session
    from counter_app.services.ports import Clock


@dataclass(frozen=True, slots=True)
class Door:
    """An open desk before anybody has logged in: who may, and what waits today, without a name."""

    counter: Counter
    people: tuple[PersonCard, ...]
    hours: tuple[Interval, ...]
    figures: HomeFigures | None


@dataclass(frozen=True, slots=True)
class Bare:
    """No desk in this folder yet: what the set-up offers."""

    places: Places
    agencies: AgencyCodes


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice desk with its only person let in."""

    door: Door
    session: Session


def open_desk(data_dir: Path, clock: Clock | None = None) -> Door | Bare:
    """Open the desk of a folder, or return what its set-up needs. ``clock`` replaces the machine's, for pictures and trials.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.open_counter`.
    """
    from counter_app import bootstrap  # noqa: PLC0415  storage and services are loaded here, off the window's thread

    if bootstrap.desk_exists(data_dir):
        counter = bootstrap.open_counter(data_dir, clock=clock)
        counter.print_queue.begin()
        return _door(counter)
    from counter_app.services.desk.places import read_agency_codes, read_places  # noqa: PLC0415  only the set-up needs them

    return Bare(read_places(), read_agency_codes())


def look_again(counter: Counter) -> Door:
    """Return the door of a desk that is open already, after somebody logged out."""
    return _door(counter)


def tidy_scans(counter: Counter) -> None:
    """Delete what killed programs left of scans in the clear: before any stack is open, and with nobody waiting for it."""
    with counter.paper.turn:
        counter.paper.batches.tidy()
    counter.paper.reading.tidy()


def make_desk(values: dict[str, str], data_dir: Path) -> DeskCreated:
    """Set up a desk from what was typed, by the names of ``CreateDesk``.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.create_desk`.
    """
    from counter_app import bootstrap  # noqa: PLC0415

    return bootstrap.create_desk(bootstrap.CreateDesk(**values), data_dir)  # type: ignore[arg-type]


def find_copies(roots: Iterable[Path], clock: Clock | None) -> list[CopyFile]:
    """Return the newest copies of desks below the roots of disks; those of days that are still to come stand last."""
    from counter_app import bootstrap  # noqa: PLC0415

    return bootstrap.find_copies(roots, (clock or SystemClock(VIETNAM)).now())


def restore_desk(file: Path, data_dir: Path, sheet: str) -> Restored:
    """Make the desk of a copy, with the code of the recovery ``sheet`` or, without one, with this computer's key.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.restore_desk`.
    """
    from counter_app import bootstrap  # noqa: PLC0415

    return bootstrap.restore_desk(file, data_dir, sheet)


def put_key_back(data_dir: Path, sheet: str) -> None:
    """Put the desk's key back where it belongs, from the code of its recovery ``sheet``.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.recover_desk`.
    """
    from counter_app import bootstrap  # noqa: PLC0415

    bootstrap.recover_desk(data_dir, sheet)


def write_recovery_sheet(data_dir: Path, secret: str, out: Path) -> Path:
    """Write the recovery sheet as PDF and return its path.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.recovery_sheet`; the file can't be written.
    """
    from counter_app import bootstrap  # noqa: PLC0415
    from counter_app.services.surroundings import disk_fault  # noqa: PLC0415

    sheet = bootstrap.recovery_sheet(data_dir, secret)
    try:
        out.write_bytes(sheet)
    except OSError as error:
        raise disk_fault(error, out.parent) from error
    return out


def open_practice(data_dir: Path, like: Counter | None) -> Practice:
    """Open the practice desk beside a desk, named ``like`` it, made with sample data the first time.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.open_practice`.
    """
    from counter_app import bootstrap  # noqa: PLC0415

    counter = bootstrap.open_practice(data_dir, like)
    counter.print_queue.begin()
    return Practice(_door(counter), bootstrap.practice_session(counter))


def _door(counter: Counter) -> Door:
    now = counter.clock.now()
    try:
        hours = counter.calendar.calendar().hours(now.date())
        figures = counter.home.figures()
    except DeskError:
        hours, figures = (), None  # the calendar may not know this year: the home page says so, the door stays open
    return Door(counter, tuple(counter.login.people()), hours, figures)
