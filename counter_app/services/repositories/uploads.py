"""The repository of files on their way to the province, as a protocol; :mod:`counter_app.storage` implements it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

SENDING, VERIFIED, ANNOUNCED, ATTENTION = "sending", "verified", "announced", "attention"
"""States of an upload; announced: all bytes are there, the province still looks at them."""


@dataclass(frozen=True, slots=True)
class Upload:
    """How far a file has come. ``location`` is the path of its upload at the province, ``tries`` how often it arrived damaged."""

    sha256: str
    state: str = SENDING
    location: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file to send: where it lies and what opens it here, and what the province is to know. ``size`` in bytes, ``paper`` its name."""

    stored_id: str
    key: str
    sha256: str
    size: int
    dossier_id: str
    part: str
    paper: str
    filename: str


class UploadRepository(Protocol):
    """How far each file is; a file without an entry was not begun."""

    def due(self) -> DueFile | None:
        """Return the file to send next: of the dossier that is due first, the small one first."""

    def waiting(self) -> list[DueFile]:
        """Return every file that waits, each once, in the order of :meth:`due`."""

    def get(self, sha256: str) -> Upload | None:
        """Return how far a file has come; None where it was not begun."""

    def put(self, value: Upload) -> None:
        """Write how far a file has come."""

    def pending(self) -> tuple[int, int]:
        """Return how many files wait, and their bytes."""

    def oldest(self) -> datetime | None:
        """Return since when the file waits that was filed first of those that wait; None where none does."""

    def attention(self) -> list[DueFile]:
        """Return the files that a person must look at, each once; not those whose paper was taken off its dossier since."""
