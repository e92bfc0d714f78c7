"""The certification counter: one visit is one act, however many papers, registers and procedures it has (domain guide 1, 9.2, 10).

Decisions where the rules leave a choice:

- A visit becomes one dossier for each procedure in it: copies and a signature are two procedures of the law, counted apart in every
  report. They are received, paid, numbered, signed and given back together, in one transaction, and the visit's id holds them together.
- Numbers of registers are taken in that transaction, so none is ever burned; a number that proves wrong is struck with its reason and
  stays used up, its money is given back, and the dossier says so.
- Whoever waits gets the papers back at once: ``result.ready`` and ``result.returned`` belong to the same act. Else the numbers wait in the
  signing list, and the dossier stays open until the signer has signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.domain.certification import (
    CertificationKind,
    CertifiedLine,
    CertifiedNumber,
    by_procedure,
    fee_of,
    numbered,
    rule_of,
    usual_papers,
)
from counter_app.domain.dossier import BookPlace, DocumentLine, FeeLine, FeeMethod
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.fees import Schedule, schedule_on
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.numbering import require_clock
from counter_app.domain.people import Actor, Permission, Role
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.acting import Acting
from counter_app.services.certification.checks import check_amounts, check_payment, check_people, tidy_visit, with_signers
from counter_app.services.certification.terms import Certified, CertifiedDay, Certify, CertifyCheck, Part, Visit
from counter_app.services.certification.writing import Writing, hand_back
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import require
from counter_app.services.intake.service import IntakeService
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.intake.texts import Findings
from counter_app.services.money.payments import PaymentRecorder
from counter_app.services.numbering.service import NumberingService
from counter_app.services.people.offices import OfficesService, Signer
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.repositories.certification import UsualPaper
from counter_app.services.trail.newest import clock_warnings

TOUCHED = Changes.of("dossiers", "outbox", "books", "numbers", "prints", "payments")
RECENT, LATELY = 12, timedelta(days=30)
_PERSON = ("applicant", "submitter")


class CertificationService:
    """The verb *certify*, and what the counter looks at."""

    def __init__(
        self, acting: Acting, database: Database, clock: Clock, *, intake: IntakeService, numbering: NumberingService,
        offices: OfficesService, payments: PaymentRecorder,
    ) -> None:
        self._acting = acting
        self._database = database
        self._clock = clock
        self._intake = intake
        self._numbering = numbering
        self._offices = offices
        self._payments = payments

    # --- looking ------------------------------------------------------------------------------------------------------

    def signers(self, register: str = "") -> tuple[Signer, ...]:
        """Return who may sign today, for a register or at all; where nobody is named in the settings, the heads who have an account."""
        today = day_of(self._clock.now())
        if named := self._offices.signers(today, register):
            return named
        with self._database.read() as uow:
            return tuple(Signer(user.full_name, user.title) for user in uow.users.all() if user.role is Role.HEAD and not user.disabled)

    def usual(self) -> list[UsualPaper]:
        """Return the papers to suggest: those of today first, then those of the last weeks, then what people often bring anywhere."""
        now = self._clock.now()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        with self._database.read() as uow:
            found = uow.certifications.usual(today - LATELY, today)
        known = {(paper.document_name, paper.kind) for paper in found}
        shipped = (UsualPaper(name, kind, 1, 0, 0) for kind, names in usual_papers().items() for name in names)
        return [*found, *(paper for paper in shipped if (paper.document_name, paper.kind) not in known)]

    def today(self, actor: Actor, *, again: bool = False) -> CertifiedDay:
        """Return the newest visits of today and what the day came to (audited: names stand there).

        ``again``: the list that is open is shown anew because something changed; it was noted when it was opened.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        start = self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        with self._database.read() as uow:
            newest = uow.certifications.newest_visits(start, limit=RECENT)
            count, total = uow.certifications.totals(start)
            visits = visits_of(uow, uow.certifications.of_visits(newest))
        if visits and not again:
            self._note_look(visits, actor)
        return CertifiedDay(tuple(sorted(visits, key=_newest_first, reverse=True)), count, total)

    def waiting(self, actor: Actor) -> list[Visit]:
        """Return the visits whose papers wait to be signed, the oldest first (audited). Raises NOT_ALLOWED."""
        require(actor, Permission.READ)
        with self._database.read() as uow:
            visits = visits_of(uow, uow.certifications.unsigned())
        if visits:
            self._note_look(visits, actor)
        return visits

    def _note_look(self, visits: Sequence[Visit], actor: Actor) -> None:
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, "certified.shown", "", {"visits": len(visits)})
            uow.commit()

    def check(self, command: Certify) -> CertifyCheck:
        """Return every problem and warning of a visit, its fees and the numbers that come next, without a write.

        Raises:
            SurroundingsError: CLOCK_WRONG; and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        now, found = self._clock.now(), Findings()
        require_clock(now)
        with self._database.read() as uow:
            found.warnings += clock_warnings(uow, now)
        today = day_of(now)
        command = tidy_visit(command, found)
        schedule = schedule_on(today)
        amounts = check_amounts(command.lines, [fee_of(line, schedule) for line in command.lines], found)
        check_people(command, found)
        check_payment(command, found)
        command = replace(command, lines=with_signers(command.lines, self._offices.signers(today), found))
        parts = self._parts(command, amounts, schedule, found)
        coming = self._coming(command.lines)
        return CertifyCheck(command, _once(found.problems), _once(found.warnings), amounts, coming, () if found.problems else parts)

    def _parts(
        self, command: Certify, amounts: Sequence[int | None], schedule: Schedule, found: Findings,
    ) -> tuple[Part, ...]:
        parts = []
        for code, indexes in by_procedure(command.lines).items():
            lines, path = [command.lines[at] for at in indexes], f"lines.{indexes[0]}"
            register = rule_of(lines[0].kind).register
            fees = tuple(
                _fee_line(line, amount or 0, command, schedule)
                for line, amount in zip(lines, (amounts[at] for at in indexes), strict=True))
            intake = self._intake.check(ReceiveDossier(
                code, command.applicant, documents=tuple(map(_document, lines)), fees=fees, paper=command.paper))
            if intake.procedure is None:
                found.problems += [replace(each, field=f"{path}.procedure_code") for each in _about(intake.problems, "procedure")]
            elif intake.procedure.certification_register not in ("", register):
                found.forbid("CERTIFY_OTHER_REGISTER", f"{path}.procedure_code", register=register)
            found.problems += _about(intake.problems, *_PERSON, "print")
            found.warnings += _about(intake.warnings, *_PERSON)
            parts.append(Part(indexes, intake))
        return tuple(parts)

    def _coming(self, lines: Sequence[CertifiedLine]) -> tuple[BookPlace, ...]:
        """Return the number that each line will have, if nobody else is quicker; nothing is opened for it."""
        year = self._clock.now().year
        next_of: dict[str, BookPlace] = {}
        coming: dict[int, BookPlace] = {}
        with self._database.read() as uow:
            for group in numbered(lines):
                register = lines[group[0]].register
                place = next_of.get(register) or _next(uow, register, year)
                coming |= dict.fromkeys(group, place)
                next_of[register] = replace(place, ordinal=place.ordinal + 1)
        return tuple(coming[at] for at in range(len(lines)))

    # --- certifying ---------------------------------------------------------------------------------------------------

    def certify(self, command: Certify, actor: Actor) -> Certified:
        """Take a visit in: dossiers, fees, numbers, and the papers back at once where they are signed; all of it or nothing.

        Raises:
            RuleBrokenError: NOT_ALLOWED, BOOK_CLOSED, and every problem of :meth:`check` at its field; no number is used up.
            SurroundingsError: as :meth:`check` and :meth:`~counter_app.services.numbering.service.NumberingService.take`.
        """
        require(actor, Permission.RECEIVE)
        check, now = self.check(command), self._clock.now()
        if check.problems:
            raise RuleBrokenError(*check.problems)
        self._require_open_books(check.command.lines, now)
        with self._numbering.take_many(now, len(check.parts)) as issued, self._acting.transaction(actor) as tx:
            writing = Writing(tx, check, self._payments, new_id(tx.now))
            writing.receive(self._numbering, issued)
            numbers = writing.enter()
            writing.print_slips()
            stamp = writing.print_stamps(numbers)
            for act in tx.acts if check.command.signed else ():
                hand_back(act, numbers)
            if command.draft_id:
                tx.uow.drafts.delete(actor.user_id, command.draft_id)
        dossiers = tuple(act.dossier for act in tx.acts)
        return Certified(
            writing.visit_id, dossiers, tuple(numbers), sum(dossier.fee_total_vnd for dossier in dossiers),
            (*check.warnings, *tx.warnings), tuple(tx.print_ids), stamp, TOUCHED | Changes.of("drafts"))

    def _require_open_books(self, lines: Sequence[CertifiedLine], now: datetime) -> None:
        """Ask before a dossier number is taken for nothing."""
        with self._database.read() as uow:
            for book in dict.fromkeys((DOSSIER_BOOK, *(line.register for line in lines))):
                volumes = uow.logbooks.volumes(book, now.year)
                if volumes and all(volume.closed_on for volume in volumes):
                    raise broken("BOOK_CLOSED", None, book=book, year=now.year)


def visits_of(uow: UnitOfWork, numbers: Sequence[CertifiedNumber]) -> list[Visit]:
    """Return the visits that numbers belong to, each with those of its numbers that are given."""
    visits: dict[str, list[CertifiedNumber]] = {}
    for number in numbers:
        visits.setdefault(number.visit_id, []).append(number)
    return [_visit(uow, visit_id, found) for visit_id, found in visits.items()]


def _visit(uow: UnitOfWork, visit_id: str, numbers: Sequence[CertifiedNumber]) -> Visit:
    known = (uow.dossiers.get(dossier_id) for dossier_id in dict.fromkeys(number.dossier_id for number in numbers))
    dossiers = [dossier for dossier in known if dossier is not None]
    return Visit(visit_id, numbers[0].at, dossiers[0].applicant.full_name, tuple(each.code for each in dossiers), tuple(numbers))


def _next(uow: UnitOfWork, book: str, year: int) -> BookPlace:
    volumes = uow.logbooks.volumes(book, year)
    if not volumes:
        return BookPlace(book, year, 1, 1)
    return BookPlace(book, year, volumes[-1].volume, volumes[-1].first_ordinal + volumes[-1].lines)


def _document(line: CertifiedLine) -> DocumentLine:
    """Return how a line stands among the papers of its dossier: the original that is shown, and the copies that are certified."""
    if line.kind is CertificationKind.COPY:
        return DocumentLine(line.document_name, original=1, photocopy=max(line.copies, 1))
    return DocumentLine(line.document_name, original=max(line.copies, 1))


def _fee_line(line: CertifiedLine, amount: int, command: Certify, schedule: Schedule) -> FeeLine:
    rule = rule_of(line.kind)
    exempt = command.method is FeeMethod.EXEMPT
    return FeeLine(
        "", f"{schedule[rule.tariff].name}: {line.document_name}"[:200], 0 if exempt else amount, command.method,
        receipt_series=command.receipt_series, receipt_number=command.receipt_number,
        exempt_reason=command.exempt_reason if exempt else "", exempt_proof=command.exempt_proof if exempt else "",
        quantity=max(line.copies, 1) if rule.per_copy else 1)


def _about(problems: Sequence[Problem], *members: str) -> list[Problem]:
    return [each for each in problems if (each.field or "").partition(".")[0].partition("_")[0] in members]


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave out what several dossiers of one visit say alike."""
    return tuple({(each.code, each.field): each for each in problems}.values())


def _newest_first(visit: Visit) -> tuple[datetime, str]:
    return visit.at, visit.visit_id
