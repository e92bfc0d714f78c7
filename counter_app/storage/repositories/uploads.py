"""Files on their way to the province."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from counter_app.services.repositories.uploads import DueFile, Upload
from counter_app.storage.plain import from_plain, read_moment, to_plain
from counter_app.storage.repositories.writing import put
from counter_app.storage.tables import digital_paper, dossier, stored_file, upload

_OPEN = or_(upload.c.state.is_(None), upload.c.state == "sending")
_HERE = and_(stored_file.c.destroyed_at.is_(None), digital_paper.c.unlinked_at.is_(None))

_DUE = (
    stored_file.c.stored_id, stored_file.c.key, stored_file.c.sha256, stored_file.c.size, digital_paper.c.dossier_id,
    digital_paper.c.part, digital_paper.c.paper, digital_paper.c.filename)
_ORDER = dossier.c.due_at.is_(None), dossier.c.due_at, stored_file.c.size, digital_paper.c.op_id


class SqlUploads:
    """:class:`~counter_app.services.repositories.uploads.UploadRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self) -> DueFile | None:
        """Return the file to send next: of the dossier that is due first, the small one first."""
        row = self._connection.execute(_waiting(*_DUE).order_by(*_ORDER).limit(1)).first()
        return None if row is None else from_plain(DueFile, row._mapping)

    def waiting(self) -> list[DueFile]:
        """Return every file that waits, each once, in the order of :meth:`due`."""
        return self._each_once(_OPEN)

    def get(self, sha256: str) -> Upload | None:
        """Return how far a file has come."""
        row = self._connection.execute(select(upload).where(upload.c.sha256 == sha256)).first()
        return None if row is None else from_plain(Upload, row._mapping)

    def put(self, value: Upload) -> None:
        """Write how far a file has come."""
        put(self._connection, upload, {column.name: to_plain(getattr(value, column.name)) for column in upload.c})

    def pending(self) -> tuple[int, int]:
        """Return how many files wait, and their bytes."""
        files = _waiting(stored_file.c.sha256, func.max(stored_file.c.size).label("size")).group_by(stored_file.c.sha256).subquery()
        row = self._connection.execute(select(func.count(), func.coalesce(func.sum(files.c.size), 0)).select_from(files)).one()
        return int(row[0]), int(row[1])

    def oldest(self) -> datetime | None:
        """Return since when the file waits that was filed first of those that wait."""
        found: str | None = self._connection.execute(_waiting(func.min(stored_file.c.stored_at))).scalar()
        return None if found is None else read_moment(found)

    def attention(self) -> list[DueFile]:
        """Return the files that a person must look at, each once."""
        return self._each_once(upload.c.state == "attention")

    def _each_once(self, state: ColumnElement[bool]) -> list[DueFile]:
        found: dict[str, DueFile] = {}
        for row in self._connection.execute(_waiting(*_DUE, state=state).order_by(*_ORDER)):
            found.setdefault(row.sha256, from_plain(DueFile, row._mapping))
        return list(found.values())


def _waiting(*columns: ColumnElement[Any], state: ColumnElement[bool] = _OPEN) -> Select[Any]:
    joined = stored_file.join(digital_paper, digital_paper.c.stored_id == stored_file.c.stored_id)
    joined = joined.join(dossier, dossier.c.dossier_id == digital_paper.c.dossier_id)
    return select(*columns).select_from(joined.outerjoin(upload, upload.c.sha256 == stored_file.c.sha256)).where(_HERE, state)
