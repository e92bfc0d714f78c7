"""The terms of a certification: what one visit asks for, what is found wrong with it, what the desk hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.certification import CertifiedLine, CertifiedNumber
from counter_app.domain.dossier import Applicant, BookPlace, Dossier, FeeMethod
from counter_app.domain.errors import Problem
from counter_app.services.changes import Changes
from counter_app.services.intake.terms import IntakeCheck


@dataclass(frozen=True, slots=True)
class Certify:
    """One visit at the certification counter; texts may still be untidy.

    ``signed``: the signer signs while the person waits, and the papers go back at once; else they wait in the batch signing list.
    ``slip``: form 01, which a procedure of the same day only needs when it is asked for (NĐ 61/2018 Đ17.4). ``stamps``: also print the
    line of each number, to go on or under the testimony.
    """

    applicant: Applicant
    lines: tuple[CertifiedLine, ...]
    method: FeeMethod = FeeMethod.CASH
    exempt_reason: str = ""
    exempt_proof: str = ""
    receipt_series: str = ""
    receipt_number: str = ""
    signed: bool = True
    slip: bool = False
    stamps: bool = False
    paper: str = "a5"
    queue: bool = False
    """Put what is printed into the print queue; it is made and stored in any case."""
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one procedure, by their index: one dossier of the visit, as its intake would take it."""

    lines: tuple[int, ...]
    intake: IntakeCheck


@dataclass(frozen=True, slots=True)
class CertifyCheck:
    """What is right and wrong with a visit, without a write.

    ``amounts`` and ``places`` stand beside ``command.lines``: the fee of each in đồng (None where it can't be told) and the number that it
    will take, if nobody else is quicker. ``parts`` is empty where a problem forbids the visit.
    """

    command: Certify
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    amounts: tuple[int | None, ...]
    places: tuple[BookPlace, ...]
    parts: tuple[Part, ...] = ()

    @property
    def total_vnd(self) -> int:
        """What the visit costs before any exemption."""
        return sum(amount or 0 for amount in self.amounts)

    @property
    def due_at(self) -> datetime | None:
        """When the last paper is due."""
        due = [part.intake.appointment.due_at for part in self.parts if part.intake.appointment and part.intake.appointment.due_at]
        return max(due, default=None)


@dataclass(frozen=True, slots=True)
class Certified:
    """A visit that was taken in: dossiers, numbers and money are durable."""

    visit_id: str
    dossiers: tuple[Dossier, ...]
    numbers: tuple[CertifiedNumber, ...]
    fee_total_vnd: int
    warnings: tuple[Problem, ...]
    print_ids: tuple[str, ...]
    stamp_print_id: str
    changes: Changes

    @property
    def code(self) -> str:
        """The code of the first dossier."""
        return self.dossiers[0].code


@dataclass(frozen=True, slots=True)
class SignVisit:
    """The signer has signed the papers of a visit; ``hand_back``: the person is there and takes them along."""

    visit_id: str
    hand_back: bool = True


@dataclass(frozen=True, slots=True)
class StrikeNumber:
    """A number taken by mistake, why, and whether a receipt for its fee was cancelled."""

    certification_id: str
    reason: str
    receipt_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as lists show it."""

    visit_id: str
    at: datetime
    applicant: str
    codes: tuple[str, ...]
    numbers: tuple[CertifiedNumber, ...]

    @property
    def standing(self) -> tuple[CertifiedNumber, ...]:
        """The numbers that are not struck."""
        return tuple(number for number in self.numbers if number.struck_on is None)

    @property
    def amount_vnd(self) -> int:
        """What the standing numbers cost."""
        return sum(number.amount_vnd for number in self.standing)

    @property
    def is_waiting(self) -> bool:
        """Something of it waits to be signed."""
        return any(number.signed_at is None for number in self.standing)


@dataclass(frozen=True, slots=True)
class CertifiedDay:
    """The newest visits of a day, how many there were, and what they came to."""

    visits: tuple[Visit, ...]
    count: int
    total_vnd: int
