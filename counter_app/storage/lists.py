"""The lists of the home page as conditions and orders, each served by an index of its own over what is still open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, exists, or_, select, true, union_all

from counter_app.domain.dossier import Status
from counter_app.domain.moments import day_of, write_local
from counter_app.services.ports import ListFilter, ListMoment
from counter_app.storage.tables import NOTHING, ONLINE, READY, RUNNING, SUPPLEMENT, digital_state, dossier

_c = dossier.c


def condition(which: ListFilter, at: ListMoment) -> ColumnElement[bool]:
    """Return which dossiers stand in a list.

    Days decide, as in the classification of domain guide 7.4: what is due today is not overdue before midnight. Where a supplement is
    awaited no time runs, so these dossiers are in no list of dates.
    """
    today, end = day_of(at.now).isoformat(), write_local(at.today_end)
    conditions: dict[ListFilter, ColumnElement[bool]] = {
        ListFilter.ALL: true(),
        ListFilter.DUE_TODAY: and_(or_(_c.queue == RUNNING, _c.queue == READY), _c.due_at >= today, _c.due_at <= end),
        ListFilter.DUE_SOON: and_(_c.queue == RUNNING, _c.due_at > end, _c.due_at <= write_local(at.soon_end)),
        ListFilter.OVERDUE: and_(_c.queue == RUNNING, _c.due_at < today),
        ListFilter.RESULT_WAITING: _c.queue == READY,
        ListFilter.SUPPLEMENT_OPEN: _c.queue == SUPPLEMENT,
        ListFilter.SUPPLEMENT_LATE: and_(_c.queue == SUPPLEMENT, _c.papers_until < today),
        ListFilter.ONLINE_NEW: _c.queue == ONLINE,
        ListFilter.ATTENTION: _c.attention.is_not(None),
        ListFilter.ASSIGNED: and_(_c.holder != NOTHING, _c.queue.is_not(None)),
        ListFilter.RECEIVED_TODAY: and_(_c.received_at >= today, _c.received_at <= end, _c.status != Status.SUBMITTED_ONLINE),
        ListFilter.RETURNED: _c.returned_at.is_not(None),
        ListFilter.NOT_DIGITISED: and_(_c.n.in_(_here), LACKS_SCANS),
    }
    return conditions[which]


_digitised = exists().where(
    digital_state.c.dossier == _c.n, digital_state.c.components, or_(_c.queue != READY, digital_state.c.results)).correlate(dossier)
LACKS_SCANS: ColumnElement[bool] = and_(
    or_(_c.queue == RUNNING, _c.queue == SUPPLEMENT, _c.queue == READY), _c.document_count > 0, ~_digitised)
"""The dossier is here, has papers, and not all of them (of one with a result: or not all results) are digitised."""

_each = dossier.alias("each")
_here = union_all(*(select(_each.c.n).where(_each.c.queue == queue) for queue in (RUNNING, SUPPLEMENT, READY)))
"""What is here, each queue by its own index: a condition with *or* would look at every dossier there ever was."""

_ORDER: dict[ListFilter, UnaryExpression[Any]] = {
    ListFilter.DUE_TODAY: _c.due_at.asc(),
    ListFilter.DUE_SOON: _c.due_at.asc(),
    ListFilter.OVERDUE: _c.due_at.asc(),
    ListFilter.RESULT_WAITING: _c.finished_at.asc().nulls_first(),
    ListFilter.SUPPLEMENT_OPEN: _c.supplement_open_since.asc().nulls_first(),
    ListFilter.SUPPLEMENT_LATE: _c.papers_until.asc(),
    ListFilter.ONLINE_NEW: _c.received_at.asc(),
    ListFilter.ASSIGNED: _c.due_at.asc().nulls_last(),
    ListFilter.RETURNED: _c.returned_at.desc(),
    ListFilter.NOT_DIGITISED: _c.due_at.asc().nulls_last(),
}


def order(which: ListFilter) -> tuple[UnaryExpression[Any], ...]:
    """Return the order of a list: the most urgent first; the newest first where nothing is urgent."""
    if which in (ListFilter.ALL, ListFilter.RECEIVED_TODAY):
        return _c.received_at.desc(), _c.n.desc()
    if which is ListFilter.ATTENTION:
        return (_c.n.desc(),)
    return _ORDER[which], _c.n.desc() if which is ListFilter.RETURNED else _c.n.asc()
