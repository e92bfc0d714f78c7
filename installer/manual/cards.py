"""A card with the keys for each role: one A4 page each, to lay beside the keyboard and to be read from half a metre."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from docs.make_keys import words
from installer.manual import looks
from installer.manual.card_words import CARDS, Block, Card
from ui.actions import ACTION_BY_ID, key_text

WIDTH, HEIGHT = A4
MARGIN, GAP, BAND, FOOT = 14 * mm, 8 * mm, 24 * mm, 12 * mm
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
ROW, CAP, CAP_SIZE, WORD_SIZE, HEAD = 7.6 * mm, 5.8 * mm, 10.5, 12.0, 10.5 * mm
"""Height of a line, of a key cap, points of its letters and of the words beside it, height of a heading."""
ROUND, PAD, WORDS, LEAST_WORD = 1.4 * mm, 2.2 * mm, 25 * mm, 10.0
"""Of a key cap: corners and room beside its letters; where words begin at the least, and the smallest letters that they may have."""


def write(path: Path) -> None:
    """Write all cards, a page each."""
    looks.load_fonts()
    canvas = Canvas(str(path), pagesize=A4, invariant=1, lang="vi")
    canvas.setTitle("Thẻ phím Quầy Một Cửa")
    titles = words()
    for card in CARDS:
        canvas.bookmarkPage(card.title)
        canvas.addOutlineEntry(card.title, card.title)
        _draw(canvas, card, titles)
        canvas.showPage()
    canvas.save()


def lines(block: Block, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the key and the Vietnamese title of each action of a block.

    Raises:
        KeyError: there is no such action, or it has no translation.
        IndexError: it has no key.
    """
    for action_id in block.actions:
        action = ACTION_BY_ID[action_id]
        yield key_text(action.keys[0]), titles[action.source]


def sentence(text: str) -> str:
    """Return a sentence with the keys of the actions that it names."""
    return re.sub(r"\{(\w+)\}", _key_of, text)


def _key_of(found: re.Match[str]) -> str:
    return f"<b>{key_text(ACTION_BY_ID[found[1]].keys[0])}</b>"


def columns(card: Card) -> tuple[list[Block], list[Block]]:
    """Share the blocks among two columns, in their order, so that the higher one is as low as can be."""
    cuts = [(card.blocks[:at], card.blocks[at:]) for at in range(1, len(card.blocks))]
    left, right = min(cuts, key=lambda cut: max(map(_height, cut)))
    return list(left), list(right)


def _height(blocks: tuple[Block, ...]) -> float:
    return sum(HEAD + ROW * len(block.actions) for block in blocks)


def _draw(canvas: Canvas, card: Card, titles: Mapping[str, str]) -> None:
    canvas.setFillColor(looks.colour("accent"))
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    canvas.setFillColor(looks.colour("on_accent"))
    canvas.setFont(looks.BOLD, 24)
    canvas.drawString(MARGIN, HEIGHT - BAND / 2 - 8, card.title)
    canvas.setFont(looks.BODY, 11)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - BAND / 2 - 5, card.subtitle)
    top = HEIGHT - BAND - 3 * mm
    ends = [_draw_column(canvas, blocks, titles, MARGIN + at * (COLUMN + GAP), top) for at, blocks in enumerate(columns(card))]
    _draw_sentences(canvas, card, min(ends) - 7 * mm)


def _draw_column(canvas: Canvas, blocks: list[Block], titles: Mapping[str, str], left: float, top: float) -> float:
    for block in blocks:
        canvas.setFillColor(looks.colour("accent"))
        canvas.setFont(looks.BOLD, 13)
        canvas.drawString(left, top - HEAD + 3.4 * mm, block.title)
        canvas.setStrokeColor(looks.colour("accent_line"))
        canvas.line(left, top - HEAD + 1.2 * mm, left + COLUMN, top - HEAD + 1.2 * mm)
        top -= HEAD
        for key, title in lines(block, titles):
            _draw_line(canvas, key, title, left, top - ROW / 2)
            top -= ROW
    return top


def _draw_line(canvas: Canvas, key: str, title: str, left: float, middle: float) -> None:
    """Draw a key cap and its word; a word too long for its column gets smaller letters.

    Raises:
        ValueError: they would be too small to be read from half a metre.
    """
    width = max(stringWidth(key, looks.BOLD, CAP_SIZE) + 2 * PAD, CAP * 1.5)
    canvas.setStrokeColor(looks.colour("line_strong"))
    canvas.setFillColor(looks.colour("window"))
    canvas.roundRect(left, middle - CAP / 2, width, CAP, ROUND, stroke=1, fill=1)
    canvas.setFillColor(looks.colour("text"))
    canvas.setFont(looks.BOLD, CAP_SIZE)
    canvas.drawCentredString(left + width / 2, middle - CAP_SIZE * 0.36, key)
    start = left + max(width, WORDS) + 3 * mm
    room = left + COLUMN - start
    size = min(WORD_SIZE, WORD_SIZE * room / stringWidth(title, looks.BODY, WORD_SIZE))
    if size < LEAST_WORD:
        raise ValueError(f"{title} is too long for a card")
    canvas.setFont(looks.BODY, size)
    canvas.drawString(start, middle - size * 0.36, title)


def _draw_sentences(canvas: Canvas, card: Card, top: float) -> None:
    """Draw what to remember in a tinted field below both columns.

    Raises:
        ValueError: the card holds more than a page.
    """
    parts = [Paragraph(sentence(text), looks.body(12, after=0, indent=5 * mm), bulletText="•") for text in card.sentences]
    heights = [part.wrap(WIDTH - 2 * MARGIN - 2 * GAP, HEIGHT)[1] for part in parts]
    bottom = top - sum(heights) - 10 * mm
    if bottom < FOOT:
        raise ValueError(f"the card {card.title} holds more than a page")
    canvas.setFillColor(looks.colour("accent_tint"))
    canvas.roundRect(MARGIN, bottom, WIDTH - 2 * MARGIN, top - bottom, 2 * ROUND, stroke=0, fill=1)
    top -= 4 * mm
    for part, height in zip(parts, heights, strict=True):
        part.drawOn(canvas, MARGIN + GAP, top - height)
        top -= height + 0.4 * mm
