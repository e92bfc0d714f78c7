"""What a person is told before vouching for a number: where the numbers of today stand, and what keeps the next one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.errors import Problem
from counter_app.domain.numbering import SerialRange


@dataclass(frozen=True, slots=True)
class RecoveryRange:
    """The range of one restore of the day; ``opened`` when somebody allowed it today."""

    generation: int
    serials: SerialRange
    opened: bool


@dataclass(frozen=True, slots=True)
class NumberStanding:
    """Today's numbers of this counter. ``next_code`` is empty exactly where a ``refusal`` says why nothing can be issued."""

    day: date
    next_code: str
    refusal: Problem | None
    suspect: bool
    """Serials may have been issued today that the guard knows nothing of, and nobody has vouched for the last one."""
    taken: int | None
    """The highest serial of the normal range that the guard remembers, or that a person vouched for."""
    known: int | None
    """The highest one that this database holds."""
    serials: SerialRange
    provisional: bool
    fallback: bool
    """Provisional codes are issued where the range is used up or the last serial is not known."""
    recovery: tuple[RecoveryRange, ...]
    behind_at: datetime | None = None
    """When the database was found to lack what the number guard remembers, so that this epoch was begun; None: it was not."""

    @property
    def least(self) -> int:
        """The least serial that can have been the last one of today; 0: none was issued as far as is known."""
        return max(self.taken or 0, self.known or 0)
