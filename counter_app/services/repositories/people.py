"""The repositories of what passes between desk and citizen besides the dossier: messages, complaints, and what is typed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from counter_app.domain.complaint import Complaint
from counter_app.domain.message import Message
from counter_app.domain.typing_task import TypingTask


class MessageRepository(Protocol):
    """Messages; none is deleted."""

    def add(self, message: Message) -> None:
        """Put a message into the queue."""

    def update(self, message: Message) -> None:
        """Write a message anew."""

    def get(self, message_id: str) -> Message | None:
        """Return a message by id."""

    def of_dossier(self, dossier_id: str) -> list[Message]:
        """Return the messages of a dossier, the oldest first."""

    def waiting(self, now: datetime, *, limit: int) -> list[Message]:
        """Return the messages that wait and whose time is not over, the oldest first."""

    def expire(self, now: datetime) -> int:
        """Mark the waiting messages whose time is over; return how many."""

    def everything(self) -> Iterator[Message]:
        """Yield every message in the order of their ids."""

    def ended(self) -> Iterator[str]:
        """Yield the id of each message that was brought to its end: called, handed over or cancelled."""


class ComplaintRepository(Protocol):
    """Complaints; none is deleted."""

    def add(self, complaint: Complaint) -> None:
        """Put a complaint on record."""

    def update(self, complaint: Complaint) -> None:
        """Write a complaint anew."""

    def get(self, complaint_id: str) -> Complaint | None:
        """Return a complaint by id."""

    def of_dossier(self, dossier_id: str) -> list[Complaint]:
        """Return the complaints about a dossier, the oldest first."""

    def listed(self, *, is_open: bool, limit: int) -> list[Complaint]:
        """Return those without an answer, the most urgent first; or all, the newest first."""


class TypingTaskRepository(Protocol):
    """What is to be typed into ministries' programs."""

    def add(self, task: TypingTask) -> None:
        """Open a task."""

    def update(self, task: TypingTask) -> None:
        """Write a task anew."""

    def get(self, task_id: str) -> TypingTask | None:
        """Return a task by id."""

    def of_dossiers(self, dossier_ids: Sequence[str]) -> list[TypingTask]:
        """Return the tasks of some hundred dossiers, the oldest first."""

    def open_ones(self, *, limit: int) -> list[TypingTask]:
        """Return what is still to be typed, the oldest first."""

    def everything(self) -> Iterator[TypingTask]:
        """Yield every task in the order of their ids."""

    def ended(self) -> Iterator[str]:
        """Yield the id of each task that was typed or dropped."""
