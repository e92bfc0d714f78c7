"""Older dossiers, typed elsewhere, taken over from a file: of a good line everything is kept, of a bad one nothing.

Some hundred lines make a transaction, so that other windows write in between. An import that ends early keeps what it has kept; when
the same file is imported again, the lines that are here already are bad ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import DeskError, Problem, broken, failed
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.dossiers.access import require
from counter_app.services.exchange.line_files import DAMAGED, kind_of, read_lines
from counter_app.services.exchange.older_dossiers import imported_event, read_line
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.ports import Clock, Database, JsonValue, UnitOfWork
from counter_app.services.recording import write_audit

BATCH = 500
"""Lines a transaction: other windows wait for no more than these."""
Progress = Callable[[int], bool]


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

    def run(self, path: Path, actor: Actor, progress: Progress | None = None) -> Imported:
        """Import a .jsonl or .xlsx file (audited). A code that is known already, or comes twice in the file, makes its line a bad one.

        ``progress`` is told how many lines are kept, every few hundred; when it answers False, no more are.

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_KIND_UNKNOWN, TABLE_DAMAGED, TABLE_HEADER at ``file``; IMPORT_CANCELLED.
            SurroundingsError: CLOCK_WRONG, the file can't be read, and as :class:`~counter_app.services.ports.UnitOfWork`.
            Where lines were kept before, IMPORT_BROKEN_OFF stands behind the other problem and says how many.
        """
        require(actor, Permission.IMPORT)
        kind_of(path)
        now = self._clock.now()
        if not FIRST_YEAR <= now.year <= LAST_YEAR:
            raise failed("CLOCK_WRONG", year=now.year)
        names = {procedure.code: procedure.label for procedure in self._catalogue.in_force(day_of(now))}
        sieve, lines, kept = _Sieve(now, names), read_lines(path), 0
        try:
            while batch := list(islice(lines, BATCH)):
                kept += self._keep(sieve, sieve.read(batch), actor)
                if progress and not progress(kept):
                    raise broken("IMPORT_CANCELLED")
        except DeskError as error:
            if not kept:
                raise
            raise type(error)(*error.problems, Problem("IMPORT_BROKEN_OFF", None, {"count": kept})) from error
        return Imported(kept, tuple(sieve.bad), Changes.of("dossiers") if kept else Changes())

    def _keep(self, sieve: _Sieve, read: list[_Line], actor: Actor) -> int:
        """Keep the good ones of some lines and return how many they were."""
        with self._database.write() as uow:
            bad_before = len(sieve.bad)
            good = sieve.good(uow, read)
            if good:
                uow.dossiers.add_many(dossier for dossier, _ in good)
                uow.events.append_many([imported_event(dossier, line, actor, sieve.now) for dossier, line in good])
            details = {"kept": len(good), "bad": len(sieve.bad) - bad_before, "last_line": read[-1].number}
            write_audit(uow, sieve.now, actor.user_id, "dossiers.imported", "", details)
            uow.commit()
        return len(good)


class _Line(NamedTuple):
    """A line as it was read: no dossier where there are problems."""

    number: int
    value: JsonValue
    dossier: Dossier | None
    problems: tuple[Problem, ...]


class _Sieve:
    """Lets the good lines through and keeps the bad ones' numbers."""

    def __init__(self, now: datetime, names: dict[str, str]) -> None:
        self.now = now
        self._names = names
        self.bad: list[BadLine] = []

    def read(self, batch: list[tuple[int, JsonValue]]) -> list[_Line]:
        """Return what some lines say; this takes longest and needs no database."""
        return [_Line(number, value, *self._read(value)) for number, value in batch]

    def good(self, uow: UnitOfWork, lines: list[_Line]) -> list[tuple[Dossier, JsonObject]]:
        """Return the good lines, each as its dossier and its JSON."""
        known = uow.dossiers.known_codes([line.dossier.code for line in lines if line.dossier])
        kept = []
        for line in lines:
            if line.dossier is None:
                self.bad.append(BadLine(line.number, line.problems))
            elif line.dossier.code in known:
                self.bad.append(BadLine(line.number, (Problem("CODE_KNOWN", "code"),)))
            else:
                known.add(line.dossier.code)
                kept.append((line.dossier, line.value))
        return kept

    def _read(self, line: JsonValue) -> tuple[Dossier | None, tuple[Problem, ...]]:
        if line is DAMAGED:
            return None, (Problem("LINE_DAMAGED"),)
        reader = JsonReader()
        dossier = read_line(line, self.now, self._names, reader)
        return (None, tuple(reader.problems)) if reader.problems else (dossier, ())
