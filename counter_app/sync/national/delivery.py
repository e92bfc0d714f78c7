"""What happened at the desk, told in national records: each op in its order, each dossier by itself, files after facts.

The record of an op is the whole dossier after it, so a record that is taken proves every op of that dossier up to it, also one that was
refused before. A record is checked before it is sent; nothing is ever made up to please a check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.events import Event, JsonObject
from counter_app.domain.national_check import faults
from counter_app.services.line.answers import ATTENTION, PROVINCE_HAS, mark_dossier
from counter_app.services.ports import Database, UnitOfWork
from counter_app.services.repositories.uploads import ATTENTION as FILE_ATTENTION
from counter_app.services.repositories.uploads import VERIFIED, DueFile, Upload
from counter_app.services.scanning.ports import SealedFiles
from counter_app.support.files import private_folder
from counter_app.sync.national.system import NationalSystem, RecordRefusedError

AT_ONCE = 500
"""Ops that are in memory together."""
PROVISIONAL, SENDING = "TAM-", "sending"


class Delivery:
    """One pass of one device. ``local`` is the device; ``sent`` and ``uploaded`` count what the system took."""

    def __init__(self, system: NationalSystem, database: Database, local: str, *, files: tuple[SealedFiles, Path] | None = None) -> None:
        self._system = system
        self._database = database
        self._local = local
        self._files = files
        self.sent = self.uploaded = self.file_bytes = 0

    def run(self, *, enough: Callable[[int], bool]) -> None:
        """Send every op and then files until ``enough`` of their bytes went; raises LineError where the line stops it."""
        with self._database.read() as uow:
            epochs = tuple(uow.events.lanes(self._local))
        for epoch in epochs:
            self._send_lane(epoch)
        if self._files is not None:
            self._send_files(*self._files, enough=enough)

    def _send_lane(self, epoch: str) -> None:
        """Send the ops of a lane, each of which gets its answer; those of a dossier under a provisional code wait for its official one."""
        waiting, is_all = 0, False
        while not is_all:
            with self._database.read() as uow:
                due = uow.outbox.due(self._local, epoch, waiting + AT_ONCE)
            is_all = len(due) < waiting + AT_ONCE
            ready = [each for each in due if not _waits(each)]
            for event in ready:
                self._send(event)
            waiting = len(due) - len(ready)

    def _send(self, event: Event) -> None:
        if event.ho_so is None or event.dossier_id is None:  # a checkpoint is the desk's own affair
            self._settle(event, {"outcome": "applied"}, PROVINCE_HAS)
            return
        wrong = faults(event.ho_so)
        if wrong:
            self._settle(event, {"outcome": "rejected", "code": "record_incomplete", "field": wrong[0]}, ATTENTION)
            return
        with self._database.write() as uow:
            tried = uow.outbox.of_dossier(event.dossier_id)[event.op_id].state == SENDING
            uow.outbox.sending([event.op_id])
            record, known = self._with_links(uow, event.ho_so), _was_taken(uow, event.dossier_id)
            uow.commit()
        try:
            code = str(record["MaHoSo"])
            (self._system.update if known or self._system.knows(code) else self._system.create)(record)
            row = event.facts.get("tien_do")
            if row and not (tried and self._system.shows(code, row)):  # rows add up: one may be there from a try that nobody answered
                self._system.progress(code, row)
        except RecordRefusedError as refusal:
            self._settle(event, {"outcome": "rejected", "code": f"portal_{refusal.code}", "message": refusal.message[:500]}, ATTENTION)
            return
        self._settle(event, {"outcome": "applied"}, PROVINCE_HAS)
        self.sent += 1

    def _settle(self, event: Event, result: JsonObject, state: str) -> None:
        """Keep the answer to an op; one that was taken proves what was refused of its dossier before."""
        with self._database.write() as uow:
            uow.outbox.settle(event.op_id, state, None, {**result, "op_id": event.op_id})
            if event.dossier_id is not None:
                if state == PROVINCE_HAS:
                    for op_id, each in uow.outbox.of_dossier(event.dossier_id).items():
                        if each.state == ATTENTION:
                            uow.outbox.settle(op_id, PROVINCE_HAS, None, {**(each.result or {}), "settled_by": event.op_id})
                mark_dossier(uow, event.dossier_id)
            uow.commit()

    def _with_links(self, uow: UnitOfWork, record: Mapping[str, Any]) -> JsonObject:
        """Return a record whose papers name the links of files that were uploaded."""
        files = [file for each in uow.dossiers.by_code(str(record["MaHoSo"])) for file in each.files]
        by_file = {file.file_id: uow.uploads.get(file.sha256) for file in files}
        links = {file_id: upload.location for file_id, upload in by_file.items() if upload and upload.state == VERIFIED}
        link = "DuongDanTaiTepTin"
        papers = [{**each, link: links.get(each["TepDinhKemId"], each[link])} for each in record["TaiLieuNop"]]
        return {**record, "TaiLieuNop": papers}

    def _send_files(self, store: SealedFiles, folder: Path, *, enough: Callable[[int], bool]) -> None:
        while not enough(self.file_bytes) and (file := self._next_file()) is not None:
            self._send_file(file, store, folder)

    def _next_file(self) -> DueFile | None:
        with self._database.read() as uow:
            return uow.uploads.due()

    def _send_file(self, file: DueFile, store: SealedFiles, folder: Path) -> None:
        """Upload one file, then the newest record of its dossier with the link."""
        private_folder(folder)
        with TemporaryDirectory(dir=folder, prefix="outgoing-") as name:
            path = Path(name) / "file"
            try:
                store.unseal(file.stored_id, bytes.fromhex(file.key), path)
            except SurroundingsError as error:
                if not error.code.startswith("SEALED_FILE"):
                    raise
                self._keep(Upload(file.sha256, FILE_ATTENTION))
                return
            content = path.read_bytes()
        try:
            link = self._system.upload(file.filename, content)
        except RecordRefusedError:
            self._keep(Upload(file.sha256, FILE_ATTENTION))
            return
        self._keep(Upload(file.sha256, VERIFIED, link))
        self.uploaded += 1
        self.file_bytes += len(content)
        self._tell_link(file.dossier_id)

    def _tell_link(self, dossier_id: str) -> None:
        """Give the newest record once more, with the link. Where none was taken yet, or this one is not, the next one brings it."""
        with self._database.read() as uow:
            newest = next((each.ho_so for each in reversed(uow.events.of_dossier(dossier_id)) if each.ho_so), None)
            record = self._with_links(uow, newest) if newest and _was_taken(uow, dossier_id) else None
        if record is not None and not faults(record):
            with suppress(RecordRefusedError):
                self._system.update(record)

    def _keep(self, upload: Upload) -> None:
        with self._database.write() as uow:
            known = uow.uploads.get(upload.sha256)
            uow.uploads.put(upload if known is None else replace(known, state=upload.state, location=upload.location))
            uow.commit()


def _waits(event: Event) -> bool:
    return event.ho_so is not None and str(event.ho_so.get("MaHoSo", "")).startswith(PROVISIONAL)


def _was_taken(uow: UnitOfWork, dossier_id: str) -> bool:
    """Tell whether the system has taken a record of this dossier; if nobody knows, it is asked."""
    return any(each.state == PROVINCE_HAS for each in uow.outbox.of_dossier(dossier_id).values())
