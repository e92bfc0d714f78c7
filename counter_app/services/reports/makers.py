"""Reports made from what is counted: the rows of each table, and the tally that knows the dossiers behind every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from counter_app.domain import report_cases as rules
from counter_app.domain.catalogue import Procedure
from counter_app.domain.moments import day_of
from counter_app.domain.report_07a import marks_07a
from counter_app.domain.report_cases import Case, Marks
from counter_app.domain.report_periods import Period, PeriodKind, containing, neighbour, place
from counter_app.domain.report_tally import Counts, Tally
from counter_app.domain.text import fold
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.ports import UnitOfWork
from counter_app.services.reports.settings import ReportSettings
from counter_app.services.reports.words import ReportWords

Content = dict[str, Any]
COLUMNS_06A = tuple(f"c{number}" for number in range(3, 14))
MONTHS_SHOWN = 12
HOURS = tuple(f"h{hour}" for hour in range(6, 20))


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from: one snapshot of the database, the period, and what the commune has set."""

    uow: UnitOfWork
    period: Period
    words: ReportWords
    profile: DeskProfile
    settings: ReportSettings
    procedures: tuple[Procedure, ...] = ()
    """The procedures in force on the last day of the period."""

    def cases(self) -> Iterable[Case]:
        """Yield what is to be counted."""
        return self.uow.reports.cases(self.period)


Made = tuple[Content, Tally]
Maker = Callable[[Source], Made]


def make_06a(source: Source) -> Made:
    """II.06a/VPCP/KSTT: ``rows`` by field and ``total``, ``c3`` to ``c13``."""
    tally = Tally.of(source.cases(), rules.marks_06a, source.period)
    return by_field(tally, COLUMNS_06A), tally


def make_07a(source: Source) -> Made:
    """07a/BTP; how long a dossier may wait to be received is data."""
    rule = partial(marks_07a, waiting_days=source.words.words["waiting_days"])
    tally = Tally.of(source.cases(), rule, source.period)
    return by_field(tally, _columns(source.words)), tally


def make_timeliness(source: Source) -> Made:
    """How many were in time, by field and by month of the last twelve."""
    tally = Tally.of(source.cases(), marks_timeliness, source.period)
    content = by_field(tally, ("resolved", "in_time", "late", "pending", "overdue"))
    for line in (*content["rows"], content["total"]):
        line["in_time_permille"] = permille(line["in_time"], line["resolved"])
        line["overdue_permille"] = permille(line["overdue"], line["resolved"] + line["pending"])
    return content | {"months": months(source.uow, source.period), "on_time_target_permille": source.settings.on_time_target}, tally


def make_on_the_spot(source: Source) -> Made:
    """The share of what was received, decided and returned in one go."""
    tally = Tally.of(source.cases(), rules.marks_on_the_spot, source.period)
    content = by_field(tally, ("resolved", "on_the_spot", "same_day"))
    for line in (*content["rows"], content["total"]):
        line |= {f"{name}_permille": permille(line[name], line["resolved"]) for name in ("on_the_spot", "same_day")}
    return content | {"target_permille": source.settings.on_the_spot_target}, tally


def make_load(source: Source) -> Made:
    """Receipts by weekday and hour, for staffing."""
    tally = Tally.of(source.cases(), _marks_load, source.period, row_of=_weekday)
    days = source.words.words["weekdays"]
    columns = (*HOURS, "other", "total")
    rows = [{"day": days[int(row)], "row": row, **filled(tally.counts(row), columns)} for row in tally.rows()]
    return {"rows": rows, "total": filled(tally.counts(), columns)}, tally


def by_field(tally: Tally, columns: Sequence[str]) -> Content:
    """Return ``rows`` by field of work and ``total``; the fields stand in the order of the alphabet, the unknown one last."""
    rows = [{"field": field, **filled(tally.counts(field), columns)} for field in sorted(tally.rows(), key=_alphabet)]
    return {"rows": rows, "total": filled(tally.counts(), columns)}


def filled(counts: Counts, columns: Sequence[str]) -> Counts:
    """Return every column, 0 where nothing was counted."""
    return {column: counts.get(column, 0) for column in columns}


def permille(part: int, whole: int) -> int | None:
    """Return a share in thousandths, cut and not rounded, so that 1000 means all; None of nothing."""
    return part * 1000 // whole if whole else None


def months(uow: UnitOfWork, period: Period) -> list[Content]:
    """Return how many were in time in each of the twelve months up to the one that ``period`` ends in, by one look."""
    last = containing(PeriodKind.MONTH, period.end)
    listed = [neighbour(PeriodKind.MONTH, last, step) for step in range(1 - MONTHS_SHOWN, 1)]
    found = {each: [0, 0] for each in listed}
    for case in uow.reports.cases(Period(listed[0].start, last.end)):
        if case.accepted and case.finished_at is not None and case.finished_at < last.ends:
            counted = found[containing(PeriodKind.MONTH, day_of(case.finished_at))]
            counted[rules.closing(case) == "late"] += 1
    return [_month(each, *found[each]) for each in listed]


def _month(period: Period, in_time: int, late: int) -> Content:
    year, number = place(PeriodKind.MONTH, period)
    return {"month": f"{number}/{year}", "resolved": in_time + late, "in_time": in_time, "late": late,
            "in_time_permille": permille(in_time, in_time + late)}


def marks_timeliness(case: Case, period: Period) -> Marks:
    """Return whether a dossier was resolved in time or late, or is pending and perhaps overdue."""
    if not rules.counts(case, period):
        return rules.NONE
    stood = rules.stands(case, period)
    if stood in ("in_time", "overdue"):
        return ("pending", "overdue") if stood == "overdue" else ("pending",)
    return "resolved", "late" if stood == "late" else "in_time"


def _marks_load(case: Case, period: Period) -> Marks:
    marks = rules.marks_load(case, period)
    return tuple(mark if mark in HOURS or mark == "total" else "other" for mark in marks)


def _weekday(case: Case) -> str:
    return str(day_of(case.received_at).weekday())


def _columns(words: ReportWords) -> tuple[str, ...]:
    return tuple(column["key"] for table in words.tables for column in table["columns"] if column["key"] != "field")


def _alphabet(field: str) -> tuple[bool, str, str]:
    return not field, fold(field), field
