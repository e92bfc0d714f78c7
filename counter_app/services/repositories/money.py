"""The repository of money, as a protocol; :mod:`counter_app.storage` implements it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from counter_app.domain.money import CashCount, MethodTotal, Payment


class PaymentRepository(Protocol):
    """Payments and their counts. Nothing is deleted; a payment only ever gets *matched* and *counted*."""

    def add(self, payment: Payment) -> None:
        """Put a payment on record."""

    def get(self, payment_id: str) -> Payment | None:
        """Return a payment by id."""

    def of_dossier(self, dossier_id: str) -> list[Payment]:
        """Return the payments of a dossier, the oldest first."""

    def with_receipt(self, series: str, number: str) -> list[Payment]:
        """Return the payments that bear a receipt, the oldest first."""

    def between(self, start: datetime, end: datetime) -> Iterator[Payment]:
        """Yield the payments of [start, end), the oldest first, in constant memory."""

    def totals(self, start: datetime, end: datetime) -> list[MethodTotal]:
        """Return the sums of [start, end) by collector and method."""

    def uncounted(self) -> list[MethodTotal]:
        """Return the sums by collector and method of what is to be counted.

        That is every payment without a count but the transfers that nobody found on the bank's list yet; one that was given back
        needs no finding any more. Exempt lines are none.
        """

    def unmatched(self, *, limit: int) -> list[Payment]:
        """Return the transfers that nobody found on the bank's list yet and that were not given back, the oldest first."""

    def match(self, payment_id: str, at: datetime, by: str, reference: str) -> None:
        """Note that a transfer was found on the bank's list."""

    def add_count(self, count: CashCount) -> int:
        """Put a count on record with all that is to be counted of its collector; return how many payments that is."""

    def counts(self, *, limit: int) -> list[CashCount]:
        """Return the newest counts, the newest first."""

    def of_count(self, count_id: str) -> list[Payment]:
        """Return the payments of a count, the oldest first."""

    def handed_in(self, payment_ids: Sequence[str]) -> dict[str, datetime]:
        """Return when some hundred payments were handed in; those that were not yet are missing."""
