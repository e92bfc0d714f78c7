"""One visit while it is being written: its dossiers, its money, its numbers, and what is printed of it, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain import life_facts, projection
from counter_app.domain.certification import CertificationKind, CertifiedLine, CertifiedNumber, is_electronic, numbered
from counter_app.domain.dossier import Applicant, CodeOfDossier, Dossier, FeeMethod
from counter_app.domain.events import DOSSIER_RECEIVED, FEE_COLLECTED
from counter_app.domain.facts import dossier_received, fee_collected
from counter_app.domain.ids import new_id
from counter_app.domain.life import HandedBack, ReceiverKind, ResultPaper, Signed
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.numbering import IssuedNumber
from counter_app.domain.record import national_record
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.acting import Act, Printing, Transaction
from counter_app.services.certification.content import stamp_content
from counter_app.services.certification.terms import Certify, CertifyCheck, Part
from counter_app.services.certification.testimonies import STAMP, Attested, own_texts
from counter_app.services.documents.print_queue import queued
from counter_app.services.documents.slips import COPIES
from counter_app.services.dossiers.access import dossier_with_id
from counter_app.services.intake.projection import first_projection, limit_of, result_place
from counter_app.services.money.payments import PaymentRecorder
from counter_app.services.numbering.service import NumberingService
from counter_app.services.trail.print_notes import keep_print
from counter_app.support.messages import text


@dataclass(slots=True)
class Writing:
    """The visit on its way. ``acts`` are its dossiers, by the index of each line."""

    tx: Transaction
    check: CertifyCheck
    payments: PaymentRecorder
    visit_id: str
    acts: dict[int, Act] = field(default_factory=dict)

    @property
    def command(self) -> Certify:
        """The visit, tidied."""
        return self.check.command

    def receive(self, numbering: NumberingService, issued: Sequence[IssuedNumber]) -> None:
        """Take the dossiers in, each with its fees."""
        for part, number in zip(self.check.parts, issued, strict=True):
            act = self._dossier(part, number)
            numbering.record(self.tx.uow, number, act.dossier.dossier_id)
            self._collect(act)
            for at in part.lines:
                self.acts[at] = act

    def _dossier(self, part: Part, number: IssuedNumber) -> Act:
        tx, check, procedure = self.tx, part.intake, part.intake.procedure
        if procedure is None:
            raise AssertionError("a part that was checked has a procedure")
        code = CodeOfDossier(number.code, number.kind)
        first = first_projection(check, procedure, tx.profile, tx.actor, dossier_id=new_id(tx.now), code=code)
        place = tx.uow.logbooks.next_place(DOSSIER_BOOK, tx.now.year)
        paid = tuple(replace(line, collected_at=tx.now, collector=tx.actor.user_id) if line.is_paid else line for line in first.fees)
        dossier = replace(first, place=place, fees=paid, on_the_spot=self.command.signed and procedure.on_the_spot)
        tx.uow.dossiers.add(dossier)
        tx.uow.logbooks.add_line(place, dossier.dossier_id, day_of(tx.now))
        act = Act(tx, Verb.RESULT_READY, dossier)
        tx.acts.append(act)
        facts = dossier_received(
            dossier, limit=limit_of(procedure, "").limit, case="", result_place=result_place(dossier, tx.profile))
        act.record(dossier, facts, DOSSIER_RECEIVED, ho_so=national_record(dossier, procedure))
        return act

    def _collect(self, act: Act) -> None:
        """Take the money of each line at once, or write down why none is asked."""
        tx, payer = self.tx, self.command.applicant.full_name
        for line in act.dossier.fees:
            if line.is_paid:
                event = act.record(act.dossier, fee_collected(act.dossier, line, tx.now), FEE_COLLECTED)
                self.payments.collected(act, line, payer, event)
            else:
                self.payments.waived(tx.uow, act.dossier, line, payer=payer, actor=tx.actor, at=tx.now)

    def enter(self) -> list[CertifiedNumber]:
        """Take the numbers, in the order of the lines, each with its line in its register."""
        lines, numbers = self.command.lines, []
        for position, group in enumerate(numbered(lines), start=1):
            number = self._number(position, group)
            self.tx.uow.logbooks.add_line(
                number.place, number.dossier_id, day_of(number.at), ref=number.certification_id,
                content=register_columns(number, lines[group[0]], self.command))
            self.tx.uow.certifications.add(number)
            numbers.append(number)
        return numbers

    def _number(self, position: int, group: tuple[int, ...]) -> CertifiedNumber:
        tx, lines, first = self.tx, [self.command.lines[at] for at in group], group[0]
        act = self.acts[first]
        fees = [act.dossier.fees[self._fee_index(at)] for at in group]
        return CertifiedNumber(
            certification_id=f"{self.visit_id}-{position:02d}", visit_id=self.visit_id, dossier_id=act.dossier.dossier_id,
            place=tx.uow.logbooks.next_place(lines[0].register, tx.now.year), at=tx.now, kind=lines[0].kind,
            document_name=lines[0].document_name, pages=lines[0].pages, copies=sum(line.copies for line in lines),
            amount_vnd=sum(fee.amount_vnd for fee in fees), fee_line_ids=tuple(fee.fee_line_id for fee in fees),
            signer=lines[0].signer, signer_title=lines[0].signer_title, signed_at=tx.now if self.command.signed else None)

    def _fee_index(self, at: int) -> int:
        part = next(part for part in self.check.parts if at in part.lines)
        return part.lines.index(at)

    def print_slips(self) -> None:
        """Print form 01 of each dossier, where it was asked for."""
        tx, how = self.tx, Printing(paper=self.command.paper, queue=self.command.queue)
        for act in tx.acts if self.command.slip else ():
            act.print_form(tx.maker.content(act.dossier, tx.profile, tx.clerk(), tx.now), how, copies=COPIES)

    def print_stamps(self, numbers: Sequence[CertifiedNumber]) -> str:
        """Store the lines of the numbers to print under the testimonies, and return their print id; empty where none are wanted.

        They go on the citizen's own papers: no slip of the desk, so no event tells of them.
        """
        if not self.command.stamps:
            return ""
        return print_stamps(self.tx, numbers, queue=self.command.queue)


def print_stamps(tx: Transaction, numbers: Sequence[CertifiedNumber], *, queue: bool) -> str:
    """Store, and queue, the testimonies of numbers; return the print id, empty for copies that are signed electronically alone."""
    on_paper = [_attested(tx, number) for number in numbers if not is_electronic(number.place.book)]
    if not on_paper:
        return ""
    content = stamp_content(on_paper, tx.profile, tx.form(STAMP), own_texts(tx.uow))
    form = tx.maker.made(numbers[0].visit_id, f"{STAMP}/{new_id(tx.now)}", content, tx.profile.paper, tx.now)
    keep_print(tx.uow, form, tx.actor.user_id, tx.now)
    if queue:
        tx.uow.prints.add_job(queued(form.print_id, tx.profile.printer, 1, tx.now, device=tx.profile.device))
    return form.print_id


def _attested(tx: Transaction, number: CertifiedNumber) -> Attested:
    """Return a number with those who sign, as the register has them, and the clerk who took it in."""
    dossier, place = dossier_with_id(tx.uow, number.dossier_id), number.place
    (line,) = tx.uow.logbooks.lines(place.book, place.year, place.volume, first=place.ordinal, count=1)
    person, clerk = dossier.applicant, tx.uow.users.get(dossier.received_by)
    people = str((line.content or {})["applicant"])
    if person.id_number and people == _with_paper(person):
        people = tx.form(STAMP).say("person", name=person.full_name, number=person.id_number)
    return Attested(number, dossier.procedure_code, people, clerk.full_name if clerk else "")


def hand_back(act: Act, numbers: Sequence[CertifiedNumber], *, returned: bool = True) -> None:
    """Note that the papers of a dossier are signed and, while the person is there, given back; the register is signed for them."""
    tx, dossier = act.transaction, act.dossier
    procedure = tx.uow.catalogue.version(dossier.procedure_version)
    code = procedure.results[0].code if procedure and procedure.results else ""
    results = tuple(_result(number, dossier, code) for number in numbers if number.dossier_id == dossier.dossier_id)
    act.verb = Verb.RESULT_READY
    act.record(projection.result_ready(dossier, results, tx.now), life_facts.result_ready(results, tx.now))
    if returned:
        originals = sum(line.original for line in dossier.documents)
        back = HandedBack(
            tx.now, ReceiverKind.APPLICANT, dossier.applicant.full_name, dossier.applicant.id_number, Signed.BOOK, originals)
        act.verb = Verb.RETURN
        act.record(projection.returned(act.dossier, back), life_facts.returned(back))


def _result(number: CertifiedNumber, dossier: Dossier, code: str) -> ResultPaper:
    return ResultPaper(
        new_id(number.at), number.document_name, code, number.label, number.at, dossier.handled_by, number.signer, number.signer_title)


def register_columns(number: CertifiedNumber, line: CertifiedLine, command: Certify) -> dict[str, Any]:
    """Return the columns of a line of a certification register as they were written (domain guide 9.2), under names of our own.

    ``applicant`` is who asked; in the registers that attest people their paper stands beside the name, in that of transactions the
    parties.
    """
    person = command.applicant
    who = person.full_name
    if number.kind is not CertificationKind.COPY and person.id_number:
        who = _with_paper(person)
    notes = [text("CERTIFY_EXEMPT", "vi", reason=command.exempt_reason)] if command.method is FeeMethod.EXEMPT else []
    return {
        "date": day_of(number.at).isoformat(), "applicant": line.parties or who, "document": number.document_name,
        "signer": ", ".join(filter(None, (number.signer, number.signer_title))), "copies": number.copies,
        "fee_vnd": number.amount_vnd, "note": "; ".join(notes),
    }


def _with_paper(person: Applicant) -> str:
    return f"{person.full_name}, {person.id_number}"
