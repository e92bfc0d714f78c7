"""What a computer remembers of its copies: a small file beside the number guard, for it belongs to the computer and not to the data."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.domain.errors import Problem
from counter_app.services.keeping.records import PlaceRecord, Rehearsal, Remembered
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically

FILE_NAME = "keeping.json"


class KeepingFile:
    """Implements :class:`~counter_app.services.keeping.ports.KeepingMemory`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def read(self) -> Remembered:
        """Return what is remembered. A file that can't be read is as good as none: the next copy is due at once and writes it anew."""
        try:
            stored = json.loads(self._path.read_bytes())
            places = {place: PlaceRecord(**_read(record, "made_at", "tried_at")) for place, record in stored["places"].items()}
            return Remembered(places, Rehearsal(**_read(stored["rehearsal"], "at")) if stored["rehearsal"] else None)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return Remembered()

    def write(self, remembered: Remembered) -> None:
        """Remember.

        Raises:
            SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED and the like.
        """
        try:
            write_atomically(self._path, json.dumps(asdict(remembered), default=datetime.isoformat, ensure_ascii=False).encode())
        except OSError as error:
            raise disk_fault(error, self._path) from error


def _read(stored: dict[str, Any], *moments: str) -> dict[str, Any]:
    """Return stored members with their moments and their problem as they were."""
    found = {**stored, **{name: datetime.fromisoformat(stored[name]) for name in moments if stored[name]}}
    if found["problem"] is not None:
        found["problem"] = Problem(**found["problem"])
    return found
