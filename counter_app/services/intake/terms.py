"""The terms of an intake: what the desk is told, what it finds wrong, what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_terms import Appointment
from counter_app.domain.dossier import Applicant, BookPlace, Channel, DeliveryMethod, DocumentLine, FeeLine, Submitter
from counter_app.domain.errors import Problem
from counter_app.services.changes import Changes


@dataclass(frozen=True, slots=True)
class ReceiveDossier:
    """A dossier to take in, as the form or a JSON file says it; texts may still be untidy.

    ``documents`` None: all required ones, as the catalogue lists them. ``fees`` None: those whose amount the catalogue knows, unpaid.
    ``received_at`` None: now; an earlier time needs ``entered_later``, the reason. ``case`` names a variant of the procedure's limit.
    """

    procedure_code: str
    applicant: Applicant
    submitter: Submitter | None = None
    documents: tuple[DocumentLine, ...] | None = None
    sets: int = 1
    note: str = ""
    delivery: DeliveryMethod = DeliveryMethod.DESK
    delivery_address: str = ""
    fees: tuple[FeeLine, ...] | None = None
    channel: Channel = Channel.DIRECT
    out_of_area: bool = False
    received_at: datetime | None = None
    entered_later: str = ""
    case: str = ""
    wants_message: bool = False
    paper: str = "a5"
    print: bool = False
    """Also put the slip in the print queue; the slip itself is made and stored in any case."""
    clerk: str = ""
    """The name printed under the receiver's signature; empty: the name of who acts."""
    draft_id: str = ""
    """The form in hand, removed in the same transaction; empty: none."""
    warnings_accepted: str = ""
    """Why the dossier is taken in although something was warned of; kept in the event with the codes of the warnings."""
    must_accept: bool = False
    """Somebody is there to be asked: warnings are passed with a reason only. Without it a reason may be missing."""


NOTICES = frozenset({"CLOCK_BEHIND_DESK", "TEXT_CLEANED", "LIMIT_UNKNOWN", "CALENDAR_YEAR_UNKNOWN"})
"""Warnings that tell of the computer, the program's own doing, catalogue or calendar: nothing a clerk decides, so nobody asks why."""


@dataclass(frozen=True, slots=True)
class IntakeCheck:
    """What is right and wrong with a command, without a write.

    ``problems`` forbid the intake, each at its dotted field; ``warnings`` don't. ``command`` is the tidy command with the documents and
    fees of the catalogue filled in. ``procedure`` and ``appointment`` are None where the input doesn't lead to one.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    procedure: Procedure | None
    appointment: Appointment | None
    command: ReceiveDossier
    received_at: datetime

    @property
    def ok(self) -> bool:
        """True when nothing forbids the intake."""
        return not self.problems

    @property
    def to_accept(self) -> tuple[Problem, ...]:
        """The warnings that the clerk passes with a reason."""
        return tuple(warning for warning in self.warnings if warning.code not in NOTICES)


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier that was taken in: it is durable, and its slip is final.

    ``explanation`` is the sentence that a clerk reads out; ``print_id`` names the stored slip (:meth:`SlipService.document`).
    """

    code: str
    dossier_id: str
    received_at: datetime
    due_at: datetime | None
    explanation: str
    place: BookPlace
    fee_total_vnd: int
    warnings: tuple[Problem, ...]
    print_id: str
    queued: bool
    """The slip waits for its printer; else the stored document is all there is."""
    changes: Changes
    on_the_spot: bool = False
    """It may be decided, signed and given back at once ("4 tại chỗ")."""
