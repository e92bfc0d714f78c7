"""Events: what happened at the desk, once and for ever, in the words of the province contract.

An event with a :class:`Lane` is an *op* of the contract: numbered without gaps in its (device, epoch), chained by hash, and due to be
sent. An event without one stays on this desk (an older dossier typed in, a local repair).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.domain.people import Actor

ZERO_HASH = "0" * 64

DOSSIER_RECEIVED = "dossier.received"
DOSSIER_IMPORTED = "dossier.imported"
"""Local only: an older dossier, entered later (the contract has no such type; it is never sent)."""
RESULT_POSTED = "result.posted"
DOSSIERS_LINKED = "dossier.linked"
CODE_ADDED = "dossier.code_added"
"""Local only, like the import: given to the post, one of a bundle, known under another system's code too."""
SLIP_PRINTED = "slip.printed"
DOSSIER_CORRECTED = "dossier.corrected"
SUPPLEMENT_REQUESTED = "supplement.requested"
SUPPLEMENT_RECEIVED = "supplement.received"
DOSSIER_REFUSED = "dossier.refused"
DOSSIER_HANDED_OVER = "dossier.handed_over"
STEP_COMPLETED = "step.completed"
DEADLINE_EXTENDED = "deadline.extended"
DOSSIER_HALTED = "dossier.halted"
DOSSIER_WITHDRAWN = "dossier.withdrawn"
RESULT_READY = "result.ready"
RESULT_RETURNED = "result.returned"
FEE_COLLECTED = "fee.collected"
FEE_REVERSED = "fee.reversed"
NOTE_ADDED = "note.added"
SATISFACTION_RECORDED = "satisfaction.recorded"
ATTACHMENT_LINKED = "attachment.linked"
ATTACHMENT_UNLINKED = "attachment.unlinked"
CHECKPOINT = "checkpoint"

PROVINCE_PREFIX = "province."
"""Local: the type of an entry of the province's feed is this and the entry's kind."""

WENT_BACK = f"{PROVINCE_PREFIX}went_back"
"""The mark of a dossier that a province restored from a backup tells otherwise than it did before."""
READ_BACK, READ_BACK_OP = f"{PROVINCE_PREFIX}read_back", "op"
"""Local: an op of this device that only the province held still, and the fact that it stands in."""

UNREADABLE = f"{PROVINCE_PREFIX}unreadable"
"""Local: what the province told and this desk can't take, as it came."""

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lane:
    """The place of an op: device and epoch, a sequence from 1 without gaps, and the hash chain (province contract 4.1)."""

    device: str
    epoch: str
    seq: int
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Event:
    """One immutable event. ``facts`` and ``ho_so`` are JSON values; ``ho_so`` is the complete national record after it."""

    op_id: str
    dossier_id: str | None
    type: str
    occurred_at: datetime
    actor: Actor
    facts: Mapping[str, Any]
    ho_so: Mapping[str, Any] | None = None
    base_rev: int = 0
    lane: Lane | None = None
    resolves: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit trail: who did what to which thing, when, on which desk. ``details`` holds no personal data."""

    seq: int
    at: datetime
    user_id: str
    action: str
    subject: str
    details: Mapping[str, Any]
    prev_hash: str
    hash: str
