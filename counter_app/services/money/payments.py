"""Each payment written down twice in the transaction of the act that it belongs to: as a payment, and as a line of the fees book.

A line of the fees book never changes: money that is given back is a line of its own, with a minus (domain guide 9.3).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier, FeeLine, FeeMethod
from counter_app.domain.errors import Problem
from counter_app.domain.events import Event
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.money import FEES_BOOK, Payment
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act
from counter_app.services.ports import UnitOfWork


class PaymentRecorder:
    """Writes payments. Every method works in the caller's transaction and returns the payment; nothing is kept in between.

    All raise RuleBrokenError BOOK_CLOSED where the fees book of the year is closed.
    """

    @staticmethod
    def taken(
        uow: UnitOfWork, dossier: Dossier, line: FeeLine, *, payer: str, actor: Actor, at: datetime, op_id: str | None,
    ) -> Payment:
        """Write down that a line was paid; ``op_id`` is the event that says so."""
        return _write(uow, _payment(dossier, line, payer=payer, actor=actor, at=at, op_id=op_id))

    @staticmethod
    def given_back(
        uow: UnitOfWork, dossier: Dossier, line: FeeLine, *, actor: Actor, at: datetime, op_id: str | None, reason: str,
        receipt_cancelled: bool,
    ) -> Payment:
        """Write down that the money of a line went back to who paid it; ``line`` is as it was when it was paid."""
        paid = _last_paid(uow, dossier.dossier_id, line.fee_line_id)
        back = replace(
            _payment(dossier, line, payer=paid.payer if paid else dossier.applicant.full_name, actor=actor, at=at, op_id=op_id),
            amount_vnd=-line.amount_vnd, reverses=paid.payment_id if paid else None, reason=reason, receipt_cancelled=receipt_cancelled)
        return _write(uow, back)

    @staticmethod
    def waived(uow: UnitOfWork, dossier: Dossier, line: FeeLine, *, payer: str, actor: Actor, at: datetime) -> Payment:
        """Write down that nothing was asked for a line, for which reason and by which proof."""
        return _write(uow, _payment(dossier, line, payer=payer, actor=actor, at=at, op_id=None))

    def collected(self, act: Act, line: FeeLine, payer: str, event: Event) -> None:
        """Write down what the verb *collect fee* took; warning: RECEIPT_USED."""
        tx = act.transaction
        tx.warnings += receipt_warnings(tx.uow, line, act.dossier.dossier_id)
        self.taken(tx.uow, act.dossier, line, payer=payer, actor=event.actor, at=event.occurred_at, op_id=event.op_id)

    def reversed(self, act: Act, line: FeeLine, reason: str, event: Event) -> None:
        """Write down what the verb *reverse fee* gave back."""
        self.given_back(
            act.transaction.uow, act.dossier, line, actor=event.actor, at=event.occurred_at, op_id=event.op_id, reason=reason,
            receipt_cancelled=bool(event.facts["receipt_cancelled"]))


def receipt_warnings(uow: UnitOfWork, line: FeeLine, dossier_id: str = "", field: str = "receipt_number") -> list[Problem]:
    """Return RECEIPT_USED at ``field`` where another dossier has the receipt of a line already, or where that receipt was cancelled.

    One receipt may stand for several fees of one dossier.
    """
    if not line.receipt_number:
        return []
    known = uow.payments.with_receipt(line.receipt_series, line.receipt_number)
    taken = next((each for each in known if each.dossier_id != dossier_id or each.receipt_cancelled), None)
    return [Problem("RECEIPT_USED", field, {"receipt": taken.receipt, "code": taken.code})] if taken else []


def _payment(dossier: Dossier, line: FeeLine, *, payer: str, actor: Actor, at: datetime, op_id: str | None) -> Payment:
    return Payment(
        payment_id=new_id(at), dossier_id=dossier.dossier_id, fee_line_id=line.fee_line_id, at=at, amount_vnd=line.amount_vnd,
        method=line.method, collector=actor.user_id, name=line.name, payer=payer, code=dossier.code, quantity=line.quantity,
        receipt_series=line.receipt_series, receipt_number=line.receipt_number, exempt_reason=line.exempt_reason,
        exempt_proof=line.exempt_proof, op_id=op_id)


def _last_paid(uow: UnitOfWork, dossier_id: str, fee_line_id: str) -> Payment | None:
    """Return the payment of a line that was not given back yet; None for money that was taken before payments were kept."""
    known = uow.payments.of_dossier(dossier_id)
    gone = {each.reverses for each in known}
    standing = [each for each in known if each.fee_line_id == fee_line_id and each.amount_vnd > 0 and each.payment_id not in gone]
    return standing[-1] if standing else None


def _write(uow: UnitOfWork, payment: Payment) -> Payment:
    place = uow.logbooks.next_place(FEES_BOOK, payment.at.year)
    uow.payments.add(payment)
    uow.logbooks.add_line(place, payment.dossier_id, day_of(payment.at), ref=payment.payment_id, content=book_columns(uow, payment))
    return payment


def book_columns(uow: UnitOfWork, payment: Payment) -> dict[str, Any]:
    """Return the columns of a line of the fees book as they were written; ``handed_in`` is known only after a count."""
    user = uow.users.get(payment.collector)
    exempt = payment.method is FeeMethod.EXEMPT
    return {
        "date": day_of(payment.at).isoformat(), "code": payment.code, "payer": payment.payer, "fee": payment.name,
        "quantity": payment.quantity, "unit_price_vnd": payment.unit_price_vnd, "amount_vnd": payment.amount_vnd,
        "method": payment.method.value, "receipt": payment.receipt,
        "exempt_reason": ": ".join(filter(None, (payment.exempt_reason, payment.exempt_proof))) if exempt else payment.reason,
        "collector": user.full_name if user else "",
    }
