"""Money as it was taken and given back, and its count at the end of a day (domain guide 9.3 and 10).

A payment is never changed: what is given back is another one of the opposite amount, a fee that is waived is one of 0 đ with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from counter_app.domain.dossier import FeeMethod

FEES_BOOK = "fees"
"""Sổ thu phí, lệ phí: one line for each payment."""
MONEY_METHODS = (FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL)
"""The methods by which money comes, in the order in which they are counted."""
Sums = Mapping[FeeMethod, int]
"""Amounts in đồng by method; one that is missing is 0."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken for one fee line of a dossier (``amount_vnd`` above 0), given back (below 0) or waived (0, method exempt).

    ``code`` and ``payer`` are as they were then. ``collector`` is a user id. ``reverses`` names the payment that is given back, with the
    ``reason``. A transfer is *matched* once a person found it on the bank's list. ``count_id``: the count it was handed in with.
    """

    payment_id: str
    dossier_id: str
    fee_line_id: str
    at: datetime
    amount_vnd: int
    method: FeeMethod
    collector: str
    name: str
    payer: str
    code: str
    quantity: int = 1
    receipt_series: str = ""
    receipt_number: str = ""
    exempt_reason: str = ""
    exempt_proof: str = ""
    reverses: str | None = None
    reason: str = ""
    receipt_cancelled: bool = False
    op_id: str | None = None
    matched_at: datetime | None = None
    matched_by: str = ""
    bank_reference: str = ""
    count_id: str | None = None

    @property
    def unit_price_vnd(self) -> int:
        """What one piece cost; 0 where the amount is no multiple of the quantity: certified copies have no one price."""
        return self.amount_vnd // self.quantity if self.quantity and self.amount_vnd % self.quantity == 0 else 0

    @property
    def receipt(self) -> str:
        """Series and number of the receipt in one text: ``BL/26E 0000412``."""
        return " ".join(filter(None, (self.receipt_series, self.receipt_number)))

    @property
    def transfer(self) -> tuple[object, ...]:
        """What names the transfer that it came with: one person pays all that one receipt of a day is for by one; else it came alone."""
        if not self.receipt_number:
            return (self.payment_id,)
        return self.receipt_series, self.receipt_number, self.payer, self.collector, self.at.date()


@dataclass(frozen=True, slots=True)
class CashCount:
    """Money of one collector, counted and handed in. ``expected`` is what the payments say, ``counted`` what was found."""

    count_id: str
    at: datetime
    collector: str
    counted_by: str
    expected: dict[FeeMethod, int] = field(default_factory=dict)
    counted: dict[FeeMethod, int] = field(default_factory=dict)
    handed_to: str = ""
    note: str = ""
    """Why there is a difference; empty where there is none."""

    @property
    def difference_vnd(self) -> int:
        """What was found too much (above 0) or is missing (below 0), all methods together."""
        return total(self.counted) - total(self.expected)

    @property
    def agrees(self) -> bool:
        """Every method has exactly what it should have: too much of one doesn't make up for too little of another."""
        return all(self.counted.get(method, 0) == self.expected.get(method, 0) for method in MONEY_METHODS)


@dataclass(frozen=True, slots=True)
class MethodTotal:
    """What one collector took and gave back by one method: how many payments, and their sum in đồng."""

    collector: str
    method: FeeMethod
    payments: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class DayMoney:
    """The money of one day by collector and method; exempt lines are there with 0 đ."""

    day: date
    totals: tuple[MethodTotal, ...]

    @property
    def by_method(self) -> dict[FeeMethod, int]:
        """The day's total by method: the line that is signed below the day in the fees book."""
        return by_method(self.totals)

    @property
    def exempt(self) -> int:
        """How many lines were waived."""
        return sum(each.payments for each in self.totals if each.method is FeeMethod.EXEMPT)


def by_method(totals: Iterable[MethodTotal]) -> dict[FeeMethod, int]:
    """Return the sums of all collectors, every method of :data:`MONEY_METHODS` present."""
    sums = dict.fromkeys(MONEY_METHODS, 0)
    for each in totals:
        if each.method in sums:
            sums[each.method] += each.amount_vnd
    return sums


def total(sums: Sums) -> int:
    """Return a sum over all methods, in đồng."""
    return sum(sums.values())
