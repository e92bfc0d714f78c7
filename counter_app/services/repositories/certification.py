"""The repository of certification numbers, as a protocol; :mod:`counter_app.storage` implements it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from counter_app.domain.certification import CertificationKind, CertifiedNumber


@dataclass(frozen=True, slots=True)
class UsualPaper:
    """A paper that was certified lately: how often since two moments, and of how many pages it was the last time."""

    document_name: str
    kind: CertificationKind
    pages: int
    today: int
    lately: int


class CertificationRepository(Protocol):
    """Certification numbers. Nothing is deleted; a number only ever gets *signed* and *struck*."""

    def add(self, number: CertifiedNumber) -> None:
        """Put a number on record."""

    def get(self, certification_id: str) -> CertifiedNumber | None:
        """Return a number by its id."""

    def everything(self) -> Iterator[CertifiedNumber]:
        """Yield every number, in constant memory."""

    def of_visits(self, visit_ids: Sequence[str]) -> list[CertifiedNumber]:
        """Return the numbers of visits, in the order in which they were taken."""

    def newest_visits(self, start: datetime, *, limit: int) -> list[str]:
        """Return the visits since a moment, the newest first."""

    def totals(self, start: datetime) -> tuple[int, int]:
        """Return how many visits there were since a moment, and what the numbers that stand came to in đồng."""

    def unsigned(self) -> list[CertifiedNumber]:
        """Return the numbers that wait to be signed, struck ones left out, the oldest first."""

    def usual(self, start: datetime, today: datetime) -> list[UsualPaper]:
        """Return the papers since ``start``, the most frequent of today first, then the most frequent at all."""

    def sign(self, visit_id: str, at: datetime) -> None:
        """Note that the numbers of a visit are signed."""

    def strike(self, certification_id: str, reason: str, on: date) -> None:
        """Note that a number was struck."""
