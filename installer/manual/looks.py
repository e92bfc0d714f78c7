"""Letters and colours of the printed manual: those of the window in its light theme."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from counter_app.support.paths import resource_path
from ui.tokens import read_tokens

BODY, BOLD, ARROWS = "NotoSans", "NotoSans-SemiBold", "LiberationSerif"
_STRANGE = re.compile(r"([←→]+)|([✓✗])")
_COLOURS = read_tokens().themes["light"]
LEVELS = (0.0, 20.0, 14.0, 11.5)
"""Points of a heading by its level."""


def load_fonts() -> None:
    """Make the vendored letters known to reportlab."""
    for name, path in ((BODY, "noto-sans/NotoSans-Regular"), (BOLD, "noto-sans/NotoSans-SemiBold"),
                       (ARROWS, "liberation-serif/LiberationSerif-Regular")):
        pdfmetrics.registerFont(TTFont(name, str(resource_path(f"fonts/{path}.ttf"))))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=BODY, boldItalic=BOLD)


def colour(role: str) -> Color:
    """Return a colour by its role in the theme."""
    return HexColor(_COLOURS[role])


def shade(role: str) -> str:
    """Return the same as ``#RRGGBB``, as paragraphs spell it."""
    return _COLOURS[role]


def inked(text: str) -> str:
    """Return a text for a paragraph, signs that the letters lack taken from a face that has them."""
    return _STRANGE.sub(_replaced, escape(text))


def _replaced(found: re.Match[str]) -> str:
    """Ticks and crosses come from ZapfDingbats, a face that every reader of PDF knows."""
    return f'<font name="{ARROWS if found[1] else "ZapfDingbats"}">{found[0]}</font>'


def body(size: float = 10.0, *, before: float = 0, after: float = 5, indent: float = 0) -> ParagraphStyle:
    """Return the style of running text; measures in points."""
    return ParagraphStyle(f"body-{size}-{indent}", fontName=BODY, fontSize=size, leading=size * 1.45, textColor=colour("text"),
                          spaceBefore=before, spaceAfter=after, leftIndent=indent, alignment=TA_LEFT, splitLongWords=True)


def heading(level: int) -> ParagraphStyle:
    """Return the style of a heading."""
    size = LEVELS[min(level, len(LEVELS) - 1)]
    return ParagraphStyle(f"heading-{level}", fontName=BOLD, fontSize=size, leading=size * 1.3, textColor=colour("accent"),
                          spaceBefore=0 if level == 1 else size * 0.8, spaceAfter=size * 0.45)
