"""What citizens complain of (phản ánh, kiến nghị): with or without a dossier, to be answered by a day, judged by who complained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.moments import day_of


class ComplaintChannel(StrEnum):
    """How it came."""

    DESK = "desk"
    PHONE = "phone"
    LETTER = "letter"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint. ``person`` and ``phone`` may stay empty; ``satisfied`` None: nobody was asked yet."""

    complaint_id: str
    dossier_id: str | None
    received_at: datetime
    channel: ComplaintChannel
    body: str
    answer_due: date
    person: str = ""
    phone: str = ""
    owner: str = ""
    """Who answers."""
    answered_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    satisfied: bool | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether the answer is overdue, or came too late."""
        return (day_of(self.answered_at) if self.answered_at else today) > self.answer_due
