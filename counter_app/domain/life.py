"""What happens to a dossier after its receipt, as values: papers asked for, hand-overs, steps, extensions, results, the end.

A dossier keeps these in the order in which they happened; they are projections of its events and go on its forms and into its record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way the paper goes (contract, ``dossier.handed_over``)."""

    TO_SPECIALIST = "to_specialist"
    TO_DESK = "to_desk"


class FeesHandling(StrEnum):
    """What becomes of the fees of a dossier that ends without a result."""

    NOT_CHARGED = "not_charged"
    REFUNDED = "refunded"
    KEPT = "kept"


class ReceiverKind(StrEnum):
    """Who took the result."""

    APPLICANT = "applicant"
    AUTHORISED = "authorised"
    POST = "post"
    OTHER = "other"


class Signed(StrEnum):
    """How the receiver signed: on the receipt slip, in the register, or with a mark (the finger, before a witness)."""

    RECEIPT = "receipt"
    BOOK = "book"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Supplement:
    """One request for papers (form 02), open until ``received_at`` is set. NĐ 61/2018 Đ15, Đ17: guide once, in full."""

    supplement_id: str
    requested_at: datetime
    requested_by: str
    """The name under the request."""
    items: tuple[str, ...]
    reason: str
    form_number: str = ""
    deadline: datetime | None = None
    received_at: datetime | None = None
    received_by: str = ""
    received_items: tuple[str, ...] = ()
    complete: bool = False
    previous_due: datetime | None = None
    new_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """An apology with a new appointment (form 04); one is allowed (NĐ 61/2018 Đ19.9)."""

    at: datetime
    old_due: datetime
    new_due: datetime
    reason: str
    ordinal: int
    form_number: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """One line of the control sheet (form 06): who gave the paper to whom, when, and how many sheets."""

    batch_id: str
    at: datetime
    direction: Direction
    from_unit: str
    to_unit: str
    given_by: str
    received_by: str
    paper_count: int


@dataclass(frozen=True, slots=True)
class Step:
    """One internal step with a clock of its own; it starts when the step before it was really handed over (domain guide 7.4)."""

    code: str
    name: str
    unit: str
    owner: str
    started_at: datetime
    due_at: datetime | None
    completed_at: datetime | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """One paper that the citizen gets. ``refusal``: it says no, with reasons. ``code`` is the national ``KQ.Gnn.…``."""

    result_id: str
    name: str
    code: str = ""
    number: str = ""
    issued_at: datetime | None = None
    issuer: str = ""
    signer: str = ""
    signer_title: str = ""
    abstract: str = ""
    refusal: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a dossier ended without a result: refused (03), halted or withdrawn (05)."""

    at: datetime
    reason: str
    form_number: str = ""
    legal_basis: str = ""
    stage: str = ""
    decided_by: str = ""
    papers_returned: bool = False
    fees: FeesHandling = FeesHandling.NOT_CHARGED


@dataclass(frozen=True, slots=True)
class Parcel:
    """A result given to the post: ``delivered_at`` is None until the operator has confirmed it."""

    operator: str
    consignment: str
    sent_at: datetime
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The end of the way: who received the result, which paper was shown, how it was signed for, which originals came back."""

    at: datetime
    receiver_kind: ReceiverKind
    receiver_name: str
    paper_shown: str = ""
    """Number of the identity paper or the power of attorney; on lists only its last four characters."""
    signed: Signed = Signed.RECEIPT
    originals_returned: int = 0
    slip_lost: bool = False
    by_post: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What the citizen thought of the service: 1 to 5, how it was given, and whatever else was said."""

    at: datetime
    score: int
    channel: str
    comment: str = ""
