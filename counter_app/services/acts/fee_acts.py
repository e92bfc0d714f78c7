"""Money for a dossier after its receipt: taken, or given back. The desk records a receipt's series and number, it never issues one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from counter_app.domain import life_facts, projection
from counter_app.domain.dossier import Dossier, FeeLine, FeeMethod
from counter_app.domain.errors import broken
from counter_app.domain.events import FEE_COLLECTED, Event
from counter_app.domain.facts import fee_collected
from counter_app.domain.ids import new_id
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Transaction
from counter_app.services.acts.texts import LINE, NAME, Texts
from counter_app.services.changes import Changes
from counter_app.services.intake.checks import MOST_FEES

MOST_VND = 10_000_000_000
PAYING = (FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL)


class Payments(Protocol):
    """Who keeps the money's own record, in the transaction of the act."""

    def collected(self, act: Act, line: FeeLine, payer: str, event: Event) -> None:
        """A line was paid."""

    def reversed(self, act: Act, line: FeeLine, reason: str, event: Event) -> None:
        """What was paid for a line was given back; ``line`` is as it was when it was paid."""


@dataclass(frozen=True, slots=True)
class CollectFee:
    """A line to collect: one of the dossier by ``fee_line_id``, or a new one (``line``) that nobody foresaw. ``payer``: the applicant.

    ``amount_vnd``: how much was taken, where the caller says so; it must be what is owed.
    """

    code: str
    fee_line_id: str = ""
    method: FeeMethod = FeeMethod.CASH
    receipt_series: str = ""
    receipt_number: str = ""
    line: FeeLine | None = None
    payer: str = ""
    amount_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class ReverseFee:
    """A line whose money is given back, why, and whether its receipt was cancelled."""

    code: str
    fee_line_id: str
    reason: str
    receipt_cancelled: bool = False


class FeeActs:
    """The verbs *collect fee* and *reverse fee*."""

    def __init__(self, acting: Acting, payments: Payments | None = None) -> None:
        self._acting = acting
        self._payments = payments

    def collect(self, command: CollectFee, actor: Actor) -> Done:
        """Take money for one line.

        Raises:
            RuleBrokenError: FEE_LINE_UNKNOWN, FEE_LINE_PAID, FEE_LINE_OR_NEW at ``fee_line_id``; FEE_METHOD, FEE_WAIVER_LATE at ``method``;
                FEE_AMOUNT_OTHER at ``amount_vnd``; TEXT_NEEDED, FEES_TOO_MANY at ``name``, FEE_AMOUNT_IMPOSSIBLE at ``amount_vnd`` of a new
                line; what is wrong with texts; as :meth:`Transaction.take`.
        """
        texts = Texts()
        series, number = texts.may(command.receipt_series, "receipt_series", 30), texts.may(command.receipt_number, "receipt_number", 30)
        payer = texts.may(command.payer, "payer", NAME)
        if command.method is FeeMethod.EXEMPT:  # the contract knows money that comes and goes, no waiver after intake
            texts.forbid("FEE_WAIVER_LATE", "method")
        elif command.method not in PAYING:
            texts.forbid("FEE_METHOD", "method")
        if command.line and command.fee_line_id:
            texts.forbid("FEE_LINE_OR_NEW", "fee_line_id")
        new = command.line and _new_line(command.line, texts)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = _taken(tx, command, new)
            line = replace(new, fee_line_id=new_id(tx.now)) if new else _owed(act.dossier, command)
            paid = replace(
                line, method=command.method, receipt_series=series, receipt_number=number, collected_at=tx.now, collector=actor.user_id)
            after = projection.fee_changed(act.dossier, paid)
            settles = after.status is not act.dossier.status
            facts = {**fee_collected(after, paid, tx.now), "settles_obligation": settles}
            event = act.record(after, facts, FEE_COLLECTED)
            if self._payments:
                self._payments.collected(act, paid, payer or act.dossier.applicant.full_name, event)
                tx.changes |= Changes.of("payments")
        return tx.done()

    def reverse(self, command: ReverseFee, actor: Actor) -> Done:
        """Give the money of one line back; the line is owed again until it is paid anew.

        Raises:
            RuleBrokenError: FEE_LINE_UNKNOWN, FEE_LINE_NOT_PAID at ``fee_line_id``; TEXT_NEEDED at ``reason`` and what else is wrong with
                it; as :meth:`Transaction.take`.
        """
        texts = Texts()
        reason = texts.need(command.reason, "reason", LINE)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.REVERSE_FEE)
            give_money_back(act, command.fee_line_id, reason, self._payments, receipt_cancelled=command.receipt_cancelled)
        return tx.done()


def give_money_back(act: Act, fee_line_id: str, reason: str, payments: Payments | None, *, receipt_cancelled: bool) -> None:
    """Reverse a paid line in a transaction that is open already; raises as :meth:`FeeActs.reverse`."""
    tx, line = act.transaction, _line(act.dossier, fee_line_id)
    if not line.is_paid:
        raise broken("FEE_LINE_NOT_PAID", "fee_line_id")
    owed = replace(line, method=FeeMethod.UNPAID, receipt_series="", receipt_number="", collected_at=None, collector="")
    facts = life_facts.fee_reversed(act.dossier, line, tx.now, reason, receipt_cancelled=receipt_cancelled)
    event = act.record(projection.fee_changed(act.dossier, owed), facts)
    if payments:
        payments.reversed(act, line, reason, event)
        tx.changes |= Changes.of("payments")


def _taken(tx: Transaction, command: CollectFee, new: FeeLine | None) -> Act:
    """Take the dossier; a new line is owed by being named, so that *nothing owed* is no objection then."""
    if new is None:
        return tx.take(command.code, Verb.COLLECT_FEE)
    act = tx.take(command.code, Verb.NOTE)
    if len(act.dossier.fees) >= MOST_FEES:
        raise broken("FEES_TOO_MANY", "name", limit=MOST_FEES)
    act.verb = Verb.COLLECT_FEE
    return act


def _owed(dossier: Dossier, command: CollectFee) -> FeeLine:
    owed = [line for line in dossier.fees if line.is_owed]
    line = owed[0] if not command.fee_line_id and len(owed) == 1 else _line(dossier, command.fee_line_id)
    if not line.is_owed:
        raise broken("FEE_LINE_PAID", "fee_line_id")
    if command.amount_vnd not in (None, line.amount_vnd):
        raise broken("FEE_AMOUNT_OTHER", "amount_vnd", amount=line.amount_vnd)
    return line


def _line(dossier: Dossier, fee_line_id: str) -> FeeLine:
    found = next((line for line in dossier.fees if line.fee_line_id == fee_line_id), None)
    if found is None:
        raise broken("FEE_LINE_UNKNOWN", "fee_line_id")
    return found


def _new_line(line: FeeLine, texts: Texts) -> FeeLine:
    if not 0 < line.amount_vnd <= MOST_VND:
        texts.forbid("FEE_AMOUNT_IMPOSSIBLE", "amount_vnd")
    return replace(line, name=texts.need(line.name, "name", NAME), fee_code=texts.may(line.fee_code, "fee_code", 60))
