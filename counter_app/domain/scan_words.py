"""What a filed scan is found by: the words on its pages, and how far a file was read.

Only the different folded words of a page are kept, never its text: enough to find the paper, too little to read it anywhere but in the
file, whose opening is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.text import fold

MOST_TRIES = 3
"""After so many failures at a page a file waits for a person."""
LEAST_LETTERS = 3
"""Scans are searched once some word of a query has so many letters: shorter beginnings stand on every page."""
LONGEST_WORD, MOST_WORDS = 40, 4000
"""No page of a form has more; what a machine reads in a pattern may."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """How far a stored file was read. ``pages`` are read and kept, ``tries`` are the failures at the next one."""

    stored_id: str
    pages: int = 0
    tries: int = 0
    finished: bool = False

    @property
    def given_up(self) -> bool:
        """Whether only a person can have it tried again."""
        return not self.finished and self.tries >= MOST_TRIES

    def after_page(self, of: int) -> FileReading:
        """Return how far it is when the next page of so many was read."""
        return replace(self, pages=self.pages + 1, tries=0, finished=self.pages + 1 >= of)

    def after_failure(self) -> FileReading:
        """Return how far it is when the next page could not be read."""
        return replace(self, tries=self.tries + 1)


@dataclass(frozen=True, slots=True)
class SeenInScan:
    """Where the words of a search stand: the name of the paper, and the page from 1."""

    paper: str
    page: int


def words_of_page(text: str) -> tuple[str, ...]:
    """Return the different words of a page as searches compare them, in the order of the alphabet."""
    return tuple(sorted({word for word in fold(text).split() if len(word) <= LONGEST_WORD})[:MOST_WORDS])


def asks_scans(words: Sequence[str]) -> bool:
    """Tell whether the folded words of a query are enough to be looked for on pages."""
    return any(len(word) >= LEAST_LETTERS for word in words)
