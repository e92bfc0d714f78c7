"""Dossiers written to a file, in the shape that the import reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import require
from counter_app.services.exchange.line_files import kind_of, write_lines
from counter_app.services.exchange.older_dossiers import write_line
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.whole_files import whole_file


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    out: Path
    dossiers: int


class ExportService:
    """The verb *export-dossiers*."""

    def __init__(self, database: Database, clock: Clock, second_person: SecondPersonService) -> None:
        self._database = database
        self._clock = clock
        self._second_person = second_person

    def run(self, start: date, end: date, out: Path, actor: Actor, *, second: Second | None = None) -> Exported:
        """Write the dossiers received from ``start`` to ``end``, both days included, as .jsonl or .xlsx (audited).

        The file holds whole identity numbers. It is there completely or not at all; memory stays the same for any length.

        Raises:
            RuleBrokenError: NOT_ALLOWED (inspectors export nothing); DAYS_REVERSED at ``to``; FILE_KIND_UNKNOWN, TABLE_TOO_LONG;
                as :meth:`.SecondPersonService.agree`.
            SurroundingsError: the file can't be written, and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        require(actor, Permission.EXPORT)
        if end < start:
            raise broken("DAYS_REVERSED", "to")
        kind = kind_of(out)
        lines = _Lines(start, end)
        with self._database.read() as uow:
            expected = lines.expected(uow)
        agreed = self._second_person.agree(expected, actor, second, "SECOND_OR_FEWER_DAYS")  # before a line of it is on any disk
        with whole_file(out) as part:
            with self._database.read() as uow:
                write_lines(part, kind, lines.of(uow))
            agreed = agreed or self._second_person.agree(lines.count, actor, second, "SECOND_OR_FEWER_DAYS")  # more came meanwhile
            with self._database.write() as uow:  # on the audit trail before the file takes its name: nothing is taken away unseen
                details = {"from": start.isoformat(), "to": end.isoformat(), "dossiers": lines.count, "kind": kind[1:]} | agreed
                write_audit(uow, self._clock.now(), actor.user_id, "dossiers.exported", "", details)
                uow.commit()
        return Exported(out, lines.count)


class _Lines:
    """The lines of a period, counted while they are written."""

    def __init__(self, start: date, end: date) -> None:
        self._start = datetime.combine(start, time(), VIETNAM)
        self._end = datetime.combine(end, time.max, VIETNAM)
        self.count = 0

    def expected(self, uow: UnitOfWork) -> int:
        """Return how many there are."""
        return uow.dossiers.count_received(self._start, self._end)

    def of(self, uow: UnitOfWork) -> Iterator[dict[str, Any]]:
        """Yield each dossier as a line, the oldest first."""
        for dossier in uow.dossiers.received_between(self._start, self._end):
            self.count += 1
            events = uow.events.of_dossier(dossier.dossier_id) if dossier.supplement_count else ()
            yield write_line(dossier, events)
