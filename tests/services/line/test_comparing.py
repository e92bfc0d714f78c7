"""Both sides laid side by side: by hand, and once a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.line.comparing import BETWEEN_S, MOST_SHOWN, TRIES, ComparingService, Side
from counter_app.services.line.province import NATIONAL, Reconciliation, keep_relation, relation_of
from tests.builders import CLERK, DEVICE, command, fake_desk
from tests.services.line.lines import FakeProvince, enrolled

INSPECTOR = Actor("u-0003", Role.INSPECTOR)
MORNING = local(2026, 11, 20, 9)


@pytest.fixture
def desk():
    made = fake_desk(MORNING)
    enrolled(made.database)
    return made


@pytest.fixture
def province():
    return FakeProvince()


@pytest.fixture
def comparing(desk, province, waits):
    return ComparingService(desk.database, desk.clock, province, DEVICE, sleep=waits.append)


@pytest.fixture
def waits():
    return []


def test_the_same_on_both_sides_is_said_and_kept(comparing, desk):
    assert comparing.last() is None
    found = comparing.compare(CLERK)
    assert (found.match, found.at, found.differences) == (True, MORNING, ())
    assert comparing.last() == found
    assert (desk.state.audit[-1].action, desk.state.audit[-1].details) == ("journals.compared", {"here": 0, "there": 0, "different": 0})


def test_each_difference_names_its_dossier_where_this_side_knows_it(comparing, desk, province):
    received = desk.intake.receive(command(), CLERK)
    with desk.database.read() as uow:
        ((epoch, last),) = uow.events.lanes(DEVICE).items()
        first = uow.events.of_lane(DEVICE, epoch, 1, 1)[0]
    assert last > 1
    province.reconciliations = [Reconciliation((f"{epoch}/2",), (f"{epoch}/{last + 1}",), (f"{epoch}/1",), pending=True)]
    found = comparing.compare(INSPECTOR)
    assert (found.here, found.there, found.different, found.pending, found.match) == (1, 1, 1, True, False)
    different, here, there = found.differences
    assert (different.side, different.type, different.dossier_code, different.occurred_at) == (
        Side.DIFFERENT, first.type, received.code, first.occurred_at)
    assert (here.side, here.dossier_code) == (Side.HERE, received.code)
    assert (there.side, there.place, there.type, there.dossier_code) == (Side.THERE, f"{epoch}/{last + 1}", "", "")
    kept = comparing.last()
    assert (kept.here, kept.there, kept.different, kept.pending, kept.differences) == (1, 1, 1, True, ())


def test_of_very_many_the_first_are_named_and_all_are_counted(comparing, province):
    province.reconciliations = [Reconciliation(there_only=tuple(f"e/{seq}" for seq in range(2000)))]
    found = comparing.compare(CLERK)
    assert (found.there, len(found.differences)) == (2000, MOST_SHOWN)


def test_a_person_waits_for_the_pass_that_has_the_line(comparing, province, waits):
    province.reconciliations = [failed("SYNC_RUNNING")] * 3
    assert comparing.compare(CLERK).match
    assert waits == [BETWEEN_S] * 3


def test_a_pass_that_lasts_is_said_in_the_end(comparing, province, waits):
    province.reconciliations = [failed("SYNC_RUNNING")] * 999
    with pytest.raises(SurroundingsError) as error:
        comparing.compare(CLERK)
    assert (error.value.code, len(waits)) == ("SYNC_RUNNING", TRIES)


def test_the_day_s_own_comparison_waits_for_nobody(comparing, province, waits):
    province.reconciliations = [failed("SYNC_RUNNING")]
    with pytest.raises(SurroundingsError):
        comparing.daily()
    assert waits == []


def test_a_failed_comparison_leaves_the_last_one(comparing, province):
    before = comparing.compare(CLERK)
    province.reconciliations = [failed("NO_CONTACT")]
    with pytest.raises(SurroundingsError):
        comparing.compare(CLERK)
    assert comparing.last() == before


def test_the_first_one_is_made_at_once_then_one_a_day_after_hours(comparing, desk, province):
    assert comparing.daily() is not None
    made = []
    for _ in range(4 * 24):
        desk.clock.forward(hours=1)
        if comparing.daily() is not None:
            made.append(desk.clock.now())
    assert [(each.day, each.hour) for each in made] == [(21, 17), (22, 17), (23, 17)]
    assert desk.state.audit == [], "nobody looked"


def test_a_desk_that_is_never_on_so_late_compares_when_it_is_long_ago(comparing, desk):
    comparing.daily()
    made = []
    for _ in range(8):
        desk.clock.forward(days=1)
        made.append(comparing.daily() is not None)
    assert made == [False, True] * 4


def test_a_clock_that_went_back_does_not_stop_the_comparing(comparing, desk):
    comparing.daily()
    desk.clock.forward(days=-30)
    assert comparing.daily() is None
    desk.clock.forward(hours=9)
    assert comparing.daily() is not None


def test_a_comparison_of_the_day_by_hand_counts(comparing, desk):
    desk.clock.forward(hours=9)
    comparing.compare(CLERK)
    assert comparing.daily() is None
    desk.clock.forward(hours=3)
    assert comparing.daily() is None
    assert comparing.last().at == desk.clock.now() - timedelta(hours=3)


def test_without_a_relation_there_is_nothing_to_compare(province):
    made = fake_desk()
    province.reconciliations = [RuleBrokenError(*failed("NOT_ENROLLED").problems)]
    with pytest.raises(RuleBrokenError):
        ComparingService(made.database, made.clock, province, DEVICE).compare(CLERK)


def test_a_province_without_a_journal_is_not_asked_for_one_every_day(desk, comparing, province):
    with desk.database.write() as uow:
        keep_relation(uow, DEVICE, replace(relation_of(uow, DEVICE), system=NATIONAL))
        uow.commit()
    desk.clock.forward(days=3, hours=10)
    assert (comparing.daily(), province.compared, comparing.last()) == (None, 0, None)
    with desk.database.write() as uow:
        keep_relation(uow, DEVICE, replace(relation_of(uow, DEVICE), system=""))
        uow.commit()
    assert comparing.daily().match
