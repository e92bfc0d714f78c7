"""The indexes that have a condition: each list of the home page has its own, over the few dossiers that can stand in it.

Only migrations and tests import this: naming a condition loads both databases' dialects, which would be felt at every start.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, Text, and_, literal_column

from counter_app.storage.tables import (
    NOTHING,
    ONLINE,
    OPEN_JOBS,
    OPEN_OPS,
    OPEN_PAYMENTS,
    READY,
    RUNNING,
    SUPPLEMENT,
    UNSIGNED,
    digital_paper,
    dossier,
    dossier_code,
    job,
    metadata,
    number,
    outbox,
    payment,
)

__all__ = ["metadata"]

_c = dossier.c


def _partial(name: str, where: ColumnElement[bool], *columns: ColumnElement[object], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


_partial("ix_dossier_running", _c.queue == RUNNING, _c.due_at, _c.n)
_partial("ix_dossier_supplement", _c.queue == SUPPLEMENT, _c.supplement_open_since, _c.n)
_partial("ix_dossier_papers_until", and_(_c.queue == SUPPLEMENT, _c.papers_until.is_not(None)), _c.papers_until, _c.n)
_partial("ix_dossier_ready", _c.queue == READY, _c.finished_at, _c.n)
_partial("ix_dossier_ready_due", _c.queue == READY, _c.due_at, _c.n)
_partial("ix_dossier_online", _c.queue == ONLINE, _c.received_at, _c.n)
_partial("ix_dossier_finished", _c.finished_at.is_not(None), _c.finished_at, _c.due_at)
_partial("ix_dossier_attention", _c.attention.is_not(None), _c.n)
_partial("ix_dossier_returned", _c.returned_at.is_not(None), _c.returned_at, _c.n)
_partial("ix_dossier_assigned", and_(_c.holder != NOTHING, _c.queue.is_not(None)), _c.due_at, _c.n)
_partial("ix_dossier_person", _c.id_number != NOTHING, _c.id_number, _c.n)
_partial("ix_print_job_open", OPEN_JOBS, job.c.queued_at, job.c.job_id)
_partial("ix_outbox_open", OPEN_OPS, outbox.c.state, outbox.c.op_id)
_partial("ix_payment_counted", payment.c.count_id.is_not(None), payment.c.count_id)
_partial("ix_digital_paper_unsigned", UNSIGNED, digital_paper.c.filed_at, digital_paper.c.op_id)
_partial("ix_payment_open", OPEN_PAYMENTS, payment.c.at, payment.c.payment_id)
_partial("ix_used_number_burned", number.c.dossier_id.is_(None), number.c.day)

_issued = dossier_code.c.kind.in_([literal_column("'official'", Text), literal_column("'provisional'", Text)])
_partial("ux_dossier_code_issued", _issued, dossier_code.c.code, unique=True)
