"""What is shown of dossiers: rows, pages of rows, one dossier with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Applicant, Dossier, DossierRow
from counter_app.domain.masking import mask_id
from counter_app.domain.people import Actor

SAVED, PROVINCE_HAS = "saved", "province_has"
LEAST_FIRST = ("attention", SAVED, "sending", PROVINCE_HAS)
"""The four words of the line, the one that asks most of a person first."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a dossier's timeline. ``seq`` is None for an event that stays on this desk; ``who`` is the actor's name as of now.

    ``state`` is saved, sending, province_has or attention.
    """

    op_id: str
    seq: int | None
    type: str
    occurred_at: datetime
    actor: Actor
    who: str
    facts: Mapping[str, Any]
    state: str
    ho_so: Mapping[str, Any] | None = None

    @property
    def counts(self) -> bool:
        """Whether the event says how far the province has the dossier; what stays on this desk does not."""
        return self.seq is not None or self.state == PROVINCE_HAS


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier, opened: its projection, its history oldest first, and how far the province has it (the least of its events)."""

    dossier: Dossier
    masked_id: str
    events: tuple[EventRow, ...]
    sync_state: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list; ``total`` counts the whole list."""

    rows: tuple[DossierRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EarlierDossier:
    """An earlier dossier of a person, with the applicant's details to take over."""

    row: DossierRow
    applicant: Applicant


def least_state(states: Iterable[str]) -> str:
    """Return the state of a whole dossier: that of its event which has come least far; saved where it has none."""
    present = set(states)
    return next((state for state in LEAST_FIRST if state in present), SAVED)


def row_of(dossier: Dossier, sync_state: str) -> DossierRow:
    """Return a dossier as a line of a list, its identity number masked."""
    return DossierRow(
        dossier.dossier_id, dossier.code, dossier.procedure_code, dossier.procedure_name, dossier.applicant.full_name,
        mask_id(dossier.applicant.id_number), dossier.applicant.phone, dossier.received_at, dossier.due_at, dossier.status,
        dossier.delivery, dossier.supplement_open_since is not None, dossier.finished_at, dossier.returned_at, sync_state,
        len(dossier.documents), dossier.place, dossier.fee_total_vnd, dossier.papers_until,
    )
