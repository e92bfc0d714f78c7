"""Payments and their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, insert, or_, select, update

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.money import CashCount, MethodTotal, Payment
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, read_json, stored, to_plain, write_json

_p = t.payment.c
_IN_ORDER = (_p.at, _p.payment_id)
_back = t.payment.alias("back")
_GIVEN_BACK = exists().where(_back.c.dossier_id == _p.dossier_id, _back.c.reverses == _p.payment_id)
"""Asked by the dossier, for which there is an index."""
_SETTLED = or_(_p.method != FeeMethod.TRANSFER.value, _p.matched_at.is_not(None), _p.reverses.is_not(None), _GIVEN_BACK)
_TO_COUNT, _UNMATCHED = and_(t.OPEN_PAYMENTS, _SETTLED), and_(t.OPEN_PAYMENTS, ~_SETTLED)


class SqlPayments:
    """:class:`~counter_app.services.repositories.money.PaymentRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, payment: Payment) -> None:
        """Add a payment."""
        self._connection.execute(insert(t.payment), {column.name: to_plain(getattr(payment, column.name)) for column in t.payment.c})

    def get(self, payment_id: str) -> Payment | None:
        """Return one payment."""
        return next(iter(self._found(_p.payment_id == payment_id)), None)

    def of_dossier(self, dossier_id: str) -> list[Payment]:
        """Return the payments of a dossier, the oldest first."""
        return self._found(_p.dossier_id == dossier_id)

    def with_receipt(self, series: str, number: str) -> list[Payment]:
        """Return the payments that bear a receipt, the oldest first."""
        return self._found(and_(_p.receipt_number == number, _p.receipt_series == series))

    def between(self, start: datetime, end: datetime) -> Iterator[Payment]:
        """Yield the payments of [start, end), the oldest first."""
        wanted = select(t.payment).where(_during(start, end)).order_by(*_IN_ORDER)
        for row in self._connection.execute(wanted, execution_options={"yield_per": 500}):
            yield _payment(row)

    def totals(self, start: datetime, end: datetime) -> list[MethodTotal]:
        """Return the sums of [start, end) by collector and method."""
        return self._totals(_during(start, end))

    def uncounted(self) -> list[MethodTotal]:
        """Return the sums by collector and method of what is to be counted."""
        return self._totals(_TO_COUNT)

    def unmatched(self, *, limit: int) -> list[Payment]:
        """Return the transfers that nobody found on the bank's list yet, the oldest first."""
        return self._found(_UNMATCHED, limit)

    def match(self, payment_id: str, at: datetime, by: str, reference: str) -> None:
        """Note that a transfer was found."""
        self._connection.execute(update(t.payment).where(_p.payment_id == payment_id).values(
            matched_at=to_plain(at), matched_by=by, bank_reference=reference))

    def add_count(self, count: CashCount) -> int:
        """Add a count and mark its payments."""
        columns = {column.name: to_plain(getattr(count, column.name)) for column in t.cash_count.c}
        sums = {name: write_json(columns[name]) for name in ("expected", "counted")}
        self._connection.execute(insert(t.cash_count), columns | sums)
        mine = and_(_TO_COUNT, _p.collector == count.collector)
        return self._connection.execute(update(t.payment).where(mine).values(count_id=count.count_id)).rowcount

    def counts(self, *, limit: int) -> list[CashCount]:
        """Return the newest counts, the newest first."""
        wanted = select(t.cash_count).order_by(t.cash_count.c.at.desc(), t.cash_count.c.count_id.desc()).limit(limit)
        return [_count(row) for row in self._connection.execute(wanted)]

    def of_count(self, count_id: str) -> list[Payment]:
        """Return the payments of a count, the oldest first."""
        return self._found(_p.count_id == count_id)

    def handed_in(self, payment_ids: Sequence[str]) -> dict[str, datetime]:
        """Return when payments were handed in."""
        joined = t.payment.join(t.cash_count, t.cash_count.c.count_id == _p.count_id)
        wanted = select(_p.payment_id, t.cash_count.c.at).select_from(joined).where(_p.payment_id.in_(payment_ids))
        return {row.payment_id: from_plain(datetime, row.at) for row in self._connection.execute(wanted)}

    def _found(self, where: ColumnElement[bool], limit: int | None = None) -> list[Payment]:
        wanted = select(t.payment).where(where).order_by(*_IN_ORDER).limit(limit)
        return [_payment(row) for row in self._connection.execute(wanted)]

    def _totals(self, where: ColumnElement[bool]) -> list[MethodTotal]:
        summed = func.count().label("payments"), func.sum(_p.amount_vnd).label("amount_vnd")
        wanted = select(_p.collector, _p.method, *summed).where(where).group_by(_p.collector, _p.method).order_by(_p.collector, _p.method)
        return [from_plain(MethodTotal, {**row._mapping, "amount_vnd": int(row.amount_vnd)}) for row in self._connection.execute(wanted)]


def _during(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(_p.at >= to_plain(start), _p.at < to_plain(end))


def _payment(row: Row[Any]) -> Payment:
    return from_plain(Payment, row._mapping)


def _count(row: Row[Any]) -> CashCount:
    return from_plain(CashCount, {**row._mapping, "expected": _sums(row.expected), "counted": _sums(row.counted)})


@stored
def _sums(text: str) -> dict[FeeMethod, int]:
    return {FeeMethod(method): int(amount) for method, amount in read_json(text).items()}
