"""Ways to scanners, made when somebody first scans: their libraries are nothing that opening a desk need wait for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.devices import DeviceService, Scanner
from counter_app.services.scanning.places import ScannerPlaces


def scanners_at(database: Database, clock: Clock, device: str) -> tuple[ScannerPlaces, DeviceService]:
    """Return what a person entered and named at a counter, and its scanners."""
    places = ScannerPlaces(database, clock, device)
    return places, device_service(places.addresses, places.folders, places.names)


def device_service(
    addresses: Callable[[], Sequence[str]] = tuple, folders: Callable[[], Sequence[Path]] = tuple,
    names: Callable[[], Mapping[str, str]] = dict,
) -> DeviceService:
    """Return the scanners of this PC; ``addresses``, ``folders`` and ``names`` return what a person entered."""

    def scanners() -> Sequence[Scanner]:
        """Return one way for each kind of scanner that this system knows."""
        from counter_app.scanning.devices.discovery import discover  # noqa: PLC0415  late on purpose
        from counter_app.scanning.devices.escl import EsclScanner  # noqa: PLC0415
        from counter_app.scanning.devices.folder import FolderScanner  # noqa: PLC0415

        return [_of_this_system(), EsclScanner(discover, addresses), FolderScanner(folders)]

    return DeviceService(scanners, names)


def _of_this_system() -> Scanner:
    if sys.platform == "win32":
        from counter_app.scanning.devices.wia import WiaScanner  # noqa: PLC0415  late on purpose

        return WiaScanner()
    from counter_app.scanning.devices.sane import SaneScanner  # noqa: PLC0415  late on purpose

    return SaneScanner()
