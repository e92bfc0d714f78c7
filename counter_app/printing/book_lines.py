"""What the columns of a register say on paper, and the sentences of its closing page (domain guide 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.books import Column, Register, Sum, Value
from counter_app.domain.moments import VIETNAM
from counter_app.domain.number_words import in_words
from counter_app.domain.registers import BookLine
from counter_app.domain.text import write_day
from counter_app.services.documents.form_parts import figures
from counter_app.services.documents.forms import FormWords
from counter_app.services.ports import BookDocument
from counter_app.services.registers.book_files import LINES_PER_PAGE

FORM = "book"
"""The words that all registers share."""
WIDE_DAY = 20.0
"""A day takes one line in a column of so many mm."""


class Count:
    """Lines that pass, counted and added up for the closing page; those of the pages that were printed before come first."""

    def __init__(self, book: BookDocument) -> None:
        self._book = book
        self._columns = {column.key: at for at, column in enumerate(book.register.columns)}
        self.lines = self.struck = 0
        self.sums: dict[str, Counter[str]] = {each.column: Counter() for each in book.register.sums}
        for line in book.before:
            self._pass(line)

    def __iter__(self) -> Iterator[BookLine]:
        for line in self._book.lines:
            self._pass(line)
            yield line

    def _pass(self, line: BookLine) -> None:
        self.lines += 1
        if line.struck_reason:
            self.struck += 1
        elif self.sums:
            values = self._book.register.values(line)
            for each in self._book.register.sums:
                amount = values[self._columns[each.column]] if each.column else 1
                part = values[self._columns[each.by]] if each.by else ""
                self.sums[each.column][str(part)] += amount if isinstance(amount, int) else 0


@dataclass(frozen=True, slots=True)
class Closing:
    """The sentences of the closing page, the burned codes, and the day."""

    sentences: tuple[str, ...]
    burned: tuple[str, ...]
    day: date


def last_column(line: BookLine, written: str, form: FormWords) -> str:
    """Return the last column: what is written there, and why a line was struck."""
    if not line.struck_reason:
        return written
    key = "struck" if line.struck_on else "struck_undated"
    struck = form.say(key, reason=line.struck_reason, day=write_day(line.struck_on) if line.struck_on else "")
    return f"{written}; {struck}" if written else struck


def cells(register: Register, line: BookLine, form: FormWords) -> list[str]:
    """Return the columns of a line as they are printed."""
    texts = [cell_text(column, value) for column, value in zip(register.columns, register.values(line), strict=True)]
    return [*texts[:-1], last_column(line, texts[-1], form)]


def cell_text(column: Column, value: Value) -> str:
    """Return what a value is printed as in its column."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        moment = value.astimezone(VIETNAM)
        return f"{_day(moment.date(), column)}\n{moment:%H:%M}" if column.time else _day(moment.date(), column)
    if isinstance(value, date):
        return _day(value, column)
    if isinstance(value, int):
        return figures(value) if column.kind == "money" else f"{value:0{column.digits}d}"
    if column.key == "code":
        return value.replace("-", "-\n", 1)
    return column.words.get(value, value) if column.words else value


def _day(day: date, column: Column) -> str:
    """Return a day; on two lines in a narrow column."""
    return write_day(day) if column.width >= WIDE_DAY else f"{day.day:02d}/{day.month:02d}\n{day.year}"


def closing(book: BookDocument, count: Count, form: FormWords, closed_on: date) -> Closing:
    """Return the closing page of a volume whose lines have all passed."""
    total, first = count.lines, book.first_ordinal - (book.first_page - 1) * LINES_PER_PAGE
    pages = -(-total // LINES_PER_PAGE)
    said = {"total": figures(total), "words": in_words(total), "first": f"{first:02d}", "last": f"{first + total - 1:02d}"}
    told = form.say("closing_total", **said) if total else form.say("closing_none")
    struck = [form.say("closing_struck", struck=count.struck)] if total else []
    sums = [sentence for each in book.register.sums for sentence in _sum(each, book.register, count.sums[each.column], form)]
    return Closing((form.say("closing_pages", pages=pages), told, *struck, *sums, *_burned(book, form)), book.burned, closed_on)


def _sum(each: Sum, register: Register, sums: Counter[str], form: FormWords) -> Iterator[str]:
    """Yield a sum in figures and words and, where it is split, its parts."""
    total = sum(sums.values())
    words = in_words(abs(total))
    yield each.sentence.format(total=figures(total), words=words if total >= 0 else form.say("minus", words=words))
    column = next((column for column in register.columns if column.key == each.by), None)
    parts = [f"{cell_text(column, part)} {figures(sums[part])}" for part in column.words or () if part in sums] if column else []
    if parts:
        yield form.say("closing_sum_by", parts="; ".join(parts))


def _burned(book: BookDocument, form: FormWords) -> list[str]:
    if not book.register.burned:
        return []
    return [form.say("closing_burned", count=len(book.burned)) if book.burned else form.say("closing_not_burned")]


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
