"""The table of the control sheet (form 06): one block for each hand-over, filled in by the desk or empty for the pen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from counter_app.printing.blocks import Area, Block
from counter_app.printing.canvas import Canvas
from counter_app.printing.table import edges_of, table
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Line, Span

_SIZE, _LEAD, _BASE, _SIDE, _PAD = 10.0, 4.35, 3.27, 1.1, 0.8
_SIGN = 9.0
"""Room for the pen in mm at scale 1."""

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One hand-over: who gives and who receives at the left; when, and both signatures; how it stands; notes."""

    area: Area
    edges: tuple[float, ...]
    giving: Lines
    receiving: Lines
    blanks: tuple[bool, bool]
    """Whether the units are still to be written."""
    at: Lines
    roles: tuple[Lines, Lines]
    """Role, hint and name of the giver and of the receiver, one below the other."""
    names: tuple[Lines, Lines]
    result: Lines
    note: Lines

    @property
    def height(self) -> float:
        """The taller of the left column and the signatures."""
        left = len(self.giving) + len(self.receiving) + 2 * max(self.blanks)
        signed = len(self.at) + max(map(len, self.roles)) + max(1, *map(len, self.names))
        lead = _LEAD * self.area.upright
        rest = max(len(self.result), len(self.note)) * lead
        return max(left * lead, signed * lead + _SIGN * self.area.scale, rest) + 2 * _PAD * self.area.scale

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the rules and all texts."""
        for top in (y, y + self.height):
            canvas.rule(self.edges[0], top, self.edges[-1], top)
        for x in self.edges:
            canvas.rule(x, y, x, y + self.height)
        self._draw_units(canvas, y)
        self._draw_signatures(canvas, y)
        for lines, (left, right) in zip((self.result, self.note), list(pairwise(self.edges))[2:], strict=True):
            self._centred(canvas, lines, (left + right) / 2, self._first(y))

    def _first(self, y: float) -> float:
        return y + _PAD * self.area.scale + _BASE * self.area.upright

    def _draw_units(self, canvas: Canvas, y: float) -> None:
        """Write both units; a missing one leaves two dotted lines."""
        lead, side = _LEAD * self.area.upright, _SIDE * self.area.scale
        left, right, baseline = self.edges[0] + side, self.edges[1] - side, self._first(y)
        for lines, blank in zip((self.giving, self.receiving), self.blanks, strict=True):
            for line in lines:
                line.draw(canvas, left, baseline, _SIZE * self.area.scale)
                baseline += lead
            if blank:
                canvas.dots(left + lines[-1].width + 1, right, baseline - lead)
                canvas.dots(left, right, baseline)
                baseline += lead

    def _draw_signatures(self, canvas: Canvas, y: float) -> None:
        left, right = self.edges[1], self.edges[2]
        lead, baseline = _LEAD * self.area.upright, self._first(y)
        self._centred(canvas, self.at, (left + right) / 2, baseline)
        baseline += len(self.at) * lead
        most = max(1, *map(len, self.names))
        for place, roles, names in zip((0.25, 0.75), self.roles, self.names, strict=True):
            middle = left + (right - left) * place
            self._centred(canvas, roles, middle, baseline)
            last = y + self.height - _PAD * self.area.scale - lead * most + _BASE * self.area.upright
            self._centred(canvas, names, middle, last)

    def _centred(self, canvas: Canvas, lines: Lines, middle: float, baseline: float) -> None:
        for number, line in enumerate(lines):
            line.draw(canvas, middle - line.width / 2, baseline + number * _LEAD * self.area.upright, _SIZE * self.area.scale)


def control_table(area: Area, content: dict[str, Any]) -> tuple[Block, list[Block]]:
    """Return the head and the blocks of the table (``{"columns", "words", "lines"}`` as the form's content has it)."""
    head, _ = table(area, {"columns": content["columns"], "rows": []})
    edges = edges_of(area, content["columns"])
    return head, [_row(area, edges, content["words"], line) for line in content["lines"]]


def _row(area: Area, edges: tuple[float, ...], words: dict[str, str], line: dict[str, str]) -> HandOverRow:
    widths = [right - left - 2 * _SIDE * area.scale for left, right in pairwise(edges)]

    def _lines(text: str, width: float, face: Face = Face.REGULAR) -> Lines:
        return tuple(area.lines([Span(text, face)], width, _SIZE * area.scale))

    half = widths[1] / 2 - area.scale
    hint = _lines(words["sign"], half, Face.ITALIC)
    return HandOverRow(
        area, edges, _lines(f"{words['giving']}: {line['from']}", widths[0]), _lines(f"{words['receiving']}: {line['to']}", widths[0]),
        (not line["from"], not line["to"]), _lines(line["at"] or words["blank_moment"], widths[1]),
        ((*_lines(words["giver"], half, Face.BOLD), *hint), (*_lines(words["receiver"], half, Face.BOLD), *hint)),
        (_lines(line["given_by"], half), _lines(line["received_by"], half)),
        _lines(line["result"], widths[2]), _lines(line["note"], widths[3]))
