"""Stored files, digitised papers and open batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, and_, delete, select

from counter_app.domain.archive import DigitalPaper, OpenBatch, StoredFile
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, to_plain
from counter_app.storage.repositories.whole_rows import WholeRows

T = TypeVar("T")
_file, _paper = t.stored_file.c, t.digital_paper.c


def _all(connection: Connection, table: Table, kind: type[T], *order: Any) -> Iterator[T]:  # noqa: ANN401  columns of any type
    rows = connection.execute(select(table).order_by(*order), execution_options={"yield_per": 500})
    return (from_plain(kind, row._mapping) for row in rows)


class SqlStoredFiles(WholeRows[StoredFile]):
    """:class:`~counter_app.services.repositories.scanning.StoredFileRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.stored_file, StoredFile)

    def with_content(self, sha256: str) -> StoredFile | None:
        """Return the file with this content that is not destroyed."""
        return next(iter(self.found(and_(_file.sha256 == sha256, _file.destroyed_at.is_(None)), limit=1)), None)


class SqlDigitalPapers(WholeRows[DigitalPaper]):
    """:class:`~counter_app.services.repositories.scanning.DigitalPaperRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.digital_paper, DigitalPaper)

    def of_dossier(self, dossier_id: str) -> list[DigitalPaper]:
        """Return the papers of a dossier, the oldest first."""
        return self.found(_paper.dossier_id == dossier_id, _paper.filed_at)

    def of_file(self, stored_id: str) -> list[DigitalPaper]:
        """Return the papers that use a stored file."""
        return self.found(_paper.stored_id == stored_id, _paper.filed_at)

    def due(self, on: date, *, limit: int) -> list[DigitalPaper]:
        """Return what is kept no longer and was not handed over."""
        late = and_(_paper.kept_until < to_plain(on), _paper.archived_on.is_(None), _paper.unlinked_at.is_(None))
        return self.found(late, _paper.kept_until, limit=limit)

    def unsigned(self, *, limit: int) -> list[DigitalPaper]:
        """Return the papers that wait for a signature, the oldest first."""
        return self.found(t.UNSIGNED, _paper.filed_at, limit=limit)

    def filed(self, start: date, end: date) -> list[DigitalPaper]:
        """Return what was filed in some days and not taken out again."""
        days = and_(_paper.filed_at >= to_plain(start), _paper.filed_at < to_plain(end + timedelta(days=1)))
        return self.found(and_(days, _paper.unlinked_at.is_(None)), _paper.filed_at)

    def archived(self, start: date, end: date) -> list[DigitalPaper]:
        """Return what was handed to the archive in some days."""
        return self.found(and_(_paper.archived_on >= to_plain(start), _paper.archived_on <= to_plain(end)), _paper.filed_at)

    def everything(self) -> Iterator[DigitalPaper]:
        """Yield every paper."""
        return _all(self.connection, t.digital_paper, DigitalPaper, _paper.filed_at, _paper.op_id)


class SqlBatches(WholeRows[OpenBatch]):
    """:class:`~counter_app.services.repositories.scanning.BatchRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.scan_batch, OpenBatch)

    def of_device(self, device: str) -> list[OpenBatch]:
        """Return the batches of one counter."""
        return self.found(t.scan_batch.c.device == device, t.scan_batch.c.opened_at)

    def remove(self, batch_id: str) -> None:
        """Forget a batch."""
        self.connection.execute(delete(t.scan_batch).where(t.scan_batch.c.batch_id == batch_id))
