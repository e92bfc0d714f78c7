"""Whether the trail still holds what its marks say it held: those beside the number guard, and the checkpoints of the pages of days.

A trail that was cut at its end, or written anew from some entry on, is one sound chain: only what lies elsewhere shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from counter_app.domain.checkpoint import PaperMark, TrailMark, paper_code
from counter_app.domain.errors import Problem, failed
from counter_app.domain.events import CHECKPOINT, AuditEntry
from counter_app.domain.moments import read_local
from counter_app.services.desk.settings import profiles_of
from counter_app.services.ports import Database, HeldGuard, NumberGuard, UnitOfWork
from counter_app.services.trail.marks import TrailMarks
from counter_app.services.verifying.books import Step
from counter_app.services.verifying.trail import audit_entries

RESTORED = "desk.restored"
"""The act that begins a desk anew from a copy."""
Witnessed = Collection[tuple[int, str]] | None
"""Place and hash of the entries of restores that were made on this computer; None where nobody can tell."""
MARKS_EXPECTED = 100
"""A trail this long has been marked somewhere."""


def checkpoints(uow: UnitOfWork) -> Iterator[Step]:
    """The trail is still the one that each page of a day was printed from."""
    yield from _checkpoints(uow, None)


def checkpoints_with(marks: TrailMarks) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the same check where it is known, too, which restores were made on this computer."""

    def witnessed(uow: UnitOfWork) -> Iterator[Step]:
        """As :func:`checkpoints`; a restore that nobody witnessed here explains nothing."""
        known: Witnessed = None
        with suppress(OSError):  # that they can't be read the check of the marks tells
            known = marks.read().restores
        yield from _checkpoints(uow, known)

    return witnessed


def marks_in(marks: TrailMarks) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the check of the marks outside the database."""

    def outside(uow: UnitOfWork) -> Iterator[Step]:
        """The trail is still the one that was marked, and nobody took the marks away."""
        try:
            kept = marks.read()
        except OSError as error:
            raise failed("GUARD_UNREADABLE", number=error.errno or 0) from error
        yield from _held(uow, kept.marks, kept.restores)
        if kept.torn:
            yield "marks", Problem("VERIFY_MARK_TORN", None, {"count": kept.torn})
        if not kept.marks and uow.audit.head()[0] >= MARKS_EXPECTED:
            yield "marks", Problem("VERIFY_MARKS_GONE")

    return outside


def _checkpoints(uow: UnitOfWork, witnessed: Witnessed) -> Iterator[Step]:
    said = (event for event in uow.events.everything() if event.type == CHECKPOINT)
    marks = (TrailMark(each.facts["audit_count"], each.facts["audit_head"], each.occurred_at) for each in said)
    yield from _held(uow, marks, witnessed)


def _held(uow: UnitOfWork, marks: Iterable[TrailMark], witnessed: Witnessed) -> Iterator[Step]:
    """Yield a step for each mark; of those that the trail doesn't reach the last one is told, of those it contradicts the first one."""
    count, missed = uow.audit.head()[0], list[TrailMark]()
    for mark in marks:
        if _holds(uow, mark, count):
            yield None
        else:
            missed.append(mark)
    for entry in _restores(uow, missed) if missed else ():
        if witnessed is None or (entry.seq, entry.hash) in witnessed:
            missed = [mark for mark in missed if not _explains(entry, mark)]
        else:
            at = f"{entry.at:%d/%m/%Y %H:%M}"
            yield f"audit/{entry.seq}", Problem("VERIFY_RESTORE_ADDED", None, {"seq": entry.seq, "at": at})
    yield from _unexplained(missed, count)


def _unexplained(missed: list[TrailMark], count: int) -> Iterator[Step]:
    cut = [mark for mark in missed if mark.count > count]
    other = [mark for mark in missed if mark.count <= count]
    if cut:
        yield _told("VERIFY_TRAIL_CUT", max(cut, key=_count), count)
    if other:
        yield _told("VERIFY_TRAIL_OTHER", min(other, key=_count), count)


def _holds(uow: UnitOfWork, mark: TrailMark, count: int) -> bool:
    return mark.count <= count and (mark.count == 0 or uow.audit.entries(mark.count, 1)[0].hash == mark.head)


def _restores(uow: UnitOfWork, missed: list[TrailMark]) -> list[AuditEntry]:
    """Return the entries of restores that explain a mark: made before it, after its copy was made or beyond it."""
    restored = (entry for entry in audit_entries(uow) if entry.action == RESTORED)
    return [entry for entry in restored if any(_explains(entry, mark) for mark in missed)]


def _explains(restored: AuditEntry, mark: TrailMark) -> bool:
    is_later = restored.seq <= mark.count or mark.at >= read_local(str(restored.details["made_at"]))
    return is_later and mark.at <= restored.at


def _count(mark: TrailMark) -> int:
    return mark.count


def _told(code: str, mark: TrailMark, last: int) -> Step:
    return f"audit/{mark.count}", Problem(code, None, {"last": last, "seq": mark.count, "at": f"{mark.at:%d/%m/%Y %H:%M}"})


def pages_of(papers: Sequence[PaperMark]) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the check of printed pages of days: the trail still gives the characters that stand on each."""

    def pages(uow: UnitOfWork) -> Iterator[Step]:
        """Each page bears what the trail gives."""
        last, lanes = uow.audit.head()[0], _lanes(uow)
        for paper in papers:
            if paper.count > last:
                yield _page("VERIFY_PAGE_CUT", paper, last)
            else:
                yield None if _gives(uow, paper, lanes) else _page("VERIFY_PAGE", paper, last)

    return pages


def _page(code: str, paper: PaperMark, last: int) -> Step:
    return f"{paper.day.isoformat()}/{paper.code}", Problem(code, None, {"seq": paper.count, "code": paper.code, "last": last})


def _gives(uow: UnitOfWork, paper: PaperMark, lanes: Iterable[tuple[str, str]]) -> bool:
    entries = uow.audit.entries(paper.count, 1)
    head = paper.count, entries[0].hash if entries else ""
    return any(paper_code(paper.day, device, epoch, head) == paper.code for device, epoch in lanes)


def _lanes(uow: UnitOfWork) -> list[tuple[str, str]]:
    """Return device and epoch of every lane that a counter of this database may have printed pages in."""
    profiles = profiles_of(uow)
    devices = dict.fromkeys(device for each in profiles for device in (each.device, each.recorded_as))
    now = [(each.recorded_as, each.epoch) for each in profiles]
    return list(dict.fromkeys([*now, *((device, epoch) for device in devices for epoch in uow.events.lanes(device))]))


def numbers_in(guard: NumberGuard, database: Database, device: str) -> Callable[[UnitOfWork], Iterator[Step]]:
    """Return the check of the number guard: the database knows every number that it was seen to hold, and what became of the others."""

    def guarded(_: UnitOfWork) -> Iterator[Step]:
        """No number that was taken is unknown."""
        with guard.hold() as held, database.read() as uow:  # nobody takes a number meanwhile
            yield from [] if held.is_new else _guarded(held, uow, device)

    return guarded


def _guarded(held: HeldGuard, uow: UnitOfWork, device: str) -> Iterator[Step]:
    for day, series in held.places():
        known, last = uow.numbers.highest(device, day, series) or 0, held.settled(day, series) or 0
        taken = held.high_water(day, series) or 0
        where, on = f"{day.isoformat()}/{series}", f"{day:%d/%m/%Y}"
        if known < last:
            yield where, Problem("VERIFY_NUMBER_LOST", None, {"day": on, "first": known + 1, "last": last})
        elif known < taken:
            yield where, Problem("VERIFY_NUMBER_UNFINISHED", None, {"day": on, "first": known + 1, "last": taken})
        else:
            yield None
