"""Where scanned paper lies, as ports: the encrypted files of dossiers, and the batches of pages that are not filed yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from counter_app.domain.events import JsonObject


class SealedFiles(Protocol):
    """Encrypted files under random names. The keys lie elsewhere: in the database."""

    def seal(self, name: str, key: bytes, source: Path) -> None:
        """Encrypt a file; on return it is whole and on the disk.

        Raises:
            SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED and the like; nothing of it stays.
        """

    def unseal(self, name: str, key: bytes, out: Path) -> None:
        """Write what is in a file to ``out``.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like; nothing stays at ``out``.
        """

    def digest(self, name: str, key: bytes) -> str:
        """Return the SHA-256 of what is in a file, without writing it anywhere.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED.
        """

    def destroy(self, name: str) -> None:
        """Delete a file; one that is gone already is no fault.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """

    def has(self, name: str) -> bool:
        """Tell whether there is a file with a name."""

    def names(self) -> frozenset[str]:
        """Return the names of all files."""


class BatchKeeper(Protocol):
    """Journals and originals of batches. ``key`` is that of the batch; every failure is a SurroundingsError of the disk's."""

    def claim(self, batch_id: str) -> bool:
        """Hold a batch for this program until it is dropped or the program ends; False where another program holds it."""

    def let_go(self) -> None:
        """Hold no batch any longer."""

    def append(self, batch_id: str, key: bytes, record: JsonObject) -> None:
        """Add a line to a journal; on return it is on the disk."""

    def records(self, batch_id: str, key: bytes) -> list[JsonObject]:
        """Return a journal, the oldest line first.

        Raises:
            SurroundingsError: BATCH_DAMAGED, a line is not what was written there, or there is no journal.
        """

    def legible(self, batch_id: str, key: bytes) -> list[JsonObject]:
        """Return the lines of a damaged journal that can be read, the oldest first."""

    def rewrite(self, batch_id: str, key: bytes, records: Sequence[JsonObject]) -> None:
        """Put another journal in the place of a damaged one, which is kept beside it; on return it is on the disk."""

    def page_ids(self, batch_id: str) -> frozenset[str]:
        """Return the ids of the originals that lie there, readable or not."""

    def keep_page(self, batch_id: str, key: bytes, page_id: str, source: Path) -> None:
        """Keep the original of a page, encrypted; on return it is on the disk."""

    def forget_page(self, batch_id: str, page_id: str) -> None:
        """Delete the original of a page that is in no batch after all."""

    def check_page(self, batch_id: str, key: bytes, page_id: str) -> None:
        """Read the original of a page to its end.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED.
        """

    def take_page(self, batch_id: str, key: bytes, page_id: str, out: Path) -> None:
        """Write the original of a page to ``out``.

        Raises:
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED.
        """

    def work_folder(self, batch_id: str) -> Path:
        """Return a private folder for what must lie in the clear while it is worked on."""

    def clear_work(self, older_s: float = 0) -> None:
        """Delete what a killed program left in the clear, where nothing changed for so many seconds."""

    def note_drop(self, batch_id: str) -> None:
        """Note that a batch is being thrown away: killed in the middle, what is left of it is rubbish. Nothing hinders it."""

    def is_rubbish(self, batch_id: str) -> bool:
        """Tell whether a batch that is not on record was thrown away, or never had a page."""

    def drop(self, batch_id: str) -> None:
        """Delete everything of a batch."""

    def kept(self) -> frozenset[str]:
        """Return the ids of the batches that something is left of."""
