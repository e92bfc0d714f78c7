"""The database of one moment: held still while others write, checked and counted, and read in blocks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.keeping.records import Counted, Facts, KeptFile, Snapshot, Stop
from counter_app.storage.backup import check_copy, is_sound, opened_with, write_copy
from counter_app.storage.engine import DriverConnection
from counter_app.storage.keeping.reading import ReadApart
from counter_app.storage.keeping.still import held_still

BLOCK = 2**18
"""Bytes of a block. A page that changed brings its whole block anew; half the size would be twice the files to look after."""

_PROFILE = "desk/"
_SERIALS = """SELECT day, series, max(serial) FROM used_number WHERE device = ?
              GROUP BY day, series ORDER BY day DESC, series LIMIT 10"""


@contextmanager
def taken(database: Path, key: bytes, device: str, spare: Path, stop: Stop) -> Iterator[Snapshot]:
    """Hold a database that may be in use as it is now, checked page by page, until the block ends.

    Where it never holds still it is copied to ``spare`` first: every block of that is new.

    Raises:
        SurroundingsError: DATABASE_CORRUPT and as :func:`counter_app.storage.backup.copy_database`; BACKUP_HALTED.
    """
    with ExitStack() as held:
        source, reader = database, held.enter_context(held_still(database, key))
        if reader is None:
            write_copy(database, key, spare, _halting(stop))
            source, reader = spare, held.enter_context(opened_with(spare, key))
        if not is_sound(reader):
            raise failed("DATABASE_CORRUPT", path=str(source))
        counted, apart = count(reader, device), held.enter_context(closing(ReadApart(source)))
        size = source.stat().st_size

        def _read(number: int) -> bytes:
            if stop():
                raise failed("BACKUP_HALTED")
            return apart.read(number * BLOCK, min(BLOCK, size - number * BLOCK))

        yield Snapshot(counted, size, tuple(_known_by(_read(number)) for number in range(-(-size // BLOCK))), _read)


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
        _one("SELECT max(n) FROM event"), _one("SELECT max(seq) FROM audit"), tuple(serials),
        profile.get("commune", ""), profile.get("desk", ""))


def _known_by(block: bytes) -> KeptFile:
    return KeptFile(sha256(block).hexdigest(), len(block), 0)


def _halting(stop: Stop) -> Callable[[], None]:
    def _go_on() -> None:
        if stop():
            raise failed("BACKUP_HALTED")

    return _go_on
