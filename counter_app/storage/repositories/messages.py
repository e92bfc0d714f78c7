"""Messages to citizens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from counter_app.domain.message import Message, MessageState
from counter_app.storage import tables as t
from counter_app.storage.plain import to_plain
from counter_app.storage.repositories.whole_rows import WholeRows

_c = t.message.c
_ENDS = [each.value for each in (MessageState.CALLED, MessageState.HANDED_OVER, MessageState.CANCELLED)]
_WAITING = _c.state == MessageState.WAITING.value


class SqlMessages(WholeRows[Message]):
    """:class:`~counter_app.services.repositories.people.MessageRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.message, Message)

    def of_dossier(self, dossier_id: str) -> list[Message]:
        """Return the messages of a dossier, the oldest first."""
        return self.found(_c.dossier_id == dossier_id, _c.queued_at)

    def waiting(self, now: datetime, *, limit: int) -> list[Message]:
        """Return what waits and is in time, the oldest first."""
        return self.found(and_(_WAITING, _c.expires_at > to_plain(now)), _c.queued_at, limit=limit)

    def expire(self, now: datetime) -> int:
        """Mark what is too late."""
        late = update(t.message).where(_WAITING, _c.expires_at <= to_plain(now))
        return self.connection.execute(late.values(state=MessageState.EXPIRED.value, changed_at=to_plain(now))).rowcount

    def ended(self) -> Iterator[str]:
        """Yield the id of each message that was brought to its end."""
        yield from self.connection.execute(select(_c.message_id).where(_c.state.in_(_ENDS))).scalars()
