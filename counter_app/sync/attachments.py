"""The files lane: tus 1.0.0, as much as the contract asks of a desk (contract 8). A file never delays an op: it yields between chunks."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.domain.errors import SurroundingsError
from counter_app.services.ports import Database
from counter_app.services.repositories.uploads import ANNOUNCED, ATTENTION, VERIFIED, DueFile, Upload
from counter_app.services.scanning.ports import SealedFiles
from counter_app.support.files import private_folder
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.hello import Hello
from counter_app.sync.link import Link
from counter_app.sync.wire import Reply

_TUS = {"Tus-Resumable": "1.0.0"}
_CHUNK = {**_TUS, "Content-Type": "application/offset+octet-stream"}
_CHUNK_S = 15.0
"""A chunk is as many bytes as the line takes in about this time."""
MOST_TRIES = 3
"""How often a file may arrive damaged before a person looks."""
MOST_RESUMES = 20
MOST_CHUNK = 1 << 20
"""No chunk is larger (contract 8.3), whatever the province says that it takes."""
_STATES = {"verified": VERIFIED, "pending": ANNOUNCED}
_DIGITS = 18
_AGAIN = frozenset({404, 409, 410})


class FilesLane:
    """Sends files, one after another. ``between`` is called after each chunk, and sends what is more urgent.

    ``room`` tells before each chunk, from the bytes sent so far, how many more may go; what it leaves goes on in another pass.
    """

    def __init__(
        self, link: Link, database: Database, store: SealedFiles, *, folder: Path, said: Hello, between: Callable[[], None],
        room: Callable[[int], int],
    ) -> None:
        self._link = link
        self._database = database
        self._store = store
        self._folder = folder
        self._between = between
        self._room = room
        self._least = min(MOST_CHUNK, said.limits.get("upload_chunk_min", 65_536))
        self._most = min(MOST_CHUNK, max(self._least, said.limits.get("upload_chunk_max", MOST_CHUNK)))
        self._chunk = self._least
        self.sent = self.bytes = 0

    def run(self) -> None:
        """Send every file that waits; raises LineError where the line, or the province, stops it."""
        while self._room(self.bytes) > 0 and (file := self._due()) is not None:
            self._send(file)

    def _due(self) -> DueFile | None:
        with self._database.read() as uow:
            return uow.uploads.due()

    def _keep(self, upload: Upload) -> None:
        with self._database.write() as uow:
            known = uow.uploads.get(upload.sha256)
            if known is None or known.state != VERIFIED:
                uow.uploads.put(upload)
                uow.commit()

    def _known(self, file: DueFile) -> Upload:
        with self._database.read() as uow:
            return uow.uploads.get(file.sha256) or Upload(file.sha256)

    def _send(self, file: DueFile) -> None:
        upload = self._known(file)
        if self._is_there(upload):
            return
        private_folder(self._folder)
        with TemporaryDirectory(dir=self._folder, prefix="outgoing-") as name:
            content = Path(name) / "file"
            try:
                self._store.unseal(file.stored_id, bytes.fromhex(file.key), content)
            except SurroundingsError as error:
                if not error.code.startswith("SEALED_FILE"):
                    raise
                self._keep(replace(upload, state=ATTENTION))  # lost or damaged here: verify says so, and the other files go on
                return
            self._upload(file, upload, content)

    def _is_there(self, upload: Upload) -> bool:
        """Ask whether the province has a file already; then nothing of it is sent."""
        try:
            reply = self._link.bare("HEAD", f"/blobs/{upload.sha256}", {})
        except RefusedError as error:
            if error.status != 404:
                raise
            return False
        self._arrived(upload, reply.headers.get("Desk-Blob") or {200: "verified", 202: "pending"}.get(reply.status))
        return True

    def _arrived(self, upload: Upload, told: str | None) -> None:
        """Note of a file that the province has whole what it says of it; nothing said is no arrival: it is asked again."""
        state = _STATES.get(told or "")
        if state is None:
            raise NotTheProvinceError
        self._keep(replace(upload, state=state, location=""))
        self.sent += 1

    def _upload(self, file: DueFile, upload: Upload, content: Path) -> None:
        """Send a file from where the province has it; what was refused for its place or its upload is asked again."""
        for _ in range(MOST_RESUMES):
            try:
                if not upload.location:
                    opened = self._opened(file)
                    if not opened.headers.get("Location"):
                        self._arrived(upload, opened.headers.get("Desk-Blob"))
                        return
                    upload = replace(upload, location=self._link.wire.path_of(opened.headers["Location"]))
                    self._keep(upload)
                if (last := self._bytes(upload, content, file.size)) is not None:
                    self._arrived(upload, last.headers.get("Desk-Blob"))
                return
            except RefusedError as error:
                upload = self._after(error, upload, content)
                self._keep(upload)
                if upload.state == ATTENTION:
                    return
        raise NotTheProvinceError

    def _opened(self, file: DueFile) -> Reply:
        about = {
            "sha256": file.sha256, "dossier_id": file.dossier_id, "part": file.part or "*", "filename": file.filename,
            "filetype": "application/pdf"}
        packed = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())
        return self._link.bare("POST", "/uploads", {**_TUS, "Upload-Length": str(file.size), "Upload-Metadata": packed})

    def _bytes(self, upload: Upload, content: Path, size: int) -> Reply | None:
        """Send the rest of a file in chunks; return the reply to the last one, None where there was no more room."""
        reply = self._link.bare("HEAD", upload.location, _TUS)
        with content.open("rb") as file:
            while (offset := _offset(reply, 0, size)) < size or reply.headers.get("Desk-Blob") is None:
                if (room := self._room(self.bytes)) <= 0:
                    return None
                file.seek(offset)
                began = time.monotonic()
                part = file.read(max(self._least, min(self._chunk, room)))
                reply = self._chunk_sent(upload.location, offset, part)
                arrived = _offset(reply, min(offset + 1, size), offset + len(part))
                self.bytes += arrived - offset
                self._pace(time.monotonic() - began)
                if arrived == size:
                    return reply
                self._between()
        return reply

    def _chunk_sent(self, location: str, offset: int, data: bytes) -> Reply:
        """Send a chunk. Where the line breaks in it, what did arrive is a step forward too: the rest goes on from there at once."""
        try:
            return self._link.bare("PATCH", location, {**_CHUNK, "Upload-Offset": str(offset)}, data)
        except NoContactError:
            self._chunk = self._least
            reply = self._link.bare("HEAD", location, _TUS)
            if _offset(reply, 0, offset + len(data)) <= offset:
                raise
            return reply

    def _pace(self, seconds: float) -> None:
        fitting = int(self._chunk * _CHUNK_S / max(seconds, 0.05))
        self._chunk = min(self._most, max(self._least, min(fitting, 2 * self._chunk)))

    def _after(self, error: RefusedError, upload: Upload, content: Path) -> Upload:
        """Return how an upload goes on after a refusal; what only time or a person mends is raised."""
        if error.status == 460:
            sound = hashlib.sha256(content.read_bytes()).hexdigest() == upload.sha256
            tries = upload.tries + 1
            return replace(upload, location="", tries=tries, state=upload.state if sound and tries < MOST_TRIES else ATTENTION)
        if error.status == 413 and self._chunk > self._least:
            self._chunk = self._most = max(self._least, self._chunk // 2)
            return upload
        if error.status == 413:
            return replace(upload, state=ATTENTION)
        if error.status not in _AGAIN:
            raise error
        return replace(upload, location="") if error.status in (404, 410) else upload


def _offset(reply: Reply, least: int, most: int) -> int:
    """Return how far an upload has come; a figure that nothing sent can have led to would have a file sent for ever."""
    text = reply.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and least <= int(text) <= most):
        raise NotTheProvinceError
    return int(text)
