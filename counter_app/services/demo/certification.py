"""People who come to have something certified on a day of the demonstration, and the slips of the hand that happen there."""

from __future__ import annotations

from random import Random
from typing import Protocol

from counter_app.domain.certification import CertificationKind, CertifiedLine, usual_papers
from counter_app.domain.dossier import FeeMethod
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Printing
from counter_app.services.certification.acts import CertificationActs
from counter_app.services.certification.service import CertificationService
from counter_app.services.certification.terms import Certified, Certify, SignVisit, StrikeNumber
from counter_app.services.demo.people import DemoPeople

KINDS = {CertificationKind.COPY: 84, CertificationKind.SIGNATURE: 12, CertificationKind.TRANSLATOR: 1, CertificationKind.TRANSACTION: 3}
"""How many of a hundred lines are of which kind."""
SIGNER, TITLE = "Hoàng Thị Giả Định", "Phó Chủ tịch"
EVERY = 2
"""One visit for so many other dossiers."""
MISTAKEN, MISTAKE = 4, "Gõ nhầm tên giấy tờ"
SERIES, FIRST_RECEIPT = "AA/26E", 1401
EXEMPT, PROOF = "Vay vốn phục vụ nông nghiệp", "Giấy đề nghị vay vốn số 01 (mẫu)"


class CertifyingDesk(Protocol):
    """What the visits need of an open desk."""

    @property
    def certification(self) -> CertificationService:
        """For certifying."""

    @property
    def certified(self) -> CertificationActs:
        """For striking."""


class DemoCertifications:
    """Certifies visit after visit. The same seed makes the same visits, whatever else the day brings."""

    def __init__(self, counter: CertifyingDesk, seed: int, place: str) -> None:
        self._counter = counter
        self._rng = Random(seed + 1)  # noqa: S311  sample data, no secret
        self._people = DemoPeople(self._rng, place)
        self._papers = usual_papers()
        self.done: list[Certified] = []

    def come(self, number: int, actor: Actor) -> None:
        """Let the people of a moment come, if any; ``number`` counts the other dossiers of the day from 0."""
        if number % EVERY:
            return
        self.done.append(self._counter.certification.certify(self.visit(), actor))
        if len(self.done) == MISTAKEN:
            wrong = self.done[-1].numbers[-1]
            self._counter.certified.strike(StrikeNumber(wrong.certification_id, MISTAKE), actor)

    def sign_batch(self, actor: Actor) -> list[tuple[str, str]]:
        """Bring what waits to the signer with its list; all but the newest visit comes back signed. Return name and print of the list."""
        waiting = sorted(self._counter.certification.waiting(actor), key=lambda visit: (visit.at, visit.visit_id))
        if not waiting:
            return []
        print_id = self._counter.certified.print_signing_list(actor, Printing(paper="a4", queue=False))
        for visit in waiting[:-1]:
            self._counter.certified.sign(SignVisit(visit.visit_id), actor)
        return [("signing-list", print_id)]

    def visit(self) -> Certify:
        """Return the next visit."""
        rng, lines = self._rng, tuple(self._line() for _ in range(self._rng.choice((1, 1, 2, 3, 4))))
        exempt = rng.random() < 0.04
        method = FeeMethod.EXEMPT if exempt else FeeMethod.TRANSFER if rng.random() < 0.3 else FeeMethod.CASH
        receipt = f"{FIRST_RECEIPT + len(self.done):07d}"
        return Certify(
            self._people.person(), lines, method, EXEMPT if exempt else "", PROOF if exempt else "", "" if exempt else SERIES,
            "" if exempt else receipt, signed=rng.random() < 0.9)

    def _line(self) -> CertifiedLine:
        rng = self._rng
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        name = rng.choice(self._papers[kind])
        if kind is not CertificationKind.COPY:
            return CertifiedLine(kind, name, copies=1, signer=SIGNER, signer_title=TITLE)
        pages, copies = rng.choice((1, 1, 1, 2, 2, 4, 12)), rng.choice((1, 1, 2, 2, 3, 5))
        return CertifiedLine(kind, name, pages, copies, signer=SIGNER, signer_title=TITLE)
