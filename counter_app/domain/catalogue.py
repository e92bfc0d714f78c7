"""Procedures as the catalogue publishes them: versions by effective date, and the commune's own decisions on top.

Which version applies is decided by the day of receipt, and the dossier keeps it (domain guide 1, 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.deadline_terms import Limit


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The legal processing time. ``limit`` None: the catalogue gives none, only ``text``. ``cutoff`` is ``HH:MM`` or empty."""

    limit: Limit | None
    text: str
    cutoff: str = ""
    case: str = ""
    """Which case this variant is for; empty for the main one."""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with its exemption. ``amount_vnd`` None: set by the provincial council, the commune fills it in once; 0: none charged."""

    name: str
    amount_vnd: int | None
    per: str = ""
    cap_vnd: int | None = None
    tier_from_page: int | None = None
    tier_amount_vnd: int | None = None
    exemption_note: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A paper the procedure asks for. ``shown_only`` is *xuất trình*; ``conditional`` is only asked for in the case ``condition``."""

    name: str
    original: int
    copy: int
    code: str = ""
    shown_only: bool = False
    conditional: bool = False
    condition: str = ""
    online_only: bool = False


@dataclass(frozen=True, slots=True)
class ResultKind:
    """What the citizen gets; ``code`` is the national ``KQ.Gnn.…`` or empty."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure. ``version_id`` is ``<catalogue version>/<code>`` and is what a dossier keeps."""

    version_id: str
    catalogue_version: str
    code: str
    name: str
    short_name: str
    field_name: str
    time_limit: TimeLimit
    variants: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    results: tuple[ResultKind, ...] = ()
    channels: tuple[str, ...] = ()
    handled_by: str = ""
    vertical_sector: str = ""
    on_the_spot: bool = False
    certification_register: str = ""
    desk_rank: int | None = None
    confidence: str = ""
    legal_basis: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    overridden_by: tuple[str, ...] = ()
    """Decision numbers of the commune's overrides that are applied in this view."""

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def in_force(self, on: date) -> bool:
        """Tell whether a dossier received on that day may be taken in under this version."""
        return (self.effective_from is None or self.effective_from <= on) and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """One imported catalogue. It is used from ``active_from`` on (None: imported, compared, not yet activated)."""

    version: str
    title: str
    imported_at: datetime
    count: int
    active_from: date | None = None
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureOverride:
    """A decision of the commune or province: another limit or a fee, by number and date. ``fee_name`` empty: it is about the limit."""

    procedure_code: str
    decision_number: str
    effective_from: date
    limit: Limit | None = None
    fee_name: str = ""
    amount_vnd: int | None = None
    effective_to: date | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueDifference:
    """One line of a comparison: ``kind`` is added, removed or changed; ``what`` names the part; before and after in words."""

    procedure_code: str
    procedure_name: str
    kind: str
    what: str = ""
    before: str = ""
    after: str = ""
