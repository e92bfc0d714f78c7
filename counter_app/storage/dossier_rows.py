"""Dossiers as rows: members that lists, books and searches need are columns, every other member stands in the JSON column ``rest``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, func, select

from counter_app.domain.digitised import completeness
from counter_app.domain.dossier import CLOSED, BookPlace, Dossier, DossierRow, Status
from counter_app.domain.events import PROVINCE_PREFIX
from counter_app.domain.life import Step
from counter_app.domain.masking import mask_id
from counter_app.domain.text import fold
from counter_app.storage import tables as t
from counter_app.storage.lists import LACKS_SCANS
from counter_app.storage.plain import from_plain, members, read_json, stored, to_plain, write_json

_COLUMNS = (
    "dossier_id", "code", "procedure_code", "procedure_name", "procedure_version", "field_name", "status", "channel", "received_at",
    "due_at", "finished_at", "returned_at", "closed_as", "delivery", "sets", "note", "handled_by", "holder", "supplement_open_since",
)
"""Members of a dossier with a column of the same name."""
_APPLICANT = {"full_name": "applicant_name", "id_number": "id_number", "phone": "phone", "address": "address"}
_PLACE = {"book": "book", "year": "book_year", "volume": "book_volume", "ordinal": "book_ordinal"}
_APART = frozenset({*_COLUMNS, "applicant", "place", "attention"})

SYNC_STATES = ("attention", "saved", "sending", "province_has")
"""The state of an op, the most pressing first; a dossier shows that of its most pressing op."""

sync_rank: ColumnElement[int] = case({state: rank for rank, state in enumerate(SYNC_STATES)}, value=t.outbox.c.state)
_of_dossier = t.outbox.c.dossier_id == t.dossier.c.dossier_id
_ops_rank = select(func.min(sync_rank)).where(_of_dossier).correlate(t.dossier).scalar_subquery()
_by_province = exists().where(
    t.event.c.dossier_id == t.dossier.c.dossier_id, t.event.c.type.startswith(PROVINCE_PREFIX, autoescape=True)).correlate(t.dossier)
_dossier_rank = func.coalesce(_ops_rank, case((_by_province, SYNC_STATES.index("province_has")))).label("sync_rank")
"""What came from the province and has no op of this desk yet is the province's; what is only this desk's has no rank."""
_AS_THEY_ARE = ("dossier_id", "code", "procedure_code", "procedure_name", "phone", "received_at", "due_at", "status", "delivery",
                "finished_at", "returned_at", "document_count", "fee_total_vnd", "papers_until")

ROW_COLUMNS = (
    *(t.dossier.c[name] for name in ("n", "applicant_name", "id_number", "supplement_open_since", *_AS_THEY_ARE, *_PLACE.values())),
    _dossier_rank, LACKS_SCANS.label("lacks_scans"),
)
"""What :func:`read_row` needs."""


def write_dossier(dossier: Dossier) -> dict[str, Any]:
    """Return the columns of a dossier, all but the row number."""
    applicant = members(dossier.applicant)
    rest = {name: value for name, value in members(dossier).items() if name not in _APART}
    row = {name: to_plain(getattr(dossier, name)) for name in _COLUMNS}
    row |= {column: applicant.pop(name, "") for name, column in _APPLICANT.items()}
    row |= {column: getattr(dossier.place, name, None) for name, column in _PLACE.items()}
    return row | _step_columns(dossier.step) | {
        "queue": queue(dossier),
        "papers_until": to_plain(dossier.papers_until),
        "posted_at": to_plain(dossier.parcel.sent_at) if dossier.parcel else None,
        "apology_at": to_plain(dossier.extensions[-1].at) if dossier.extensions else None,
        "online_level": dossier.online_level, "out_of_area": dossier.out_of_area, "on_the_spot": dossier.on_the_spot,
        "signed": dossier.handed_back.signed.value if dossier.handed_back else "",
        "awaiting_acceptance": dossier.awaiting_acceptance,
        "rating": dossier.rating.score if dossier.rating else None,
        "attention": write_json(to_plain(dossier.attention)) if dossier.attention else None,
        "document_count": len(dossier.documents),
        "fee_total_vnd": dossier.fee_total_vnd,
        "search_text": search_text(dossier),
        "rest": write_json(rest | {"applicant": applicant}),
    }


def _step_columns(step: Step | None) -> dict[str, Any]:
    if step is None:
        return {"step": None, "step_owner": None, "step_due_at": None}
    return {"step": step.code, "step_owner": step.owner, "step_due_at": to_plain(step.due_at)}


def due_changes(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    """Return all due times of a dossier that had more than one, for the table that reports ask."""
    history = enumerate(dossier.due_history if len(dossier.due_history) > 1 else ())
    return [{"dossier": number, "position": at, "set_at": to_plain(set_at), "due_at": to_plain(due)} for at, (set_at, due) in history]


def supplement_spans(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    """Return from when to when papers were awaited, for the table that reports ask."""
    spans = [(each.requested_at, each.received_at) for each in dossier.supplements]
    if not spans and dossier.supplement_open_since:
        spans = [(dossier.supplement_open_since, None)]
    return [
        {"dossier": number, "position": at, "requested_at": to_plain(asked), "received_at": to_plain(came)}
        for at, (asked, came) in enumerate(spans, start=1)
    ]


def digital_states(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    """Return how far a dossier with files is, for the table that reports ask."""
    if not dossier.files:
        return []
    far = completeness(dossier)
    return [{"dossier": number, "components": far.components, "results": far.results, "reused": far.reused}]


@stored
def read_dossier(row: Row[Any]) -> Dossier:
    """Return the dossier of a whole row."""
    found = row._mapping
    data = read_json(found["rest"])
    data |= {name: found[name] for name in _COLUMNS}
    data["applicant"] |= {name: found[column] for name, column in _APPLICANT.items()}
    data["attention"] = read_json(found["attention"] or "[]")
    if found["book"] is not None:
        data["place"] = {name: found[column] for name, column in _PLACE.items()}
    return from_plain(Dossier, data)


@stored
def read_row(row: Row[Any]) -> DossierRow:
    """Return a line of a list from :data:`ROW_COLUMNS`."""
    found = row._mapping
    rank = found["sync_rank"]
    return from_plain(DossierRow, {name: found[name] for name in _AS_THEY_ARE} | {
        "applicant": found["applicant_name"],
        "masked_id": mask_id(found["id_number"]),
        "supplement_open": found["supplement_open_since"] is not None,
        "lacks_scans": bool(found["lacks_scans"]),
        "sync_state": "saved" if rank is None else SYNC_STATES[rank],
        "place": None if found["book"] is None else {name: found[column] for name, column in _PLACE.items()},
    })


def read_place(row: Row[Any]) -> BookPlace:
    """Return the place of a line of a register."""
    return BookPlace(row.book, row.year, row.volume, row.ordinal)


def queue(dossier: Dossier) -> str | None:
    """Return what the desk waits for: online (to be taken in), running (its time), supplement, ready (to be collected).

    None if it is closed, or another commune's by now.
    """
    if dossier.status in CLOSED or dossier.given_to:
        return None
    if named := {Status.RESULT_READY: "ready", Status.SUBMITTED_ONLINE: "online"}.get(dossier.status):
        return named
    return "supplement" if dossier.status is Status.AWAITING_SUPPLEMENT or dossier.supplement_open_since else "running"


def search_text(dossier: Dossier) -> str:
    """Return every folded word a dossier is found by, once, each preceded by a space: a word's beginning is ``' ' + word``."""
    people = [dossier.applicant.full_name, dossier.applicant.id_number, dossier.applicant.address, *_phone(dossier.applicant.phone)]
    if dossier.submitter:
        people += [dossier.submitter.full_name, dossier.submitter.id_number, *_phone(dossier.submitter.phone)]
    codes = [dossier.code, *(code.code for code in dossier.codes)]
    return _words([*people, *codes, dossier.procedure_code, dossier.procedure_name, dossier.summary])


def _phone(number: str) -> tuple[str, str]:
    """A number typed with dots or spaces is found in one piece too."""
    return number, "".join(filter(str.isdigit, number))


def _words(texts: Iterable[str]) -> str:
    return "".join(f" {word}" for word in dict.fromkeys(fold("\n".join(texts)).split()))
