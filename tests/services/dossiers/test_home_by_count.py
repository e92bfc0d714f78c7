"""The home page's figures against plain counting over the same dossiers, over the in-memory database and over an encrypted file."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import DeliveryMethod, Status
from counter_app.domain.moments import VIETNAM, day_of, local
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.dossiers.home import HomeService, period_start
from counter_app.storage import open_database
from tests.builders import NOW, dossier, fake_desk, prepare
from tests.examples import examples
from tests.fakes import FakeClock
from tests.quick import new_database

KEY = bytes(range(32))
CLOSED = {Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.HALTED}
OPEN = [Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SUPPLEMENT, Status.RESULT_READY]
moments = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 20), timezones=st.just(VIETNAM)).map(lambda at: at.replace(microsecond=0))
edges = st.sampled_from([local(2026, 11, day, hour, minute) for day in (14, 15, 19, 20, 21, 23, 24) for hour, minute in ((0, 0), (9, 42), (23, 59))])


@st.composite
def dossiers(draw):
    """Dossiers in every state, many of them at the edges of days and periods."""
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        status = draw(st.sampled_from([*OPEN, *sorted(CLOSED)]))
        received = min(draw(moments | edges), NOW)
        finished = draw(moments | edges) if status in CLOSED or status is Status.RESULT_READY else None
        found.append(dossier(
            number, status=status, received_at=received, due_at=draw(st.none() | moments | edges), finished_at=finished,
            supplement_open_since=received if status is Status.AWAITING_SUPPLEMENT else None,
            returned_at=finished if status is Status.RETURNED else None,
            delivery=draw(st.sampled_from(DeliveryMethod)), attention=draw(st.sampled_from([(), ("conflict",)]))))
    return found


def counted(found, soon_until, threshold):
    """The figures as somebody would count them on paper."""
    today, start = NOW.date(), period_start(NOW.date())
    running = [each for each in found if each.status in (Status.RECEIVED, Status.PROCESSING)]
    ready = [each for each in found if each.status is Status.RESULT_READY]
    due = {each.dossier_id: day_of(each.due_at) for each in found if each.due_at}
    late = [each for each in running if due.get(each.dossier_id, today) < today]
    done = [each for each in found if each.finished_at and start <= day_of(each.finished_at) and day_of(each.finished_at) <= today]
    in_time = [each for each in done if not each.due_at or day_of(each.finished_at) <= due[each.dossier_id]]
    share = Fraction(len(late), len(found)) if found else Fraction(0)
    return {
        "overdue": len(late),
        "due_today": sum(due.get(each.dossier_id) == today for each in running + ready),
        "due_today_ready": sum(due.get(each.dossier_id) == today for each in ready),
        "due_soon": sum(today < due.get(each.dossier_id, today) <= soon_until for each in running),
        "result_waiting": len(ready),
        "result_postal": sum(each.delivery is DeliveryMethod.POSTAL for each in ready),
        "supplement_open": sum(each.status is Status.AWAITING_SUPPLEMENT for each in found),
        "attention": sum(bool(each.attention) for each in found),
        "received_today": sum(day_of(each.received_at) == today for each in found),
        "on_time_total": len(done), "on_time_count": len(in_time),
        "overdue_permille": int(share * 1000 + Fraction(1, 2)),
        "overdue_alarm": share > Fraction(threshold, 1000),
        "period_from": start,
    }


def shown(figures):
    return {name: getattr(figures, name) for name in counted([], NOW.date(), 0)}


@settings(max_examples=examples(20), deadline=None)
@given(dossiers(), st.sampled_from([0, 35, 100, 500, 1000]))
@example([], 0)
def test_the_figures_are_those_of_plain_counting(found, threshold):
    desk = fake_desk(overdue_threshold_permille=threshold)
    desk.add(*found)
    figures = desk.home.figures()
    assert shown(figures) == counted(found, figures.soon_until, threshold)
    hours = Counter(each.received_at.hour for each in found if day_of(each.received_at) == NOW.date())
    assert {hour: today for hour, today, _ in figures.hours if today} == hours
    assert [row.received_at for row in figures.recent] == sorted((each.received_at for each in found), reverse=True)[:10]
    assert (figures.overdue_worst_days > 0) == (figures.overdue > 0)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=dossiers())
def test_an_encrypted_file_counts_the_same(tmp_path_factory, template, found):
    path = tmp_path_factory.mktemp("home") / "desk.db"
    shutil.copy(template, path)
    database = open_database(f"sqlite:///{path}", KEY, backup_dir=path.parent)
    try:
        desk = fake_desk()
        real = HomeService(database, CalendarService(database, FakeClock(NOW), desk.settings), desk.settings)
        desk.add(*found)
        with database.write() as uow:
            uow.dossiers.add_many(found)
            uow.commit()
        assert replace(real.figures(), recent=()) == replace(desk.home.figures(), recent=())
        assert [row.code for row in real.figures().recent] == [row.code for row in desk.home.figures().recent]
    finally:
        database.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "desk.db"
    prepare(new_database(f"sqlite:///{path}", KEY)).close()
    return path


@given(st.dates(datetime(2025, 7, 1).date(), datetime(2090, 1, 1).date()))
def test_every_day_lies_in_one_report_month(today):
    """The 15th to the 14th, without gap or overlap (domain guide 12)."""
    start = period_start(today)
    assert start <= today < start + timedelta(days=32)
    assert start.day == 15
    before, after = period_start(start - timedelta(days=1)), period_start(start)
    assert after == start
    assert before < start
    assert (start - before).days in (28, 29, 30, 31)
    assert datetime.combine(start, time(), VIETNAM) <= datetime.combine(today, time(23, 59), VIETNAM)
