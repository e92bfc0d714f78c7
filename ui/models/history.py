"""The timeline of a dossier: what happened, the step that runs now with its clock, and what is expected next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from counter_app.domain.dossier import RESOLVED, Dossier, Status
from counter_app.domain.events import SLIP_PRINTED
from counter_app.domain.life import Step, Supplement
from counter_app.domain.projection import open_supplement
from counter_app.services.dossiers.views import EventRow
from ui.models.history_kinds import joined, told
from ui.widgets.timeline import Moment

translate = QCoreApplication.translate


def moments_of(events: tuple[EventRow, ...], dossier: Dossier, now: datetime | None = None, days_left: int | None = None) -> list[Moment]:
    """Return the entries of a timeline. ``now`` tells a late step from one in time; ``days_left`` are working days until it is due."""
    entries: list[Moment] = []
    for before, event in zip((None, *events), events, strict=False):
        if before is not None and _came_with(before, event):
            entries[-1] = replace(entries[-1], detail=f"{entries[-1].detail}. {told(event)[1]}")
        else:
            entries.append(_entry(event))
    if dossier.step is not None and dossier.status not in RESOLVED:
        entries.append(_running(dossier.step, now))
    expected = _expected(dossier, now, days_left)
    return [*entries, expected] if expected else entries


def told_apart(events: tuple[EventRow, ...]) -> int:
    """Return in how many lines these events are told: a first print stands in the line of the act it belongs to."""
    return sum(before is None or not _came_with(before, event) for before, event in zip((None, *events), events, strict=False))


def _came_with(before: EventRow, event: EventRow) -> bool:
    """Tell whether a first print belongs to the act before it: it is told in the same line."""
    return event.type == SLIP_PRINTED and event.facts.get("issue", 1) == 1 and event.occurred_at == before.occurred_at


def _entry(event: EventRow) -> Moment:
    icon, title, detail = told(event)
    return Moment(icon, title, detail, f"{event.occurred_at:%d/%m %H:%M}", "warning" if event.state == "attention" else "past")


def _running(step: Step, now: datetime | None) -> Moment:
    late = now is not None and step.due_at is not None and step.due_at.date() < now.date()
    until = translate("History", "until {time}").format(time=_short(step.due_at)) if step.due_at else ""
    if late:
        until = translate("History", "late since {time}").format(time=_short(step.due_at))
    icon = "user-edit" if step.code == "sign" else "progress"
    return Moment(icon, step.name, joined((step.unit, step.owner)), until, "late" if late else "now")


def _expected(dossier: Dossier, now: datetime | None, days_left: int | None) -> Moment | None:
    if dossier.status is Status.RESULT_READY:
        word = translate("History", "with the post") if dossier.parcel else translate("History", "waits to be collected")
        return Moment("flag", translate("History", "Return to the citizen"), word, "", "expected")
    if (asked := open_supplement(dossier)) is not None:
        return _awaited(asked, now)
    if dossier.status in RESOLVED or dossier.due_at is None:
        return None
    words = translate("History", "as promised on the slip")
    if days_left == 0:
        words = translate("History", "due today")
    elif days_left is not None:
        words = translate("History", "{days} working days left").format(days=days_left)
    before = translate("History", "before {time}").format(time=_short(dossier.due_at))
    return Moment("flag", translate("History", "Result"), words, before, "expected")


def _awaited(asked: Supplement, now: datetime | None) -> Moment:
    """Return what is waited for; when its day is over, that somebody has to decide."""
    title, until = translate("History", "The missing papers"), _short(asked.deadline)
    if asked.deadline and now and asked.deadline.date() < now.date():
        words = translate("History", "not brought in time: somebody decides whether it is halted")
        return Moment("flag", title, words, translate("History", "late since {time}").format(time=until), "late")
    before = translate("History", "before {time}").format(time=until) if until else ""
    return Moment("flag", title, translate("History", "time stands still"), before, "expected")


def _short(moment: datetime | None) -> str:
    return f"{moment:%d/%m %H:%M}" if moment else ""
