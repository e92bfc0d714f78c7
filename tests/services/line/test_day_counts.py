"""What this desk counts on a day: every dossier of its commune once, on the day of its receipt or refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.day_counts import MOST_DAYS, CountedDossier, DayTotals, PeriodCompared, compared, counted, totals
from tests.builders import DEVICE, INSPECTOR, NOW, fake_desk
from tests.services.line.lines import FakeProvince
from tests.services.line.test_incoming import applied, assigned, entry, taken_in, updated

TODAY = NOW.date()
SIDES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["2", "4", "10"]))


@pytest.fixture
def desk():
    return fake_desk()


def of_today(desk):
    with desk.database.read() as uow:
        return counted(uow, TODAY, TODAY)[TODAY]


def test_a_dossier_counts_under_its_code_and_national_status(desk):
    mine = taken_in(desk)
    assert of_today(desk) == [CountedDossier(mine.dossier_id, mine.code, "2")]


def test_what_waits_at_the_portal_or_went_to_another_commune_counts_on_neither_side(desk):
    applied(desk, assigned())
    mine = taken_in(desk)
    applied(desk, entry("dossier.reassigned", mine.dossier_id, None, to_agency="H36.50.06", reason="x"))
    assert of_today(desk) == []


def test_the_code_that_the_province_gave_last_is_the_one_in_its_record(desk):
    mine = taken_in(desk)
    for number, code in enumerate(("H36.50.05-261120-10000", "H36.50.05-261120-10001")):
        applied(desk, updated(mine, 3 + number, {"MaHoSo": code}))
    assert [each.code for each in of_today(desk)] == ["H36.50.05-261120-10001"]


def test_a_period_has_each_of_its_days_and_an_end(desk):
    with desk.database.read() as uow:
        assert list(counted(uow, TODAY, TODAY + timedelta(days=2))) == [TODAY + timedelta(days=number) for number in range(3)]
        assert len(counted(uow, date(2000, 1, 1), TODAY)) == MOST_DAYS


@given(here=SIDES, there=SIDES)
def test_every_dossier_of_either_side_stands_in_one_place(here, there):
    ours, theirs = ([CountedDossier(name, name.upper(), status) for name, status in side.items()] for side in (here, there))
    found = compared(TODAY, ours, theirs, totals(theirs))
    named = {*found.here_only, *found.there_only, *(code for code, _, _ in found.different)}
    same = {name.upper() for name in here if here[name] == there.get(name)}
    assert named | same == {name.upper() for name in (*here, *there)}
    assert named.isdisjoint(same)
    assert (found.here.total, found.there.total) == (len(here), len(there))


@given(days=st.lists(SIDES, max_size=4))
def test_a_period_sums_its_days(days):
    sums = [totals([CountedDossier(name, name, status) for name, status in side.items()]) for side in days]
    found = PeriodCompared(tuple(compared(TODAY, [], [], each) for each in sums))
    assert found.there.total == sum(map(len, days))
    assert sum(found.there.by_status.values()) == found.there.total
    assert found.here == DayTotals(0, {})


def test_looking_at_a_period_stands_on_the_trail(desk):
    service = ComparingService(desk.database, desk.clock, FakeProvince(), DEVICE)
    found = service.period(TODAY, TODAY, INSPECTOR)
    assert (found.match, found.days[0].there_only) == (False, ("H36.50.05-261120-1000",))
    line = desk.state.audit[-1]
    assert (line.action, line.user_id, line.details["there"]) == ("journals.compared", INSPECTOR.user_id, 1)
