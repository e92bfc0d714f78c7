"""The dossier: one request under one procedure by one applicant, as it stands after its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.digitised import FiledFile
from counter_app.domain.life import Ending, Extension, HandedBack, HandOver, Parcel, Rating, ResultPaper, Step, Supplement


class Status(StrEnum):
    """Where a dossier stands (domain guide 6)."""

    SUBMITTED_ONLINE = "submitted_online"
    RECEIVED = "received"
    NOT_ACCEPTED = "not_accepted"
    PROCESSING = "processing"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    WITHDRAWN = "withdrawn"
    HALTED = "halted"
    RESULT_READY = "result_ready"
    RETURNED = "returned"


NATIONAL_STATUS: dict[Status, int] = {status: number for number, status in enumerate(
    (Status.SUBMITTED_ONLINE, Status.RECEIVED, Status.NOT_ACCEPTED, Status.PROCESSING, Status.AWAITING_SUPPLEMENT,
     Status.AWAITING_PAYMENT, Status.WITHDRAWN, Status.HALTED, Status.RESULT_READY, Status.RETURNED), start=1)}
"""The national codes 1 to 10 (province contract 4.2)."""
CLOSED = frozenset({Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.HALTED, Status.RETURNED})
RESOLVED = CLOSED | {Status.RESULT_READY}
"""No time runs any more."""
PRINT_REQUESTED = "print.requested"
"""The province asks for a form of the dossier (contract 7): its entry, and the mark of the dossier until it is printed or looked at."""


class Channel(StrEnum):
    """How the dossier came."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class ApplicantKind(StrEnum):
    """Whose case it is, in the order of the national codes 1 to 4."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    STATE_AGENCY = "state_agency"
    ORGANISATION = "organisation"


class Sex(StrEnum):
    """As on the citizen card."""

    MALE = "male"
    FEMALE = "female"


class DeliveryMethod(StrEnum):
    """How the result goes back."""

    DESK = "desk"
    POSTAL = "postal"
    ONLINE = "online"


class FeeMethod(StrEnum):
    """How a fee is paid. ``EXEMPT`` is a line of 0 đ with a reason; ``UNPAID`` is owed still."""

    CASH = "cash"
    TRANSFER = "transfer"
    PORTAL = "portal"
    EXEMPT = "exempt"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose case it is. Every text is NFC and tidy; ``birth_year`` alone is kept where the card gives no day."""

    kind: ApplicantKind
    full_name: str
    id_number: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who stands at the desk, when it is not the applicant."""

    full_name: str
    id_number: str = ""
    phone: str = ""
    relation: str = ""
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One paper of the dossier: how many originals, certified copies and photocopies were handed in, or only shown."""

    name: str
    original: int = 0
    copy: int = 0
    photocopy: int = 0
    shown_only: bool = False
    component_code: str = ""


class FeeStage(StrEnum):
    """When a fee falls due (contract, HinhThucThu)."""

    INTAKE = "intake"
    SUPPLEMENT = "supplement"
    RESULT = "result"


_PAID = frozenset({FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL})
PAID_AT_PROVINCE = "province"
"""The collector of what was paid on the portal to the province: no money of this desk, and none that it gives back."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee: what is due and how it was paid. The desk records a receipt's series and number, it never issues one."""

    fee_line_id: str
    name: str
    amount_vnd: int
    method: FeeMethod
    fee_code: str = ""
    receipt_series: str = ""
    receipt_number: str = ""
    exempt_reason: str = ""
    exempt_proof: str = ""
    """The paper that proves the reason: kind, number, date."""
    stage: FeeStage = FeeStage.INTAKE
    quantity: int = 1
    collected_at: datetime | None = None
    collector: str = ""
    """User id of who took the money."""

    @property
    def is_paid(self) -> bool:
        """Money was taken here: exempt lines, unpaid ones, those of 0 đ and those paid to the province are no payment of this desk."""
        return self.method in _PAID and self.amount_vnd > 0 and self.collector != PAID_AT_PROVINCE

    @property
    def is_owed(self) -> bool:
        """Money is still to come."""
        return self.method is FeeMethod.UNPAID and self.amount_vnd > 0


@dataclass(frozen=True, slots=True)
class CodeOfDossier:
    """One of the names of a dossier. ``kind`` is official, provisional, province, ministry or imported."""

    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Where a dossier stands in a register: ``volume`` 1 is printed ``01/2026``."""

    book: str
    year: int
    volume: int
    ordinal: int

    @property
    def volume_label(self) -> str:
        """``01/2026``."""
        return f"{self.volume:02d}/{self.year}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """The projection of a dossier's events. Times are aware; ``due_at`` None means that no appointment is given."""

    dossier_id: str
    code: str
    procedure_code: str
    procedure_name: str
    procedure_version: str
    """Identifies the catalogue version that the dossier was received under, and stays."""
    field_name: str
    status: Status
    channel: Channel
    applicant: Applicant
    received_at: datetime
    due_at: datetime | None
    printed_due_at: datetime | None
    submitter: Submitter | None = None
    documents: tuple[DocumentLine, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    codes: tuple[CodeOfDossier, ...] = ()
    place: BookPlace | None = None
    summary: str = ""
    sets: int = 1
    note: str = ""
    delivery: DeliveryMethod = DeliveryMethod.DESK
    delivery_address: str = ""
    wants_message: bool = False
    out_of_area: bool = False
    entered_later: str = ""
    """Why it was typed in after the fact; empty for a dossier received at its time."""
    handled_by: str = ""
    holder: str = ""
    limit_text: str = ""
    due_nominal: date | None = None
    """The day before rolling off a rest day, which a pause of time counts from."""
    options: dict[str, object] = field(default_factory=dict)
    """The deadline options used, kept with the dossier (domain guide 7.2)."""
    due_history: tuple[tuple[datetime, datetime | None], ...] = ()
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    closed_as: str = ""
    supplement_open_since: datetime | None = None
    supplement_count: int = 0
    extension_count: int = 0
    received_by: str = ""
    desk: str = ""
    attention: tuple[str, ...] = ()
    known_rev: int = 0
    rev_era: int = 0
    """In which of the province's histories ``known_rev`` counts: a province that was restored from a backup counts anew."""
    given_to: str = ""
    """The agency that the province has given it to: read-only here since then."""
    paid_online: str = ""
    """How fees were paid online, as the province last said (DuocThanhToanTrucTuyen); empty where it said nothing."""
    awaiting_acceptance: bool = False
    """Filed at the national portal and not received yet."""
    online_level: str = ""
    """full or partial for a dossier filed online; empty otherwise."""
    on_the_spot: bool = False
    """Received, decided and returned in one go ("4 tại chỗ")."""
    step: Step | None = None
    """The internal step that runs now."""
    steps: tuple[Step, ...] = ()
    """The steps that are done."""
    hand_overs: tuple[HandOver, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    extensions: tuple[Extension, ...] = ()
    results: tuple[ResultPaper, ...] = ()
    parcel: Parcel | None = None
    handed_back: HandedBack | None = None
    ending: Ending | None = None
    rating: Rating | None = None
    linked: tuple[str, ...] = ()
    """Dossiers of the same bundle (liên thông), by id."""
    files: tuple[FiledFile, ...] = ()
    """Every file that was ever filed, in that order; one that was taken out again says why."""

    @property
    def fee_total_vnd(self) -> int:
        """What is due in all, in đồng."""
        return sum(line.amount_vnd for line in self.fees)

    @property
    def papers_until(self) -> datetime | None:
        """Until when the papers awaited now are to be brought; None where none are awaited or form 02 names no day."""
        waiting = self.status is Status.AWAITING_SUPPLEMENT
        return next((each.deadline for each in reversed(self.supplements) if waiting and each.received_at is None), None)


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A line of a list: what a table shows, the identity number masked already (``••••••••0456``)."""

    dossier_id: str
    code: str
    procedure_code: str
    procedure_name: str
    applicant: str
    masked_id: str
    phone: str
    received_at: datetime
    due_at: datetime | None
    status: Status
    delivery: DeliveryMethod
    supplement_open: bool
    finished_at: datetime | None
    returned_at: datetime | None
    sync_state: str
    """saved, sending, province_has or attention."""
    document_count: int = 0
    place: BookPlace | None = None
    fee_total_vnd: int = 0
    papers_until: datetime | None = None
    lacks_scans: bool = False
    """It is here, and not everything of it is digitised."""
