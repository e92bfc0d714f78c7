"""Form 07 as a bound book on A4 landscape: cover, numbered pages of eight lines, closing page.

The right edge stays free for the seam seal (*giáp lai*). A page always holds the same lines, so that a print run can go on where the last
one ended and a page can be replaced; texts that are too long for it go on to a sheet with the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.registers import DossierBookLine
from counter_app.printing.book_covers import closing_pages, cover_page
from counter_app.printing.book_lines import FORM, STRUCK_COLUMNS, Count, address, closing, day_text, delivery, note, pages_of
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document, Press
from counter_app.printing.typefaces import Face, Typefaces
from counter_app.printing.typeset import wrap_plain
from counter_app.services.book_files import LINES_PER_PAGE
from counter_app.services.forms import FormWords, form_in_force
from counter_app.services.ports import BookDocument

WIDTH, HEIGHT = 297.0, 210.0
LEFT, RIGHT, TOP = 15.0, 25.0, 12.0
"""Margins in mm; the right one is for the seam seal."""

_WIDTHS = (10.0, 22.0, 38.0, 9.0, 30.0, 34.0, 19.0, 12.5, 12.5, 12.5, 17.5, 16.0, 24.0)
_LEFT_ALIGNED = frozenset({1, 2, 4, 5, 6, 12})
_EDGES = tuple(LEFT + sum(_WIDTHS[:count]) for count in range(len(_WIDTHS) + 1))
_GROUPED = (7, 13)
"""Columns under the common title: first, and the one after the last."""

SIZE, _LEAD, _PAD, _SIDE = 10.0, 4.2, 0.5, 1.0
_HEAD_TOP = TOP + 6.5
_TITLE_TOP, _NUMBER_TOP, _BODY_TOP = _HEAD_TOP + 5.2, _HEAD_TOP + 19.2, _HEAD_TOP + 24.4
_BODY_BOTTOM = HEIGHT - 10.0
_MOST_LINES = 30
"""A line of the book with more lines of text is set as several pieces."""

_CELLS = tuple((column, column in _LEFT_ALIGNED, column in STRUCK_COLUMNS) for column in range(len(_WIDTHS)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the book, broken into the lines of each cell: (text, width)."""

    cells: tuple[list[tuple[str, float]], ...]
    struck: bool
    height: float


class PdfBook:
    """Writes one book."""

    def __init__(self, press: Press, book: BookDocument) -> None:
        self._press = press
        self._typefaces: Typefaces = press.typefaces
        self._book = book
        self._form: FormWords = form_in_force(FORM, book.opened_on)
        self._broken: dict[tuple[int, str], list[tuple[str, float]]] = {}

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

    def _add(self, document: Document, ground: int, number: int, lines: list[DossierBookLine]) -> None:
        """Write a page of the book, on further sheets where its texts are too long."""
        rows = [row for line in lines for row in self._rows(line)]
        room = _BODY_BOTTOM - _BODY_TOP
        sheets: list[list[_Row]] = [[]]
        for row in rows:
            if sheets[-1] and sum(other.height for other in sheets[-1]) + row.height > room:
                sheets.append([])
            sheets[-1].append(row)
        stretched = len(sheets) == 1
        for place, sheet in enumerate(sheets):
            canvas = document.canvas()
            label = self._form.say("page_continued" if place else "page", page=number)
            canvas.text_right(_EDGES[-1], TOP + 3.5, label, Face.REGULAR, SIZE)
            spare = (room - sum(row.height for row in sheet)) / max(len(sheet), LINES_PER_PAGE) if stretched else 0.0
            bottom = self._draw(canvas, sheet, spare)
            if self._book.closed_on and len(lines) < LINES_PER_PAGE and place == len(sheets) - 1:
                canvas.rule(LEFT, _BODY_BOTTOM, _EDGES[-1], bottom)  # nothing can be written below the last line
            document.add_page(WIDTH, HEIGHT, (canvas, 0), ground=ground)

    def _draw(self, canvas: Canvas, rows: list[_Row], spare: float) -> float:
        """Draw the rows of a sheet, each ``spare`` higher than its text needs; return where they end."""
        y = _BODY_TOP
        placed: list[tuple[float, float, str]] = []
        for row in rows:
            height = row.height + spare
            for (column, left_aligned, strikes), lines in zip(_CELLS, row.cells, strict=True):
                baseline = y + (height - len(lines) * _LEAD) / 2 + 3.2
                for text, width in lines:
                    x = _EDGES[column] + _SIDE if left_aligned else (_EDGES[column] + _EDGES[column + 1] - width) / 2
                    placed.append((x, baseline, text))
                    if row.struck and strikes:
                        canvas.rule(x, baseline - 1.1, x + width, baseline - 1.1, 0.6)
                    baseline += _LEAD
            y += height
            canvas.rule(LEFT, y, _EDGES[-1], y)
        for x in _EDGES:
            canvas.rule(x, _BODY_TOP, x, y)
        canvas.texts(placed, Face.REGULAR, SIZE)
        return y

    def _rows(self, line: DossierBookLine) -> list[_Row]:
        form = self._form
        texts = (
            f"{line.place.ordinal:02d}", line.code.replace("-", "-\n", 1), line.procedure_name, str(line.sets), line.applicant,
            address(line), line.handled_by, *(day_text(moment) for moment in (line.received_at, line.due_at, line.returned_at)),
            delivery(line, form), line.signed, note(line, form))
        cells = [self._break(column, text) if text else [] for column, text in enumerate(texts)]
        longest, struck = max(map(len, cells)), bool(line.struck_reason)
        if longest <= _MOST_LINES:
            return [_Row(tuple(cells), struck, longest * _LEAD + 2 * _PAD)]
        parts = [tuple(cell[at:at + _MOST_LINES] for cell in cells) for at in range(0, longest, _MOST_LINES)]
        return [_Row(part, struck, max(map(len, part)) * _LEAD + 2 * _PAD) for part in parts]

    def _break(self, column: int, text: str) -> list[tuple[str, float]]:
        """Break a cell into lines; what was broken before is remembered, for most texts of a book come again."""
        known = self._broken.get((column, text))
        if known is None:
            known = wrap_plain(self._typefaces, text, _WIDTHS[column] - 2 * _SIDE, SIZE)
            if len(self._broken) > _REMEMBERED:
                self._broken.clear()
            self._broken[column, text] = known
        return known

    def _ground(self, canvas: Canvas) -> Canvas:
        """Draw what all pages share: the running title and the head of the table."""
        book, form, typefaces = self._book, self._form, self._typefaces
        title = f"{book.title} · {form.say('volume', volume=book.volume_label)}"
        canvas.text(LEFT, TOP + 3.5, typefaces.printable(title), Face.BOLD, SIZE)
        if book.reprint:
            canvas.text_centred((LEFT + _EDGES[-1]) / 2, TOP + 3.5, form.say("reprint"), Face.BOLD_ITALIC, SIZE)
        first, after = _GROUPED
        for y, start in ((_HEAD_TOP, LEFT), (_TITLE_TOP, _EDGES[first]), (_NUMBER_TOP, LEFT), (_BODY_TOP, LEFT)):
            canvas.rule(start, y, _EDGES[-1], y)
        for column, x in enumerate(_EDGES):
            canvas.rule(x, _TITLE_TOP if first < column < after else _HEAD_TOP, x, _BODY_TOP)
        canvas.text_centred((_EDGES[first] + _EDGES[after]) / 2, _HEAD_TOP + 3.8, form.say("group"), Face.BOLD, SIZE)
        for column, name in enumerate(form.words["columns"]):
            self._draw_title(canvas, column, name)
        return canvas

    def _draw_title(self, canvas: Canvas, column: int, name: str) -> None:
        middle = (_EDGES[column] + _EDGES[column + 1]) / 2
        top = _TITLE_TOP if _GROUPED[0] <= column < _GROUPED[1] else _HEAD_TOP
        lines = wrap_plain(self._typefaces, name, _WIDTHS[column] - 1, SIZE, Face.BOLD)
        baseline = top + (_NUMBER_TOP - top - len(lines) * _LEAD) / 2 + 3.2
        for number, (text, width) in enumerate(lines):
            canvas.text(middle - width / 2, baseline + number * _LEAD, text, Face.BOLD, SIZE)
        canvas.text_centred(middle, _NUMBER_TOP + 3.8, str(column + 1), Face.REGULAR, SIZE)


_REMEMBERED = 20_000
"""Broken cells kept in memory, some megabytes."""
