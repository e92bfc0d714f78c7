"""The numbers of a counter as a new lane needs them: proven or not, and the province's word for a recovery range (contract 3.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import parse_code
from counter_app.domain.errors import SurroundingsError
from counter_app.services.desk.settings import profile_key
from counter_app.services.line.lane_numbers import LaneNumbers
from tests.builders import CLERK, NOW, command, fake_desk
from tests.fakes import FakeGuard

TODAY = NOW.date()
RANGES = ((1600, 1699), (1700, 1799), (1800, 1899), (1900, 1999))


def counter(*, lost=False):
    desk = fake_desk(serial_first=1000, serial_last=1599, recovery_ranges=RANGES)
    if lost:
        desk.intake.receive(command(), CLERK)
        other = FakeGuard()
        desk = fake_desk(desk.clock, desk.database, other)
    return desk, LaneNumbers(desk.guard, desk.settings, iter([f"{number:016x}" for number in range(1, 9)]).__next__)


def serial(desk):
    return parse_code(desk.intake.receive(command(), CLERK).code).serial


def test_what_the_guard_has_seen_is_proven():
    desk, numbers = counter()
    assert numbers.proven(TODAY) == 0
    assert serial(desk) == 1000
    assert (numbers.proven(TODAY), numbers.proven(TODAY + timedelta(days=1))) == (1000, 0)


def test_what_a_lost_guard_may_have_seen_is_not():
    desk, numbers = counter(lost=True)
    assert numbers.proven(TODAY) is None
    with pytest.raises(SurroundingsError) as error:
        serial(desk)
    assert error.value.code == "NUMBER_UNSAFE"


def test_a_new_lane_begins_and_numbers_go_on():
    desk, numbers = counter()
    first, before = serial(desk), numbers.epoch()
    assert numbers.begin_epoch() == "0000000000000001" == numbers.epoch() != before
    assert serial(desk) == first + 1
    assert desk.state.events[-1].lane.epoch == "0000000000000001"
    assert numbers.epoch() == "0000000000000001", "guard and profile agree, so that no further lane is begun"


@pytest.mark.parametrize("generation", [1, 2, 3, 4])
def test_the_province_s_word_opens_the_range_of_its_generation_for_its_days(generation):
    desk, numbers = counter(lost=True)
    numbers.grant(generation, TODAY, TODAY + timedelta(days=1))
    assert serial(desk) == RANGES[generation - 1][0]
    desk.clock.forward(days=1)
    assert serial(desk) == RANGES[generation - 1][0]
    desk.clock.forward(days=1)
    assert serial(desk) == 1000, "after them the normal range goes on"


def test_a_word_that_comes_again_gives_no_serial_twice():
    desk, numbers = counter(lost=True)
    numbers.grant(1, TODAY, TODAY)
    first = serial(desk)
    numbers.grant(1, TODAY, TODAY)
    assert serial(desk) == first + 1


@pytest.mark.parametrize("generation", [0, 5, -1])
def test_a_range_that_the_lease_has_not_is_not_opened(generation):
    desk, numbers = counter(lost=True)
    numbers.grant(generation, TODAY, TODAY)
    with pytest.raises(SurroundingsError):
        serial(desk)


def test_a_desk_that_is_certain_keeps_its_normal_range():
    desk, numbers = counter()
    first = serial(desk)
    numbers.grant(1, TODAY, TODAY)
    assert serial(desk) == first + 1


@given(days=st.integers(0, 5000), back=st.booleans())
def test_whatever_days_are_named_it_ends(days, back):
    desk, numbers = counter(lost=True)
    numbers.grant(1, TODAY, TODAY + timedelta(days=-days if back else days) if days < 3000 else date.max)
    assert numbers.epoch() == desk.settings.profile().epoch


def test_a_day_is_used_up_when_the_last_range_that_was_lent_is():
    desk, numbers = counter()
    with desk.database.write() as uow:
        key = profile_key(desk.settings.profile().device)
        uow.settings.put(key, uow.settings.get(key) | {"serial_last": 1001, "further_ranges": [[500, 501]]})
        uow.commit()
    found = []
    for _ in range(4):
        found.append((serial(desk), numbers.proven(TODAY), numbers.used_up(TODAY)))
    assert found == [(1000, 1000, False), (1001, 1001, False), (500, 500, False), (501, 501, True)]
    assert not numbers.used_up(TODAY + timedelta(days=1))


def test_who_numbers_provisionally_or_with_a_lost_guard_uses_nothing_up():
    desk, numbers = counter(lost=True)
    assert not numbers.used_up(TODAY)
    desk, numbers = counter()
    desk.guard.taken[TODAY, "normal"] = 1599
    assert numbers.used_up(TODAY)
    with desk.database.write() as uow:
        key = profile_key(desk.settings.profile().device)
        uow.settings.put(key, uow.settings.get(key) | {"provisional": True})
        uow.commit()
    assert not numbers.used_up(TODAY)
