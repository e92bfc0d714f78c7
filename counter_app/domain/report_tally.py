"""Counting: which dossier stands in which row and which columns of a table, so that every figure knows its dossiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from counter_app.domain.report_cases import Case, Marks, Rule
from counter_app.domain.report_periods import Period

Counts = dict[str, int]
Places = Mapping[int, tuple[str, Marks]]
"""By the number of each dossier: its row and its columns."""


def field_of(case: Case) -> str:
    """Return the row of most tables, the field of work."""
    return case.field


class Tally:
    """A table being counted. Rows and columns are names; a dossier stands in one row and some columns of it."""

    def __init__(self, groups: dict[tuple[str, Marks], list[int]] | None = None) -> None:
        self._groups = groups or {}

    @classmethod
    def of(cls, cases: Iterable[Case], rule: Rule, period: Period, row_of: Callable[[Case], str] = field_of) -> Tally:
        """Count cases by a rule."""
        groups: dict[tuple[str, Marks], list[int]] = {}
        for case in cases:
            if marks := rule(case, period):
                groups.setdefault((row_of(case), marks), []).append(case.number)
        return cls(groups)

    def put(self, row: str, marks: Marks, number: int) -> None:
        """Count one dossier."""
        self._groups.setdefault((row, marks), []).append(number)

    def rows(self) -> list[str]:
        """Return the rows that have a dossier, by name."""
        return sorted({row for row, _ in self._groups})

    def counts(self, row: str | None = None) -> Counts:
        """Return how many dossiers stand in each column of a row; None: of all rows together."""
        found: Counts = {}
        for (name, marks), numbers in self._groups.items():
            if row is None or name == row:
                for mark in marks:
                    found[mark] = found.get(mark, 0) + len(numbers)
        return found

    def numbers(self, row: str | None, column: str) -> list[int]:
        """Return the dossiers behind one figure, in the order of entry; ``row`` None: of the total."""
        return sorted(
            number for (name, marks), numbers in self._groups.items() if row in (None, name) and column in marks for number in numbers)

    def places(self) -> Places:
        """Return where each dossier stands."""
        return {number: (row, marks) for (row, marks), numbers in self._groups.items() for number in numbers}

    def plain(self) -> list[dict[str, object]]:
        """Return the table as JSON data, for a report that is kept."""
        return [{"row": row, "columns": list(marks), "dossiers": numbers} for (row, marks), numbers in sorted(self._groups.items())]

    @classmethod
    def from_plain(cls, stored: Iterable[Mapping[str, object]]) -> Tally:
        """Return a table that :meth:`plain` wrote."""
        tally = cls()
        for group in stored:
            marks, numbers = tuple(map(str, _items(group["columns"]))), [int(str(each)) for each in _items(group["dossiers"])]
            tally._groups[str(group["row"]), marks] = numbers
        return tally


def differences(before: Places, now: Places) -> list[tuple[int, tuple[str, Marks] | None, tuple[str, Marks] | None]]:
    """Return each dossier that stands elsewhere now: its number, where it stood and where it stands; None for nowhere."""
    return [
        (number, before.get(number), now.get(number))
        for number in sorted(before.keys() | now.keys()) if before.get(number) != now.get(number)
    ]


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list was stored")
    return value
