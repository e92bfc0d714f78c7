"""The procedures of the desk: which version is in force for a day of receipt, and how a new catalogue comes in."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from counter_app.domain.catalogue import CatalogueDifference, CatalogueInfo, Procedure, ProcedureOverride
from counter_app.domain.catalogue_compare import compare
from counter_app.domain.catalogue_index import CatalogueIndex
from counter_app.domain.catalogue_overrides import override_problems, with_overrides
from counter_app.domain.catalogue_reading import parse_catalogue
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy, write_day
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.surroundings import disk_fault
from counter_app.services.trail.row_notes import held_catalogue
from counter_app.support.files import bounded_content

FRESH_SECONDS = 5.0
"""How long another counter's change of the catalogue may stay unseen here."""

Dated = tuple[date, date | None]
"""First and last day, the last one None for ever."""


@dataclass(frozen=True, slots=True)
class CatalogueGaps:
    """What the commune has to ask about before it relies on a catalogue: codes without a limit, codes with a fee of unknown amount."""

    without_limit: tuple[str, ...]
    fees_unknown: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """What the database held when it was last looked at, and the indexes made from it.

    ``turns`` are the days on which something changes; between two of them one index serves every day.
    """

    infos: Sequence[CatalogueInfo]
    overrides: Sequence[ProcedureOverride]
    procedures: Mapping[str, Sequence[Procedure]]
    turns: list[date]
    indexes: dict[int, CatalogueIndex] = field(default_factory=dict)

    def active(self, on: date) -> Sequence[Procedure]:
        """Return every procedure of the catalogue used on a day, in force or not."""
        used = [info for info in self.infos if info.active_from and info.active_from <= on]
        newest = max(used, key=lambda info: (info.active_from or date.min, info.imported_at), default=None)
        return self.procedures[newest.version] if newest else ()

    def index(self, on: date) -> CatalogueIndex:
        """Return the procedures in force on a day, with the decisions of that day."""
        turn = bisect_right(self.turns, on)
        if turn not in self.indexes:
            in_force = [with_overrides(known, self.overrides, on) for known in self.active(on) if known.in_force(on)]
            self.indexes[turn] = CatalogueIndex(in_force)
        return self.indexes[turn]


def none_in_force(on: date, field_name: str | None = None) -> RuleBrokenError:
    """Return the refusal CATALOGUE_EMPTY, which names the day: nobody looks at the clock of a PC else."""
    return broken("CATALOGUE_EMPTY", field_name, day=write_day(on))


class CatalogueService:
    """Reads and changes the catalogue. Everything that reads takes the day of receipt, which decides the version."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: _Known | None = None
        self._looked_at = 0.0

    def in_force(self, on: date) -> tuple[Procedure, ...]:
        """Return the procedures that a dossier received on that day may be taken in under, the most frequent first."""
        return self._look().index(on).procedures

    def get(self, code: str, on: date) -> Procedure:
        """Return one of them by its code; a province's variant is found by the national code's two groups.

        Raises:
            RuleBrokenError: PROCEDURE_UNKNOWN, PROCEDURE_OUT_OF_FORCE (with ``code``, ``first`` and ``last``) at ``procedure_code``.
        """
        code, known = tidy(code), self._look()
        if found := known.index(on).find(code):
            return found
        out_of_force = CatalogueIndex(known.active(on)).find(code)
        if out_of_force is None:
            raise broken("PROCEDURE_UNKNOWN", "procedure_code", code=code[:40])
        first, last = (write_day(day) if day else "…" for day in (out_of_force.effective_from, out_of_force.effective_to))
        raise broken("PROCEDURE_OUT_OF_FORCE", "procedure_code", code=out_of_force.code, first=first, last=last)

    def version(self, version_id: str) -> Procedure | None:
        """Return the version that a dossier keeps, as it was imported."""
        with self._database.read() as uow:
            return uow.catalogue.version(version_id)

    def match(self, query: str, on: date, limit: int = 8) -> list[Procedure]:
        """Return the procedures that a few letters or the beginning of a code mean, best first.

        Raises:
            RuleBrokenError: CATALOGUE_EMPTY at ``procedure_code``: none at all is in force on that day, as under a clock that was set back.
        """
        index = self._look().index(on)
        if not index.procedures:
            raise none_in_force(on, "procedure_code")
        return index.match(query, limit)

    def listed(self, field_name: str | None = None, on: date | None = None) -> tuple[Procedure, ...]:
        """Return the procedures in force (today unless said), of one field of work or of all."""
        return self._look().index(on or self._today()).listed(field_name)

    def versions(self) -> list[CatalogueInfo]:
        """Return every imported catalogue, activated or not."""
        return list(self._look().infos)

    def overrides(self) -> list[ProcedureOverride]:
        """Return every decision on top of the catalogue."""
        return list(self._look().overrides)

    def gaps(self, version: str) -> CatalogueGaps:
        """Return what an imported catalogue leaves open, the commune's decisions left aside."""
        with self._database.read() as uow:
            procedures = uow.catalogue.procedures(version)
        return CatalogueGaps(
            tuple(known.code for known in procedures if known.time_limit.limit is None),
            tuple(known.code for known in procedures if any(fee.amount_vnd is None for fee in known.fees)),
        )

    def import_file(self, path: Path, actor: Actor) -> CatalogueInfo:
        """Read a catalogue in beside the one in use; it is used from the day it is activated for. The same file again changes nothing.

        Raises:
            RuleBrokenError: NOT_ALLOWED; CATALOGUE_DAMAGED with every place; CATALOGUE_VERSION_TAKEN, another content under that version.
            SurroundingsError: the file can't be read, or as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        _allow(actor)
        data = _read(path)
        catalogue, sha256 = parse_catalogue(data), hashlib.sha256(data).hexdigest()
        info = CatalogueInfo(catalogue.version, catalogue.title, self._clock.now(), len(catalogue.procedures), source_sha256=sha256)
        with self._database.write() as uow:
            if there := next((known for known in uow.catalogue.infos() if known.version == info.version), None):
                if there.source_sha256 != sha256:
                    raise broken("CATALOGUE_VERSION_TAKEN", "meta.version", version=info.version)
                return there
            uow.catalogue.add(info, catalogue.procedures)
            self._note(uow, actor, "catalogue.imported", info.version, sha256=sha256, **held_catalogue(uow, info.version))
        self._known = None
        return info

    def diff(self, path: Path) -> list[CatalogueDifference]:
        """Return what a catalogue file would change in the catalogue in use today, the commune's decisions left aside.

        Raises:
            RuleBrokenError: CATALOGUE_DAMAGED.
            SurroundingsError: the file can't be read.
        """
        return list(compare(self._look().active(self._today()), parse_catalogue(_read(path)).procedures))

    def activate(self, version: str, from_day: date, actor: Actor) -> None:
        """Use an imported catalogue for dossiers received from a day on; the ones received before keep theirs.

        Raises:
            RuleBrokenError: NOT_ALLOWED; CATALOGUE_VERSION_UNKNOWN at ``version``; DAY_OUT_OF_RANGE at ``from``.
        """
        _allow(actor)
        if not FIRST_YEAR <= from_day.year <= LAST_YEAR:
            raise broken("DAY_OUT_OF_RANGE", "from", first=FIRST_YEAR, last=LAST_YEAR)
        with self._database.write() as uow:
            if version not in {info.version for info in uow.catalogue.infos()}:
                raise broken("CATALOGUE_VERSION_UNKNOWN", "version", version=tidy(version)[:40])
            uow.catalogue.activate(version, from_day)
            self._note(uow, actor, "catalogue.activated", version, active_from=from_day.isoformat())
        self._known = None

    def override(self, override: ProcedureOverride, actor: Actor) -> Procedure:
        """Put a decision of the commune or the province on top of the catalogue; return the procedure as it then is.

        Raises:
            RuleBrokenError: NOT_ALLOWED; as :meth:`get`; every problem of
                :func:`~counter_app.domain.catalogue_overrides.override_problems`.
        """
        _allow(actor)
        if problems := override_problems(override, self.get(override.procedure_code, override.effective_from)):
            raise RuleBrokenError(*problems)
        with self._database.write() as uow:
            uow.catalogue.add_override(override)
            held = held_catalogue(uow)
            self._note(uow, actor, "catalogue.overridden", override.procedure_code, decision=override.decision_number, **held)
        self._known = None
        return self.get(override.procedure_code, override.effective_from)

    def _look(self) -> _Known:
        """Return what is known, looked up again where another counter may have changed it."""
        if self._known is not None and self._clock.uptime() - self._looked_at < FRESH_SECONDS:
            return self._known
        with self._database.read() as uow:
            infos, overrides = uow.catalogue.infos(), uow.catalogue.overrides()
            if self._known is None or (self._known.infos, self._known.overrides) != (infos, overrides):
                procedures = {info.version: uow.catalogue.procedures(info.version) for info in infos if info.active_from}
                self._known = _Known(infos, overrides, procedures, _turns(infos, overrides, procedures))
        self._looked_at = self._clock.uptime()
        return self._known

    def _note(self, uow: UnitOfWork, actor: Actor, action: str, subject: str, **details: object) -> None:
        """Put the change on the audit trail and make both durable."""
        write_audit(uow, self._clock.now(), actor.user_id, action, subject, details)
        uow.commit()

    def _today(self) -> date:
        return day_of(self._clock.now())


def _turns(
    infos: Sequence[CatalogueInfo], overrides: Sequence[ProcedureOverride], procedures: Mapping[str, Sequence[Procedure]],
) -> list[date]:
    """Return the days on which another answer may hold than on the day before."""
    spans: list[Dated] = [(info.active_from, None) for info in infos if info.active_from]
    spans += [(decision.effective_from, decision.effective_to) for decision in overrides]
    spans += [(known.effective_from or date.min, known.effective_to) for version in procedures.values() for known in version]
    starts = {first for first, _ in spans}
    ends = {last + timedelta(days=1) for _, last in spans if last and last < date.max}
    return sorted(starts | ends)


def _allow(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_CATALOGUE):
        raise broken("NOT_ALLOWED")


def _read(path: Path) -> bytes:
    try:
        return bounded_content(path)
    except OSError as error:
        raise disk_fault(error, path) from error
