"""Which paper each page of a set is, while a person decides: a figure names the paper from a page on, pages of a paper lie together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from counter_app.domain.digitised import FileTarget
from counter_app.domain.scan_batch_acts import Assign, SingleAct, Split
from counter_app.services.scanning.habits import PartPages


@dataclass(frozen=True, slots=True)
class PaperOption:
    """A paper or result that pages can be; ``part`` empty: all papers in one file."""

    name: str
    target: FileTarget
    part: str


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page of the set, its number on the strip, and what it is."""

    page_id: str
    number: int
    paper: PaperOption


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What a person decides on: the pages of a set, what they can be, how the last dossier was divided, and whether to begin so."""

    code: str
    pages: tuple[SetPage, ...]
    options: tuple[PaperOption, ...]
    habit: tuple[PartPages, ...] = ()
    begin_as_before: bool = False


def as_before(pages: Sequence[SetPage], habit: Sequence[PartPages], options: Sequence[PaperOption]) -> tuple[SetPage, ...]:
    """Return the pages as the papers of the last dossier were divided; unchanged where it had another number of pages."""
    known = {each.part: each for each in options if each.target is FileTarget.COMPONENT}
    parts = [known[each.part] for each in habit if each.part in known for _ in range(each.pages)]
    if len(parts) != len(pages):
        return tuple(pages)
    return tuple(SetPage(page.page_id, page.number, part) for page, part in zip(pages, parts, strict=True))


def named_from(pages: Sequence[SetPage], at: int, paper: PaperOption) -> tuple[SetPage, ...]:
    """Return the pages where one is another paper from here on: the pages behind it that were the same paper go with it."""
    before = pages[at].paper
    end = next((n for n in range(at, len(pages)) if pages[n].paper != before), len(pages))
    return tuple(SetPage(page.page_id, page.number, paper if at <= n < end else page.paper) for n, page in enumerate(pages))


def torn(pages: Sequence[SetPage]) -> str:
    """Return the name of a paper whose pages do not lie together; empty where all do."""
    seen: set[tuple[FileTarget, str]] = set()
    for paper, _ in groupby(pages, _paper):
        if (paper.target, paper.part) in seen:
            return paper.name
        seen.add((paper.target, paper.part))
    return ""


def acts_of(pages: Sequence[SetPage], code: str) -> tuple[SingleAct, ...]:
    """Return the acts that make a set of each paper."""
    acts: list[SingleAct] = []
    for paper, run in groupby(pages, _paper):
        first = next(run).page_id
        acts += [Split(first), Assign(first, code, paper.target, paper.part)]
    return tuple(acts)


def _paper(page: SetPage) -> PaperOption:
    return page.paper
