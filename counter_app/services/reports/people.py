"""Reports about work: who is late and why, how long units keep a dossier, which papers are asked for again. No citizen is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counter_app.domain import report_cases as rules
from counter_app.domain.deadline import classify
from counter_app.domain.dossier import Dossier
from counter_app.domain.life import Step
from counter_app.domain.moments import day_of
from counter_app.domain.report_tally import Tally
from counter_app.domain.report_work import Work, keepings, person_of, unit_of
from counter_app.services.reports.makers import Content, Made, Source, filled, make_06a, marks_timeliness
from counter_app.services.reports.words import ReportWords

SHOWN_PAPERS = 40
HOUR = timedelta(hours=1)


def make_weekly(source: Source) -> Made:
    """II.06a of the week, and every late dossier with its unit, its person and the cause."""
    content, tally = make_06a(source)
    late = [_late_line(number, each, source) for number, each in source.uow.reports.dossiers(_late(tally))]
    causes = Counter(line["cause"] for line in late)
    listed = [{"cause": cause, "dossiers": count} for cause, count in causes.most_common()]
    return content | {"causes": listed, "late": sorted(late, key=_longest_first)}, tally


def make_units(source: Source) -> Made:
    """Who has how much, how late, and for how long; and what was asked for again."""
    places, work = Tally.of(source.cases(), marks_timeliness, source.period).places(), _Work()
    for each in source.uow.reports.work(source.period):
        if each.number in places:
            work.take(each, places[each.number][1], source)
    columns = ("resolved", "late", "pending", "overdue")
    units = sorted({*work.tally.rows(), *work.kept})
    rows = [{"unit": unit, **filled(work.tally.counts(unit), columns), **work.kept_by(unit)} for unit in units]
    papers = [{"paper": paper, "times": times} for paper, times in work.most_asked()]
    return {"rows": rows, "total": filled(work.tally.counts(), columns), "people": work.people(), "papers": papers}, work.tally


def cause_of(dossier: Dossier, words: ReportWords) -> str:
    """Return why a dossier is late, as far as it tells."""
    said: dict[str, str] = words.words["causes"]
    if dossier.extensions:
        return said["extended"].format(reason=dossier.extensions[-1].reason)
    late = next(filter(_was_late, dossier.steps), dossier.step)
    if late is not None:
        return said["step"].format(step=late.name)
    if dossier.supplements:
        return said["supplement"]
    if dossier.parcel:
        return said["posted"]
    return said["unknown" if dossier.hand_overs or dossier.entered_later else "not_handed"]


@dataclass(slots=True)
class _Work:
    """Sums up who did what."""

    tally: Tally = field(default_factory=Tally)
    kept: dict[str, list[float]] = field(default_factory=dict)
    steps: Counter[str] = field(default_factory=Counter)
    late_steps: Counter[str] = field(default_factory=Counter)
    overdue: Counter[str] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)

    def take(self, dossier: Work, marks: rules.Marks, source: Source) -> None:
        """Count one dossier, and what was done about it in the period."""
        begins, ends = source.period.begins, source.period.ends
        self.tally.put(unit_of(dossier), marks, dossier.number)
        for unit, since, until in keepings(dossier):
            if begins <= until < ends:
                self.kept.setdefault(unit, []).append((until - since) / HOUR)
        for step in dossier.steps:
            if step.completed_at and begins <= step.completed_at < ends:
                self.steps[step.owner] += 1
                self.late_steps[step.owner] += _was_late(step)
        if "overdue" in marks:
            self.overdue[person_of(dossier)] += 1
        for asked in dossier.supplements:
            if begins <= asked.requested_at < ends:
                self.papers.update(asked.items)

    def kept_by(self, unit: str) -> Content:
        """Return how often a unit kept a dossier and for how many tenths of an hour on average."""
        hours = self.kept.get(unit, [])
        return {"kept": len(hours), "hours": round(10 * sum(hours) / len(hours)) if hours else None}

    def most_asked(self) -> list[tuple[str, int]]:
        """Return the papers that were asked for most often, equals by the alphabet."""
        return sorted(self.papers.items(), key=lambda asked: (-asked[1], asked[0]))[:SHOWN_PAPERS]

    def people(self) -> list[Content]:
        """Return a line for everybody who did a step or has a late dossier."""
        names = sorted({*self.steps, *self.overdue})
        return [{"person": name, "steps": self.steps[name], "late_steps": self.late_steps[name], "overdue": self.overdue[name]}
                for name in names]


def _was_late(step: Step) -> bool:
    """Tell whether a step that is done took too long, by date as everything else."""
    return step.completed_at is not None and classify(step.completed_at, step.due_at) == "overdue"


def _late(tally: Tally) -> list[int]:
    return sorted({*tally.numbers(None, "c10"), *tally.numbers(None, "c13")})


def _late_line(number: int, dossier: Dossier, source: Source) -> dict[str, Any]:
    last = rules.last_moment(source.period)
    closed = dossier.finished_at if dossier.finished_at and dossier.finished_at <= last else None
    due = _due(dossier, closed or last)
    days = (day_of(closed or last) - day_of(due)).days if due else 0
    return {"number": number, "code": dossier.code, "procedure": dossier.procedure_name, "unit": unit_of(dossier),
            "person": person_of(dossier), "due": day_of(due).isoformat() if due else None, "days": days,
            "cause": cause_of(dossier, source.words)}


def _due(dossier: Dossier, at: datetime) -> datetime | None:
    """Return the due time that held at a moment."""
    held = [due for set_at, due in dossier.due_history[1:] if set_at <= at]
    return held[-1] if held else dossier.due_history[0][1] if dossier.due_history else dossier.due_at


def _longest_first(line: Content) -> tuple[int, str]:
    return -line["days"], line["code"]
