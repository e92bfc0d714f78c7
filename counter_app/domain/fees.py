"""Fees of certification and of civil status extracts (Thông tư 226/2016 and 281/2016/TT-BTC, domain guide 10).

The amounts are data with dates (``resources/fees/certification.json``); the rule for copies stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeGuard

from counter_app.domain.errors import broken
from counter_app.support.resources import shipped_json

MOST = 1_000_000
"""More pages, copies or cases in one line are a slip of the finger."""

COPY = "copy"


@dataclass(frozen=True, slots=True)
class Tariff:
    """What one kind of act costs. Only copies have a cheaper page and a cap for each copy."""

    name: str
    amount_vnd: int
    tier_from_page: int | None = None
    tier_amount_vnd: int = 0
    cap_vnd: int | None = None

    def of_copy(self, pages: int) -> int:
        """Return the fee of one copy of an original of so many pages, in đồng."""
        full_pages = pages if self.tier_from_page is None else min(pages, self.tier_from_page - 1)
        amount = full_pages * self.amount_vnd + (pages - full_pages) * self.tier_amount_vnd
        return amount if self.cap_vnd is None else min(amount, self.cap_vnd)


Schedule = Mapping[str, Tariff]
"""Tariffs by kind: copy, signature, transaction, amend, cancel, correct, extract."""


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """What each line costs, None for a bad one; ``error`` is the code of the first bad line. ``total_vnd`` is of the good ones."""

    amounts: tuple[int | None, ...]
    error: str | None = None

    @property
    def total_vnd(self) -> int:
        """The sum of the lines that could be worked out."""
        return sum(amount for amount in self.amounts if amount is not None)


def schedule_on(day: date) -> Schedule:
    """Return the tariffs in force on a day.

    Raises:
        RuleBrokenError: FEES_UNKNOWN_THEN, no schedule reaches back to that day.
    """
    for first, last, schedule in _schedules():
        if first <= day and (last is None or day <= last):
            return schedule
    raise broken("FEES_UNKNOWN_THEN", "on")


def certification_fee(lines: Sequence[object], schedule: Schedule) -> FeeAnswer:
    """Work out ``{"kind": "copy", "pages", "copies"}`` and ``{"kind": other, "quantity"}``, each line by itself.

    Codes: LINE_INVALID (no object), KIND_UNKNOWN, PAGES_INVALID, COPIES_INVALID, QUANTITY_INVALID (not whole, below 1 or above
    :data:`MOST`). Two originals are two lines.
    """
    answers = [_line(line, schedule) for line in lines]
    error = next((answer for answer in answers if isinstance(answer, str)), None)
    return FeeAnswer(tuple(None if isinstance(answer, str) else answer for answer in answers), error)


def _line(line: object, schedule: Schedule) -> int | str:
    """Return the amount of a line, or the code of what is wrong with it."""
    if not isinstance(line, Mapping):
        return "LINE_INVALID"
    kind = line.get("kind")
    tariff = schedule.get(kind) if isinstance(kind, str) else None
    if tariff is None:
        return "KIND_UNKNOWN"
    counted = ("pages", "copies") if kind == COPY else ("quantity",)
    counts: list[int] = []
    for name in counted:
        if not _is_count(count := line.get(name)):
            return f"{name.upper()}_INVALID"
        counts.append(count)
    return counts[1] * tariff.of_copy(counts[0]) if kind == COPY else counts[0] * tariff.amount_vnd


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST


@cache
def _schedules() -> tuple[tuple[date, date | None, Schedule], ...]:
    """Return first day, last day and tariffs of every shipped schedule."""
    return tuple(
        (
            date.fromisoformat(entry["effective_from"]),
            date.fromisoformat(entry["effective_to"]) if entry["effective_to"] else None,
            {kind: _tariff(record) for kind, record in entry["kinds"].items()},
        )
        for entry in shipped_json("fees/certification.json")["schedules"]
    )


def _tariff(record: Mapping[str, Any]) -> Tariff:
    tier = record.get("tier", {})
    return Tariff(record["name"], record["amount_vnd"], tier.get("from_page"), tier.get("amount_vnd", 0), record.get("cap_vnd"))
