"""The words on the pages of filed scans, and how far each file was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, exists, insert, select

from counter_app.domain.archive import StoredFile
from counter_app.domain.scan_words import MOST_TRIES, FileReading
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain
from counter_app.storage.repositories.whole_rows import WholeRows

_file, _reading, _words = t.stored_file.c, t.file_reading.c, t.page_words.c
_is_used = exists().where(t.digital_paper.c.stored_id == _file.stored_id, t.digital_paper.c.unlinked_at.is_(None))
_waits = _reading.stored_id.is_(None) | (_reading.finished.is_(False) & (_reading.tries < MOST_TRIES))


class SqlPageWords:
    """:class:`~counter_app.services.repositories_scanning.PageWordsRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._readings = WholeRows(connection, t.file_reading, FileReading)

    def waiting(self) -> Iterator[StoredFile]:
        """Yield the files that are in use and not read to their end, the oldest first."""
        joined = t.stored_file.outerjoin(t.file_reading, _reading.stored_id == _file.stored_id)
        wanted = select(t.stored_file).select_from(joined).where(_file.destroyed_at.is_(None), _waits, _is_used)
        rows = self._connection.execute(wanted.order_by(_file.stored_at, _file.stored_id), execution_options={"yield_per": 100})
        return (from_plain(StoredFile, row._mapping) for row in rows)

    def given_up(self) -> list[FileReading]:
        """Return the files that only a person can have tried again."""
        return self._readings.found(_reading.finished.is_(False) & (_reading.tries >= MOST_TRIES))

    def reading(self, stored_id: str) -> FileReading:
        """Return how far a file was read."""
        return self._readings.get(stored_id) or FileReading(stored_id)

    def note(self, reading: FileReading) -> None:
        """Keep how far a file was read."""
        known = self._readings.get(reading.stored_id)
        (self._readings.update if known else self._readings.add)(reading)

    def add_page(self, stored_id: str, page: int, words: Sequence[str]) -> None:
        """Keep the words of a page."""
        row = {"stored_id": stored_id, "page": page, "words": "".join(f" {word}" for word in words)}
        self._connection.execute(insert(t.page_words), row)

    def forget(self, stored_id: str) -> None:
        """Delete the words of a file and how far it was read."""
        self._connection.execute(delete(t.page_words).where(_words.stored_id == stored_id))
        self._connection.execute(delete(t.file_reading).where(_reading.stored_id == stored_id))
