"""Where batches of pages live until they are filed: an encrypted journal and encrypted originals for each, in the desk's folder.

A line of the journal is on the disk before its act counts, and bears its number. A torn last line is an act that never happened; anything
else that can't be read, or stands in another place than it was written at, is damage.
"""

from __future__ import annotations

import binascii
import json
import os
import secrets
import shutil
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from hmac import digest
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.domain.events import JsonObject
from counter_app.security.sealed_files import SealedFolder
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import private_folder, sync_folder, write_atomically
from counter_app.support.process_lock import ProcessLock

_JOURNAL, _PAGES, _WORK = "journal", "pages", "work"
_DAMAGED, _LOCK, _DROPPED = "journal.damaged", "lock", "dropped"
_NONCE = 12


class BatchFolders:
    """Implements :class:`~counter_app.services.scanning.ports.BatchKeeper` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: dict[str, ProcessLock] = {}

    def claim(self, batch_id: str) -> bool:
        """Hold a batch for this program; False where another one holds it.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        path = self._place(batch_id) / _LOCK
        lock = self._locks.get(batch_id, ProcessLock(path))
        try:
            held = lock.hold()
        except OSError as error:
            raise disk_fault(error, path) from error
        if held:
            self._locks[batch_id] = lock
        return held

    def let_go(self) -> None:
        """Hold no batch any longer."""
        for lock in self._locks.values():
            lock.let_go()
        self._locks.clear()

    def append(self, batch_id: str, key: bytes, record: JsonObject) -> None:
        """Add a line to the journal of a batch; on return it is on the disk.

        Raises:
            SurroundingsError: DISK_FULL, FOLDER_NOT_ALLOWED and the like; the journal is what it was.
        """
        path = self._place(batch_id) / _JOURNAL
        try:
            private_folder(path.parent)
            with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                data = file.read()
                end = _end_of_lines(data)
                line = _line(batch_id, key, data.count(b"\n"), record)
                try:
                    file.truncate(end)
                    file.seek(end)
                    file.write(line)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(end)
                    raise
            sync_folder(path.parent)
        except OSError as error:
            raise disk_fault(error, path) from error

    def records(self, batch_id: str, key: bytes) -> list[JsonObject]:
        """Return the journal of a batch, the oldest line first.

        Raises:
            SurroundingsError: BATCH_DAMAGED, also where there is none; a failure of the disk.
        """
        lines = self._lines(batch_id, key)
        whole = [line[1] for at, line in enumerate(lines) if line is not None and line[0] == at]
        if not lines or len(whole) < len(lines):
            raise failed("BATCH_DAMAGED")
        return whole

    def legible(self, batch_id: str, key: bytes) -> list[JsonObject]:
        """Return the lines of a damaged journal that can be read, each once, as they were written. Raises as the disk does."""
        found = dict(line for line in self._lines(batch_id, key) if line is not None)
        return [found[number] for number in sorted(found)]

    def rewrite(self, batch_id: str, key: bytes, records: Sequence[JsonObject]) -> None:
        """Put another journal in the place of a damaged one, which is kept beside it.

        Raises:
            SurroundingsError: DISK_FULL and the like; the journal is what it was.
        """
        path = self._place(batch_id) / _JOURNAL
        try:
            if path.exists():
                shutil.copyfile(path, path.with_name(_DAMAGED))
            write_atomically(path, b"".join(_line(batch_id, key, at, record) for at, record in enumerate(records)))
        except OSError as error:
            raise disk_fault(error, path) from error

    def page_ids(self, batch_id: str) -> frozenset[str]:
        """Return the ids of the originals that lie there."""
        return self._pages(batch_id).names()

    def keep_page(self, batch_id: str, key: bytes, page_id: str, source: Path) -> None:
        """Encrypt the original of a page; on return it is on the disk. Raises as :meth:`.SealedFolder.seal`."""
        self._pages(batch_id).seal(page_id, _page_key(key, page_id), source)

    def forget_page(self, batch_id: str, page_id: str) -> None:
        """Delete the original of a page. Raises as :meth:`.SealedFolder.destroy`."""
        self._pages(batch_id).destroy(page_id)

    def check_page(self, batch_id: str, key: bytes, page_id: str) -> None:
        """Read the original of a page to its end. Raises as :meth:`.SealedFolder.digest`."""
        self._pages(batch_id).digest(page_id, _page_key(key, page_id))

    def take_page(self, batch_id: str, key: bytes, page_id: str, out: Path) -> None:
        """Write the original of a page to ``out``. Raises as :meth:`.SealedFolder.unseal`."""
        self._pages(batch_id).unseal(page_id, _page_key(key, page_id), out)

    def work_folder(self, batch_id: str) -> Path:
        """Return the folder for what must lie in the clear while it is worked on; it is there, and this user's alone.

        Raises:
            SurroundingsError: FOLDER_NOT_ALLOWED and the like.
        """
        folder = self._place(batch_id) / _WORK
        try:
            private_folder(folder)
        except OSError as error:
            raise disk_fault(error, folder) from error
        return folder

    def clear_work(self, older_s: float = 0) -> None:
        """Delete what a killed program left in the clear, where nothing changed for so many seconds; not what a living one works on."""
        for folder in self._folder.glob(f"*/{_WORK}"):
            with suppress(OSError):  # its batch was dropped meanwhile
                if (not older_s or time.time() - folder.stat().st_mtime >= older_s) and self._is_free(folder.parent):
                    shutil.rmtree(folder, ignore_errors=True)

    def note_drop(self, batch_id: str) -> None:
        """Note that a batch is being thrown away; a disk too full for that hinders nobody."""
        with suppress(OSError):
            (self._place(batch_id) / _DROPPED).touch(0o600)

    def is_rubbish(self, batch_id: str) -> bool:
        """Tell whether a batch that is not on record was thrown away, or never had a page."""
        return (self._place(batch_id) / _DROPPED).exists() or not self.page_ids(batch_id)

    def drop(self, batch_id: str) -> None:
        """Delete everything of a batch."""
        if (lock := self._locks.pop(batch_id, None)) is not None:
            lock.let_go()
        shutil.rmtree(self._place(batch_id), ignore_errors=True)

    def kept(self) -> frozenset[str]:
        """Return the ids of the batches that something lies here of."""
        return frozenset(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else frozenset()

    def _lines(self, batch_id: str, key: bytes) -> list[tuple[int, JsonObject] | None]:
        """Return the lines of a journal with their numbers; None for one that can't be read."""
        path = self._place(batch_id) / _JOURNAL
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise disk_fault(error, path) from error
        return [_record(batch_id, key, line) for line in data[:_end_of_lines(data)].splitlines()]

    def _is_free(self, folder: Path) -> bool:
        """Tell whether no other program holds a batch."""
        if folder.name in self._locks:
            return True
        lock = ProcessLock(folder / _LOCK)
        try:
            return lock.hold()
        finally:
            lock.let_go()

    def _place(self, batch_id: str) -> Path:
        return self._folder / batch_id

    def _pages(self, batch_id: str) -> SealedFolder:
        return SealedFolder(self._place(batch_id) / _PAGES)


def _line(batch_id: str, key: bytes, number: int, record: JsonObject) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  loaded with the first batch

    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps([number, record], ensure_ascii=False).encode()
    return b64encode(nonce + AESGCM(key).encrypt(nonce, plain, batch_id.encode())) + b"\n"


def _record(batch_id: str, key: bytes, line: bytes) -> tuple[int, JsonObject] | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        sealed = b64decode(line, validate=True)
        number, record = json.loads(AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], batch_id.encode()))
    except (binascii.Error, InvalidTag, ValueError):
        return None
    return (number, record) if isinstance(record, dict) else None


def _page_key(key: bytes, page_id: str) -> bytes:
    """Return the key of one page: destroying that of the batch destroys them all."""
    return digest(key, page_id.encode(), sha256)


def _end_of_lines(data: bytes) -> int:
    return data.rfind(b"\n") + 1
