"""The chained audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from counter_app.domain.events import ZERO_HASH, AuditEntry
from counter_app.domain.moments import write_local
from counter_app.storage.plain import read_json, read_moment, write_json
from counter_app.storage.tables import audit


class SqlAudit:
    """:class:`~counter_app.services.repositories.audit.AuditRepository`. The database itself refuses to change or delete an entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.has_grown = False
        """Whether anything was appended in this transaction."""

    def head(self) -> tuple[int, str]:
        """Return the last sequence and hash; (0, 64 zeros) for an empty trail."""
        row = self._connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
        return (0, ZERO_HASH) if row is None else (row.seq, row.hash)

    def append(self, entry: AuditEntry) -> None:
        """Store an entry for ever."""
        self._connection.execute(insert(audit), {
            "seq": entry.seq, "at": write_local(entry.at), "user_id": entry.user_id, "action": entry.action, "subject": entry.subject,
            "details": write_json(dict(entry.details)), "prev_hash": entry.prev_hash, "hash": entry.hash})
        self.has_grown = True

    def about(self, subjects: Sequence[str]) -> list[AuditEntry]:
        """Return every entry about one of these, the oldest first."""
        found = self._connection.execute(select(audit).where(audit.c.subject.in_(subjects)).order_by(audit.c.seq))
        return [_entry(row) for row in found]

    def entries(self, first: int = 1, count: int = 1000) -> list[AuditEntry]:
        """Return up to ``count`` entries from sequence ``first`` on."""
        found = self._connection.execute(select(audit).where(audit.c.seq >= first).order_by(audit.c.seq).limit(count))
        return [_entry(row) for row in found]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**{**row._mapping, "at": read_moment(row.at), "details": read_json(row.details)})
