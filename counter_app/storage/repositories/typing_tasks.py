"""What is to be typed into ministries' programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from counter_app.domain.typing_task import TypingState, TypingTask
from counter_app.storage import tables as t
from counter_app.storage.repositories.whole_rows import WholeRows

_c = t.typing_task.c


class SqlTypingTasks(WholeRows[TypingTask]):
    """:class:`~counter_app.services.repositories.people.TypingTaskRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.typing_task, TypingTask)

    def of_dossiers(self, dossier_ids: Sequence[str]) -> list[TypingTask]:
        """Return the tasks of dossiers, the oldest first."""
        return self.found(_c.dossier_id.in_(dossier_ids), _c.opened_at)

    def open_ones(self, *, limit: int) -> list[TypingTask]:
        """Return what is still to be typed, the oldest first."""
        return self.found(_c.state == TypingState.OPEN.value, _c.opened_at, limit=limit)

    def ended(self) -> Iterator[str]:
        """Yield the id of each task that was typed or dropped."""
        yield from self.connection.execute(select(_c.task_id).where(_c.state != TypingState.OPEN.value)).scalars()
