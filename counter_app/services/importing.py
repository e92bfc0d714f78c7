"""Older dossiers, typed elsewhere, taken over from a file: the good lines are kept in one transaction, of the bad ones nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.errors import Problem
from counter_app.domain.people import Actor
from counter_app.services.catalogue import CatalogueService
from counter_app.services.changes import Changes
from counter_app.services.ports import Clock, Database


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not kept: its number in the file (the first is 1), and everything wrong with it."""

    line: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went."""

    kept: int
    bad: tuple[BadLine, ...]
    changes: Changes


class ImportService:
    """The verb *import-dossiers*."""

    def __init__(self, database: Database, clock: Clock, catalogue: CatalogueService) -> None:
        self._database = database
        self._clock = clock
        self._catalogue = catalogue

    def run(self, path: Path, actor: Actor, progress: Callable[[int], bool] | None = None) -> Imported:
        """Import a .jsonl or .xlsx file. ``progress`` gets the count of lines read; when it returns False all is rolled back."""
        raise NotImplementedError
