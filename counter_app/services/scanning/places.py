"""Scanners that a person entered for a PC: network scanners that don't announce themselves, and folders that copiers scan to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scanner_address import scanner_address
from counter_app.services.acts.texts import CODE, Texts
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_setting

_KEY = "scanners/"
_NAMES = "names"
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

    def names(self) -> Mapping[str, str]:
        """Return what people call scanners, by id; those that nobody renamed are missing."""
        with self._database.read() as uow:
            stored: Mapping[str, Any] = uow.settings.get(self._key) or {}
        return dict(stored.get(_NAMES, {}))

    def rename(self, device_id: str, name: str, actor: Actor) -> None:
        """Call a scanner something, entered or found; an empty name is forgotten.

        Raises:
            RuleBrokenError: NOT_ALLOWED; what is wrong with ``name``.
        """
        require(actor, Permission.MANAGE_DESK)
        texts = Texts()
        called = texts.may(name, "name", CODE)
        texts.close()
        kept = {known: each for known, each in self.names().items() if known != device_id}
        self._change(_NAMES, kept | ({device_id: called} if called else {}), actor)

    def add(self, device_id: str, actor: Actor) -> str:
        """Enter a scanner, ``escl:192.168.1.20`` or ``folder:/srv/scan``, and return its id; one that is there already stays as it is.

        Raises:
            RuleBrokenError: NOT_ALLOWED; SCAN_PLACE_UNKNOWN, SCAN_ADDRESS_WRONG, SCAN_FOLDER_NONE at ``device``.
        """
        require(actor, Permission.MANAGE_DESK)
        way, place = _read(device_id)
        if way == FOLDER and not Path(place).is_dir():
            raise broken("SCAN_FOLDER_NONE", "device", folder=place[:200])
        self._change(way, list(dict.fromkeys((*self._stored(way), place))), actor)
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
        self._change(way, [other for other in known if other != place], actor)
        if device_id in self.names():
            self.rename(device_id, "", actor)

    def _stored(self, way: str) -> tuple[str, ...]:
        with self._database.read() as uow:
            stored: Mapping[str, Any] = uow.settings.get(self._key) or {}
        return tuple(stored.get(way, ()))

    def _change(self, part: str, kept: list[str] | dict[str, str], actor: Actor) -> None:
        with self._database.write() as uow:
            uow.settings.put(self._key, {**(uow.settings.get(self._key) or {}), part: kept})
            details = {"way": part, "count": len(kept)} | held_setting(uow, self._key)
            write_audit(uow, self._clock.now(), actor.user_id, "scanners.changed", self._key, details)
            uow.commit()


def _read(device_id: str) -> tuple[str, str]:
    way, _, place = device_id.partition(":")
    if way == NETWORK:
        return way, scanner_address(place)
    if way == FOLDER and Path(place).is_absolute():
        return way, str(Path(place))
    raise broken("SCAN_PLACE_UNKNOWN", "device", device=device_id[:200])
