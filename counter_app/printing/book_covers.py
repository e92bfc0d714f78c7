"""The cover and the closing page of a bound register."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.books import PERMANENT
from counter_app.domain.text import write_day
from counter_app.printing.blocks import Area
from counter_app.printing.book_lines import Closing
from counter_app.printing.canvas import Canvas
from counter_app.printing.document import Document
from counter_app.printing.receipt_head import centred
from counter_app.printing.typefaces import Face
from counter_app.printing.typeset import Span
from counter_app.services.documents.form_parts import place_name
from counter_app.services.documents.forms import FormWords
from counter_app.services.ports import BookDocument

_LEFT, _WIDTH = 25.0, 237.0
_TOP, _SIGNATURE_TOP = 22.0, 140.0
_TEXT, _LEAD = 13.0, 6.6


def cover_page(canvas: Canvas, book: BookDocument, form: FormWords) -> Canvas:
    """Draw the cover."""
    area = Area(canvas.typefaces, _LEFT, _WIDTH, 1.0)
    commune = book.commune.upper()
    y = _lines(canvas, area, 26, [(form.say("nation"), Face.BOLD, 14), (form.say("motto"), Face.BOLD, 14)])
    middle = area.left + area.width / 2
    half = canvas.typefaces.width(form.say("motto"), Face.BOLD, 14) / 2
    canvas.rule(middle - half, y + 0.8, middle + half, y + 0.8, 0.8)
    agency = book.agency.upper() or form.say("unit", commune=commune)
    y = _lines(canvas, area, y + 14, [(form.say("superior", commune=commune), Face.REGULAR, 14), (agency, Face.BOLD, 14)])
    title = [(book.title.upper(), Face.BOLD, 28), (form.say("volume", volume=signed_volume(book)), Face.BOLD, 18),
             (form.say("year", year=book.year), Face.REGULAR, 16)]
    y = _lines(canvas, area, y + 22, title)
    closed = form.say("closed", day=write_day(book.closed_on)) if book.closed_on else f"{form.say('not_closed')} …… / …… / {book.year}"
    dates = [(form.say("opened", day=write_day(book.opened_on)), Face.REGULAR, 14), (closed, Face.REGULAR, 14)]
    if book.reprint:
        dates.append((form.say("reprint"), Face.BOLD_ITALIC, 14))
    if book.register.kept == PERMANENT:
        dates.append((form.say("kept_permanent"), Face.ITALIC, 13))
    _lines(canvas, area, y + 20, dates)
    _lines(canvas, area, 194, [(book.register.legal_reference, Face.ITALIC, 11)])
    return canvas


def closing_pages(document: Document, book: BookDocument, form: FormWords, closing: Closing) -> list[Canvas]:
    """Draw the closing page: totals in figures and words, burned codes, day, and room for the head's signature and seal.

    Burned codes that it has no room for go on to further pages; the signature stands on the last.
    """
    canvas = document.canvas()
    pages, area = [canvas], Area(canvas.typefaces, _LEFT, _WIDTH, 1.0)
    of_book = f"{book.title} · {form.say('volume', volume=signed_volume(book))}"
    y = _lines(canvas, area, _TOP, [(form.say("closing_title"), Face.BOLD, 18), (of_book, Face.REGULAR, 14)]) + 8
    sentences = [*closing.sentences, *([", ".join(closing.burned) + "."] if closing.burned else [])]
    for line in (line for sentence in sentences for line in area.lines([Span(sentence)], area.width, _TEXT)):
        if y + _LEAD > _SIGNATURE_TOP:
            pages.append(document.canvas())
            y = _TOP
        y += _LEAD
        line.draw(pages[-1], area.left, y, _TEXT)
    day = closing.day
    date = form.say("place_and_date", place=place_name(book.commune), day=f"{day:%d}", month=f"{day:%m}", year=f"{day:%Y}")
    right = Area(canvas.typefaces, _LEFT + _WIDTH / 2, _WIDTH / 2, 1.0)
    who, how = book.register.signature
    _lines(pages[-1], right, y + 8, [(date, Face.ITALIC, 13), (who, Face.BOLD, 13), (how, Face.ITALIC, 12)])
    return pages


def signed_volume(book: BookDocument) -> str:
    """Return number and year of a volume, with the sign of its register where it has one: ``01/2026-SCT/BS``."""
    return "-".join(part for part in (book.volume_label, book.register.sign) if part)


def _lines(canvas: Canvas, area: Area, y: float, lines: Sequence[tuple[str, Face, float]]) -> float:
    """Draw centred lines and return the y below them."""
    for text, face, size in lines:
        block = centred(area, text, face, size, size * 0.5)
        block.draw(canvas, y)
        y += block.height
    return y
