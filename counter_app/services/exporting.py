"""Dossiers written to a file, in the shape that the import reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counter_app.domain.people import Actor
from counter_app.services.ports import Clock, Database


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    out: Path
    dossiers: int


class ExportService:
    """The verb *export-dossiers*."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def run(self, start: date, end: date, out: Path, actor: Actor) -> Exported:
        """Write the dossiers received from ``start`` to ``end``, both days included, as .jsonl or .xlsx (audited)."""
        raise NotImplementedError
