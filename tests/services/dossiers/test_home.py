"""The figures of the home page."""

from datetime import date, timedelta

import pytest

from counter_app.domain.dossier import DeliveryMethod, Status
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.report_periods import PeriodKind, numbered
from counter_app.services.dossiers.home import period_start
from counter_app.services.reports.settings import ReportSettings
from tests.builders import CLERK, NOW, command, dossier, fake_desk

ADMIN = Actor("u-0002", Role.ADMINISTRATOR)


def test_an_empty_desk_counts_nothing():
    figures = fake_desk().home.figures()
    assert (figures.overdue, figures.overdue_worst_days, figures.received_today, figures.usual_today) == (0, 0, 0, 0)
    assert figures.hours == tuple((hour, 0, 0) for hour in (7, 8, 9, 10, 11, 13, 14, 15, 16, 17))
    assert (figures.recent, figures.on_time_total, figures.outbox["saved"]) == ((), 0, 0)
    assert (figures.period_from, figures.soon_until) == (date(2026, 11, 15), date(2026, 11, 23))
    assert (figures.next_day_off.day, figures.next_day_off.name) == (date(2026, 11, 24), "Ngày Văn hóa Việt Nam")


def test_lists_and_their_parts():
    desk = fake_desk()
    ready = {"status": Status.RESULT_READY, "finished_at": local(2026, 11, 18, 8, 0)}
    desk.add(
        dossier(1, due_at=local(2026, 11, 12, 8, 0)), dossier(2, due_at=local(2026, 11, 19, 8, 0)),
        dossier(3, due_at=local(2026, 11, 20, 8, 0)), dossier(4, due_at=local(2026, 11, 20, 16, 0), **ready),
        dossier(5, due_at=local(2026, 11, 30, 8, 0), delivery=DeliveryMethod.POSTAL, **ready), dossier(6, due_at=local(2026, 11, 23, 8, 0)),
        dossier(7, attention=("conflict",)))
    figures = desk.home.figures()
    assert (figures.overdue, figures.overdue_worst_days) == (2, 6), "13, 16, 17, 18, 19 and 20 November"
    assert (figures.due_today, figures.due_today_ready, figures.due_soon) == (2, 1, 1)
    assert (figures.result_waiting, figures.result_postal, figures.attention) == (2, 1, 1)


@pytest.mark.parametrize(("overdue", "others", "threshold", "permille", "alarm"), [
    (0, 0, 35, 0, False), (0, 3, 35, 0, False), (7, 193, 35, 35, False), (8, 192, 35, 40, True), (1, 0, 35, 1000, True),
    (1, 2, 333, 333, True), (1, 2, 334, 333, False), (0, 2, 0, 0, False), (1, 1999, 0, 1, True), (1, 2000, 1, 0, False)])
def test_the_share_of_overdue_dossiers_warns_above_the_threshold(overdue, others, threshold, permille, alarm):
    desk = fake_desk(overdue_threshold_permille=threshold)
    late, later = local(2026, 11, 18, 8, 0), local(2026, 12, 18, 8, 0)
    desk.add(*(dossier(number, due_at=late if number <= overdue else later) for number in range(1, overdue + others + 1)))
    figures = desk.home.figures()
    assert (figures.overdue, figures.overdue_permille, figures.overdue_alarm) == (overdue, permille, alarm)


def test_the_day_beside_a_usual_one():
    desk = fake_desk()
    fridays = [local(2026, 11, day, 9, 10) for day in (13, 6)] + [local(2026, 10, 30, 9, 10), local(2026, 10, 23, 9, 10)]
    desk.add(*(dossier(week * 10 + number, received_at=at) for week, at in enumerate(fridays) for number in range(1, 5)))
    desk.add(dossier(91, received_at=local(2026, 11, 13, 14, 0)))
    for _ in range(3):
        desk.intake.receive(command(), CLERK)
    figures = desk.home.figures()
    assert (figures.received_today, figures.usual_today) == (3, 4)
    assert (9, 3, 4) in figures.hours
    assert len(figures.recent) == 10
    assert figures.recent[0].received_at == NOW
    assert figures.outbox["saved"] == 6


def test_a_day_off_is_no_usual_day():
    desk = fake_desk(local(2026, 9, 23, 9, 42))  # the Wednesday three weeks before was Quốc khánh
    desk.add(*(dossier(week * 10 + number, received_at=local(2026, 9, 23, 9, 0) - timedelta(weeks=week)) for week in (1, 2, 4) for number in range(1, 7)))
    assert desk.home.figures().usual_today == 6


def test_on_time_is_counted_from_the_fifteenth():
    desk = fake_desk()
    due = local(2026, 11, 18, 8, 0)
    desk.add(
        dossier(1, due_at=due, status=Status.RETURNED, finished_at=local(2026, 11, 18, 17, 0)),
        dossier(2, due_at=due, status=Status.RETURNED, finished_at=local(2026, 11, 19, 7, 30)),
        dossier(3, due_at=None, status=Status.RETURNED, finished_at=local(2026, 11, 15, 7, 30)),
        dossier(4, due_at=due, status=Status.RETURNED, finished_at=local(2026, 11, 14, 17, 0)))
    figures = desk.home.figures()
    assert (figures.on_time_total, figures.on_time_count) == (3, 2)


@pytest.mark.parametrize(("today", "start"), [
    (date(2026, 11, 15), date(2026, 11, 15)), (date(2026, 11, 14), date(2026, 10, 15)), (date(2026, 1, 3), date(2025, 12, 15)),
    (date(2026, 3, 31), date(2026, 3, 15))])
def test_a_report_month_begins_on_the_fifteenth(today, start):
    assert period_start(today) == start


@pytest.mark.parametrize("target", [950, 800, 1000])
def test_the_wanted_share_is_what_the_commune_set(target):
    desk = fake_desk()
    assert desk.home.figures().on_time_target == 950
    desk.reports.save_settings(ReportSettings(on_time_target=target), ADMIN)
    assert desk.home.figures().on_time_target == target
    period = numbered(PeriodKind.MONTH, 2026, 11)
    assert desk.reports.make("timeliness", period, CLERK).content["on_time_target_permille"] == target
