"""The repositories of scans, as protocols; :mod:`counter_app.storage` implements them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from counter_app.domain.archive import DigitalPaper, OpenBatch, StoredFile
from counter_app.domain.scan_words import FileReading


class StoredFileRepository(Protocol):
    """The encrypted files and their keys."""

    def add(self, value: StoredFile) -> None:
        """Add a file."""

    def update(self, value: StoredFile) -> None:
        """Write every column of a known file."""

    def get(self, key: str) -> StoredFile | None:
        """Return a file by its id."""

    def with_content(self, sha256: str) -> StoredFile | None:
        """Return the file with this content that is not destroyed."""

    def everything(self) -> Iterator[StoredFile]:
        """Yield every file, the destroyed ones too, in the order of their ids."""


class DigitalPaperRepository(Protocol):
    """The digitised papers and results."""

    def add(self, value: DigitalPaper) -> None:
        """Add a paper."""

    def update(self, value: DigitalPaper) -> None:
        """Write every column of a known paper."""

    def get(self, key: str) -> DigitalPaper | None:
        """Return a paper by the op that filed it."""

    def of_dossier(self, dossier_id: str) -> list[DigitalPaper]:
        """Return the papers of a dossier, the oldest first, those that were taken out too."""

    def of_file(self, stored_id: str) -> list[DigitalPaper]:
        """Return the papers that use a stored file, the oldest first."""

    def due(self, on: date, *, limit: int) -> list[DigitalPaper]:
        """Return what is kept no longer on a day and was not handed to the archive, the longest due first."""

    def unsigned(self, *, limit: int) -> list[DigitalPaper]:
        """Return the papers that wait for a signature, the oldest first."""

    def filed(self, start: date, end: date) -> list[DigitalPaper]:
        """Return what was filed from ``start`` to ``end``, both included, and not taken out again, in the order of filing."""

    def archived(self, start: date, end: date) -> list[DigitalPaper]:
        """Return what was handed to the archive from ``start`` to ``end``, both included, in the order of filing."""

    def everything(self) -> Iterator[DigitalPaper]:
        """Yield every paper in the order of filing."""


class BatchRepository(Protocol):
    """The batches of pages that are not filed yet."""

    def add(self, value: OpenBatch) -> None:
        """Add a batch."""

    def get(self, key: str) -> OpenBatch | None:
        """Return a batch by its id."""

    def of_device(self, device: str) -> list[OpenBatch]:
        """Return the batches of one counter, the oldest first."""

    def remove(self, batch_id: str) -> None:
        """Forget a batch, and with its key whatever is left of its pages."""


class PageWordsRepository(Protocol):
    """The words on the pages of filed scans, and how far each file was read; search reads the words by itself."""

    def waiting(self) -> Iterator[StoredFile]:
        """Yield the files that some dossier uses and that are not read to their end, nor given up; the oldest first."""

    def given_up(self) -> list[FileReading]:
        """Return the files that only a person can have tried again."""

    def reading(self, stored_id: str) -> FileReading:
        """Return how far a file was read; one that was never begun too."""

    def note(self, reading: FileReading) -> None:
        """Keep how far a file was read."""

    def add_page(self, stored_id: str, page: int, words: Sequence[str]) -> None:
        """Keep the different folded words of a page, counted from 1."""

    def take_over(self, stored_id: str) -> FileReading | None:
        """Give a file the words of another one with the same pages, as a signed file has; None where none of them was read."""

    def forget(self, stored_id: str) -> None:
        """Delete the words of a file and how far it was read."""
