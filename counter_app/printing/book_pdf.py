"""A register as a bound book on A4 landscape: cover, numbered pages of eight lines, closing page.

The right edge stays free for the seam seal (*giáp lai*). A page always holds the same lines, so that a print run can go on where the last
one ended and a page can be replaced; texts that are too long for it go on to a sheet with the same number.
"""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.registers import BookLine
from counter_app.printing.book_covers import closing_pages, cover_page, signed_volume
from counter_app.printing.book_lines import FORM, Count, cells, closing, pages_of
from counter_app.printing.book_table import (
    BODY_BOTTOM,
    BODY_TOP,
    HEIGHT,
    LEFT,
    SIZE,
    TOP,
    WIDTH,
    Layout,
    Row,
    TableSetter,
    draw_ground,
    draw_rows,
)
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document, Press
from counter_app.printing.typefaces import Face
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.ports import BookDocument
from counter_app.services.registers.book_files import LINES_PER_PAGE


class PdfBook:
    """Writes one book."""

    def __init__(self, press: Press, book: BookDocument) -> None:
        self._press, self._book = press, book
        self._form: FormWords = form_in_force(FORM, book.opened_on)
        self._layout = Layout.of(book.register)
        self._setter = TableSetter(press.typefaces, self._layout)

    def write(self, out: Path) -> None:
        """Write it to a file, in constant memory."""
        book, count = self._book, Count(self._book)
        with out.open("wb") as stream:
            document = self._press.document(stream, f"{book.title} {book.volume_label}")
            if book.with_cover:
                document.add_page(WIDTH, HEIGHT, (cover_page(document.canvas(), book, self._form), 0))
            ground = document.add_ground(self._ground(document.canvas()), HEIGHT)
            for number, lines in enumerate(pages_of(count), start=book.first_page):
                self._add(document, ground, number, lines)
            if book.closed_on:
                last = closing(book, count, self._form, book.closed_on)
                for page in closing_pages(document, book, self._form, last):
                    document.add_page(WIDTH, HEIGHT, (page, 0))
            document.close()

    def _add(self, document: Document, ground: int, number: int, lines: list[BookLine]) -> None:
        """Write a page of the book, on further sheets where its texts are too long."""
        canvas = document.canvas()
        sheets = _share([row for line in lines for row in self._rows(canvas, line)])
        for place, rows in enumerate(sheets):
            label = self._form.say("page_continued" if place else "page", page=number)
            canvas.text_right(self._layout.edges[-1], TOP + 3.5, label, Face.REGULAR, SIZE)
            bottom = draw_rows(canvas, self._layout, rows, _spare(rows) if len(sheets) == 1 else 0.0)
            if self._book.closed_on and len(lines) < LINES_PER_PAGE and place == len(sheets) - 1:
                canvas.rule(LEFT, BODY_BOTTOM, self._layout.edges[-1], bottom)  # nothing can be written below the last line
            document.add_page(WIDTH, HEIGHT, (canvas, 0), ground=ground)
            canvas = document.canvas()

    def _rows(self, canvas: Canvas, line: BookLine) -> list[Row]:
        texts = cells(self._book.register, line, self._form)
        return self._setter.rows(canvas, texts, struck=bool(line.struck_reason))

    def _ground(self, canvas: Canvas) -> Canvas:
        book, form = self._book, self._form
        title = f"{book.title} · {form.say('volume', volume=signed_volume(book))}"
        draw_ground(canvas, self._layout, title, form.say("reprint") if book.reprint else "")
        return canvas


def _share(rows: list[Row]) -> list[list[Row]]:
    """Share the rows of a page out to sheets: nearly always one."""
    sheets: list[list[Row]] = [[]]
    left = BODY_BOTTOM - BODY_TOP
    for row in rows:
        if sheets[-1] and row.height > left:
            sheets.append([])
            left = BODY_BOTTOM - BODY_TOP
        sheets[-1].append(row)
        left -= row.height
    return sheets


def _spare(rows: list[Row]) -> float:
    """Return how much higher each row is set, so that eight of them fill the page."""
    return (BODY_BOTTOM - BODY_TOP - sum(row.height for row in rows)) / max(len(rows), LINES_PER_PAGE)
