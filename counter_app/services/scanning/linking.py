"""One file becomes part of a dossier, or is taken out again: event, paper, line of the register and record stand or fall together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_app.domain import life_facts, projection
from counter_app.domain.archive import DIGITISED_BOOK, DigitalPaper, kept_until
from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, PaperStanding, standings
from counter_app.domain.dossier import CLOSED, Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import ATTACHMENT_LINKED, ATTACHMENT_UNLINKED, Event
from counter_app.domain.moments import day_of
from counter_app.domain.text import fold
from counter_app.services.acting import Act, Transaction
from counter_app.services.changes import Changes
from counter_app.support.messages import text
from counter_app.support.resources import shipped_json

_UNSAFE = re.compile(r"[^0-9A-Za-zÀ-ỹ.-]+")
_IDENTITY_PAPERS = ("can cuoc", "cmnd", "chung minh nhan dan", "ho chieu")
"""Folded words in the names of papers whose images are sensitive (domain guide 16)."""


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """What the clerk reads off a paper or a result; empty where the desk knows it already. ``valid_to`` is the last day it may be used."""

    result_code: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    checked_by: str = ""


def paper_of(dossier: Dossier, target: FileTarget, part: str) -> PaperStanding | None:
    """Return the paper or result of a dossier that a file is for; None for the whole stack.

    Raises:
        RuleBrokenError: PAPER_NOT_IN_DOSSIER, RESULT_NOT_IN_DOSSIER at ``part``.
    """
    if target is FileTarget.COMPONENT and part == WHOLE:
        return None
    for standing in standings(dossier):
        if standing.target is target and standing.part == part:
            return standing
    raise broken("PAPER_NOT_IN_DOSSIER" if target is FileTarget.COMPONENT else "RESULT_NOT_IN_DOSSIER", "part", code=dossier.code)


def live_file(dossier: Dossier, target: FileTarget, part: str) -> FiledFile | None:
    """Return the file that a paper, a result or the whole stack has now."""
    for file in dossier.files:
        name = file.part if target is FileTarget.COMPONENT else file.file_id
        if file.target is target and name == part and not file.unlinked:
            return file
    return None


def file_name(dossier: Dossier, target: FileTarget, part: str, number: str) -> str:
    """Return the name of a file: the dossier's code with the paper, or with the number that a result was issued under."""
    result = next((each for each in dossier.results if each.result_id == part), None)
    last = (number or (result.number if result else "") or "KQ") if target is FileTarget.RESULT else part or "HO-SO"
    return f"{dossier.code}-{_UNSAFE.sub('-', last).strip('-')}.pdf"


def is_sensitive(name: str) -> bool:
    """Tell whether a paper by its name is one of identity."""
    return any(word in fold(name) for word in _IDENTITY_PAPERS)


def link(act: Act, file: FiledFile, stored_id: str, details: PaperDetails) -> Event:
    """Record that a file belongs to the dossier of an act. Warning: FILED_IN_CLOSED, the dossier was closed meanwhile.

    Raises:
        RuleBrokenError: OP_TOO_LARGE; BOOK_CLOSED.
    """
    tx, dossier = act.transaction, act.dossier
    if dossier.status in CLOSED:
        tx.warn("FILED_IN_CLOSED", None, dossier=dossier.code)
    event = act.record(projection.filed(dossier, file), life_facts.attachment_linked(file), ATTACHMENT_LINKED)
    tx.uow.papers.add(DigitalPaper(
        op_id=event.op_id, file_id=file.file_id, dossier_id=dossier.dossier_id, owner=dossier.applicant.id_number, stored_id=stored_id,
        target=file.target, part=file.part, paper=file.paper, state=file.state, sha256=file.sha256, content_sha256=file.content_sha256,
        pages=file.pages, filename=file.filename, filed_at=file.filed_at, scanned_by=file.filed_by, checked_by=details.checked_by,
        result_code=file.result_code, number=file.number, issued_on=file.issued_on, issuer=file.issuer, signer=file.signer,
        valid_from=details.valid_from, valid_to=details.valid_to, kept_until=kept_until(day_of(tx.now), _years(tx, dossier))))
    place = tx.uow.logbooks.next_place(DIGITISED_BOOK, tx.now.year)
    tx.uow.logbooks.add_line(
        place, dossier.dossier_id, day_of(tx.now), ref=event.op_id, content=book_columns(dossier.code, file, people(tx, file, details)))
    tx.changes |= Changes.of("books")
    return event


def unlink(act: Act, file_id: str, reason: str) -> Event:
    """Record that a file of a paper counts no longer; the register's line stays, as what was done stays done.

    Raises:
        RuleBrokenError: FILE_NOT_IN_DOSSIER; OP_TOO_LARGE.
    """
    tx = act.transaction
    file = next((each for each in act.dossier.files if each.file_id == file_id and not each.unlinked), None)
    if file is None or file.target is not FileTarget.COMPONENT:
        raise broken("FILE_NOT_IN_DOSSIER", "file_id")
    after = projection.taken_out(act.dossier, file_id, reason)
    event = act.record(after, life_facts.attachment_unlinked(file, reason), ATTACHMENT_UNLINKED)
    for paper in tx.uow.papers.of_dossier(act.dossier.dossier_id):
        if paper.file_id == file_id:
            tx.uow.papers.update(replace(paper, unlinked_at=tx.now))
    return event


def book_columns(code: str, file: FiledFile, names: str) -> dict[str, Any]:
    """Return the columns of a line of the register as they are written; shelf, retention and archive are known later."""
    return {
        "code": code, "paper": file.paper, "result_code": file.result_code, "pages": file.pages, "file": f"{file.filename} {file.sha256}",
        "people": names,
    }


def people(tx: Transaction, file: FiledFile, details: PaperDetails) -> str:
    """Return who scanned and who checked, as the register names them."""
    scanner = tx.uow.users.get(file.filed_by)
    told = {"SCANNED_BY": scanner.full_name if scanner else "", "CHECKED_BY": details.checked_by}
    return "; ".join(text(key, "vi", name=name) for key, name in told.items() if name)


def retention() -> Mapping[str, Any]:
    """Return the shipped retention: years by the register of certification that a procedure is entered in."""
    found: Mapping[str, Any] = shipped_json("scanning/retention.json")
    return found


def _years(tx: Transaction, dossier: Dossier) -> int | None:
    """Return for how many years a paper of the dossier is kept; None for ever. The commune's own word goes first."""
    procedure = tx.uow.catalogue.version(dossier.procedure_version)
    register = procedure.certification_register if procedure else ""
    years: Mapping[str, int] = retention()["years"]
    own: Mapping[str, int | None] = tx.uow.settings.get(RETENTION) or {}
    return own[dossier.procedure_code] if dossier.procedure_code in own else years.get(register)


RETENTION = "scans/retention"
"""The setting: years by procedure code, None for ever."""
