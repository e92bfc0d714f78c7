"""What the desk keeps of digitised papers: the encrypted files, whose paper each is, where the original lies, and until when it is kept.

Retention follows the archive law and can be changed (domain guide 11); what is handed to the archive is a line of a list, never a deletion.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.digitised import FileTarget, PaperDetails, PaperState

DIGITISED_BOOK = "digitised"
"""Sổ số hóa và lưu trữ: one line for each file that was filed."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One encrypted file. ``key`` are the 64 hex digits that open it, empty once it was destroyed; ``sha256`` is of what is in it."""

    stored_id: str
    sha256: str
    size: int
    key: str
    stored_at: datetime
    destroyed_at: datetime | None = None
    destroyed_by: str = ""
    destroyed_reason: str = ""


@dataclass(frozen=True, slots=True)
class DigitalPaper(PaperDetails):
    """One paper or result that was filed, by the op that says so. ``owner`` is the identity number that its dossier's applicant had then.

    ``signed_by`` is who signed the file digitally, with the certificate of this serial number; empty while nobody did.
    ``box`` and ``folder`` are where the original lies; ``kept_until`` None: for ever; ``unlinked_at`` is when it was taken out again.
    """

    op_id: str
    file_id: str
    dossier_id: str
    owner: str
    stored_id: str
    target: FileTarget
    part: str
    paper: str
    state: PaperState
    sha256: str
    content_sha256: str
    pages: int
    filename: str
    filed_at: datetime
    scanned_by: str
    signed_by: str = ""
    certificate: str = ""
    box: str = ""
    folder: str = ""
    kept_until: date | None = None
    archived_on: date | None = None
    unlinked_at: datetime | None = None

    @property
    def waits_for_signature(self) -> bool:
        """The paper was scanned here, is in its dossier, and nobody signed its file."""
        return self.state is PaperState.DIGITISED and not self.signed_by and self.unlinked_at is None

    def is_valid(self, on: date) -> bool:
        """Tell whether the paper holds on a day and may be used again then."""
        return self.unlinked_at is None and (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A batch of scanned pages that is not filed yet. ``key`` are the 64 hex digits that open its journal and originals."""

    batch_id: str
    key: str
    device: str
    opened_at: datetime
    opened_by: str


def kept_until(filed_on: date, years: int | None) -> date | None:
    """Return the last day that a paper is kept: the end of the year after so many years; None for ever."""
    return None if years is None else date(filed_on.year + years, 12, 31)


def later_columns(box: str | None, folder: str | None, until: object, archived_on: object) -> dict[str, str]:
    """Return the columns of a register line that are known only after it was written; empty ones are left out. Days are ISO or dates."""
    told = {"shelf": ", ".join(filter(None, (box, folder))), "kept_until": until, "archived_on": archived_on}
    return {name: str(value) for name, value in told.items() if value}
