"""Marks of the audit trail that lie outside the database, and who makes them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.checkpoint import TrailMark
from counter_app.domain.errors import DeskError
from counter_app.services.ports import Database


@dataclass(frozen=True, slots=True)
class KeptMarks:
    """The marks that were kept, in the order they were made, how many lines a cut left unreadable, and which restores were witnessed."""

    marks: tuple[TrailMark, ...] = ()
    torn: int = 0
    restores: frozenset[tuple[int, str]] = frozenset()
    """Place and hash of the entry that tells of each restore made on this computer."""


class TrailMarks(Protocol):
    """Where marks are kept: beside the number guard, never inside the desk's data."""

    def put(self, count: int, head: str) -> None:
        """Keep a mark, durable on return; what can't be kept is left out."""

    def witness_restore(self, count: int, head: str) -> None:
        """Keep that a restore was made here, which the trail's entry ``count`` with the hash ``head`` tells of; raises OSError."""

    def read(self) -> KeptMarks:
        """Return what was kept; raises OSError where it can't be read."""


class TrailWitness:
    """Marks how far the trail has come at the moments that matter: the page of the day, the end of the work."""

    def __init__(self, database: Database, marks: TrailMarks) -> None:
        self._database = database
        self._marks = marks

    def mark(self) -> None:
        """Mark what is durable now. What was done stands whether it is marked or not: nothing is raised, the next mark proves as much."""
        with suppress(DeskError):
            with self._database.read() as uow:
                count, head = uow.audit.head()
            if count:
                self._marks.put(count, head)
