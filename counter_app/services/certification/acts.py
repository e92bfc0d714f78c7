"""What happens at the certification counter after the numbers were taken: signing, giving back, striking, printing again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain import life_facts, projection
from counter_app.domain.certification import CertifiedNumber
from counter_app.domain.dossier import Dossier, FeeMethod, Status
from counter_app.domain.errors import broken
from counter_app.domain.events import NOTE_ADDED
from counter_app.domain.facts import note_added
from counter_app.domain.ids import new_id
from counter_app.domain.life import Ending, FeesHandling
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Printing, Transaction
from counter_app.services.acts.texts import LINE, Texts
from counter_app.services.acts.undo import NOT_SENT
from counter_app.services.certification.content import SIGNING_LIST, signing_list
from counter_app.services.certification.service import visits_of
from counter_app.services.certification.terms import SignVisit, StrikeNumber
from counter_app.services.certification.writing import hand_back, print_stamps
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import dossier_with_id
from counter_app.services.money.payments import PaymentRecorder
from counter_app.services.recording import write_audit
from counter_app.support.messages import text

TOUCHED = Changes.of("books", "payments")


class CertificationActs:
    """The verbs on numbers that were taken."""

    def __init__(self, acting: Acting, payments: PaymentRecorder) -> None:
        self._acting = acting
        self._payments = payments

    def sign(self, command: SignVisit, actor: Actor) -> Done:
        """Note that the signer has signed a visit's papers, and give them back where the person is there.

        Raises:
            RuleBrokenError: VISIT_UNKNOWN; VISIT_SIGNED, nothing of it waits; as :meth:`Transaction.take`.
        """
        with self._acting.transaction(actor) as tx:
            numbers = _numbers(tx, command.visit_id)
            waiting = [number for number in numbers if number.signed_at is None and number.struck_on is None]
            if not waiting:
                raise broken("VISIT_SIGNED")
            for dossier_id in dict.fromkeys(number.dossier_id for number in waiting):
                act = tx.take_dossier(dossier_with_id(tx.uow, dossier_id), Verb.RESULT_READY)
                hand_back(act, waiting, returned=command.hand_back)
            tx.uow.certifications.sign(command.visit_id, tx.now)
            tx.changes |= TOUCHED
        return tx.done()

    def strike(self, command: StrikeNumber, actor: Actor) -> Done:
        """Strike a number: its line stays in the register with the reason, its money is given back, its dossier says so.

        A dossier of which no number is left and that is still open ends as withdrawn; one that was given back stays given back. The number
        is never used again.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason`` and what else is wrong with it; NUMBER_UNKNOWN; LINE_STRUCK; STRIKE_IN_CLOSED.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", LINE)
        texts.close()
        with self._acting.transaction(actor) as tx:
            number = tx.uow.certifications.get(command.certification_id)
            if number is None:
                raise broken("CERTIFIED_NUMBER_UNKNOWN")
            self._strike(tx, number, reason, receipt_cancelled=command.receipt_cancelled)
        return tx.done()

    def undo(self, visit_id: str, actor: Actor) -> Done:
        """Take a whole visit back while nothing of it is printed or sent: each of its numbers is struck, all money is given back.

        Raises:
            RuleBrokenError: VISIT_UNKNOWN; VISIT_STRUCK; UNDO_SENT, UNDO_PRINTED; as :meth:`strike`.
        """
        with self._acting.transaction(actor) as tx:
            standing = [number for number in _numbers(tx, visit_id) if number.struck_on is None]
            if not standing:
                raise broken("VISIT_STRUCK")
            _call_off(tx, visit_id, {number.dossier_id for number in standing})
            for number in standing:
                self._strike(tx, number, text("CERTIFY_UNDONE", "vi"), receipt_cancelled=True)
        return tx.done()

    def _strike(self, tx: Transaction, number: CertifiedNumber, reason: str, *, receipt_cancelled: bool) -> None:
        _require_open_volume(tx, number)
        tx.uow.logbooks.strike(number.place, reason, day_of(tx.now))
        tx.uow.certifications.strike(number.certification_id, reason, day_of(tx.now))
        act = tx.take_dossier(dossier_with_id(tx.uow, number.dossier_id), Verb.NOTE)
        for fee_line_id in number.fee_line_ids:
            self._give_back(act, fee_line_id, reason, receipt_cancelled=receipt_cancelled)
        act.record(act.dossier, note_added(text("CERTIFY_STRUCK", "vi", number=number.label, reason=reason)), NOTE_ADDED)
        _end_if_empty(act, number, reason)
        tx.changes |= TOUCHED

    def print_stamps(self, visit_id: str, actor: Actor, *, queue: bool) -> str:
        """Print the testimonies of a visit's standing numbers again (audited), and return the print id.

        Raises:
            RuleBrokenError: VISIT_UNKNOWN; VISIT_STRUCK, none of its numbers stands; VISIT_ELECTRONIC, nothing of it is on paper.
        """
        with self._acting.transaction(actor) as tx:
            standing = [number for number in _numbers(tx, visit_id) if number.struck_on is None]
            if not standing:
                raise broken("VISIT_STRUCK")
            write_audit(tx.uow, tx.now, actor.user_id, "stamps.printed", visit_id, {"numbers": len(standing)})
            if print_id := print_stamps(tx, standing, queue=queue):
                return print_id
            raise broken("VISIT_ELECTRONIC")

    def print_signing_list(self, actor: Actor, how: Printing) -> str:
        """Print the list of all that waits to be signed (audited), and return the print id.

        Raises:
            RuleBrokenError: NOTHING_TO_SIGN; PAPER_UNKNOWN at ``paper``.
        """
        with self._acting.transaction(actor) as tx:
            visits = visits_of(tx.uow, tx.uow.certifications.unsigned())
            if not visits:
                raise broken("NOTHING_TO_SIGN")
            write_audit(tx.uow, tx.now, actor.user_id, "signing_list.printed", "", {"visits": len(visits)})
            content = signing_list(visits, tx.profile, tx.form(SIGNING_LIST), tx.now, clerk=tx.clerk())
            return tx.print_form(new_id(tx.now), (), content, how)

    def _give_back(self, act: Act, fee_line_id: str, reason: str, *, receipt_cancelled: bool) -> None:
        """Give back the money of one line, which is no longer due: the number that it was for stands no more."""
        line = next(each for each in act.dossier.fees if each.fee_line_id == fee_line_id)
        if not line.is_paid:
            return
        tx, act.verb = act.transaction, Verb.REVERSE_FEE
        gone = replace(
            line, amount_vnd=0, method=FeeMethod.EXEMPT, exempt_reason=reason, receipt_series="", receipt_number="", collected_at=None,
            collector="")
        facts = life_facts.fee_reversed(act.dossier, line, tx.now, reason, receipt_cancelled=receipt_cancelled)
        event = act.record(projection.fee_changed(act.dossier, gone), facts)
        self._payments.reversed(act, line, reason, event)


def _numbers(tx: Transaction, visit_id: str) -> Sequence[CertifiedNumber]:
    numbers = tx.uow.certifications.of_visits([visit_id])
    if not numbers:
        raise broken("VISIT_UNKNOWN")
    return numbers


def _call_off(tx: Transaction, visit_id: str, dossier_ids: set[str]) -> None:
    """Call the prints of a visit off. Raises RuleBrokenError UNDO_SENT, UNDO_PRINTED where it is too late."""
    op_ids = [event.op_id for dossier_id in dossier_ids for event in tx.uow.events.of_dossier(dossier_id)]
    if set(tx.uow.events.states(op_ids).values()) - {NOT_SENT}:
        raise broken("UNDO_SENT")
    made = {form.print_id for subject in (visit_id, *dossier_ids) for form in tx.uow.prints.of_dossier(subject)}
    waiting = {job.print_id: job for job in tx.uow.prints.open_jobs() if job.state == "waiting"}
    if made - set(waiting):
        raise broken("UNDO_PRINTED")
    for print_id in made:
        tx.uow.prints.update_job(replace(waiting[print_id], state="cancelled"))


def _require_open_volume(tx: Transaction, number: CertifiedNumber) -> None:
    place = number.place
    volume = next(each for each in tx.uow.logbooks.volumes(place.book, place.year) if each.volume == place.volume)
    if volume.closed_on is not None:
        raise broken("STRIKE_IN_CLOSED", None, year=place.year, volume=place.volume)


def _end_if_empty(act: Act, struck: CertifiedNumber, reason: str) -> None:
    """End an open dossier of which every number is struck: there is nothing left to sign."""
    tx = act.transaction
    mine = [each for each in _numbers(tx, struck.visit_id) if each.dossier_id == struck.dossier_id]
    if act.dossier.status is not Status.RECEIVED or any(each.struck_on is None for each in mine):
        return
    ending = Ending(tx.now, reason, decided_by=tx.clerk(), papers_returned=True, fees=_fees(act.dossier))
    act.verb = Verb.WITHDRAW
    after = projection.ended(act.dossier, Verb.WITHDRAW, ending)
    act.record(after, life_facts.withdrawn(ending))


def _fees(dossier: Dossier) -> FeesHandling:
    return FeesHandling.REFUNDED if dossier.fees else FeesHandling.NOT_CHARGED
