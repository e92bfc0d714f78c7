"""What both sides count in a period, as two tables show it: the sums by state, and the dossiers behind what differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.province_adoption import STATUSES
from counter_app.domain.report_periods import Period, PeriodKind, containing, neighbour, place
from counter_app.services.line.day_counts import DayCompared, PeriodCompared
from ui.models.states import status_word


def _words(source: object) -> str:
    return QCoreApplication.translate("PeriodLines", str(source))


@dataclass(frozen=True, slots=True)
class SumLine:
    """How many dossiers of one state both sides count."""

    word: str
    here: int
    there: int

    @property
    def differs(self) -> bool:
        """The sides count differently."""
        return self.here != self.there


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A dossier that is not the same on both sides, and how."""

    day: date
    code: str
    words: str


def sum_lines(found: PeriodCompared) -> list[SumLine]:
    """Return the sums by state in the order of the national codes, the whole last; states that nobody counts are left out."""
    here, there = found.here, found.there
    codes = sorted({*here.by_status, *there.by_status}, key=_rank)
    lines = [SumLine(_state(code), here.by_status.get(code, 0), there.by_status.get(code, 0)) for code in codes]
    return [*lines, SumLine(_words(QT_TRANSLATE_NOOP("PeriodLines", "All dossiers")), here.total, there.total)]


def code_lines(found: PeriodCompared) -> list[CodeLine]:
    """Return the dossiers that are not the same, the newest day first."""
    return [line for day in sorted(found.days, key=_day, reverse=True) for line in _of_day(day)]


def periods(today: date) -> list[tuple[str, Period]]:
    """Return the periods that are offered, none with days to come: this report month, the last one, this quarter, this report year."""
    month, quarter, year = (containing(kind, today) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR))
    last = neighbour(PeriodKind.MONTH, month, -1)
    offered = [
        (_words(QT_TRANSLATE_NOOP("PeriodLines", "Month {number}/{year}")), PeriodKind.MONTH, month),
        (_words(QT_TRANSLATE_NOOP("PeriodLines", "Month {number}/{year}")), PeriodKind.MONTH, last),
        (_words(QT_TRANSLATE_NOOP("PeriodLines", "Quarter {number}/{year}")), PeriodKind.QUARTER, quarter),
        (_words(QT_TRANSLATE_NOOP("PeriodLines", "Year {year}")), PeriodKind.YEAR, year)]
    return [(_named(words, kind, period), Period(period.start, min(period.end, today))) for words, kind, period in offered]


def _named(words: str, kind: PeriodKind, period: Period) -> str:
    year, number = place(kind, period)
    days = f"{period.start:%d/%m/%Y} – {period.end:%d/%m/%Y}"
    return f"{words.format(number=number, year=year)} ({days})"


def _of_day(day: DayCompared) -> list[CodeLine]:
    here = _words(QT_TRANSLATE_NOOP("PeriodLines", "only on this PC"))
    there = _words(QT_TRANSLATE_NOOP("PeriodLines", "only at the province"))
    both = _words(QT_TRANSLATE_NOOP("PeriodLines", "here {ours}, at the province {theirs}"))
    changed = [CodeLine(day.day, code, both.format(ours=_state(ours), theirs=_state(theirs))) for code, ours, theirs in day.different]
    alone = [(code, here) for code in day.here_only] + [(code, there) for code in day.there_only]
    return [*changed, *(CodeLine(day.day, code, words) for code, words in alone)]


def _state(code: str) -> str:
    return status_word(STATUSES[code]) if code in STATUSES else code


def _rank(code: str) -> tuple[int, str]:
    return (int(code), "") if code.isascii() and code.isdigit() else (99, code)


def _day(each: DayCompared) -> date:
    return each.day
