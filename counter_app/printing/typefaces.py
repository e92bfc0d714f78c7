"""Liberation Serif: measured for typesetting, embedded as subsets.

A document carries one constant subset a face, made once for each :class:`Typefaces`, with all Vietnamese letters. Characters beyond it
go into a second, small font object of that document. So the same content gives the same bytes in every process, and all documents begin
alike.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from threading import Lock

from reportlab.pdfbase.ttfonts import TTFontFile

from counter_app.support.paths import resource_path

MM = 72 / 25.4
"""Points in a millimetre."""

MISSING = "\u25a1"
"""Printed in place of a character that the typeface lacks (emoji, other scripts), so that nobody overlooks the gap."""

_BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = {unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES} | set("đĐ")
COMMON = frozenset(_LETTERS | {chr(code) for code in range(0x20, 0x7F)} | set("\u00a0°·–—‘’“”…•₫" + MISSING))
"""The characters of the constant subset."""


class Face(StrEnum):
    """The four faces; the value is the name of the file."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@dataclass(frozen=True, slots=True)
class Subset:
    """A part of a face, ready to embed: the deflated font program, and the glyph and the width (1/1000 em) of each code point."""

    program: bytes
    length: int
    glyphs: dict[int, int]
    widths: dict[int, int]


class Typeface:
    """One face. Not for two threads at once, but for :meth:`subset`."""

    def __init__(self, face: Face) -> None:
        self._file = str(resource_path(f"fonts/liberation-serif/LiberationSerif-{face}.ttf"))
        self._lock = Lock()
        font = TTFontFile(self._file)
        self._font: TTFontFile | None = font
        self.name: str = font.name.decode("ascii")
        self.ascent, self.descent = round(font.ascent), round(font.descent)
        self.cap_height, self.stem = round(font.capHeight), font.stemV
        self.slant = round(font.italicAngle, 2)
        self.box = tuple(round(edge) for edge in font.bbox)
        self._advances = {chr(code): round(font.charWidths[code]) for code in font.charToGlyph}
        self._words: dict[str, int] = {}

    def has(self, character: str) -> bool:
        """Tell whether the face draws it."""
        return character in self._advances

    def width(self, text: str) -> int:
        """Return the width of a text that :meth:`Typefaces.printable` has seen, in 1/1000 em."""
        known = self._words.get(text)
        if known is None:
            known = sum(map(self._advances.__getitem__, text))
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            self._words[text] = known
        return known

    @cached_property
    def common(self) -> Subset:
        """The constant subset. The font behind it is let go: hardly a paper needs more, and four of them weigh 5 MB."""
        common = self.subset(COMMON)
        self._font = None
        return common

    def subset(self, characters: Iterable[str]) -> Subset:
        """Return the part of the face that draws these characters."""
        codes = sorted(ord(character) for character in characters)
        with self._lock:
            font = self._font or TTFontFile(self._file)
            program = font.makeSubset(codes)
        order: dict[int, int] = {0: 0}  # the same walk as makeSubset: a glyph is numbered where it is first met
        glyphs = {code: order.setdefault(font.charToGlyph[code], len(order)) for code in codes}
        return Subset(zlib.compress(program, 9), len(program), glyphs, {code: self._advances[chr(code)] for code in codes})


_REMEMBERED = 20_000
"""Widths of words kept for each face; a year's book has fewer different words."""


class Typefaces:
    """The faces, each read when it is first used. One object serves all printers of a process."""

    def __init__(self) -> None:
        self._faces: dict[Face, Typeface] = {}
        self._lock = Lock()
        self._shown = _Shown(self[Face.REGULAR])

    def __getitem__(self, face: Face) -> Typeface:
        typeface = self._faces.get(face)
        if typeface is None:
            with self._lock:
                typeface = self._faces.setdefault(face, Typeface(face))
        return typeface

    def width(self, text: str, face: Face, size: float) -> float:
        """Return the width in mm of a printable text at ``size`` points."""
        return self[face].width(text) * size / (1000 * MM)

    def printable(self, text: str) -> str:
        """Return the text as it can be drawn: composed (NFC), without control and zero-width characters, :data:`MISSING` for the rest."""
        if text.isascii() and text.isprintable():
            return text
        return unicodedata.normalize("NFC", text).translate(self._shown)


class _Shown(dict[int, str]):
    """Remembers how each code point is shown."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in COMMON:
            shown = character
        elif character.isspace():
            shown = "\n" if character == "\n" else " "
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs") or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
            shown = ""
        else:
            shown = character if code < 0x10000 and self._typeface.has(character) else MISSING
        self[code] = shown
        return shown
