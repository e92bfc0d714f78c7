"""Safe keeping of the desk in a folder, and of its practice desk none."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap import folder
from counter_app.bootstrap.folder import DeskMarker
from counter_app.services.keeping.service import KeepingService
from counter_app.services.ports import Clock, Database
from counter_app.storage.keeping.memory import KeepingFile
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces
from counter_app.support.paths import device_dir

LOCK = "keeping.lock"


def keeping_at(data_dir: Path, marker: DeskMarker, database: Database, clock: Clock, key: bytes | None) -> KeepingService:
    """Return the safe keeping of a desk; ``key`` None: its database is a server's."""
    home = device_dir(marker.device)
    places = DeskPlaces(
        data_dir, data_dir / folder.BACKUPS, None if marker.database_url else folder.database_file(data_dir), data_dir / folder.RECOVERY,
        home / LOCK)
    return KeepingService(database, clock, CopyRoom(places, marker.device, key or b""), KeepingFile(home), marker.device)
