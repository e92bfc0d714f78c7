"""Scanners of every kind behind one port, and a feed that never ends silently short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from counter_app.domain.errors import DeskError, Problem, SurroundingsError, broken
from counter_app.domain.scan_profile import Abilities, ScanProfile

Side = Literal["front", "back"]
MOST_PAGES = 2000
"""No feeder of a desk holds more; a device that goes on is broken."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One side of one sheet as the device gave it: a whole PNG, JPEG or PNM file, ``size_px`` width and height, ``ordinal`` from 1 on."""

    path: Path
    dpi: int
    side: Side
    ordinal: int
    size_px: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner that was found. ``id`` begins with its way: ``sane:test:0``, ``escl:http://192.168.1.20/eSCL``, ``folder:…``."""

    id: str
    name: str
    way: str


@dataclass(frozen=True, slots=True)
class DevicesFound:
    """All scanners, and why some way of finding them failed."""

    devices: tuple[Device, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanJob:
    """What to scan. ``device`` is an id without its way, ``folder`` takes the pages, ``first`` is the ordinal of the next one.

    ``unpacked``: a page that would only be packed for this file may come as PNM, which is read ten times as fast and half as large again.
    """

    device: str
    profile: ScanProfile
    folder: Path
    first: int = 1
    unpacked: bool = False


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file in a folder that pages came from; it stays there until it is accepted."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class FeedEnd:
    """How a feed ended: ``pages`` arrived whole and are kept.

    ``stopped`` is None only where the device confirmed that no paper is left; else its sentence tells what happened, how many pages
    arrived, and what to do. ``notes`` tell which wishes the device could not fulfil and which files of a folder are no pages; ``files`` are
    those that the pages came from. ``both_sides``: the device was asked for a front and a back of each sheet.
    """

    pages: int
    stopped: Problem | None = None
    notes: tuple[Problem, ...] = ()
    files: tuple[TakenFile, ...] = ()
    both_sides: bool = False


class FeedWatch(Protocol):
    """Who looks on while a feed runs; called on the thread of the feed."""

    def arrived(self, page: ScannedPage) -> None:
        """A page is there, whole and durable."""

    def progressed(self, percent: int) -> None:
        """So much of the page that is being read has come, 0 to 100; not every device tells."""

    def wanted(self) -> bool:
        """Tell whether to go on; asked several times a second."""


class Scanner(Protocol):
    """One way to scanners."""

    @property
    def way(self) -> str:
        """The first part of the ids of its devices."""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices that can be reached now.

        Raises:
            SurroundingsError: a SCAN_ code, this way can not look for any.
        """

    def abilities(self, device: str) -> Abilities:
        """Return what a device can do.

        Raises:
            SurroundingsError: a SCAN_ code, it doesn't answer.
        """

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Scan until the device has no more paper or a fault, or until nobody wants more; blocks. A fault once it has begun is no error.

        Raises:
            SurroundingsError: a SCAN_ code, it could not begin.
        """


@runtime_checkable
class FileScanner(Scanner, Protocol):
    """A way whose pages come from files."""

    def accept(self, device: str, files: Sequence[TakenFile]) -> None:
        """Put files aside whose pages are safe, so that they are not taken again; a file that has changed since stays.

        Raises:
            SurroundingsError: SCAN_FOLDER_GONE.
        """


class _OnePage:
    """Wants a page and no other one."""

    def __init__(self) -> None:
        self.page: ScannedPage | None = None

    def arrived(self, page: ScannedPage) -> None:
        """It is there."""
        self.page = self.page or page

    def progressed(self, percent: int) -> None:
        """Pass over it."""

    def wanted(self) -> bool:
        """Tell whether it is still to come."""
        return self.page is None


class DeviceService:
    """Finds scanners and scans with them.

    ``scanners`` makes the ways to them, once, when one is first needed; ``names`` tells what people call them, by id.
    """

    def __init__(self, scanners: Callable[[], Sequence[Scanner]], names: Callable[[], Mapping[str, str]] = dict) -> None:
        self._make = scanners
        self._names = names

    @cached_property
    def _scanners(self) -> dict[str, Scanner]:
        return {scanner.way: scanner for scanner in self._make()}

    def look_for(self) -> Iterator[DevicesFound]:
        """Yield the devices of one way after the other; a way that fails hides no other one."""
        names = self._names()
        for scanner in self._scanners.values():
            try:
                yield DevicesFound(tuple(replace(each, name=names.get(each.id, each.name)) for each in scanner.devices()))
            except DeskError as error:
                yield DevicesFound((), error.problems)

    def devices(self) -> DevicesFound:
        """Return the devices of every way."""
        found = list(self.look_for())
        return DevicesFound(
            tuple(device for each in found for device in each.devices), tuple(problem for each in found for problem in each.problems))

    def abilities(self, device_id: str) -> Abilities:
        """Return what a device can do.

        Raises:
            RuleBrokenError: SCAN_DEVICE_UNKNOWN at ``device``.
            SurroundingsError: as :meth:`Scanner.abilities`.
        """
        scanner, device = self._named(device_id)
        return scanner.abilities(device)

    def scan(
        self, device_id: str, profile: ScanProfile, folder: Path, watch: FeedWatch, *, first: int = 1, unpacked: bool = False,
    ) -> FeedEnd:
        """Scan one feed into a folder that is there; going on after a fault is another call with the next ordinal as ``first``.

        ``unpacked`` is for who reads the pages at once and keeps them nowhere else.

        Raises:
            RuleBrokenError: SCAN_DEVICE_UNKNOWN at ``device``.
        """
        scanner, device = self._named(device_id)
        try:
            return scanner.feed(ScanJob(device, profile, folder, first, unpacked), watch)
        except SurroundingsError as error:
            return FeedEnd(0, error.problems[0])

    def try_out(self, device_id: str, profile: ScanProfile, folder: Path) -> tuple[ScannedPage | None, Problem | None]:
        """Scan one page into a folder to see whether a scanner works; return it, else why none came. Files stay where they are.

        Raises:
            RuleBrokenError: SCAN_DEVICE_UNKNOWN at ``device``.
            SurroundingsError: as :meth:`Scanner.abilities`.
        """
        self.abilities(device_id)
        watch = _OnePage()
        end = self.scan(device_id, profile, folder, watch)
        return (watch.page, None) if watch.page else (None, end.stopped or Problem("SCAN_NO_PAPER"))

    def accept(self, device_id: str, end: FeedEnd) -> None:
        """Say that the pages of a feed are safe: the files that they came from are put aside. Devices without files have nothing to do.

        Raises:
            RuleBrokenError: SCAN_DEVICE_UNKNOWN at ``device``.
            SurroundingsError: as :meth:`FileScanner.accept`.
        """
        scanner, device = self._named(device_id)
        if end.files and isinstance(scanner, FileScanner):
            scanner.accept(device, end.files)

    def _named(self, device_id: str) -> tuple[Scanner, str]:
        way, _, device = device_id.partition(":")
        scanner = self._scanners.get(way)
        if scanner is None or not device:
            raise broken("SCAN_DEVICE_UNKNOWN", "device", device=device_id[:200])
        return scanner, device
