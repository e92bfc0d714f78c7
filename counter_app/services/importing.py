"""Older dossiers, typed elsewhere, taken over from a file: the good lines are kept in one transaction, of the bad ones nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem, broken, failed
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.catalogue import CatalogueService
from counter_app.services.changes import Changes
from counter_app.services.dossier_access import require
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.line_files import DAMAGED, kind_of, read_lines
from counter_app.services.older_dossiers import imported_event, read_line
from counter_app.services.ports import Clock, Database, JsonValue, UnitOfWork
from counter_app.services.recording import write_audit

BATCH = 500
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

        ``progress`` is told how many lines were kept so far, every few hundred; when it answers False, nothing is kept at all.

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_KIND_UNKNOWN, TABLE_DAMAGED, TABLE_HEADER at ``file``; IMPORT_CANCELLED.
            SurroundingsError: CLOCK_WRONG, the file can't be read, and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, Permission.IMPORT)
        kind_of(path)
        now = self._clock.now()
        if not FIRST_YEAR <= now.year <= LAST_YEAR:
            raise failed("CLOCK_WRONG", year=now.year)
        names = {procedure.code: procedure.label for procedure in self._catalogue.in_force(day_of(now))}
        with self._database.write() as uow:
            sieve = _Sieve(now, names)
            kept = self._keep(uow, sieve, path, actor, progress)
            write_audit(uow, now, actor.user_id, "dossiers.imported", "", {"kept": kept, "bad": len(sieve.bad)})
            uow.commit()
        return Imported(kept, tuple(sieve.bad), Changes.of("dossiers") if kept else Changes())

    def _keep(self, uow: UnitOfWork, sieve: _Sieve, path: Path, actor: Actor, progress: Progress | None) -> int:
        """Keep the good lines, some hundred at a time, so that memory stays the same for any length; return how many there were."""
        kept, lines = 0, read_lines(path)
        while batch := list(islice(lines, BATCH)):
            good = sieve.good(uow, batch)
            if good:
                uow.dossiers.add_many(dossier for dossier, _ in good)
                uow.events.append_many([imported_event(dossier, line, actor, sieve.now) for dossier, line in good])
            kept += len(good)
            if progress and not progress(kept):
                raise broken("IMPORT_CANCELLED")
        return kept


class _Sieve:
    """Lets the good lines through and keeps the bad ones' numbers."""

    def __init__(self, now: datetime, names: dict[str, str]) -> None:
        self.now = now
        self._names = names
        self._seen: set[str] = set()
        self.bad: list[BadLine] = []

    def good(self, uow: UnitOfWork, batch: list[tuple[int, JsonValue]]) -> list[tuple[Dossier, JsonObject]]:
        """Return the good lines of a batch, each as its dossier and its JSON."""
        read = [(number, line, *self._read(line)) for number, line in batch]
        known = uow.dossiers.known_codes([dossier.code for _, _, dossier, _ in read if dossier])
        kept = []
        for number, line, dossier, problems in read:
            if dossier is None:
                self.bad.append(BadLine(number, problems))
            elif dossier.code in known or dossier.code in self._seen:
                self.bad.append(BadLine(number, (Problem("CODE_KNOWN", "code"),)))
            else:
                self._seen.add(dossier.code)
                kept.append((dossier, line))
        return kept

    def _read(self, line: JsonValue) -> tuple[Dossier | None, tuple[Problem, ...]]:
        if line is DAMAGED:
            return None, (Problem("LINE_DAMAGED"),)
        reader = JsonReader()
        dossier = read_line(line, self.now, self._names, reader)
        return (None, tuple(reader.problems)) if reader.problems else (dossier, ())
