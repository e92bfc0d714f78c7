"""Form 07 as an Excel workbook, made row by row, so that only the packed file is held: real dates and numbers, and every text as text."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from counter_app.domain.moments import VIETNAM
from counter_app.domain.registers import BookLine
from counter_app.domain.text import write_day
from counter_app.printing.book_lines import FORM, STRUCK_COLUMNS, Count, address, closing, deliveries, note
from counter_app.services.forms import FormWords, form_in_force
from counter_app.services.ports import BookDocument

_WIDTHS = (7, 24, 42, 8, 30, 42, 24, 17, 17, 17, 16, 16, 30)
_HEADER_ROW = 2
_DATES = "dd/mm/yyyy hh:mm"


def write_xlsx(book: BookDocument, out: Path) -> None:
    """Write a book to a file.

    Raises:
        OSError: the file can't be written. The library would tell it as an error of its own and keep the file open, so it never sees it.
    """
    form, packed = form_in_force(FORM, book.opened_on), BytesIO()
    workbook = xlsxwriter.Workbook(packed, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    workbook.set_properties({"title": f"{book.title} {book.volume_label}", "created": datetime(book.year, 1, 1)})  # noqa: DTZ001  no zone in Excel
    _Sheet(workbook, book, form).write()
    workbook.close()
    out.write_bytes(packed.getbuffer())


class _Sheet:
    """The one sheet of the workbook."""

    def __init__(self, workbook: Any, book: BookDocument, form: FormWords) -> None:  # noqa: ANN401  the library has no types
        self._book, self._form, self._deliveries = book, form, deliveries(form)
        self._sheet = workbook.add_worksheet(book.volume_label.replace("/", "-")[:31])
        style = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
        self._title = workbook.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        self._plain = workbook.add_format({"font_name": "Times New Roman", "font_size": 11})
        self._header = workbook.add_format(style | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7ECEC"})
        self._cell, self._date = workbook.add_format(style), workbook.add_format(style | {"num_format": _DATES})
        self._struck = workbook.add_format(style | {"font_strikeout": True})
        self._struck_date = workbook.add_format(style | {"num_format": _DATES, "font_strikeout": True})

    def write(self) -> None:
        """Write head, lines and end."""
        self._set_up()
        count = Count(self._book)
        row = _HEADER_ROW
        for row, line in enumerate(count, start=_HEADER_ROW + 1):
            self._line(row, line)
        if count.lines:
            self._sheet.autofilter(_HEADER_ROW, 0, row, len(_WIDTHS) - 1)
        if self._book.closed_on:
            last = closing(self._book, count, self._form, self._book.closed_on)
            for at, sentence in enumerate([*last.sentences, ", ".join(last.burned)], start=row + 2):
                self._sheet.write_string(at, 0, sentence, self._plain)

    def _set_up(self) -> None:
        sheet, book, form = self._sheet, self._book, self._form
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER_ROW)
        sheet.freeze_panes(_HEADER_ROW + 1, 2)
        sheet.set_footer("&R&P/&N")
        told = [book.agency, book.commune, form.say("volume", volume=book.volume_label), form.say("opened", day=write_day(book.opened_on))]
        if book.closed_on:
            told.append(form.say("closed", day=write_day(book.closed_on)))
        if book.reprint:
            told.append(form.say("reprint"))
        sheet.write_string(0, 0, book.title, self._title)
        sheet.write_string(1, 0, " · ".join(word for word in told if word), self._plain)
        for column, name in enumerate(form.words["columns"]):
            sheet.write_string(_HEADER_ROW, column, name, self._header)

    def _line(self, row: int, line: BookLine) -> None:
        """Write a line; what is struck through stays readable, column 13 says why."""
        values: tuple[object, ...] = (
            line.place.ordinal, line.code, line.procedure_name, line.sets, line.applicant, address(line), line.handled_by, line.received_at,
            line.due_at, line.returned_at, self._deliveries.get(line.delivery, line.delivery), line.signed, note(line, self._form))
        for column, value in enumerate(values):
            struck = bool(line.struck_reason) and column in STRUCK_COLUMNS
            self._write(row, column, value, struck=struck)

    def _write(self, row: int, column: int, value: object, *, struck: bool) -> None:
        style = self._struck if struck else self._cell
        if isinstance(value, datetime):
            style = self._struck_date if struck else self._date
            self._sheet.write_datetime(row, column, value.astimezone(VIETNAM).replace(tzinfo=None), style)
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, style)
        elif value:
            self._sheet.write_string(row, column, str(value), style)
        else:
            self._sheet.write_blank(row, column, None, style)
