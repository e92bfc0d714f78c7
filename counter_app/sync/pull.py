"""The verb *changes*: one page of the feed after a cursor (contract 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from counter_app.domain.event_fold import Rules
from counter_app.services.line.incoming import Incoming, Procedures
from counter_app.services.line.province import keep_relation, relation_of
from counter_app.services.ports import Database
from counter_app.sync.faults import NoContactError, RefusedError
from counter_app.sync.link import Link
from counter_app.sync.signing import is_signed

_CURSOR = re.compile(r"[!-~]{1,256}")
PAGE = 100
"""Entries of a page: what a transaction takes no desk notices."""
MOST_NAME = 128
"""Characters of an entry's id, kind or time at most."""


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
    return page_of(link.get("/changes", {"limit": PAGE, **({"cursor": before} if before else {})}).value, before)


def take(link: Link, database: Database, page: FeedPage, now: datetime, *, rules: Rules, procedures: Procedures) -> int:
    """Apply a page and keep its cursor, in one transaction; return how many entries were new."""

    def _signed(document: Mapping[str, Any]) -> bool:
        return is_signed("users", document, link.relation.keys.values())

    with database.write() as uow:
        incoming = Incoming(uow, link.local, relation_of(uow, link.local), now, rules, procedures, _signed)
        new = sum(incoming.apply(entry) for entry in page.entries)
        keep_relation(uow, link.local, replace(incoming.relation, cursor=page.cursor))
        uow.commit()
    link.read_again()
    return new


def page_of(told: Mapping[str, Any], before: str) -> FeedPage:
    """Read the page after a cursor; raises NoContactError for another shape."""
    entries, cursor, more = (told.get(name) for name in ("changes", "next_cursor", "has_more"))
    if not _are_entries(entries) or not _is_cursor(cursor, before, more=more):
        raise NoContactError("cut")
    return FeedPage(tuple(entries or ()), str(cursor), bool(more))


def _are_entries(entries: object) -> bool:
    return isinstance(entries, list) and all(map(_is_entry, entries))


def _is_cursor(cursor: object, before: str, *, more: object) -> bool:
    """Tell whether a cursor leads on: one that stays where it was while more is to come would be followed for ever."""
    return isinstance(cursor, str) and _CURSOR.fullmatch(cursor) is not None and isinstance(more, bool) and not (more and cursor == before)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(_is_name(entry.get(name)) for name in ("change_id", "kind", "at"))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and 0 < len(value) <= MOST_NAME
