"""The line to the province: what waits, and the history of passes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from counter_app.services.repositories.line import LinePass, WaitingOps
from counter_app.storage.plain import from_plain, to_plain
from counter_app.storage.repositories.whole_rows import WholeRows
from counter_app.storage.tables import OPEN_OPS, event, line_pass, outbox

_c = line_pass.c


class SqlLine(WholeRows[LinePass]):
    """:class:`~counter_app.services.repositories.line.LineRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, line_pass, LinePass)

    def waiting(self) -> list[WaitingOps]:
        """Return what has no answer of its own yet, by type."""
        size = func.length(event.c.facts) + func.coalesce(func.length(event.c.ho_so), 0)
        columns = event.c.type, func.count().label("count"), func.sum(size).label("size"), func.min(event.c.occurred_at).label("oldest_at")
        unsent = select(*columns).join(outbox, outbox.c.op_id == event.c.op_id).where(OPEN_OPS, outbox.c.state.in_(("saved", "sending")))
        found = self.connection.execute(unsent.group_by(event.c.type).order_by(event.c.type))
        return [from_plain(WaitingOps, row._mapping) for row in found]

    def latest(self, device: str, *, limit: int) -> list[LinePass]:
        """Return the newest passes of a device, the newest first."""
        return self.found(_c.device == device, _c.began_at.desc(), _c.pass_id.desc(), limit=limit)

    def file_bytes(self, device: str, since: datetime) -> int:
        """Return how many bytes of files a device has sent in passes that began since a moment."""
        total = select(func.coalesce(func.sum(_c.file_bytes), 0)).where(_c.device == device, _c.began_at >= to_plain(since))
        return int(self.connection.execute(total).scalar_one())

    def forget(self, device: str, before: datetime) -> None:
        """Drop what ended before a moment."""
        end = to_plain(before)
        self.connection.execute(delete(line_pass).where(_c.device == device, _c.began_at < end, _c.ended_at < end))
