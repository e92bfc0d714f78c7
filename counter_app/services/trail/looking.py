"""The audit trail to be read by those who answer for the desk, and the random sample of dossiers that an inspector looks at."""

from __future__ import annotations

import secrets
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from heapq import nsmallest
from typing import Any

from counter_app.domain.dossier import Status
from counter_app.domain.errors import broken
from counter_app.domain.events import PROVINCE_PREFIX, READ_BACK, AuditEntry
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit

MOST, CHUNK, LARGEST_SAMPLE = 500, 1000, 200
"""Lines shown at once, entries read at once, dossiers of a sample."""
SEEDS = 1_000_000
_LOOKS = frozenset({"shown", "opened", "searched", "offered", "compared", "listed"})
_OUT = frozenset({"exported", "printed", "requested", "handed_over", "frozen", "page_shown", "made"})
_RULES = frozenset({
    "desk", "offices", "deadlines", "reports", "catalogue", "calendar", "numbers", "scanners", "testimonies", "lease", "access",
    "users", "line", "province", "backup", "update"})
_OF_DOSSIERS = (f"{PROVINCE_PREFIX}dossier.", f"{PROVINCE_PREFIX}blob.", READ_BACK)
"""What the province says of one dossier; the rest of its words are rules."""
_BEARERS = frozenset({"dossier", "result"})
"""Hand-overs and returns of papers change a dossier; what else is handed over leaves the desk."""


class ActKind(StrEnum):
    """Kinds of acts on the trail."""

    DOSSIER = "dossier"
    LOOK = "look"
    OUT = "out"
    PERSON = "person"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class TrailWish:
    """What is looked for: from one day to another, both included, by one person, of one kind, about one dossier; empty: any."""

    first: date
    last: date
    user_id: str = ""
    kind: ActKind | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act as it is read: ``who`` by name, ``code`` of its dossier where it is about one, ``details`` without personal data."""

    seq: int
    at: datetime
    who: str
    action: str
    code: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trail:
    """The newest acts first; ``found`` may be more than the lines. ``people`` are those who may be asked for, by id."""

    lines: tuple[TrailLine, ...]
    found: int
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A dossier that was drawn, without its people."""

    code: str
    procedure: str
    received_at: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw: of ``total`` dossiers received in the period. The same ``seed`` over the same period draws the same again."""

    seed: int
    total: int
    lines: tuple[SampleLine, ...]


def kind_of(action: str) -> ActKind:
    """Return the kind of an act on the trail by its name."""
    about, _, done = action.partition(".")
    if about == "user":
        return ActKind.PERSON
    if action.startswith(_OF_DOSSIERS):
        return ActKind.DOSSIER
    if done in _LOOKS:
        return ActKind.LOOK
    if done in _OUT and about not in _BEARERS:
        return ActKind.OUT
    return ActKind.RULE if about in _RULES or done == "settings" else ActKind.DOSSIER


class TrailService:
    """Reads the trail. Each look is on it too."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def look(self, wish: TrailWish, actor: Actor) -> Trail:
        """Return the acts that were asked for, the newest first (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; PERIOD_BACKWARDS at ``last``; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        require(actor, Permission.INSPECT)
        _check(wish.first, wish.last)
        with self._database.write() as uow:
            subject = dossier_with_code(uow, wish.code).dossier_id if wish.code else ""
            people = {user.user_id: user.full_name for user in uow.users.all()}
            lines, found = [], 0
            for entry in _between(uow, wish.first, wish.last):
                if _fits(entry, wish, subject):
                    found += 1
                    lines += [_line(uow, entry, people)] if found <= MOST else []
            told = {"first": wish.first.isoformat(), "last": wish.last.isoformat(), "kind": wish.kind or "", "of": wish.user_id}
            write_audit(uow, self._clock.now(), actor.user_id, "trail.shown", subject, told | {"found": found})
            uow.commit()
        return Trail(tuple(lines), found, people)

    def sample(self, first: date, last: date, count: int, actor: Actor, *, seed: int | None = None) -> Sample:
        """Draw dossiers received from one day to another, both included, each as likely as any other (audited, with its seed).

        Raises:
            RuleBrokenError: NOT_ALLOWED; PERIOD_BACKWARDS at ``last``; SAMPLE_SIZE at ``count``.
        """
        require(actor, Permission.INSPECT)
        _check(first, last)
        if not 1 <= count <= LARGEST_SAMPLE:
            raise broken("SAMPLE_SIZE", "count", most=LARGEST_SAMPLE)
        drawn = secrets.randbelow(SEEDS) if seed is None else seed
        total = 0

        def each() -> Iterator[tuple[str, SampleLine]]:
            """Yield the place of each dossier in this draw, and count them."""
            nonlocal total
            for dossier in uow.dossiers.received_between(_start(first), _start(last + timedelta(days=1))):
                total += 1
                place = sha256(f"{drawn}/{dossier.dossier_id}".encode()).hexdigest()
                yield place, SampleLine(dossier.code, dossier.procedure_name, dossier.received_at, dossier.status)

        with self._database.write() as uow:
            lines = [line for _, line in nsmallest(count, each(), key=_place)]
            told = {"first": first.isoformat(), "last": last.isoformat(), "seed": drawn, "drawn": len(lines), "of": total}
            write_audit(uow, self._clock.now(), actor.user_id, "sample.drawn", "", told)
            uow.commit()
        return Sample(drawn, total, tuple(sorted(lines, key=_code)))


def _check(first: date, last: date) -> None:
    if last < first:
        raise broken("PERIOD_BACKWARDS", "last")


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _place(drawn: tuple[str, SampleLine]) -> str:
    return drawn[0]


def _code(line: SampleLine) -> str:
    return line.code


def _between(uow: UnitOfWork, first: date, last: date) -> Iterator[AuditEntry]:
    """Yield the entries of a period, the newest first; where it begins and ends in the chain is found by halving."""
    newest = uow.audit.head()[0]

    def moment(seq: int) -> datetime:
        """Return when an entry was written."""
        return uow.audit.entries(seq, 1)[0].at

    places = range(1, newest + 1)
    begin = bisect_left(places, _start(first), key=moment) + 1
    end = bisect_left(places, _start(last + timedelta(days=1)), key=moment) + 1
    while end > begin:
        start = max(begin, end - CHUNK)
        yield from reversed(uow.audit.entries(start, end - start))
        end = start


def _fits(entry: AuditEntry, wish: TrailWish, subject: str) -> bool:
    return (
        wish.user_id in ("", entry.user_id) and subject in ("", entry.subject) and wish.kind in (None, kind_of(entry.action)))


def _line(uow: UnitOfWork, entry: AuditEntry, people: Mapping[str, str]) -> TrailLine:
    dossier = uow.dossiers.get(entry.subject) if entry.subject else None
    return TrailLine(
        entry.seq, entry.at, people.get(entry.user_id, entry.user_id), entry.action, dossier.code if dossier else "", entry.details)
