"""The registers of the desk as data: which there are, what they are called, which columns they have (domain guide 9).

Titles, signs and laws have effective dates; a volume keeps to the version of the day on which it was opened. The data stands in
``resources/books``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from counter_app.domain.moments import read_local
from counter_app.domain.registers import BookLine
from counter_app.support.resources import shipped_json

FILES: Final = ("dossiers", "sct_bs", "sct_ck_dc", "sct_cknd", "sct_gd", "sctdt_bs", "fees", "results", "digitised")
"""The registers in the order in which they are offered."""
RESULTS_BOOK = "results"
"""Sổ trả kết quả: one line for each dossier that was given back."""
PERMANENT = "permanent"

Value = str | int | date | datetime | None
"""What a column of a line says: money is whole đồng."""


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column. ``key`` names its value in a line, ``width`` is in mm; ``screen`` and ``short``: its share and title in a window.

    ``kind`` is text, day, moment (of which paper shows the day, with ``time`` the hour too), number (with leading zeros up to ``digits``)
    or money; ``words`` are what its values are printed as. Columns of one ``group`` stand side by side under that title.
    """

    key: str
    title: str
    width: float
    kind: str
    align: str
    group: str = ""
    screen: int = 0
    short: str = ""
    time: bool = False
    digits: int = 1
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the closing page adds up of the lines that stand: ``sentence`` with ``{total}`` and ``{words}``.

    ``column`` empty: how many lines there are. ``by`` names a column that splits the sum.
    """

    column: str
    sentence: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register as it is in force. ``signature`` is who signs the closing page, and how; ``confidence`` how sure its form is.

    ``burned``: the closing page lists the codes that were never given to anybody. ``kept`` is ``permanent`` or empty.
    """

    book: str
    tab: str
    title: str
    sign: str
    version: str
    legal_reference: str
    confidence: str
    source: str
    kept: str
    burned: bool
    signature: tuple[str, str]
    columns: tuple[Column, ...]
    sums: tuple[Sum, ...]

    @property
    def groups(self) -> tuple[tuple[str, int, int], ...]:
        """Each common title with its first column and the one after its last."""
        titles = [column.group for column in self.columns]
        return tuple((title, titles.index(title), len(titles) - titles[::-1].index(title)) for title in dict.fromkeys(titles) if title)

    def values(self, line: BookLine) -> tuple[Value, ...]:
        """Return what the columns of a line say, in their order."""
        return tuple(_value(column, line) for column in self.columns)


def known_books() -> tuple[str, ...]:
    """Return the names of all registers, in the order in which they are offered."""
    return tuple(document["book"] for document in _documents())


def book_named(written: str) -> str:
    """Return the book that somebody means, by its name or by a sign it has or had (``SCT/CK, ĐC``, ``SCT/HĐ,GD``); else what is written."""
    wanted = _squeezed(written)
    for document in _documents():
        if wanted in {_squeezed(name) for name in (document["book"], *(version["sign"] for version in document["versions"])) if name}:
            return str(document["book"])
    return written


def _squeezed(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).split()).casefold()


def is_register(book: str) -> bool:
    """Tell whether a book is a register, and not a run of numbers of a form; registers of dossiers may be split by field."""
    return root_of(book) in known_books()


def root_of(book: str) -> str:
    """Return the register that a book is one of: ``dossiers/hộ tịch`` is a register of dossiers."""
    return book if book in known_books() else book.partition("/")[0]


def register_in_force(book: str, on: date) -> Register:
    """Return the register of a book for a volume opened on that day; the first version for any day before it.

    Raises:
        KeyError: there is no such register.
    """
    return _registers(root_of(book))[_version_at(_document(book)["versions"], on)]


def _version_at(versions: list[dict[str, Any]], on: date) -> int:
    begun = [at for at, version in enumerate(versions) if date.fromisoformat(version["effective_from"]) <= on]
    return begun[-1] if begun else 0


def _value(column: Column, line: BookLine) -> Value:
    """Return the value of a column: of the frozen content where there is one, else of the dossier the line follows."""
    if column.key == "ordinal":
        return line.place.ordinal
    if line.content is None:
        return line.full_address if column.key == "address" else getattr(line, column.key, None)
    written = line.content.get(column.key)
    if column.kind == "day" and isinstance(written, str):
        return date.fromisoformat(written)
    if column.kind == "moment" and isinstance(written, str):
        return read_local(written)
    return written


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    return tuple(shipped_json(f"books/{name}.json") for name in FILES)


def _document(book: str) -> dict[str, Any]:
    return {each["book"]: each for each in _documents()}[root_of(book)]


@cache
def _registers(book: str) -> tuple[Register, ...]:
    document = _document(book)
    columns = tuple(Column(**each) for each in document["columns"])
    sums = tuple(Sum(**each) for each in document["sums"])
    title, hint = document["signature"]
    return tuple(
        Register(
            book, document["tab"], version["title"], version["sign"], version["version"], version["legal_reference"],
            version["confidence"], document["source"], document["kept"], document["burned"], (title, hint), columns, sums)
        for version in document["versions"])
