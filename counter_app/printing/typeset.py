"""Breaking text of mixed faces into lines. Nothing is ever cut off: a word that is too long for the line is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counter_app.printing.canvas import Canvas
from counter_app.printing.typefaces import MM, Face, Typefaces

_BREAK_AFTER = "-/.,;:@_)"
_SPACES = re.compile(r"[ \n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A text in one face. A no-break space keeps its neighbours on one line where they fit."""

    text: str
    face: Face = Face.REGULAR


@dataclass(frozen=True, slots=True)
class Line:
    """A line that fits, with its width in mm."""

    spans: tuple[Span, ...]
    width: float

    def draw(self, canvas: Canvas, x: float, baseline: float, size: float) -> None:
        """Write the line from ``x`` on."""
        for span in self.spans:
            canvas.text(x, baseline, span.text, span.face, size)
            x += canvas.typefaces.width(span.text, span.face, size)


def wrap(typefaces: Typefaces, spans: Iterable[Span], width: float, size: float) -> list[Line]:
    """Return the text in lines of at most ``width`` mm; an empty text is no line, and reads no face from the disk."""
    spans = [Span(text, span.face) for span in spans if (text := typefaces.printable(span.text))]
    if whole := _whole(typefaces, spans, width, size):
        return [whole]
    lines: list[Line] = []
    line: list[tuple[str, Face]] = []
    filled = 0.0
    for begins_line, piece in _in_pieces(typefaces, spans, width, size):
        joined = [(" ", line[-1][1]), *piece] if line else piece
        measured = _measure(typefaces, joined, size)
        if line and (begins_line or filled + measured > width):
            lines.append(_line(line, filled))
            line, filled, joined, measured = [], 0.0, piece, _measure(typefaces, piece, size)
        line += joined
        filled += measured
    return [*lines, _line(line, filled)] if line else lines


def _in_pieces(typefaces: Typefaces, spans: Iterable[Span], width: float, size: float) -> Iterable[tuple[bool, Word]]:
    """Yield the words, those wider than a line in parts; True where a part must begin a line."""
    for word in _words(spans):
        for place, piece in enumerate(_pieces(typefaces, word, width, size)):
            yield place > 0, piece


def wrap_plain(typefaces: Typefaces, text: str, width: float, size: float, face: Face = Face.REGULAR) -> list[tuple[str, float]]:
    """Return the lines of a text in one face with their widths; a line break in the text is kept. Faster than :func:`wrap`."""
    limit = width * 1000 * MM / size
    measure, found = typefaces[face].width, []
    space = measure(" ")
    for paragraph in typefaces.printable(text).split("\n"):
        line, filled = "", 0.0
        for word in paragraph.split():
            measured = measure(word)
            if measured > limit:
                return [(piece.spans[0].text, piece.width) for piece in wrap(typefaces, [Span(text, face)], width, size)]
            if line and filled + space + measured > limit:
                found.append((line, filled * size / (1000 * MM)))
                line, filled = word, measured
            else:
                line, filled = (f"{line} {word}", filled + space + measured) if line else (word, measured)
        if line:
            found.append((line, filled * size / (1000 * MM)))
    return found


def _whole(typefaces: Typefaces, spans: Sequence[Span], width: float, size: float) -> Line | None:
    """Return the text as one line where it fits and is tidy, as most are; saves taking it to pieces."""
    text = "".join(span.text for span in spans)
    measured = sum(typefaces.width(span.text, span.face, size) for span in spans if "\n" not in span.text)
    if not text or measured > width or text != text.strip() or any(mark in text for mark in ("\n", "  ", "\u00a0")):
        return None
    return Line(tuple(spans), measured)


Word = list[tuple[str, Face]]
"""Parts without a space between them, each in its face."""


def _words(spans: Iterable[Span]) -> Iterable[Word]:
    word: Word = []
    for span in spans:
        parts = _SPACES.split(span.text)
        for place, part in enumerate(parts):
            if place and word:
                yield word
                word = []
            if part:
                word.append((part, span.face))
    if word:
        yield word


def _pieces(typefaces: Typefaces, word: Word, width: float, size: float) -> list[Word]:
    """Return the word, or the parts of one that is wider than a line.

    It is broken after a sign where that leaves the line at least half full, else anywhere.
    """
    if _measure(typefaces, word, size) <= width:
        return [word]
    pieces: list[Word] = []
    piece: Word = []
    for text, face in word:
        rest = text
        while rest:
            free = width - _measure(typefaces, piece, size)
            count = _fitting(typefaces, rest, face, free, size)
            if count == 0 and not piece:
                count = 1  # a column narrower than a letter: one letter a line
            if count:
                piece.append((rest[:count], face))
            rest = rest[count:]
            if rest:
                pieces.append(piece)
                piece = []
    return [*pieces, piece] if piece else pieces


def _fitting(typefaces: Typefaces, text: str, face: Face, free: float, size: float) -> int:
    """Return how many characters to take: all, or up to a good place to break."""
    count, used = 0, 0.0
    for character in text:
        used += typefaces.width(character, face, size)
        if used > free:
            break
        count += 1
    if count == len(text):
        return count
    space = text.rfind("\u00a0", 0, count + 1)
    if space > 0:
        return space + 1
    good = max(text.rfind(mark, 0, count) for mark in _BREAK_AFTER) + 1
    return good if good * 2 >= count else count


def _measure(typefaces: Typefaces, word: Sequence[tuple[str, Face]], size: float) -> float:
    return sum(typefaces.width(text, face, size) for text, face in word)


def _line(parts: Sequence[tuple[str, Face]], width: float) -> Line:
    """Join neighbours of one face, so that a line of one face is drawn by one operator."""
    spans: list[Span] = []
    for part, face in parts:
        text = part.replace("\u00a0", " ")
        if spans and (spans[-1].face == face or text == " "):
            spans[-1] = Span(spans[-1].text + text, spans[-1].face)
        else:
            spans.append(Span(text, face))
    return Line(tuple(spans), width)
