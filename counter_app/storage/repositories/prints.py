"""Stored prints and the print queue.

Documents of one template begin alike: their typefaces stand first. The common beginning is stored once by its hash, each print keeps the
rest, so that a slip takes a few kilobytes instead of twenty. Which length is common needs no telling: it shows when a second one comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from counter_app.domain.registers import PrintedForm, PrintJob
from counter_app.storage import tables as t
from counter_app.storage.plain import UnreadableError, from_plain, read_json, stored, to_plain, write_json

MIN_PREFIX = 2048
"""A shorter common beginning is not worth a row."""
MAX_PREFIXES = 16
"""So many beginnings of one template are looked through and no more are made."""


class SqlPrints:
    """:class:`~counter_app.services.repositories.core.PrintRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, form: PrintedForm) -> None:
        """Store a print for ever."""
        prefix, length = self._prefix(form)
        columns = {name: to_plain(getattr(form, name)) for name in _FORM_COLUMNS}
        content = write_json(to_plain(form.content))
        self._connection.execute(insert(t.printed), columns | {"content": content, "prefix": prefix, "tail": form.pdf[length:]})

    def first(self, dossier_id: str, form: str) -> PrintedForm | None:
        """Return the first print of a form."""
        return self._one((t.printed.c.dossier_id == dossier_id) & (t.printed.c.form == form) & (t.printed.c.issue == 1))

    def get(self, print_id: str) -> PrintedForm | None:
        """Return one print."""
        return self._one(t.printed.c.print_id == print_id)

    def issues(self, dossier_id: str, form: str) -> int:
        """Return how often a form of a dossier was printed."""
        made = select(func.max(t.printed.c.issue)).where(t.printed.c.dossier_id == dossier_id, t.printed.c.form == form)
        return self._connection.execute(made).scalar() or 0

    def of_dossier(self, dossier_id: str) -> list[PrintedForm]:
        """Return the prints of a dossier in order."""
        chosen = _told().where(t.printed.c.dossier_id == dossier_id).order_by(t.printed.c.n)
        return [_without_document(row) for row in self._connection.execute(chosen)]

    def everything(self) -> Iterator[PrintedForm]:
        """Yield every print without its document."""
        for row in self._connection.execute(_told().order_by(t.printed.c.n), execution_options={"yield_per": 200}):
            yield _without_document(row)

    def soundness(self) -> Iterator[tuple[str, bool]]:
        """Yield of each print that keeps its document its id, and whether that has its hash."""
        documents = select(t.printed.c.print_id, t.printed.c.sha256, t.printed.c.tail, t.print_prefix.c.body)
        chosen: Select[Any] = documents.select_from(t.printed.outerjoin(t.print_prefix)).order_by(t.printed.c.n)
        for row in self._connection.execute(chosen, execution_options={"yield_per": 100}):
            if pdf := _document(row):
                yield row.print_id, hashlib.sha256(pdf).hexdigest() == row.sha256

    def void(self, print_id: str, at: datetime, reason: str) -> None:
        """Strike a print."""
        self._connection.execute(insert(t.print_void), {"print_id": print_id, "at": to_plain(at), "reason": reason})

    def add_job(self, job: PrintJob) -> None:
        """Queue a document."""
        self._connection.execute(insert(t.job), _job_columns(job))

    def update_job(self, job: PrintJob) -> None:
        """Store a job as it is now."""
        self._connection.execute(update(t.job).where(t.job.c.job_id == job.job_id).values(_job_columns(job)))

    def open_jobs(self) -> list[PrintJob]:
        """Return the jobs that wait, print or failed, the oldest first."""
        found = self._connection.execute(select(t.job).where(t.OPEN_JOBS).order_by(t.job.c.queued_at, t.job.c.job_id))
        return [from_plain(PrintJob, row._mapping) for row in found]

    def _one(self, which: ColumnElement[bool]) -> PrintedForm | None:
        row = self._connection.execute(_whole().where(which)).first()
        return None if row is None else _form(row)

    def _prefix(self, form: PrintedForm) -> tuple[str | None, int]:
        """Return the hash and length of the beginning this document shares with the template's other ones; (None, 0) for none yet."""
        if len(form.pdf) < MIN_PREFIX:
            return None, 0
        of_template = select(t.print_prefix).where(t.print_prefix.c.template_version == form.template_version)
        known = self._connection.execute(of_template.limit(MAX_PREFIXES)).all()
        if fitting := max((row for row in known if form.pdf.startswith(row.body)), key=lambda row: len(row.body), default=None):
            return fitting.sha256, len(fitting.body)
        return self._new_prefix(form, [bytes(row.body) for row in known] or self._latest(form.template_version))

    def _new_prefix(self, form: PrintedForm, others: list[bytes]) -> tuple[str | None, int]:
        common = max((common_beginning(form.pdf, other) for other in others), key=len, default=b"")
        if len(common) < MIN_PREFIX or len(others) >= MAX_PREFIXES:
            return None, 0
        sha256 = hashlib.sha256(common).hexdigest()
        if self._connection.execute(select(t.print_prefix.c.sha256).where(t.print_prefix.c.sha256 == sha256)).first() is None:
            row = {"sha256": sha256, "template_version": form.template_version, "body": common}
            self._connection.execute(insert(t.print_prefix), row)  # another template may have begun alike already
        return sha256, len(common)

    def _latest(self, template_version: str) -> list[bytes]:
        latest = select(t.printed.c.tail).where(t.printed.c.template_version == template_version).order_by(t.printed.c.n.desc()).limit(1)
        return [bytes(tail) for tail in self._connection.execute(latest).scalars()]


_STRUCK = t.print_void.c.print_id == t.printed.c.print_id
_VOID = (t.print_void.c.at.label("voided_at"), t.print_void.c.reason.label("void_reason"))
_FORM_COLUMNS = ("print_id", "dossier_id", "form", "issue", "paper", "printed_at", "template_version", "sha256")


def _job_columns(job: PrintJob) -> dict[str, Any]:
    return {column.name: to_plain(getattr(job, column.name)) for column in t.job.c}


def common_beginning(one: bytes, other: bytes) -> bytes:
    """Return the beginning that two documents share."""
    differing = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:differing]


def _told() -> Select[Any]:
    """Return every print as it is told of, which takes no look at its document."""
    columns = [*(column for column in t.printed.c if column.name not in {"prefix", "tail"}), *_VOID]
    return select(*columns).select_from(t.printed.outerjoin(t.print_void, _STRUCK))


def _whole() -> Select[Any]:
    return select(t.printed, t.print_prefix.c.body, *_VOID).select_from(
        t.printed.outerjoin(t.print_prefix).outerjoin(t.print_void, _STRUCK))


@stored
def _document(row: Row[Any]) -> bytes:
    """Return the document of a print; empty for one that keeps none."""
    return bytes(row.body or b"") + bytes(row.tail)


def _form(row: Row[Any]) -> PrintedForm:
    """Return a print; the document of a first one must be the one that was given out, to the last bit."""
    pdf = _document(row)
    if pdf and hashlib.sha256(pdf).hexdigest() != row.sha256:
        raise UnreadableError("a stored document is not what was stored")
    return replace(_without_document(row), pdf=pdf)


def _without_document(row: Row[Any]) -> PrintedForm:
    data = {name: row._mapping[name] for name in _FORM_COLUMNS}
    struck = {"void_reason": row.void_reason or "", "voided_at": row.voided_at}
    return from_plain(PrintedForm, data | struck | {"content": read_json(row.content), "pdf": b""})
