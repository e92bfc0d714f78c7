"""What the thirteen columns of form 07 say, on paper and in Excel alike (domain guide 9.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.dossier import DeliveryMethod
from counter_app.domain.moments import day_of
from counter_app.domain.number_words import in_words
from counter_app.domain.registers import BookLine
from counter_app.domain.text import write_day
from counter_app.services.book_files import LINES_PER_PAGE
from counter_app.services.forms import FormWords
from counter_app.services.ports import BookDocument

FORM = "07"
STRUCK_COLUMNS = range(12)
"""Where a struck line is struck through; column 13 gives the reason."""


class Count:
    """Lines that pass, counted for the closing page."""

    def __init__(self, book: BookDocument) -> None:
        self._book = book
        self.lines = self.struck = 0

    def __iter__(self) -> Iterator[BookLine]:
        for line in self._book.lines:
            self.lines += 1
            self.struck += bool(line.struck_reason)
            yield line


@dataclass(frozen=True, slots=True)
class Closing:
    """The sentences of the closing page, the burned codes, and the day."""

    sentences: tuple[str, ...]
    burned: tuple[str, ...]
    day: date


def deliveries(form: FormWords) -> dict[str, str]:
    """Return column 11 in words for each way of delivery."""
    return {method.value: form.say(f"delivery_{method}") for method in DeliveryMethod}


def note(line: BookLine, form: FormWords) -> str:
    """Return column 13: the note, and why a line was struck."""
    if not line.struck_reason:
        return line.note
    key = "struck" if line.struck_on else "struck_undated"
    struck = form.say(key, reason=line.struck_reason, day=write_day(line.struck_on) if line.struck_on else "")
    return f"{line.note}; {struck}" if line.note else struck


def address(line: BookLine) -> str:
    """Return column 6."""
    return f"{line.address}\n{line.phone}" if line.address and line.phone else line.address or line.phone


def day_text(moment: datetime | None) -> str:
    """Return a day on two lines, as the narrow columns have it."""
    if moment is None:
        return ""
    day = day_of(moment)
    return f"{day.day:02d}/{day.month:02d}\n{day.year}"


def closing(book: BookDocument, count: Count, form: FormWords, closed_on: date) -> Closing:
    """Return the closing page of a volume whose lines have all passed.

    A run that begins on a later page counts the lines of the pages before it too, for every page but the last is full; how many of
    those are struck it can't know.
    """
    before = (book.first_page - 1) * LINES_PER_PAGE
    total, first = before + count.lines, book.first_ordinal - before
    pages = -(-total // LINES_PER_PAGE)
    figures = {"total": _figures(total), "words": in_words(total), "first": f"{first:02d}", "last": f"{first + total - 1:02d}"}
    told = form.say("closing_total", **figures) if total else form.say("closing_none")
    burned = form.say("closing_burned", count=len(book.burned)) if book.burned else form.say("closing_not_burned")
    struck = [form.say("closing_struck", struck=count.struck)] if total and not before else []
    return Closing((form.say("closing_pages", pages=pages), told, *struck, burned), book.burned, closed_on)


def pages_of(lines: Iterable[BookLine]) -> Iterator[list[BookLine]]:
    """Share lines out to the pages of the bound book."""
    page: list[BookLine] = []
    for line in lines:
        page.append(line)
        if len(page) == LINES_PER_PAGE:
            yield page
            page = []
    if page:
        yield page


def _figures(number: int) -> str:
    return f"{number:,}".replace(",", ".")
