"""A register as an Excel workbook, made row by row, with only the packed file held: real dates and numbers, every text as text."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from counter_app.domain.books import Value
from counter_app.domain.moments import VIETNAM
from counter_app.domain.registers import BookLine
from counter_app.domain.text import write_day
from counter_app.printing.book_covers import signed_volume
from counter_app.printing.book_lines import FORM, Count, closing, last_column
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.ports import BookDocument

_MM_PER_SIGN = 1.1
"""How much paper a sign of the sheet stands for: it is read on a screen, so that its columns are wider."""
_LEAST = {"moment": 17, "day": 12, "money": 14}
"""Signs that a value of a kind needs at least; columns narrower than that on paper break it."""
_CODE = 24
_HEADER_ROW = 2
_FORMATS = {"moment": "dd/mm/yyyy hh:mm", "day": "dd/mm/yyyy", "money": "#,##0"}


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
        self._book, self._form, self._columns = book, form, book.register.columns
        self._sheet = workbook.add_worksheet(book.volume_label.replace("/", "-")[:31])
        style = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
        self._title = workbook.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        self._plain = workbook.add_format({"font_name": "Times New Roman", "font_size": 11})
        self._header = workbook.add_format(style | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7ECEC"})
        formats: dict[str, dict[str, Any]] = {"": {}} | {kind: {"num_format": shown} for kind, shown in _FORMATS.items()}
        self._styles = {
            (kind, struck): workbook.add_format(style | shown | ({"font_strikeout": True} if struck else {}))
            for kind, shown in formats.items() for struck in (False, True)}

    def write(self) -> None:
        """Write head, lines and end."""
        self._set_up()
        count = Count(self._book)
        row = _HEADER_ROW
        for row, line in enumerate(count, start=_HEADER_ROW + 1):
            self._line(row, line)
        if count.lines:
            self._sheet.autofilter(_HEADER_ROW, 0, row, len(self._columns) - 1)
        if self._book.closed_on:
            last = closing(self._book, count, self._form, self._book.closed_on)
            for at, sentence in enumerate([*last.sentences, ", ".join(last.burned)], start=row + 2):
                self._sheet.write_string(at, 0, sentence, self._plain)

    def _set_up(self) -> None:
        sheet, book, form = self._sheet, self._book, self._form
        for at, column in enumerate(self._columns):
            least = _CODE if column.key == "code" else _LEAST.get(column.kind, 0)
            sheet.set_column(at, at, max(round(column.width / _MM_PER_SIGN), least))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER_ROW)
        sheet.freeze_panes(_HEADER_ROW + 1, 2)
        sheet.set_footer("&R&P/&N")
        volume, opened = form.say("volume", volume=signed_volume(book)), form.say("opened", day=write_day(book.opened_on))
        told = [book.agency, book.commune, volume, opened]
        if book.closed_on:
            told.append(form.say("closed", day=write_day(book.closed_on)))
        if book.reprint:
            told.append(form.say("reprint"))
        sheet.write_string(0, 0, book.title, self._title)
        sheet.write_string(1, 0, " · ".join(word for word in told if word), self._plain)
        for at, column in enumerate(self._columns):
            sheet.write_string(_HEADER_ROW, at, column.title, self._header)

    def _line(self, row: int, line: BookLine) -> None:
        """Write a line; what is struck through stays readable, the last column says why."""
        last = len(self._columns) - 1
        for at, (column, value) in enumerate(zip(self._columns, self._book.register.values(line), strict=True)):
            shown = column.words.get(value, value) if column.words and isinstance(value, str) else value
            if at == last and line.struck_reason:
                shown = last_column(line, str(shown or ""), self._form)
            self._write(row, at, shown, (column.kind if column.kind in _FORMATS else "", bool(line.struck_reason) and at != last))

    def _write(self, row: int, at: int, value: Value, style: tuple[str, bool]) -> None:
        cell = self._styles[style]
        if isinstance(value, datetime):
            self._sheet.write_datetime(row, at, value.astimezone(VIETNAM).replace(tzinfo=None), cell)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, at, value, cell)
        elif isinstance(value, int):
            self._sheet.write_number(row, at, value, cell)
        elif value:
            self._sheet.write_string(row, at, value, cell)
        else:
            self._sheet.write_blank(row, at, None, cell)
