"""Who worked on a dossier and who answers for it: what the report of units looks at. Nobody outside the office is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from counter_app.domain.dossier import Dossier
from counter_app.domain.life import HandOver, Step, Supplement


@dataclass(frozen=True, slots=True)
class Work:
    """The part of a dossier that tells of the work, each member as the dossier's own. ``number`` is its place in the order of entry."""

    number: int
    handled_by: str
    holder: str
    finished_at: datetime | None
    step: Step | None = None
    steps: tuple[Step, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    supplements: tuple[Supplement, ...] = ()


def unit_of(dossier: Dossier | Work) -> str:
    """Return who answers for a dossier: the unit of its step, who holds its paper, or whose procedure it is."""
    given = dossier.hand_overs[-1].to_unit if dossier.hand_overs else ""
    done = dossier.steps[-1].unit if dossier.steps else ""
    return (dossier.step.unit if dossier.step else "") or dossier.holder or given or done or dossier.handled_by


def person_of(dossier: Dossier | Work) -> str:
    """Return who works on a dossier, or worked on it last."""
    return dossier.step.owner if dossier.step else dossier.steps[-1].owner if dossier.steps else ""


def keepings(dossier: Dossier | Work) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield each unit that had the paper, from when until when."""
    for before, after in pairwise(dossier.hand_overs):
        yield before.to_unit, before.at, after.at
    if dossier.hand_overs and dossier.finished_at and dossier.finished_at >= dossier.hand_overs[-1].at:
        yield dossier.hand_overs[-1].to_unit, dossier.hand_overs[-1].at, dossier.finished_at
