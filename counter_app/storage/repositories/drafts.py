"""Forms being filled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, select

from counter_app.domain.registers import Draft
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, read_json, to_plain, write_json
from counter_app.storage.repositories.writing import put


def _draft(row: Row[Any]) -> Draft:
    return from_plain(Draft, {**row._mapping, "content": read_json(row.content)})


class SqlDrafts:
    """:class:`~counter_app.services.repositories.core.DraftRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Store a draft in place of what it was before."""
        columns = {column.name: to_plain(getattr(draft, column.name)) for column in t.draft.c}
        put(self._connection, t.draft, columns | {"content": write_json(columns["content"])})

    def get(self, owner: str, draft_id: str) -> Draft | None:
        """Return a person's draft by id; None for another's."""
        row = self._connection.execute(select(t.draft).where(t.draft.c.draft_id == draft_id, t.draft.c.owner == owner)).first()
        return None if row is None else _draft(row)

    def of_owner(self, owner: str, kind: str) -> list[Draft]:
        """Return a person's drafts of one kind, the last saved first."""
        wanted = select(t.draft).where(t.draft.c.owner == owner, t.draft.c.kind == kind)
        return [_draft(row) for row in self._connection.execute(wanted.order_by(t.draft.c.saved_at.desc(), t.draft.c.draft_id.desc()))]

    def delete(self, owner: str, draft_id: str) -> None:
        """Take a person's draft away for good: it is no record, and holds personal data."""
        self._connection.execute(delete(t.draft).where(t.draft.c.draft_id == draft_id, t.draft.c.owner == owner))
