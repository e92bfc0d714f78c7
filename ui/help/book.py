"""The manual as it is shipped: Markdown chapters in a folder, cut at their headings, searched by words without accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from counter_app.domain.text import fold, matches, words
from counter_app.support.paths import document_path

_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_MARKS = re.compile(r"\]\([^)]*\)|[*`\[\]|!#]")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
FIRST, GUIDE = "README.md", "../van-hanh.md"
"""The page of contents, and the guide of whoever looks after the PCs; the names are paths from the folder of the manual."""


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, as the viewers of repositories make it."""
    return _NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")


@dataclass(frozen=True)
class Passage:
    """What stands between two headings: the name of its chapter, the heading with its ``level`` (1 is the chapter's title), the text."""

    chapter: str
    heading: str
    level: int
    text: str

    @property
    def anchor(self) -> str:
        """What a link to it ends with."""
        return anchor_of(self.heading)

    @cached_property
    def folded(self) -> str:
        """Heading and text as a search compares them."""
        return fold(_MARKS.sub(" ", f"{self.heading} {self.text}"))


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual: ``name`` is its path from the folder of the manual, the passages are in their order, the title's first."""

    name: str
    path: Path
    markdown: str
    passages: tuple[Passage, ...]

    @property
    def title(self) -> str:
        """The heading of the whole chapter."""
        return self.passages[0].heading


class Book:
    """All chapters in their order: the contents, the numbered ones, the guide for whoever looks after the PCs."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or document_path("huong-dan")
        names = [FIRST, *sorted(path.name for path in self.folder.glob("[0-9]*.md")), GUIDE]
        self.chapters = tuple(_read(self.folder, name) for name in names)
        self._by_path = {chapter.path: chapter for chapter in self.chapters}

    def chapter(self, name: str) -> Chapter:
        """Return a chapter by its name.

        Raises:
            KeyError: there is none.
        """
        return self._by_path[(self.folder / name).resolve()]

    def follow(self, chapter: Chapter, link: str) -> tuple[Chapter, str] | None:
        """Return the chapter and the anchor that a link within ``chapter`` leads to; None where it leads out of the manual."""
        name, _, anchor = link.partition("#")
        found = self._by_path.get((chapter.path.parent / name).resolve()) if name else chapter
        return (found, anchor) if found else None

    def find(self, query: str) -> list[Passage]:
        """Return the passages that have every word of a query, accents or not: those that have them in their heading first."""
        wanted = words(query)
        found = [passage for chapter in self.chapters[1:] for passage in chapter.passages if matches(wanted, passage.folded)]
        return sorted(found, key=lambda passage: not matches(wanted, fold(passage.heading)))


def _read(folder: Path, name: str) -> Chapter:
    path = (folder / name).resolve()
    markdown = path.read_text(encoding="utf-8")
    parts = _HEADING.split(markdown)[1:]
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return Chapter(name, path, markdown, tuple(Passage(name, heading, len(marks), text) for marks, heading, text in triples))
