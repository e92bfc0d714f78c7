"""The verb *changes*: one page of the feed after a cursor (contract 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_app.sync.faults import NoContactError, RefusedError
from counter_app.sync.link import Link

PAGE = 100
"""Entries of a page: what a transaction takes no desk notices."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries in commit order, and the cursor after them."""

    entries: tuple[Mapping[str, Any], ...]
    cursor: str
    more: bool


def changes(link: Link) -> FeedPage:
    """Return the page after the stored cursor; a cursor that is too old is dropped, and the feed is read from its beginning.

    Raises:
        LineError: as :meth:`~counter_app.sync.link.Link.get`; a page of another shape counts as cut.
    """
    try:
        return _page(link)
    except RefusedError as error:
        if error.code != "cursor_expired" or not link.relation.cursor:
            raise
    link.keep(cursor="")
    return _page(link)


def _page(link: Link) -> FeedPage:
    before = link.relation.cursor
    told = link.get("/changes", {"limit": PAGE, **({"cursor": before} if before else {})}).value
    entries, cursor, more = told.get("changes"), told.get("next_cursor"), told.get("has_more")
    whole = isinstance(entries, list) and all(_is_entry(each) for each in entries)
    if not whole or not isinstance(cursor, str) or not cursor or not isinstance(more, bool) or (more and cursor == before):
        raise NoContactError("cut")
    return FeedPage(tuple(entries or ()), cursor, more)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(_is_name(entry.get(name)) for name in ("change_id", "kind", "at"))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != "" and value.isascii()
