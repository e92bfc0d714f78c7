"""A report as PDF/A-2b, A4 landscape as the official form: head, tables that go on over the page, charts, signatures."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol

from counter_app.domain.moments import day_of
from counter_app.domain.text import write_day
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document, Press
from counter_app.printing.report_chart import MonthBars, ScoreBars
from counter_app.printing.report_table import LEFT, RIGHT, SIZE, SMALL, set_table
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import wrap_plain
from counter_app.services.reports.document import ReportDocument
from counter_app.services.reports.values import ReportTable, axis_base, tables_of
from counter_app.services.reports.words import period_name

WIDTH, HEIGHT = 297.0, 210.0
_TOP, _BOTTOM = 14.0, 196.0
_SIGNATURES = 36.0
_MIDDLE = (LEFT + RIGHT) / 2
_OFFICE, _NATION = 76.0, 225.0
"""The middles of the two columns of the head, and of the signatures."""


class _Drawn(Protocol):
    @property
    def height(self) -> float:
        """In mm."""

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it from ``y`` down."""


class PdfReport:
    """Writes one report."""

    def __init__(self, press: Press, report: ReportDocument) -> None:
        self._press, self._report, self._say = press, report, report.words.say
        self._pages = 0
        self._y = _TOP

    def write(self, out: Path) -> None:
        """Write it to a file. Raises OSError."""
        with out.open("wb") as stream:
            self._begin(stream)
            self._head()
            tables = tables_of(self._report.words, self._report.content)
            for table in tables:
                self._table(table)
            self._notes()
            self._signatures()
            self._end_page()
            self._document.close()

    def _begin(self, stream: BinaryIO) -> None:
        self._document: Document = self._press.document(stream, self._say("title"))
        self._canvas = self._document.canvas()

    def _head(self) -> None:
        report, canvas = self._report, self._canvas
        self._line(report.superior.upper(), _OFFICE, Face.REGULAR, 11, 0)
        self._line(self._say("nation"), _NATION, Face.BOLD, 11, 5)
        self._line(self._say("motto"), _NATION, Face.BOLD, 11, 0)
        canvas.rule(_NATION - 20, self._y + 1.5, _NATION + 20, self._y + 1.5, 0.6)
        self._line(report.unit.upper(), _OFFICE, Face.BOLD, 11, 8, wide=120)
        canvas.text(LEFT, self._y, self._printable(report.words.legal_reference), Face.BOLD, SIZE)
        self._y += 6
        self._line(self._say("title"), _MIDDLE, Face.BOLD, 13, 6, wide=RIGHT - LEFT)
        self._line(self._say("period", period=period_name(report.words, report.period)), _MIDDLE, Face.REGULAR, 11, 5)
        start, end = write_day(report.period.start), write_day(report.period.end)
        self._line(self._say("days", start=start, end=end), _MIDDLE, Face.ITALIC, 11, 6)
        self._canvas.text(LEFT, self._y, self._printable(self._say("reporting_unit", unit=report.unit)), Face.REGULAR, SIZE)
        self._canvas.text_right(RIGHT, self._y, self._printable(self._say("measure", unit=report.words.words["unit"])), Face.ITALIC, SIZE)
        self._y += 5
        if report.receiver:
            self._canvas.text(LEFT, self._y, self._printable(self._say("receiving_unit", unit=report.receiver)), Face.REGULAR, SIZE)
            self._y += 5

    def _table(self, table: ReportTable) -> None:
        head, rows = set_table(self._press.typefaces, table, self._say("ordinal"))
        if table.title:
            self._room(head.height + 20)
            self._y += 7
            self._canvas.text(LEFT, self._y, self._printable(table.title), Face.BOLD, 11)
            self._y += 2.5
        if not rows:
            self._canvas.text(LEFT, self._y + 4, self._printable(self._say("none")), Face.ITALIC, SIZE)
            self._y += 7
            return
        self._room(head.height + rows[0].height)
        self._put(head)
        for row in rows:
            if self._y + row.height > _BOTTOM:
                self._turn()
                self._put(head)
            self._put(row)
        self._chart(table)

    def _chart(self, table: ReportTable) -> None:
        bars: _Drawn | None = None
        if table.chart:
            names = [str(row[table.chart["label"]]) for row in table.rows]
            values = [row[table.chart["value"]] for row in table.rows]
            mark = self._report.content[table.chart["mark"]]
            bars = MonthBars(names, values, axis_base(mark), mark)
        elif table.rows and "group" in table.rows[0] and "item" not in table.rows[0]:
            bars = ScoreBars(table.rows)
        if bars is not None:
            self._room(bars.height + 4)
            self._y += 4
            self._put(bars)

    def _notes(self) -> None:
        content = self._report.content
        named = {**self._report.words.words, "target": f"{content.get('target_permille', 0) // 10} %"}
        for note in named["notes"]:
            words = note.format_map(named)
            for text, _ in wrap_plain(self._press.typefaces, words, RIGHT - LEFT, SMALL, Face.ITALIC):
                self._room(5)
                self._y += 4.2
                self._canvas.text(LEFT, self._y, text, Face.ITALIC, SMALL)

    def _signatures(self) -> None:
        report, made = self._report, day_of(self._report.made_at)
        self._room(_SIGNATURES)
        self._y += 7
        self._line(self._say("place_and_date", place=report.place, day=f"{made.day:02d}", month=f"{made.month:02d}", year=made.year),
                   _NATION, Face.ITALIC, 11, 5)
        top = self._y
        for middle, name in ((_OFFICE, "maker"), (_NATION, "head")):
            self._y = top
            self._line(self._say(name), middle, Face.BOLD, 11, 4.5)
            self._line(self._say(f"{name}_hint"), middle, Face.ITALIC, SIZE, 18)
        self._canvas.text_centred(_OFFICE, self._y, self._printable(report.maker), Face.BOLD, 11)

    def _line(self, text: str, middle: float, face: Face, size: float, lead: float, *, wide: float = 120.0) -> None:
        """Write a centred text, wrapped, and go down by ``lead`` after its last line; 0 stays where it was."""
        lines = wrap_plain(self._press.typefaces, text, wide, size, face) if text else []
        for number, (part, _) in enumerate(lines):
            self._canvas.text_centred(middle, self._y + number * 5, part, face, size)
        if lead:
            self._y += lead + 5 * max(0, len(lines) - 1)

    def _printable(self, text: str) -> str:
        return self._press.typefaces.printable(text)

    def _put(self, block: _Drawn) -> None:
        block.draw(self._canvas, self._y)
        self._y += block.height

    def _room(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self._end_page()
        self._canvas = self._document.canvas()
        self._y = _TOP

    def _end_page(self) -> None:
        self._pages += 1
        report = self._report
        moment = f"{report.made_at:%H:%M} {write_day(day_of(report.made_at))}"
        foot = self._say("frozen", moment=moment, mark=report.mark) if report.mark else self._say("made", moment=moment)
        self._canvas.text(LEFT, 203, self._printable(foot), Face.ITALIC, SMALL)
        self._canvas.text_right(RIGHT, 203, self._say("page", page=self._pages), Face.REGULAR, SMALL)
        self._document.add_page(WIDTH, HEIGHT, (self._canvas, 0))
