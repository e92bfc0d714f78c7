"""Where pages go that are scanned into a stack: to its end, behind a page, or into the places of others; and a feed that broke off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.scan_batch import BatchPage, Sheet
from counter_app.domain.scan_batch_acts import LackBack, Move, ReplacePage, Several, SingleAct


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A place for new pages: those in ``replaced`` are put out one for one, what comes more stands ``after``; neither: at the end."""

    after: str = ""
    replaced: tuple[str, ...] = ()

    @property
    def is_end(self) -> bool:
        """Pages stay where they come."""
        return not (self.after or self.replaced)


AT_END = PagePlace()


def laid(place: PagePlace, new: Sequence[str], lacking: frozenset[str] = frozenset()) -> Several:
    """Return what brings new pages to a place, as one act; ``lacking`` are fronts without backs, the back of one comes behind it."""
    count = len(place.replaced)
    acts: list[SingleAct] = [ReplacePage(old, page) for old, page in zip(place.replaced, new, strict=False)]
    after = new[count - 1] if 0 < count <= len(new) else place.after
    if after and len(new) > count:
        acts.append(Move(tuple(new[count:]), after=after))
    if new and brings_back(place, lacking):
        acts.append(LackBack((place.after,), on=False))
    return Several(tuple(acts))


def going_on(place: PagePlace, new: Sequence[str]) -> PagePlace:
    """Return the place for the rest of a feed of which these pages came: behind them, and into the places that are left."""
    if place.is_end or not new:
        return place
    return PagePlace(new[-1], place.replaced[len(new):])


def brings_back(place: PagePlace, lacking: frozenset[str]) -> bool:
    """Tell whether the first page that comes to a place is the back that the front before it lacks."""
    return not place.replaced and place.after in lacking


def front_alone(pages: Sequence[BatchPage]) -> str:
    """Return the last page of a feed of both sides where it is a front, whose back did not come."""
    return pages[-1].page_id if pages and pages[-1].side == "front" else ""


def fronts_alone(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the pages that are noted as fronts without backs."""
    return frozenset(sheet.page_id for sheet in sheets if sheet.lacks_back and not sheet.deleted)
