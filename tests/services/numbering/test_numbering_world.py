"""No code twice, every gap explained: random histories of counters, crashes, restores, lost guards, copies and clocks.

The same world with a numbering that makes one of the classic mistakes must notice it, or it would prove nothing.
"""

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from counter_app.domain.moments import day_of
from counter_app.services.numbering.service import NumberingService
from tests.examples import examples
from tests.services.numbering_world import KILLS, STEPS, MemoryDisk, TwiceError, World, live

HISTORIES, ACTIONS_EACH, NUMBERS_IN_ALL = 24, 300, 200_000
HARD_HISTORIES, HARD_ACTIONS = 60, 600


def test_two_hundred_thousand_numbers_and_none_twice():
    worlds = [live(World(), random.Random(seed), ACTIONS_EACH) for seed in range(HISTORIES)]
    assert sum(world.issued for world in worlds) >= NUMBERS_IN_ALL
    assert sum(world.explained for world in worlds) > 1_000, "hardly a gap: the histories are too tame"
    assert sum(world.refused for world in worlds) > 100, "hardly a refusal: the histories are too tame"
    assert sum(world.vouched for world in worlds) > 100, "hardly anybody vouches"
    assert sum(world.lagging for world in worlds) > 50, "hardly a clock lags behind the slips while somebody vouches"
    kinds = {code[:3] for world in worlds for code in world.bound}
    tails = {code[12] for world in worlds for code in world.bound if code.startswith("TAM")}
    assert kinds == {"H99", "TAM"}
    assert tails == {".", "-"}


class FromTheDatabaseAlone(NumberingService):
    """Naive max+1: nobody asks the guard, nobody tells it."""

    @contextmanager
    def take(self, now):
        with self._guard.hold() as held:
            yield self._next(_Blind(held), self._make_sound(held), now)[0]


class _Blind:
    is_new = False

    def __init__(self, held):
        self.suspect_through, self.open_ended = held.suspect_through, held.open_ended

    def high_water(self, day, series):
        return None

    settled = high_water


class GuardAfterTheCommit(NumberingService):
    """The guard learns of a number when the database has it already."""

    @contextmanager
    def take(self, now):
        with self._guard.hold() as held:
            (issued,) = self._next(held, self._make_sound(held), now)
            yield issued
            held.advance(issued.day, issued.series, issued.serial)
            held.settle(issued.day, issued.series, issued.serial)


class TrustingALostGuard(NumberingService):
    """A missing guard is begun anew, as if nothing had been lost."""

    def _make_sound(self, held, *why):
        profile = super()._make_sound(held, *why)
        held.suspect_through, held.open_ended = None, False
        return profile


class SuspectingUpToTheClock(NumberingService):
    """After a loss only the days up to the last one in the database and the clock's today are suspect."""

    def _make_sound(self, held, *why):
        profile = super()._make_sound(held, *why)
        held.vouch(day_of(self._clock.now()))
        return profile


class VouchingForTheClock(NumberingService):
    """Whoever vouches is asked for the last number of the day that the clock shows, not for the newest slip."""

    def confirm_last(self, day, serial, actor):
        today = day_of(self._clock.now())
        told = (day, serial) if day <= today else (today, self.standing().least)
        super().confirm_last(*told, actor)


class RecoveringByTheClock(NumberingService):
    """A recovery range is opened without a look at the newest slip."""

    def allow_recovery(self, generation, day, actor):
        super().allow_recovery(generation, day_of(self._clock.now()), actor)


class ForgettingTheSlip(NumberingService):
    """The word that nothing was printed later is taken, the serial of the slip is not."""

    def confirm_last(self, day, serial, actor):
        with self._guard.hold() as held:
            self._make_sound(held)
            if day <= day_of(self._clock.now()):
                held.vouch(day - timedelta(days=1))


@pytest.mark.parametrize("mutant", [
    FromTheDatabaseAlone, GuardAfterTheCommit, TrustingALostGuard, SuspectingUpToTheClock, VouchingForTheClock, RecoveringByTheClock,
    ForgettingTheSlip,
])
def test_the_world_notices_a_naive_numbering(mutant):
    assert finds_twice(lambda: Careless(mutant))


def test_the_world_notices_an_epoch_that_is_not_renewed():
    assert finds_twice(lambda: Careless(fresh_epochs=False))


class LazyDisk(MemoryDisk):
    """A guard that returns before a serial is on the disk."""

    def advance(self, day, series, serial):
        self._later(self.taken, (day, series))
        self.taken[day, series] = serial


class ShortMemory(MemoryDisk):
    """A guard that forgets, with the next epoch, that nobody has vouched yet."""

    def begin(self, epoch, suspect_through, *, open_ended=False):
        super().begin(epoch, suspect_through)
        self.open_ended = open_ended


@pytest.mark.parametrize("disk", [LazyDisk, ShortMemory])
def test_the_world_notices_a_guard_that_forgets(disk):
    assert finds_twice(lambda: Careless(disk_class=disk))


class Careless(World):
    """A world that minds codes that come twice, and leaves gaps alone."""

    def _check_gaps(self, desk, key, issued):
        return


def finds_twice(make_world):
    """Tell whether a code comes twice in a few histories of hard days: mishap after mishap, a handful of dossiers in between."""
    try:
        for seed in range(HARD_HISTORIES):
            live(make_world(), random.Random(seed), HARD_ACTIONS, most=6)
    except TwiceError:
        return True
    return False


def test_hard_days_alone_bring_no_code_twice():
    assert not finds_twice(World)


class Numbering(RuleBasedStateMachine):
    """The same moves, chosen and shrunk by hypothesis, at two counters that share a day."""

    def __init__(self):
        super().__init__()
        self.world = World()
        self.world.open_desk(1, serial_first=1, serial_last=40, recovery_ranges=((41, 45), (46, 50)))
        self.world.open_desk(2, serial_first=51, serial_last=99, provisional_fallback=True)

    desks, kills = st.integers(0, 1), st.sampled_from(KILLS)

    @rule(desk=desks, count=st.integers(1, 12))
    def issue(self, desk, count):
        self.world.issue(self.world.desks[desk], count)

    @rule(desk=desks, step=st.sampled_from(STEPS), power=st.booleans())
    def crash(self, desk, step, power):
        self.world.issue(self.world.desks[desk], kill_at=step, power=power)

    @rule(desk=desks)
    def back_up(self, desk):
        self.world.back_up(self.world.desks[desk])

    @rule(desk=desks, which=st.integers(0, 4), kill_in=kills)
    def restore(self, desk, which, kill_in):
        self.world.restore(self.world.desks[desk], which, kill_in=kill_in)

    @rule(desk=desks, kill_in=kills)
    def use_other_copy(self, desk, kill_in):
        self.world.use_other_copy(self.world.desks[desk], kill_in=kill_in)

    @precondition(lambda self: self.world.issued)
    @rule(desk=desks, kill_in=kills)
    def lose_guard(self, desk, kill_in):
        self.world.lose_guard(self.world.desks[desk], kill_in=kill_in)

    @rule(desk=desks, kill_in=kills)
    def vouch(self, desk, kill_in):
        self.world.vouch(self.world.desks[desk], kill_in=kill_in)

    @rule(desk=desks, kill_in=kills)
    def grant_recovery(self, desk, kill_in):
        self.world.grant_recovery(self.world.desks[desk], kill_in=kill_in)

    @rule(days=st.sampled_from([1, -1, 2, -2, 30]))
    def set_clock(self, days):
        self.world.set_clock(days)

    @rule()
    def set_clock_right(self):
        self.world.set_clock_right()


TestNumbering = Numbering.TestCase
TestNumbering.settings = settings(max_examples=examples(20), stateful_step_count=40, deadline=None)
