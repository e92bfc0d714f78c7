"""The database of one moment: copied while others write, opened again, checked and counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.keeping.records import Counted, Facts, Snapshot, Stop
from counter_app.storage.backup import check_copy, opened_with, write_copy
from counter_app.storage.engine import DriverConnection

_PROFILE = "desk/"
_SERIALS = """SELECT day, series, max(serial) FROM used_number WHERE device = ?
              GROUP BY day, series ORDER BY day DESC, series LIMIT 10"""


def take(database: Path, key: bytes, device: str, out: Path, stop: Stop) -> Snapshot:
    """Copy a database that may be in use into ``out`` and check it.

    Raises:
        SurroundingsError: as :func:`counter_app.storage.backup.copy_database`; BACKUP_HALTED.
    """
    write_copy(database, key, out, _halting(stop))
    check_copy(out, key)
    with opened_with(out, key) as connection:
        counted = count(connection, device)
    with out.open("rb") as file:
        told = file_digest(file, "sha256").hexdigest()
    return Snapshot(counted, out, out.stat().st_size, told)


def check_whole(database: Path, key: bytes, facts: Facts) -> None:
    """Prove that an unpacked database is sound from its first page to its last row and holds what its copy says.

    Raises:
        SurroundingsError: COPY_DAMAGED; DATABASE_WRONG_KEY and the like.
    """
    check_copy(database, key)
    with opened_with(database, key) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = count(connection, facts.device)
    wanted = facts.dossiers, facts.last_event, facts.last_audit, facts.serials, facts.epoch, facts.schema
    if not sound or (found.dossiers, found.last_event, found.last_audit, found.serials, found.epoch, found.schema) != wanted:
        raise failed("COPY_DAMAGED", path=str(database))


def count(connection: DriverConnection, device: str) -> Counted:
    """Return what a database says of itself; the serials are those of the newest days and series."""

    def _one(statement: str) -> int:
        found: int | None = connection.execute(statement).fetchone()[0]
        return found or 0

    stored = connection.execute("SELECT value FROM setting WHERE key = ?", (_PROFILE + device,)).fetchone()
    profile = json.loads(stored[0]) if stored else {}
    schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    serials = connection.execute(_SERIALS, (device,)).fetchall()
    return Counted(
        device, profile.get("agency", ""), profile.get("epoch", ""), str(schema[0]), _one("SELECT count(*) FROM dossier"),
        _one("SELECT max(n) FROM event"), _one("SELECT max(seq) FROM audit"), tuple(serials))


def _halting(stop: Stop) -> Callable[[], None]:
    def _go_on() -> None:
        if stop():
            raise failed("BACKUP_HALTED")

    return _go_on
