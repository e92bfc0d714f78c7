"""One file becomes part of a dossier, or is taken out again: event, paper, line of the register and record stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain import life_facts, projection
from counter_app.domain.archive import DIGITISED_BOOK, DigitalPaper, kept_until
from counter_app.domain.digitised import FiledFile, FileTarget, details_of
from counter_app.domain.dossier import CLOSED, Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import ATTACHMENT_LINKED, ATTACHMENT_UNLINKED, Event
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.services.acts.acting import Act, Transaction
from counter_app.services.changes import Changes
from counter_app.support.messages import text
from counter_app.support.resources import shipped_json


def link(act: Act, file: FiledFile, stored_id: str, reason: str = "") -> Event:
    """Record that a file belongs to the dossier of an act. Warning: FILED_IN_CLOSED, the dossier was closed meanwhile.

    ``reason`` is why it takes the place of another one; empty where it is the first.

    Raises:
        RuleBrokenError: OP_TOO_LARGE; BOOK_CLOSED.
    """
    tx, dossier = act.transaction, act.dossier
    if dossier.status in CLOSED:
        tx.warn("FILED_IN_CLOSED", None, dossier=dossier.code)
    event = act.record(projection.filed(dossier, file, reason), life_facts.attachment_linked(file, reason), ATTACHMENT_LINKED)
    tx.uow.papers.add(DigitalPaper(
        op_id=event.op_id, file_id=file.file_id, dossier_id=dossier.dossier_id, owner=dossier.applicant.id_number, stored_id=stored_id,
        target=file.target, part=file.part, paper=file.paper, state=file.state, sha256=file.sha256, content_sha256=file.content_sha256,
        pages=file.pages, filename=file.filename, filed_at=file.filed_at, scanned_by=file.filed_by,
        signed_by=file.signed_by, certificate=file.certificate, kept_until=kept_until(day_of(tx.now), _years(tx, dossier)),
        **details_of(file)))
    place = tx.uow.logbooks.next_place(DIGITISED_BOOK, tx.now.year)
    content = book_columns(dossier.code, file, people(tx, file))
    tx.uow.logbooks.add_line(place, dossier.dossier_id, day_of(tx.now), ref=event.op_id, content=content)
    tx.changes |= Changes.of("books")
    return event


def unlink(act: Act, file_id: str, reason: str) -> Event:
    """Record that a file of a paper counts no longer; its line in the register is struck with the reason, unless that year is closed.

    Raises:
        RuleBrokenError: FILE_NOT_IN_DOSSIER; OP_TOO_LARGE.
    """
    file = file_in(act.dossier, file_id)
    if file.target is not FileTarget.COMPONENT:
        raise broken("FILE_NOT_IN_DOSSIER", "file_id")
    after = projection.taken_out(act.dossier, file_id, reason)
    event = act.record(after, life_facts.attachment_unlinked(file, reason), ATTACHMENT_UNLINKED)
    _let_go(act, file_id, reason)
    return event


def put_in_place(act: Act, old: FiledFile, new: FiledFile, stored_id: str, reason: str) -> FiledFile:
    """Record that a file takes the place of another, and return it as it is on record: an event with a reason, nothing is overwritten.

    A paper's file is taken out and the new one put in under an id of its own; that of a result is named by the result, and the contract
    replaces it (4.2: the element that the facts name).

    Raises:
        RuleBrokenError: as :func:`link` and :func:`unlink`.
    """
    tx, kept = act.transaction, paper_of_file(act, old.file_id)
    if old.target is FileTarget.COMPONENT:
        unlink(act, old.file_id, reason)
        new = replace(new, file_id=new_id(tx.now))
    else:
        _let_go(act, old.file_id, reason)
    event = link(act, new, stored_id, reason)
    made = tx.uow.papers.get(event.op_id)
    if kept is not None and made is not None:
        shelf = {name: getattr(kept, name) for name in ("box", "folder", "kept_until", "archived_on")}
        tx.uow.papers.update(replace(made, **shelf))
        tx.uow.papers.update(replace(kept, unlinked_at=tx.now, archived_on=None))  # one paper went to the archive, not two
    return new


def file_in(dossier: Dossier, file_id: str) -> FiledFile:
    """Return a file that a dossier has now.

    Raises:
        RuleBrokenError: FILE_NOT_IN_DOSSIER at ``file_id``.
    """
    for file in dossier.files:
        if file.file_id == file_id and not file.unlinked:
            return file
    raise broken("FILE_NOT_IN_DOSSIER", "file_id")


def paper_of_file(act: Act, file_id: str) -> DigitalPaper | None:
    """Return the paper that has a file now in the dossier of an act; None where none has it any more."""
    papers = act.transaction.uow.papers.of_dossier(act.dossier.dossier_id)
    return next((paper for paper in papers if paper.file_id == file_id and paper.unlinked_at is None), None)


def _let_go(act: Act, file_id: str, reason: str) -> None:
    """Note of a paper that its file counts no longer, in the register too: a line that was cancelled stays, struck through (9.1)."""
    tx, paper = act.transaction, paper_of_file(act, file_id)
    if paper is None:
        return
    tx.uow.papers.update(replace(paper, unlinked_at=tx.now))
    place = tx.uow.logbooks.standing_line(DIGITISED_BOOK, paper.dossier_id, paper.op_id)
    if place is not None:
        tx.uow.logbooks.strike(place, reason, day_of(tx.now))
    tx.changes |= Changes.of("books")


def book_columns(code: str, file: FiledFile, names: str) -> dict[str, Any]:
    """Return the columns of a line of the register as they are written; shelf, retention and archive are known later."""
    return {
        "code": code, "paper": file.paper, "result_code": file.result_code, "pages": file.pages, "file": f"{file.filename} {file.sha256}",
        "people": names,
    }


def people(tx: Transaction, file: FiledFile) -> str:
    """Return who scanned, who checked and who signed, as the register names them."""
    scanner, signer = tx.uow.users.get(file.filed_by), tx.uow.users.get(file.signed_by)
    told = {
        "SCANNED_BY": scanner.full_name if scanner else "", "CHECKED_BY": file.checked_by,
        "SIGNED_BY": f"{signer.full_name} ({file.certificate})" if signer else ""}
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
