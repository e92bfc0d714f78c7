"""The head of a statutory form: copy mark, agency and nation, number and date, the codes, the title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.printing.blocks import Area, Block, Gap
from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import QUIET_BARS, Bars, code128, qr
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Line, Span

SMALL = 10.0
_LEAD = 4.4
_AGENCY_WIDTH, _AGENCY_SHARE = 45.0, 0.34
"""How wide the agency's column is: in mm at scale 1, on wide paper this share of the line."""

BAR_MODULE, LEAST_BAR_MODULE, BAR_HEIGHT, QR_SIDE = 0.33, 0.254, 12.0, 20.0
"""In mm, at every scale: what scanners read at 200 dpi; long codes get narrower bars, 3 dots of 300 dpi."""

_BALANCE = 2.0
_HINT_WIDTH, _HINT_GAP = 14.0, 3.1


@dataclass(frozen=True, slots=True)
class Centred:
    """Lines set in the middle of the area."""

    area: Area
    lines: tuple[Line, ...]
    size: float
    lead: float

    @property
    def height(self) -> float:
        """All lines."""
        return self.lead * len(self.lines)

    def draw(self, canvas: Canvas, y: float) -> None:
        """Write them."""
        middle = self.area.left + self.area.width / 2
        for number, line in enumerate(self.lines):
            line.draw(canvas, middle - line.width / 2, y + self.lead * (number + 0.78), self.size)


def centred(area: Area, text: str, face: Face, size: float, lead: float) -> Centred:
    """Return a text in the middle of the area, its lines about equally long; size and lead are at scale 1."""
    width, spans, size = area.width, [Span(text, face)], size * area.scale
    lines = area.lines(spans, width, size)
    while len(lines) > 1 and len(narrower := area.lines(spans, width - _BALANCE, size)) == len(lines):
        lines, width = narrower, width - _BALANCE
    return Centred(area, tuple(lines), size, lead * area.upright)


@dataclass(frozen=True, slots=True)
class Head:
    """Agency at the left, nation and motto at the right; below them the slip's number, place and date."""

    area: Area
    agency: tuple[Line, ...]
    nation: tuple[Line, ...]
    motto: Line
    number: dict[str, str]
    date: tuple[Line, ...]
    mark: tuple[Line, ...]
    """What marks this print (a reprint, a trial), where the first line has no room for it."""

    @property
    def _bottom(self) -> float:
        """The lower end of both columns, in leads."""
        return max(len(self.agency) + 0.45, len(self.nation) + 1.55 + len(self.mark) * 1.1)

    @property
    def height(self) -> float:
        """Down to where the codes begin."""
        return (3.06 + (self._bottom - 1) * _LEAD + 4.5 + _LEAD * (len(self.date) - 1) + 2.5) * self.area.upright

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw both columns."""
        k, upright, area = self.area.scale, self.area.upright, self.area
        width = _agency_width(area)
        left, middle = area.left + width / 2, (area.left + width + area.right) / 2
        first = y + 3.06 * upright
        for number, line in enumerate(self.agency):
            line.draw(canvas, left - line.width / 2, first + number * _LEAD * upright, SMALL * k)
        under = first + ((len(self.agency) - 1) * _LEAD + 2.05) * upright
        canvas.rule(left - 9 * k, under, left + 9 * k, under, 0.9)
        for number, line in enumerate(self.nation):
            line.draw(canvas, middle - line.width / 2, first + number * _LEAD * upright, SMALL * k)
        baseline = first + (len(self.nation) * _LEAD + 0.24) * upright
        self.motto.draw(canvas, middle - self.motto.width / 2, baseline, 11 * k)
        canvas.rule(middle - self.motto.width / 2, baseline + 1.7 * k, middle + self.motto.width / 2, baseline + 1.7 * k, 0.7)
        for number, line in enumerate(self.mark):
            line.draw(canvas, middle - line.width / 2, baseline + (1.3 + number) * _LEAD * 1.1 * upright, SMALL * k)
        self._draw_number_and_date(canvas, left, middle, first + ((self._bottom - 1) * _LEAD + 4.5) * upright)

    def _draw_number_and_date(self, canvas: Canvas, left: float, middle: float, baseline: float) -> None:
        k, typefaces, size = self.area.scale, self.area.typefaces, SMALL * self.area.scale
        label, value, after = self.number["label"] + " ", self.number["value"], self.number["after"]
        widths = [typefaces.width(text, Face.REGULAR, size) for text in (label, value, after)]
        widths[1] = widths[1] or 12 * k
        x = left - sum(widths) / 2
        canvas.text(x, baseline, label, Face.REGULAR, size)
        if value:
            canvas.text(x + widths[0], baseline, value, Face.REGULAR, size)
        elif label.strip() or after:
            canvas.dots(x + widths[0], x + widths[0] + widths[1], baseline)
        canvas.text(x + widths[0] + widths[1], baseline, after, Face.REGULAR, size)
        for number, line in enumerate(self.date):
            line.draw(canvas, middle - line.width / 2, baseline + number * _LEAD * self.area.upright, 10.5 * k)


def head(area: Area, content: dict[str, Any], mark: str) -> Head:
    """Return the head of a form; ``mark`` empty: none."""
    words, k = content["head"], area.scale
    left, right = _agency_width(area) - 2 * k, area.width - _agency_width(area)
    agency = [*area.lines([Span(words["superior"])], left, SMALL * k), *area.lines([Span(words["unit"], Face.BOLD)], left, SMALL * k)]
    return Head(
        area, tuple(agency), tuple(area.lines([Span(words["nation"], Face.BOLD)], right, SMALL * k)),
        area.lines([Span(words["motto"], Face.BOLD)], right, 11 * k)[0],
        {name: area.typefaces.printable(text) for name, text in words["number"].items()},
        tuple(area.lines([Span(words["place_and_date"], Face.ITALIC)], right, 10.5 * k)),
        tuple(area.lines([Span(mark, Face.BOLD_ITALIC)], right, SMALL * k)))


def _agency_width(area: Area) -> float:
    return max(_AGENCY_WIDTH * area.scale, _AGENCY_SHARE * area.width)


@dataclass(frozen=True, slots=True)
class Codes:
    """Code 128 with the code below it at the left, QR at the right, and between them what it is for."""

    area: Area
    text: tuple[Line, ...]
    bars: Bars | None
    module: float
    qr: str
    hint: tuple[Line, ...]

    @property
    def height(self) -> float:
        """The QR code, or the bars with their text where that is more; the same at every scale but for the text."""
        return max(QR_SIDE, (BAR_HEIGHT + 1.5 if self.bars else 0) + 4.6 * self.area.scale * len(self.text)) + 0.6

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the codes."""
        k, area = self.area.scale, self.area
        width = self.bars.modules * self.module if self.bars else 0.0
        baseline = y + 8
        if self.bars:
            canvas.fill(self.bars.rectangles(area.left, y + 1.3, self.module, BAR_HEIGHT))
            baseline = y + 1.3 + BAR_HEIGHT + 4.3 * k
        for number, line in enumerate(self.text):
            x = area.left + max(0.0, width - line.width) / 2
            line.draw(canvas, x, baseline + number * 4.6 * k, 11 * k)
        if self.qr:
            canvas.fill(qr(self.qr, area.right - QR_SIDE, y, QR_SIDE))
        top = y + QR_SIDE / 2 - (len(self.hint) * 3.95 - 3) * k / 2 + 2.4 * k
        for number, line in enumerate(self.hint):
            line.draw(canvas, area.right - QR_SIDE - _HINT_GAP - line.width, top + number * 3.95 * k, SMALL * k)


def codes(area: Area, content: dict[str, Any]) -> Codes:
    """Return the codes of a form. Bars too long for the line are left out, the QR code stays."""
    code, k = content["code"], area.scale
    room = area.width - QR_SIDE - BAR_MODULE * QUIET_BARS
    bars = code128(code["text"])
    module = next((module for module in (BAR_MODULE, LEAST_BAR_MODULE) if bars and bars.modules * module <= room), 0.0)
    if not module:
        bars = None
    mark = [Span(f" ({code['mark']})", Face.BOLD_ITALIC)] if code["mark"] else []
    text = area.lines([Span(code["text"], Face.BOLD), *mark], room - _HINT_GAP, 11 * k)
    free = room - (bars.modules * module if bars else text[0].width if text else 0)
    hint = area.lines([Span(code["look_up"])], _HINT_WIDTH * k, SMALL * k) if code["qr"] and free > (_HINT_WIDTH + _HINT_GAP) * k else []
    return Codes(area, tuple(text), bars, module, code["qr"], tuple(hint))


def title(area: Area, content: dict[str, Any]) -> list[Block]:
    """Return the title of a form with the space around it."""
    return [Gap(0.5 * area.upright), centred(area, content["title"], Face.BOLD, 13, 6.1), Gap(0.8 * area.upright)]


def first_line(canvas: Canvas, area: Area, top: float, content: dict[str, Any], copy: str) -> None:
    """Write which copy this is, what marks this print and the form's legal reference."""
    k, printable, face = area.scale, area.typefaces.printable, Face.ITALIC
    baseline, size = top + 3.27 * k, SMALL * k
    canvas.text(area.left, baseline, printable(copy), face, size)
    canvas.text_right(area.right, baseline, printable(content["legal_reference"]), face, size)
    if mark := mark_of_first_line(area, content):
        left = area.left + area.typefaces.width(printable(copy), face, size)
        right = area.right - area.typefaces.width(printable(content["legal_reference"]), face, size)
        canvas.text_centred((left + right) / 2, baseline, mark, Face.BOLD_ITALIC, size)


def mark_of_first_line(area: Area, content: dict[str, Any]) -> str:
    """Return the mark of this print where the first line of every copy has room for it, else nothing."""
    size, width, printable = SMALL * area.scale, area.typefaces.width, area.typefaces.printable
    mark = printable(mark_of(content))
    taken = max((width(printable(copy), Face.ITALIC, size) for copy in content["copies"]), default=0.0)
    taken += width(printable(content["legal_reference"]), Face.ITALIC, size)
    return mark if mark and taken + width(mark, Face.BOLD_ITALIC, size) + 4 * area.scale <= area.width else ""


def mark_of(content: dict[str, Any]) -> str:
    """Return all that marks this print."""
    return " · ".join(content["marks"])
