"""The words on the pages of filed scans, and how far each file was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, exists, insert, literal, select

from counter_app.domain.archive import StoredFile
from counter_app.domain.scan_words import MOST_TRIES, FileReading
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain
from counter_app.storage.repositories.whole_rows import WholeRows

_file, _reading, _words = t.stored_file.c, t.file_reading.c, t.page_words.c
_is_used = exists().where(t.digital_paper.c.stored_id == _file.stored_id, t.digital_paper.c.unlinked_at.is_(None))
_waits = _reading.stored_id.is_(None) | (_reading.finished.is_(False) & (_reading.tries < MOST_TRIES))


class SqlPageWords:
    """:class:`~counter_app.services.repositories.scanning.PageWordsRepository`."""

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

    def take_over(self, stored_id: str) -> FileReading | None:
        """Give a file the words of another one with the same pages; return how far that is read, None where none is."""
        mine, other = t.digital_paper.alias(), t.digital_paper.alias()
        same = mine.join(other, (other.c.content_sha256 == mine.c.content_sha256) & (other.c.stored_id != mine.c.stored_id))
        wanted = select(t.file_reading).select_from(same.join(t.file_reading, _reading.stored_id == other.c.stored_id)).where(
            mine.c.stored_id == stored_id, mine.c.content_sha256 != t.NOTHING, _reading.finished.is_(True)).order_by(_reading.stored_id)
        found = self._connection.execute(wanted.limit(1)).first()
        if found is None:
            return None
        pages = select(literal(stored_id), _words.page, _words.words).where(_words.stored_id == found.stored_id).order_by(_words.page)
        self._connection.execute(insert(t.page_words).from_select(["stored_id", "page", "words"], pages))
        reading = replace(from_plain(FileReading, found._mapping), stored_id=stored_id)
        self.note(reading)
        return reading

    def forget(self, stored_id: str) -> None:
        """Delete the words of a file and how far it was read."""
        self._connection.execute(delete(t.page_words).where(_words.stored_id == stored_id))
        self._connection.execute(delete(t.file_reading).where(_reading.stored_id == stored_id))
