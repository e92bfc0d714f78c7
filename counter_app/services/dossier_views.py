"""What is shown of dossiers: rows, pages of rows, one dossier with its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Applicant, Dossier, DossierRow


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a dossier's timeline. ``seq`` is None for an event that stays on this desk, ``actor`` a user id, ``who`` the name.

    ``state`` is saved, sending, province_has or attention.
    """

    op_id: str
    seq: int | None
    type: str
    occurred_at: datetime
    actor: str
    who: str
    facts: Mapping[str, Any]
    state: str


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
