"""What a write touched, so that the window refreshes exactly the models that show it."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = frozenset({"dossiers", "outbox", "books", "numbers", "prints", "drafts", "catalogue", "calendar", "users", "settings", "payments",
                   "messages", "complaints", "reports", "tasks"})
"""Every name that a record of changes may hold."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds of things that were written, each one of :data:`KINDS`; records add up with ``|``."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *names: str) -> Changes:
        """Return the record of some kinds.

        Raises:
            ValueError: a name that :data:`KINDS` doesn't know.
        """
        if unknown := set(names) - KINDS:
            raise ValueError(f"unknown kinds of changes: {sorted(unknown)}")
        return cls(frozenset(names))

    def touch(self, *names: str) -> bool:
        """Tell whether any of these kinds was written."""
        return not self.names.isdisjoint(names)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.names | other.names)
