"""Registers, prints and numbers as records: what the books, the slip store and the number register hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from counter_app.domain.dossier import BookPlace

DOSSIER_BOOK = "dossiers"
"""Sổ theo dõi hồ sơ, form 07. Opened per field or group of fields: ``dossiers`` or ``dossiers/<group>``."""


@dataclass(frozen=True, slots=True)
class BookVolume:
    """One bound volume: lines ``first_ordinal`` on; ``closed_on`` and ``last_ordinal`` are set when it is closed."""

    book: str
    year: int
    volume: int
    title: str
    opened_on: date
    first_ordinal: int
    lines: int = 0
    closed_on: date | None = None
    last_ordinal: int | None = None
    printed_through: int = 0
    """The last page that was printed, the closing page counting as one behind the others; a print run continues after it."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a register; a struck line stays, with its reason in the last column.

    ``content`` are its columns as they were written, ``ref`` what it is about; both None in the register of dossiers (form 07), whose lines
    show the dossier as it is. ``signed`` is how the receiver signed, empty before.
    """

    place: BookPlace
    dossier_id: str
    code: str
    procedure_name: str
    sets: int
    applicant: str
    address: str
    phone: str
    handled_by: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    delivery: str
    signed: str
    note: str
    struck_reason: str = ""
    struck_on: date | None = None
    content: dict[str, Any] | None = None
    ref: str | None = None

    @property
    def full_address(self) -> str:
        """Address and telephone, one below the other: column 6 of form 07."""
        return "\n".join(part for part in (self.address, self.phone) if part)


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form as it was printed, for ever. ``issue`` 1 is the first print; only it carries the document."""

    print_id: str
    dossier_id: str
    form: str
    issue: int
    paper: str
    printed_at: datetime
    template_version: str
    sha256: str
    pdf: bytes
    content: dict[str, Any]
    """The frozen values that the document was made from, so that another paper size shows the same content."""
    void_reason: str = ""
    """Why the print is struck: rejected or made by mistake. It stays where it is."""
    voided_at: datetime | None = None


WAITING, PRINTING, PRINTED, FAILED, CANCELLED = "waiting", "printing", "printed", "failed", "cancelled"
"""The states of a print job."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One document waiting for a printer; ``state`` is one of the five above."""

    job_id: str
    print_id: str
    printer: str
    copies: int
    state: str
    queued_at: datetime
    tries: int = 0
    message: str = ""
    device: str = ""
    """The counter that queued it and prints it; empty for a job of an older program, which any counter prints."""


@dataclass(frozen=True, slots=True)
class UsedNumber:
    """A serial that is used up. ``dossier_id`` None: burned, and ``reason`` says why (crash, refused, lost)."""

    code: str
    device: str
    day: date
    series: str
    """normal, recovery-1 … recovery-4, or provisional."""
    serial: int
    dossier_id: str | None
    reason: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled, kept after every change. ``parked`` drafts wait in the list of F5; one per window is in hand."""

    draft_id: str
    owner: str
    kind: str
    saved_at: datetime
    parked: bool
    label: str
    content: dict[str, Any]
