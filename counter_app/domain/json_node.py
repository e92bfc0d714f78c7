"""A place in a JSON document that knows where it is, so that whatever is wrong there can be named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.text import tidy


class DamagedError(Exception):
    """Something in the document is missing or not what it must be; ``where`` is its path (``procedures[3].time_limit.unit``)."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its path. Every reading method raises :class:`DamagedError` where the value is of another kind or out of bounds."""

    value: Any
    where: str

    def member(self, name: str) -> Node:
        """Return a member of an object that must be there."""
        if not isinstance(self.value, dict):
            raise self.damaged()
        if name not in self.value:
            raise Node(None, self._path(name)).damaged()
        return Node(self.value[name], self._path(name))

    def maybe(self, name: str) -> Node | None:
        """Return a member of an object, None where it is missing or null."""
        if not isinstance(self.value, dict):
            raise self.damaged()
        return None if self.value.get(name) is None else Node(self.value[name], self._path(name))

    def items(self) -> Iterator[Node]:
        """Yield the items of a list."""
        if not isinstance(self.value, list):
            raise self.damaged()
        return (Node(item, f"{self.where}[{number}]") for number, item in enumerate(self.value))

    def text(self, most: int = 5000) -> str:
        """Return a tidy text that is not empty."""
        if not isinstance(self.value, str):
            raise self.damaged()
        kept = tidy(self.value)
        if not kept or len(kept) > most:
            raise self.damaged()
        return kept

    def maybe_text(self, name: str) -> str:
        """Return a text member, empty where it is missing, null or empty."""
        found = self.maybe(name)
        return "" if found is None or found.value == "" else found.text()

    def whole(self, least: int, most: int) -> int:
        """Return a whole number between two bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not least <= self.value <= most:
            raise self.damaged()
        return self.value

    def maybe_whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, None where the member is missing or null."""
        found = self.maybe(name)
        return None if found is None else found.whole(least, most)

    def flag(self, name: str) -> bool:
        """Return a truth value, false where the member is missing or null."""
        found = self.maybe(name)
        if found is not None and not isinstance(found.value, bool):
            raise found.damaged()
        return found is not None and found.value

    def maybe_day(self, name: str) -> date | None:
        """Return an ISO day, None where the member is missing or null."""
        found = self.maybe(name)
        if found is None:
            return None
        text = found.text(10)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise found.damaged() from None

    def damaged(self) -> DamagedError:
        """Return the error to raise about this place."""
        return DamagedError(self.where)

    def _path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name
