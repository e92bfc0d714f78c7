"""A report as an Excel workbook: one sheet for each table, figures as numbers, shares as percent, days as dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from counter_app.domain.text import write_day
from counter_app.services.reports.document import ReportDocument
from counter_app.services.reports.values import WORDS, ReportTable, groups_of, kind_of, tables_of
from counter_app.services.reports.words import period_name

_GROUPS, _TITLES = 3, 4
_FORMATS = {"count": "#,##0", "permille": "0.0%", "points": "0.00", "tenths": "0.0", "day": "dd/mm/yyyy", "text": "@"}
_SCALES = {"permille": 1000, "tenths": 10}


def write_xlsx(report: ReportDocument, out: Path) -> None:
    """Write a report to a file. Raises OSError."""
    packed = BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    workbook.set_properties({"title": report.words.say("title"), "created": report.made_at.replace(tzinfo=None)})
    used: set[str] = set()
    for at, table in enumerate(tables_of(report.words, report.content), start=1):
        name = (table.title or report.words.say("short"))[:28].translate(str.maketrans("/\\?*[]:", "-------"))
        name = f"{name} {at}" if name.casefold() in used else name
        used.add(name.casefold())
        _Sheet(workbook, name, report, table).write()
    workbook.close()
    out.write_bytes(packed.getbuffer())


class _Sheet:
    """One table."""

    def __init__(self, workbook: Any, name: str, report: ReportDocument, table: ReportTable) -> None:  # noqa: ANN401  the library has no types
        self._book, self._report, self._table = workbook, report, table
        self._sheet = workbook.add_worksheet(name)
        self._made: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        """Write head, lines and total."""
        self._set_up()
        for row, line in enumerate(self._table.lines(), start=_TITLES + 1):
            for at, column in enumerate(self._table.columns):
                self._cell(row, at, column, line)

    def _set_up(self) -> None:
        sheet, report, columns = self._sheet, self._report, self._table.columns
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(_TITLES + 1, 1)
        title = self._book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        plain = self._book.add_format({"font_name": "Times New Roman", "font_size": 11})
        head = self._book.add_format({
            "font_name": "Times New Roman", "font_size": 11, "bold": True, "border": 1, "text_wrap": True, "align": "center",
            "valign": "vcenter", "bg_color": "#E7ECEC"})
        sheet.write_string(0, 0, report.words.say("title"), title)
        days = report.words.say("days", start=write_day(report.period.start), end=write_day(report.period.end))
        sheet.write_string(1, 0, f"{report.unit} · {period_name(report.words, report.period)} · {days}", plain)
        if report.mark:
            moment = f"{report.made_at:%H:%M} {write_day(report.made_at.date())}"
            sheet.write_string(2, 0, report.words.say("frozen", moment=moment, mark=report.mark), plain)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, 40 if kind_of(column) == "text" else 12)
            sheet.write_string(_TITLES, at, str(column["title"]), head)
        for group, first, after in groups_of(columns):
            if group and after - first > 1:
                sheet.merge_range(_GROUPS, first, _GROUPS, after - 1, group, head)
            elif group:
                sheet.write_string(_GROUPS, first, group, head)

    def _cell(self, row: int, at: int, column: Mapping[str, Any], line: Mapping[str, Any]) -> None:
        kind, value = kind_of(column), line.get(column["key"])
        style = self._style(kind, bold=line is self._table.total)
        if value is None or value == "":
            self._sheet.write_blank(row, at, None, style)
        elif kind == "day":
            self._sheet.write_datetime(row, at, datetime.combine(date.fromisoformat(value), time()), style)
        elif kind in WORDS:
            self._sheet.write_string(row, at, str(value), style)
        else:
            self._sheet.write_number(row, at, value / _SCALES.get(kind, 1), style)

    def _style(self, kind: str, *, bold: bool) -> Any:  # noqa: ANN401  the library has no types
        if (kind, bold) not in self._made:
            self._made[kind, bold] = self._book.add_format({
                "font_name": "Times New Roman", "font_size": 11, "border": 1, "valign": "top", "text_wrap": True, "bold": bold,
                "num_format": _FORMATS[kind]})
        return self._made[kind, bold]
