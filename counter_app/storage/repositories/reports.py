"""What reports count: one index is read from end to end; the few dossiers with more to say are joined in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, case, exists, func, insert, or_, select

from counter_app.domain.digitised import Completeness, FileTarget
from counter_app.domain.dossier import Dossier, DossierRow, FeeMethod
from counter_app.domain.moments import VIETNAM, write_local
from counter_app.domain.report_cases import Case
from counter_app.domain.report_periods import Period
from counter_app.domain.report_work import Work
from counter_app.services.repositories.reports import ComplaintCounts, FrozenReport
from counter_app.storage.dossier_rows import ROW_COLUMNS, read_dossier, read_row
from counter_app.storage.engine import keep_few_pages
from counter_app.storage.plain import from_plain, read_day, read_json, read_moment, stored
from counter_app.storage.tables import (
    NOTHING,
    complaint,
    digital_paper,
    digital_state,
    due_change,
    frozen_report,
    outbox,
    payment,
    supplement_span,
)
from counter_app.storage.tables import dossier as table

AT_A_TIME = 500
"""Dossiers looked up by number in one statement."""
FETCHED = 500
"""Rows taken from the database at once; several thousand gain no time and hold megabytes in each of the counts that run side by side."""
_ONLINE = (FeeMethod.TRANSFER.value, FeeMethod.PORTAL.value)
_Span = tuple[datetime, datetime | None]
_COUNTED = tuple(table.c[name] for name in (
    "n", "field_name", "procedure_code", "channel", "status", "received_at", "finished_at", "due_at", "awaiting_acceptance", "online_level",
    "out_of_area", "on_the_spot", "apology_at", "fee_total_vnd",
))


_IN_REST = ("step", "steps", "hand_overs", "supplements")
_WORKED = tuple(table.c[name] for name in ("n", "handled_by", "holder", "finished_at", "rest"))


class SqlReports:
    """:class:`~counter_app.services.repositories.reports.ReportRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cases(self, period: Period) -> Iterator[Case]:
        """Yield every dossier received by the end of a period and not closed before its start, in constant memory."""
        keep_few_pages(self._connection)
        changes = self._spans(due_change, due_change.c.set_at, due_change.c.due_at, period)
        waits = self._spans(supplement_span, supplement_span.c.requested_at, supplement_span.c.received_at, period)
        paid = self._paid(period)
        wanted = select(*_COUNTED).where(_concerned(period))
        for row in self._connection.execute(wanted, execution_options={"yield_per": FETCHED}):
            number = row[0]
            yield _case(row, changes.get(number, ()), waits.get(number, ()), paid.get(number, ""))

    def work(self, period: Period) -> Iterator[Work]:
        """Yield who worked on each dossier of :meth:`cases`, in constant memory, by one look; nothing else of the dossier is rebuilt."""
        keep_few_pages(self._connection)
        wanted = select(*_WORKED).where(_concerned(period))
        for row in self._connection.execute(wanted, execution_options={"yield_per": FETCHED}):
            yield _work(row)

    def rows(self, numbers: Sequence[int], *, limit: int) -> list[DossierRow]:
        """Return dossiers by their numbers, the first ``limit`` of them in the order of entry."""
        found: list[DossierRow] = []
        for some in _batches(sorted(numbers)[:limit]):
            wanted = select(*ROW_COLUMNS).where(table.c.n.in_(some)).order_by(table.c.n)
            found += [read_row(row) for row in self._connection.execute(wanted)]
        return found

    def dossiers(self, numbers: Sequence[int]) -> Iterator[tuple[int, Dossier]]:
        """Yield whole dossiers by their numbers, in the order of entry."""
        for some in _batches(sorted(numbers)):
            for row in self._connection.execute(select(table).where(table.c.n.in_(some)).order_by(table.c.n)):
                yield row.n, read_dossier(row)

    def unsent(self, period: Period) -> list[int]:
        """Return the dossiers received in a period of which the province does not hold everything yet."""
        held = exists().where(and_(outbox.c.dossier_id == table.c.dossier_id, outbox.c.state != "province_has"))
        wanted = select(table.c.n).where(*_within(table.c.received_at, period), held).order_by(table.c.n)
        return list(self._connection.execute(wanted).scalars())

    def complained(self, period: Period) -> list[int]:
        """Return the dossiers that a complaint of the period is about."""
        wanted = select(table.c.n).join(complaint, complaint.c.dossier_id == table.c.dossier_id).where(
            *_within(complaint.c.received_at, period)).distinct().order_by(table.c.n)
        return list(self._connection.execute(wanted).scalars())

    def complaints(self, period: Period) -> ComplaintCounts:
        """Count the complaints of a period."""
        answered, due = complaint.c.answered_at, complaint.c.answer_due
        in_time = or_(due.is_(None), func.substr(answered, 1, 10) <= func.substr(due, 1, 10))
        counted = select(
            func.count(), _count(and_(answered.is_not(None), in_time)), _count(answered.is_not(None)),
            _count(and_(answered.is_not(None), complaint.c.satisfied.is_(True))),
        ).where(*_within(complaint.c.received_at, period))
        return ComplaintCounts(*(int(each or 0) for each in self._connection.execute(counted).one()))

    def digitised(self) -> dict[int, Completeness]:
        """Return how far each dossier with files is, by its number."""
        rows = self._connection.execute(select(digital_state), execution_options={"yield_per": FETCHED})
        return {number: Completeness(bool(papers), bool(results), bool(reused)) for number, papers, results, reused in rows}

    def signed_results(self) -> set[int]:
        """Return the numbers of the dossiers that have files of results, each of them signed digitally."""
        paper = digital_paper.c
        wanted = select(table.c.n).join(digital_paper, paper.dossier_id == table.c.dossier_id).where(
            paper.target == FileTarget.RESULT.value, paper.unlinked_at.is_(None)).group_by(
            table.c.n).having(func.min(paper.signed_by) != NOTHING)
        return set(self._connection.execute(wanted).scalars())

    def freeze(self, report: FrozenReport) -> None:
        """Keep a report as it was sent."""
        self._connection.execute(insert(frozen_report).values(
            report_id=report.report_id, name=report.name, start_day=report.period.start.isoformat(), end_day=report.period.end.isoformat(),
            frozen_at=write_local(report.frozen_at), frozen_by=report.frozen_by, sent_to=report.sent_to,
            content=json.dumps(report.content, ensure_ascii=False, separators=(",", ":")), sha256=report.sha256,
        ))

    def frozen(self, name: str, period: Period) -> list[FrozenReport]:
        """Return the reports of this name and period that were sent, the newest first."""
        c = frozen_report.c
        wanted = select(frozen_report).where(
            c.name == name, c.start_day == period.start.isoformat(), c.end_day == period.end.isoformat(),
        ).order_by(c.frozen_at.desc(), c.report_id.desc())
        return [_frozen(row) for row in self._connection.execute(wanted)]

    def sent(self) -> Iterator[FrozenReport]:
        """Yield every report that was sent, the oldest first."""
        for row in self._connection.execute(select(frozen_report).order_by(frozen_report.c.frozen_at, frozen_report.c.report_id)):
            yield _frozen(row)

    def _spans(self, of: Table, begun: Column[str], ended: Column[str], period: Period) -> dict[int, tuple[_Span, ...]]:
        """Return the spans of the dossiers that concern a period, by the number of the dossier."""
        concerned = exists().where(table.c.n == of.c.dossier, _concerned(period))
        wanted = select(of.c.dossier, begun, ended).where(concerned).order_by(of.c.dossier, of.c.position)
        found: dict[int, tuple[_Span, ...]] = {}
        for number, first, last in self._connection.execute(wanted, execution_options={"yield_per": FETCHED}):
            found[number] = (*found.get(number, ()), _span(first, last))
        return found

    def _paid(self, period: Period) -> dict[int, str]:
        """Return how the dossiers were paid for which money was taken in a period; online where any of it was."""
        online = func.max(case((payment.c.method.in_(_ONLINE), 1), else_=0))
        wanted = select(table.c.n, online).join(payment, payment.c.dossier_id == table.c.dossier_id).where(
            *_within(payment.c.at, period), payment.c.amount_vnd > 0).group_by(table.c.n)
        return {number: "online" if any_online else "direct" for number, any_online in self._connection.execute(wanted)}


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at:at + AT_A_TIME] for at in range(0, len(numbers), AT_A_TIME))


def _concerned(period: Period) -> Any:  # noqa: ANN401  a condition
    finished = table.c.finished_at
    return and_(
        table.c.received_at < write_local(period.ends), or_(finished.is_(None), finished >= write_local(period.begins)))


def _within(column: Any, period: Period) -> tuple[Any, Any]:  # noqa: ANN401  a column and its conditions
    return column >= write_local(period.begins), column < write_local(period.ends)


def _count(condition: Any) -> Any:  # noqa: ANN401  a condition
    return func.sum(case((condition, 1), else_=0))


def _moment(text: str) -> datetime:
    """Read a stored time fast: a year has a million of them, all written by this program."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@stored
def _span(begun: str, ended: str | None) -> _Span:
    return _moment(begun), None if ended is None else _moment(ended)


@stored
def _case(row: Row[Any], changes: tuple[_Span, ...], waits: tuple[_Span, ...], paid: str) -> Case:
    (number, field, procedure, channel, status, received, finished, due, waiting, level, far, spot, apology, fee) = tuple(row)
    return Case(
        number, field, procedure, channel, status, _moment(received), finished and _moment(finished), due and _moment(due),
        not waiting and status != "submitted_online", level, bool(far), bool(spot), apology and _moment(apology), fee > 0, changes, waits,
        paid,
    )


@stored
def _work(row: Row[Any]) -> Work:
    number, handled_by, holder, finished, rest = tuple(row)
    told = read_json(rest)
    told = {name: told[name] for name in _IN_REST if name in told}
    return from_plain(Work, {"number": number, "handled_by": handled_by, "holder": holder, "finished_at": finished, **told})


@stored
def _frozen(row: Row[Any]) -> FrozenReport:
    return FrozenReport(
        row.report_id, row.name, Period(read_day(row.start_day), read_day(row.end_day)), read_moment(row.frozen_at), row.frozen_by,
        row.sent_to, read_json(row.content), row.sha256,
    )
