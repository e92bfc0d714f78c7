"""Complaints."""

from __future__ import annotations

from sqlalchemy import Connection, true

from counter_app.domain.complaint import Complaint
from counter_app.storage import tables as t
from counter_app.storage.repositories.whole_rows import WholeRows

_c = t.complaint.c


class SqlComplaints(WholeRows[Complaint]):
    """:class:`~counter_app.services.repositories.people.ComplaintRepository`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, t.complaint, Complaint)

    def of_dossier(self, dossier_id: str) -> list[Complaint]:
        """Return the complaints about a dossier, the oldest first."""
        return self.found(_c.dossier_id == dossier_id, _c.received_at)

    def listed(self, *, is_open: bool, limit: int) -> list[Complaint]:
        """Return what is to be answered, the most urgent first; or all, the newest first."""
        if is_open:
            return self.found(_c.answered_at.is_(None), _c.answer_due, limit=limit)
        return self.found(true(), _c.received_at.desc(), limit=limit)
