"""What the keys do to the chosen pages: each is an act of the batch, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter_app.domain.scan_batch import Sheet, sheets_of
from counter_app.domain.scan_batch_acts import BatchAct, CleanPages, Delete, Merge, Move, Restore, ShowBlank, Split, Turn
from counter_app.domain.scan_places import PagePlace
from ui.models.scan_stack import StackLook


def act_of(action_id: str, look: StackLook, selected: Sequence[str], current: str) -> BatchAct | None:
    """Return the act of a key on a stack; None where it would change nothing."""
    pages = tuple(selected) or (current,)
    return ACTS[action_id](look, pages, current)


def place_of(action_id: str, selected: Sequence[str], current: str) -> PagePlace:
    """Return where scanned pages go: behind the current page, or into the places of the chosen ones."""
    pages = tuple(selected) or (current,)
    return PagePlace(pages[-1], pages) if action_id == "replace_pages" else PagePlace(current)


def dropped(selected: Sequence[str], beside: str, *, behind: bool) -> BatchAct | None:
    """Return the act of pages that were dragged before or behind another; None where that is one of them."""
    if not selected or beside in selected:
        return None
    return Move(tuple(selected), after=beside) if behind else Move(tuple(selected), beside)


def _turn(_: StackLook, pages: tuple[str, ...], __: str) -> BatchAct:
    return Turn(pages, 1)


def _delete(look: StackLook, pages: tuple[str, ...], _: str) -> BatchAct:
    """Delete; where all of them are deleted, restore."""
    return Restore(pages) if all(sheet.deleted for sheet in _sheets(look, pages)) else Delete(pages)


def _clean(look: StackLook, pages: tuple[str, ...], _: str) -> BatchAct:
    return CleanPages(pages, not all(sheet.clean for sheet in _sheets(look, pages)))


def _show(look: StackLook, pages: tuple[str, ...], _: str) -> BatchAct:
    return ShowBlank(pages, not all(sheet.shown for sheet in _sheets(look, pages)))


def _split(_: StackLook, __: tuple[str, ...], current: str) -> BatchAct:
    return Split(current)


def _merge(_: StackLook, __: tuple[str, ...], current: str) -> BatchAct:
    return Merge(current)


def _earlier(look: StackLook, pages: tuple[str, ...], _: str) -> BatchAct | None:
    """Before the page that stands before the first of them."""
    order = _order(look)
    at = min(order.index(page) for page in pages)
    return Move(pages, order[at - 1]) if at else None


def _later(look: StackLook, pages: tuple[str, ...], _: str) -> BatchAct | None:
    """Behind the page that stands behind the last of them."""
    order = [page for page in _order(look) if page not in pages or page == pages[-1]]
    at = order.index(pages[-1])
    return Move(pages, after=order[at + 1]) if at + 1 < len(order) else None


def _order(look: StackLook) -> list[str]:
    return [sheet.page_id for sheet in sheets_of(look.batch.layout)]


def _sheets(look: StackLook, pages: Sequence[str]) -> list[Sheet]:
    return [sheet for sheet in sheets_of(look.batch.layout) if sheet.page_id in pages]


ACTS: dict[str, Callable[[StackLook, tuple[str, ...], str], BatchAct | None]] = {
    "turn_pages": _turn, "delete_pages": _delete, "clean_pages": _clean, "show_blank": _show, "split_set": _split, "merge_set": _merge,
    "move_earlier": _earlier, "move_later": _later,
}
PLACES = frozenset({"insert_pages", "insert_files", "replace_pages"})
"""Acts that bring new pages to a place."""
