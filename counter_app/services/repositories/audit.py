"""The repository of the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from counter_app.domain.events import AuditEntry


class AuditRepository(Protocol):
    """The chained audit trail."""

    def head(self) -> tuple[int, str]:
        """Return the last sequence and hash; (0, 64 zeros) for an empty trail."""

    def append(self, entry: AuditEntry) -> None:
        """Add an entry that follows the head."""

    def about(self, subjects: Sequence[str]) -> list[AuditEntry]:
        """Return every entry about one of these, the oldest first; looks through the whole trail."""

    def entries(self, first: int = 1, count: int = 1000) -> list[AuditEntry]:
        """Return entries from a sequence on."""
