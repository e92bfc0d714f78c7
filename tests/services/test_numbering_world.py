"""No code twice, every gap explained: random histories of counters, crashes, restores, lost guards, copies and clocks.

The same world with a numbering that makes one of the classic mistakes must notice it, or it would prove nothing.
"""

import random
from contextlib import contextmanager

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from counter_app.services.numbering import NumberingService
from tests.services.numbering_world import STEPS, TwiceError, World, live

HISTORIES, ACTIONS_EACH, NUMBERS_IN_ALL = 24, 300, 200_000


def test_two_hundred_thousand_numbers_and_none_twice():
    worlds = [live(World(), random.Random(seed), ACTIONS_EACH) for seed in range(HISTORIES)]
    assert sum(world.issued for world in worlds) >= NUMBERS_IN_ALL
    assert sum(world.explained for world in worlds) > 1_000, "hardly a gap: the histories are too tame"
    assert sum(world.refused for world in worlds) > 100, "hardly a refusal: the histories are too tame"
    kinds = {code[:3] for world in worlds for code in world.bound}
    tails = {code[12] for world in worlds for code in world.bound if code.startswith("TAM")}
    assert kinds == {"H99", "TAM"}
    assert tails == {".", "-"}


class FromTheDatabaseAlone(NumberingService):
    """Naive max+1: nobody asks the guard, nobody tells it."""

    @contextmanager
    def take(self, now):
        with self._guard.hold() as held:
            yield self._next(_Blind(held), self._make_sound(held, now), now)


class _Blind:
    is_new = False

    def __init__(self, held):
        self.suspect_through = held.suspect_through

    def high_water(self, day, series):
        return None

    settled = high_water


class GuardAfterTheCommit(NumberingService):
    """The guard learns of a number when the database has it already."""

    @contextmanager
    def take(self, now):
        with self._guard.hold() as held:
            issued = self._next(held, self._make_sound(held, now), now)
            yield issued
            held.advance(issued.day, issued.series, issued.serial)
            held.settle(issued.day, issued.series, issued.serial)


class TrustingALostGuard(NumberingService):
    """A missing guard is begun anew, as if nothing had been lost."""

    def _make_sound(self, held, now):
        profile = super()._make_sound(held, now)
        held.suspect_through = None
        return profile


@pytest.mark.parametrize("mutant", [FromTheDatabaseAlone, GuardAfterTheCommit, TrustingALostGuard])
def test_the_world_notices_a_naive_numbering(mutant):
    assert any(finds_twice(World(mutant), seed) for seed in range(HISTORIES))


def test_the_world_notices_an_epoch_that_is_not_renewed():
    assert any(finds_twice(World(fresh_epochs=False), seed) for seed in range(HISTORIES))


def finds_twice(world, seed):
    try:
        live(world, random.Random(seed), ACTIONS_EACH)
    except (TwiceError, AssertionError):
        return True
    return False


class Numbering(RuleBasedStateMachine):
    """The same moves, chosen and shrunk by hypothesis, at two counters that share a day."""

    def __init__(self):
        super().__init__()
        self.world = World()
        self.world.open_desk(1, serial_first=1, serial_last=40, recovery_ranges=((41, 45), (46, 50)))
        self.world.open_desk(2, serial_first=51, serial_last=99, provisional_fallback=True)

    desks = st.integers(0, 1)

    @rule(desk=desks, count=st.integers(1, 12))
    def issue(self, desk, count):
        self.world.issue(self.world.desks[desk], count)

    @rule(desk=desks, step=st.sampled_from(STEPS), power=st.booleans())
    def crash(self, desk, step, power):
        self.world.issue(self.world.desks[desk], kill_at=step, power=power)

    @rule(desk=desks)
    def back_up(self, desk):
        self.world.back_up(self.world.desks[desk])

    @rule(desk=desks, which=st.integers(0, 4))
    def restore(self, desk, which):
        self.world.restore(self.world.desks[desk], which)

    @rule(desk=desks)
    def use_other_copy(self, desk):
        self.world.use_other_copy(self.world.desks[desk])

    @precondition(lambda self: self.world.issued)
    @rule(desk=desks)
    def lose_guard(self, desk):
        self.world.lose_guard(self.world.desks[desk])

    @rule(desk=desks)
    def vouch(self, desk):
        self.world.vouch(self.world.desks[desk])

    @rule(desk=desks)
    def grant_recovery(self, desk):
        self.world.grant_recovery(self.world.desks[desk])

    @rule(days=st.sampled_from([1, -1, 2, -2, 30]))
    def set_clock(self, days):
        self.world.set_clock(days)


TestNumbering = Numbering.TestCase
TestNumbering.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
