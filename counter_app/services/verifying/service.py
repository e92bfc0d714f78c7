"""Whether everything stored still tells the same story: database, audit trail, events, dossiers, registers, money, numbers, prints.

Nothing is written. The program itself can't make these records disagree; a hand in the database can, or a damaged disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from counter_app.domain.canonical import first_broken
from counter_app.domain.checkpoint import PaperMark
from counter_app.domain.codes import OFFICIAL, PROVISIONAL
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.event_fold import corrected_intake
from counter_app.domain.events import (
    DOSSIER_CORRECTED,
    DOSSIER_IMPORTED,
    DOSSIER_RECEIVED,
    PROVINCE_PREFIX,
    ZERO_HASH,
    Event,
    JsonObject,
    Lane,
)
from counter_app.domain.facts import dossier_received
from counter_app.domain.record import national_record
from counter_app.services.exchange.older_dossiers import is_imported, read_line, write_line
from counter_app.services.json_reader import JsonReader
from counter_app.services.ports import Database, NumberGuard, UnitOfWork
from counter_app.services.scanning.ports import BatchKeeper, SealedFiles
from counter_app.services.trail.marks import TrailMarks
from counter_app.services.verifying.books import (
    EVER,
    Step,
    cash_counts,
    certified_lines,
    dossier_lines,
    fee_lines,
    ordinals,
    result_lines,
)
from counter_app.services.verifying.held import begun, ended, held
from counter_app.services.verifying.kinds import Kind, kind_of
from counter_app.services.verifying.marks import checkpoints, checkpoints_with, marks_in, numbers_in, pages_of
from counter_app.services.verifying.papers import batches_in, files_in, papers
from counter_app.services.verifying.trail import acts, audit_entries, contents, left_behind, money_events, prints, says_what_it_said

_OF_THE_INTAKE = ("register", "sets", "components", "submitter", "outside_boundary", "applicant")
"""What the facts of the intake tell and the national record does not."""
MOST_TOLD = 200
"""Differences of one check that are listed: one cause often has thousands of effects."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two records disagree. ``what`` is the check, ``where`` the place in it (a code, ``fees/2026/17``)."""

    what: str
    where: str
    problem: Problem

    @property
    def kind(self) -> Kind:
        """What it is: something altered, inserted, taken away, or work that was broken off."""
        return kind_of(self.problem.code)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, how many of each, and what does not agree."""

    checked: dict[str, int]
    differences: tuple[Difference, ...]

    @property
    def verified(self) -> bool:
        """Everything agrees; work that was broken off is no difference, the next act or start takes it up."""
        return all(each.kind is Kind.UNFINISHED for each in self.differences)


_OTHER_SHAPES = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What comes of members that a hand took away or put something else into, numbers beyond any and lists without an end among it."""
log = logging.getLogger(__name__)

Check = Callable[[UnitOfWork], Iterator[Step]]


class VerifyService:
    """The verb *verify*."""

    def __init__(
        self, database: Database, store: SealedFiles | None = None, keeper: BatchKeeper | None = None, device: str = "", *,
        guard: NumberGuard | None = None, marks: TrailMarks | None = None,
    ) -> None:
        """``store`` holds the encrypted files, ``keeper`` the stacks that wait at the counter ``device``, ``guard`` its numbers, ``marks``
        how far the trail had come: without them nobody looks.
        """
        self._database = database
        self._checks = dict(CHECKS)
        if store is not None:
            self._checks[FILES] = files_in(store, database)
        if keeper is not None:
            self._checks[BATCHES] = batches_in(keeper, database, device)
        if guard is not None:
            self._checks[GUARD] = numbers_in(guard, database, device)
        if marks is not None:
            self._checks |= {CHECKPOINTS: checkpoints_with(marks), MARKS: marks_in(marks)}

    def run(self, pages: Sequence[PaperMark] = (), *, stop: Callable[[], bool] = bool) -> Verified:
        """Look at everything, which takes minutes at a desk of many years. What is told names no person: whoever has the key may ask.

        ``pages`` are printed pages of days, which the trail is held against too. ``stop`` tells whether nobody waits for it any more, and
        what was looked at until then is told.

        A check that meets something unreadable ends there with that as its difference; the others go on.
        """
        checked: dict[str, int] = {}
        differences: list[Difference] = []
        for name, check in (self._checks | ({PAGES: pages_of(pages)} if pages else {})).items():
            checked[name] = 0
            for step in self._steps(name, check):
                if stop():
                    return Verified(checked, tuple(differences))
                checked[name] += 1
                if step is not None:
                    differences.append(Difference(name, *step))
        return Verified(checked, tuple(differences))

    def _steps(self, name: str, check: Check) -> Iterator[Step]:
        told = 0
        try:
            if name == DATABASE:
                self._database.examine()
            with self._database.read() as uow:
                for step in check(uow):
                    told += step is not None
                    if step is None or told <= MOST_TOLD:
                        yield step
        except DeskError as error:
            yield name, error.problems[0]
        except _OTHER_SHAPES as error:
            log.warning("the check %s met a record of another shape", name, exc_info=error)
            yield name, Problem("VERIFY_UNREADABLE")


def _database(uow: UnitOfWork) -> Iterator[Step]:
    """Every page was read before; what is left to see is that it answers."""
    uow.settings.all()
    yield None


def _audit(uow: UnitOfWork) -> Iterator[Step]:
    """The audit trail is one chain from its first entry to its last."""
    head = 0, ZERO_HASH
    for entry in audit_entries(uow):
        gap = entry.seq - head[0] - 1
        if gap:
            told = {"first": head[0] + 1, "last": entry.seq - 1}
            yield f"audit/{head[0] + 1}", Problem("VERIFY_AUDIT_GONE", None, told)
        elif first_broken((entry,), head) is not None:
            yield f"audit/{entry.seq}", Problem("VERIFY_AUDIT", None, {"seq": entry.seq, "at": f"{entry.at:%d/%m/%Y %H:%M}"})
        else:
            yield None
        head = entry.seq, entry.hash


def _events(uow: UnitOfWork) -> Iterator[Step]:
    """Each lane is one chain without a gap, each op has the hash of what it says."""
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    placed = {(each.lane.device, each.lane.epoch, each.lane.seq): each.lane for each in uow.events.placed() if each.lane}
    for event in uow.events.everything():
        if event.lane is None:
            yield None
            continue
        lane = event.lane
        head = heads.get((lane.device, lane.epoch), (0, ZERO_HASH))
        yield _in_its_place(event, lane, _past(head, lane, placed))
        heads[lane.device, lane.epoch] = lane.seq, lane.hash
    for event in uow.events.placed():
        yield None if event.lane is None or says_what_it_said(event) else _broken_event(event, event.lane)


def _in_its_place(event: Event, lane: Lane, head: tuple[int, str]) -> Step:
    if lane.seq > head[0] + 1:
        return f"events/{head[0] + 1}", Problem("VERIFY_EVENT_GONE", None, {"first": head[0] + 1, "last": lane.seq - 1})
    sound = (lane.seq, lane.prev_hash) == (head[0] + 1, head[1]) and says_what_it_said(event)
    return None if sound else _broken_event(event, lane)


def _past(head: tuple[int, str], lane: Lane, placed: Mapping[tuple[str, str, int], Lane]) -> tuple[int, str]:
    """Return the head of a lane after the ops that were recorded again in it next, before this place; a copy's may stand there, too."""
    for seq in range(head[0] + 1, lane.seq):
        following = placed.get((lane.device, lane.epoch, seq))
        if following is None or following.prev_hash != head[1]:
            break
        head = following.seq, following.hash
    return head


def _broken_event(event: Event, lane: Lane) -> tuple[str, Problem]:
    return f"events/{lane.seq}", Problem("VERIFY_EVENT", None, {"seq": lane.seq, "type": event.type})


def _dossiers(uow: UnitOfWork) -> Iterator[Step]:
    """Each dossier is what its last event says it is: status, appointment, all 36 members; an imported one what its line says."""
    @cache
    def noted() -> frozenset[str]:
        """Return what the trail has a line about; it is read for imported dossiers alone."""
        return frozenset(entry.subject for entry in audit_entries(uow))

    for dossier in uow.dossiers.received_between(*EVER):
        yield _stands_otherwise(uow, dossier, noted)


def _stands_otherwise(uow: UnitOfWork, dossier: Dossier, noted: Callable[[], frozenset[str]]) -> Step:
    events = uow.events.of_dossier(dossier.dossier_id)
    told = _ops(events)
    imported = next((event for event in events if event.type == DOSSIER_IMPORTED), None)
    if imported is None and is_imported(dossier):
        return _no_event(dossier, noted)
    if not told:
        return _imported_otherwise(dossier, imported) if imported else _no_event(dossier, noted)
    if dossier.place is None and told[0].type == DOSSIER_RECEIVED:
        return dossier.code, Problem("VERIFY_NO_PLACE", None, {"code": dossier.code})
    ours = national_record(dossier, uow.catalogue.version(dossier.procedure_version))
    return _told_otherwise(dossier.code, ours, told[-1].ho_so or {}) or _taken_in_otherwise(dossier, told)


def _ops(events: Sequence[Event]) -> list[Event]:
    """Return what the province was told or will be, without what it was only asked for, and what it told us."""
    return [event for event in events if (event.lane and not event.facts.get("asked")) or event.type.startswith(PROVINCE_PREFIX)]


def _no_event(dossier: Dossier, noted: Callable[[], frozenset[str]]) -> Step:
    """A dossier without events lost them where the trail tells of it, or an import brought it; else it never came in by the desk."""
    known = is_imported(dossier) or dossier.dossier_id in noted()
    return dossier.code, Problem("VERIFY_NO_EVENT" if known else "VERIFY_DOSSIER_ADDED", None, {"code": dossier.code})


def _taken_in_otherwise(dossier: Dossier, told: list[Event]) -> Step:
    """Return the first member that the intake, with what was corrected since, tells otherwise: its place in the register, its papers."""
    intake: JsonObject = {}
    for event in told:
        if event.type == DOSSIER_RECEIVED:
            intake = {**event.facts}
        elif event.type == DOSSIER_CORRECTED:
            intake = corrected_intake(intake, {"facts": event.facts})
        elif event.type.startswith(PROVINCE_PREFIX):
            intake.pop("applicant", None)  # the record has its own members for it
    ours = dossier_received(dossier, limit=None, case="", result_place="") if dossier.place else {}
    member = next((name for name in _OF_THE_INTAKE if name in intake and _filled(ours.get(name)) != _filled(intake[name])), None)
    return None if member is None else _differs(dossier.code, member)


def _filled(value: object) -> object:
    """Leave out the members without a value: a correction that takes one away leaves an empty one behind."""
    return {name: each for name, each in value.items() if each is not None} if isinstance(value, dict) else value


def _imported_otherwise(dossier: Dossier, event: Event) -> Step:
    """Return the first member in which a dossier is not what its line says, read anew."""
    again = read_line(event.facts, event.occurred_at, {}, JsonReader())
    ours, told = write_line(dossier, (event,)), write_line(again, (event,))
    member = next((name for name in told if ours[name] != told[name]), "status" if dossier.status is not again.status else None)
    return None if member is None else _differs(dossier.code, member)


def _differs(code: str, member: str) -> tuple[str, Problem]:
    return code, Problem("VERIFY_RECORD", None, {"code": code, "member": member})


def _projections(uow: UnitOfWork) -> Iterator[Step]:
    """What lists, searches and reports read of a dossier is what stands in it."""
    for code, sound in uow.dossiers.soundness():
        yield None if sound else (code, Problem("VERIFY_PROJECTION", None, {"code": code}))


def _told_otherwise(code: str, ours: JsonObject, told: Mapping[str, Any]) -> Step:
    """Return the first member in which a dossier is not what its last event says."""
    member = next((name for name in ours if ours[name] != told.get(name)), None)
    return None if member is None else _differs(code, member)


def _numbers(uow: UnitOfWork) -> Iterator[Step]:
    """Each number that was issued belongs to the dossier that bears its code, each code of a dossier stands in the register of numbers."""
    owners: dict[str, str | None] = {}
    for number in uow.numbers.everything():
        owners[number.code] = number.dossier_id
        if not number.code.endswith(f"-{number.day:%y%m%d}-{number.serial:04d}"):
            yield number.code, Problem("VERIFY_NUMBER", None, {"code": number.code})
    borne: dict[str, str] = {}
    for dossier in uow.dossiers.received_between(*EVER):
        borne |= {each.code: dossier.dossier_id for each in dossier.codes if each.kind in (OFFICIAL, PROVISIONAL)}
    for code, owner in owners.items():
        what = "VERIFY_NUMBER" if code in borne else "VERIFY_NUMBER_GONE"
        yield None if borne.get(code) == owner else (code, Problem(what, None, {"code": code}))
    for code in sorted(borne.keys() - owners.keys()):
        yield code, Problem("VERIFY_NUMBER_GONE", None, {"code": code})


def _prints(uow: UnitOfWork) -> Iterator[Step]:
    """Each stored document has the hash it was stored with."""
    for print_id, sound in uow.prints.soundness():
        yield None if sound else (print_id, Problem("VERIFY_PRINT", None, {"print": print_id}))


DATABASE, FILES, BATCHES, GUARD = "database", "files", "batches", "guard"
CHECKPOINTS, MARKS, PAGES = "checkpoints", "marks", "pages"
CHECKS: dict[str, Check] = {
    DATABASE: _database, "audit": _audit, "events": _events, "dossiers": _dossiers, "ordinals": ordinals, "lines": dossier_lines,
    "fees": fee_lines, "results": result_lines, "certified": certified_lines, "numbers": _numbers, "prints": _prints,
    "projections": _projections, "acts": acts, "payments": money_events, "counts": cash_counts, "printed": prints,
    "contents": contents, "done": left_behind, "papers": papers, "held": held, "begun": begun, "ended": ended,
    CHECKPOINTS: checkpoints,
}
"""Every check by its name, in order."""
