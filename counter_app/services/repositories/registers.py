"""Repositories of the registers: volumes and their lines, used and burned serials; :mod:`counter_app.storage` implements them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from counter_app.domain.dossier import BookPlace
from counter_app.domain.registers import BookLine, BookVolume, UsedNumber
from counter_app.services.repositories.core import JsonValue


class LogbookRepository(Protocol):
    """Registers: volumes and lines. Two windows never get the same ordinal."""

    def next_place(self, book: str, year: int) -> BookPlace:
        """Return the next place of this year's book, in its open volume; of volume 1 in a new year. Raises RuleBrokenError BOOK_CLOSED."""

    def add_line(
        self, place: BookPlace, dossier_id: str, on: date, *, ref: str | None = None, content: dict[str, JsonValue] | None = None,
    ) -> None:
        """Put a dossier at a place that :meth:`next_place` gave; the first line of a year opens its volume 1 on that day.

        ``ref`` names the payment, certification or hand-over that the line is about, ``content`` are its columns, frozen as written;
        None in the register of dossiers, whose lines follow the dossier.
        """

    def books(self) -> list[str]:
        """Return the names of all books that have a volume, those of forms' numbers too."""

    def years(self, book: str) -> list[int]:
        """Return the years in which a book has a volume, in order."""

    def volumes(self, book: str, year: int) -> list[BookVolume]:
        """Return the volumes of a year, the oldest first."""

    def open_volume(self, volume: BookVolume) -> None:
        """Begin a volume."""

    def close_volume(self, book: str, year: int, volume: int, on: date) -> BookVolume:
        """Close a volume and return it with its totals."""

    def lines(self, book: str, year: int, volume: int, *, first: int, count: int) -> list[BookLine]:
        """Return up to ``count`` lines of a volume from the ordinal ``first`` on."""

    def all_lines(self, book: str, year: int, volume: int | None, start: date | None, end: date | None) -> Iterator[BookLine]:
        """Yield the lines of a volume (None: the year), received from ``start`` to ``end``, both included; in constant memory."""

    def count_lines(self, book: str, year: int, volume: int | None, start: date | None, end: date | None) -> int:
        """Return how many :meth:`all_lines` yields."""

    def standing_line(self, book: str, dossier_id: str, ref: str) -> BookPlace | None:
        """Return where the line about something stands, as long as it may be struck: not struck yet, in a volume that is open."""

    def strike(self, place: BookPlace, reason: str, on: date) -> None:
        """Strike a line through. Raises RuleBrokenError LINE_UNKNOWN, LINE_STRUCK."""

    def note_printed(self, book: str, year: int, volume: int, page: int) -> None:
        """Note the last page that was printed."""


class NumberRepository(Protocol):
    """The register of used and burned serials."""

    def add(self, number: UsedNumber) -> None:
        """Put a used or burned serial on record. Raises RuleBrokenError NUMBER_TAKEN."""

    def everything(self) -> Iterator[UsedNumber]:
        """Yield every serial on record, in constant memory."""

    def highest(self, device: str, day: date, series: str) -> int | None:
        """Return the highest serial on record of a series of a day."""

    def burned(self, start: date, end: date) -> list[UsedNumber]:
        """Return the burned numbers of the days from ``start`` to ``end``, both included, without those whose dossier came back."""

    def last_day(self, device: str) -> date | None:
        """Return the latest day that a device used a serial of; None when it never did."""
