"""Scanners that a person entered for a PC: network scanners that don't announce themselves, and folders that copiers scan to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scanner_address import scanner_address
from counter_app.services.dossier_access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit

_KEY = "scanners/"
NETWORK, FOLDER = "escl", "folder"
"""The ways that places are entered for."""


class ScannerPlaces:
    """Reads and changes the entered scanners of one device of the desk; each counter has its own."""

    def __init__(self, database: Database, clock: Clock, device: str) -> None:
        self._database = database
        self._clock = clock
        self._key = f"{_KEY}{device}"

    def addresses(self) -> tuple[str, ...]:
        """Return the addresses of network scanners."""
        return self._stored(NETWORK)

    def folders(self) -> tuple[Path, ...]:
        """Return the folders."""
        return tuple(map(Path, self._stored(FOLDER)))

    def add(self, device_id: str, actor: Actor) -> str:
        """Enter a scanner, ``escl:192.168.1.20`` or ``folder:/srv/scan``, and return its id; one that is there already stays as it is.

        Raises:
            RuleBrokenError: NOT_ALLOWED; SCAN_PLACE_UNKNOWN, SCAN_ADDRESS_WRONG, SCAN_FOLDER_NONE at ``device``.
        """
        require(actor, Permission.MANAGE_DESK)
        way, place = _read(device_id)
        if way == FOLDER and not Path(place).is_dir():
            raise broken("SCAN_FOLDER_NONE", "device", folder=place[:200])
        self._change(way, tuple(dict.fromkeys((*self._stored(way), place))), actor)
        return f"{way}:{place}"

    def remove(self, device_id: str, actor: Actor) -> None:
        """Forget an entered scanner.

        Raises:
            RuleBrokenError: NOT_ALLOWED; SCAN_DEVICE_UNKNOWN, it was not entered; as :meth:`add`.
        """
        require(actor, Permission.MANAGE_DESK)
        way, place = _read(device_id)
        known = self._stored(way)
        if place not in known:
            raise broken("SCAN_DEVICE_UNKNOWN", "device", device=device_id[:200])
        self._change(way, tuple(other for other in known if other != place), actor)

    def _stored(self, way: str) -> tuple[str, ...]:
        with self._database.read() as uow:
            stored: Mapping[str, Any] = uow.settings.get(self._key) or {}
        return tuple(stored.get(way, ()))

    def _change(self, way: str, places: tuple[str, ...], actor: Actor) -> None:
        with self._database.write() as uow:
            stored = {**(uow.settings.get(self._key) or {}), way: list(places)}
            uow.settings.put(self._key, stored)
            write_audit(uow, self._clock.now(), actor.user_id, "scanners.changed", self._key, {"way": way, "count": len(places)})
            uow.commit()


def _read(device_id: str) -> tuple[str, str]:
    way, _, place = device_id.partition(":")
    if way == NETWORK:
        return way, scanner_address(place)
    if way == FOLDER and Path(place).is_absolute():
        return way, str(Path(place))
    raise broken("SCAN_PLACE_UNKNOWN", "device", device=device_id[:200])
