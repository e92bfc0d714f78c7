"""The made dossiers: the same every time, in order, with a believable share still open."""

from collections import Counter
from itertools import pairwise

from bench.made import OPEN, PER_DAY, dossiers
from bench.moment import NOW, StandingClock
from counter_app.domain.dossier import Status


def test_the_same_dossiers_every_time():
    assert list(dossiers(50)) == list(dossiers(50))


def test_codes_and_ids_come_once_and_days_go_forward():
    made = list(dossiers(3 * PER_DAY))
    assert len({each.code for each in made}) == len({each.dossier_id for each in made}) == len(made)
    assert all(after.received_at.date() >= before.received_at.date() for before, after in pairwise(made))
    assert made[-1].received_at.date() == NOW.date()
    assert set(Counter(each.received_at.date() for each in made).values()) == {PER_DAY}


def test_the_newest_share_is_open():
    made = list(dossiers(2000))
    still_open = [each for each in made if each.status is not Status.RETURNED]
    assert len(still_open) == 2000 * OPEN
    assert made[-len(still_open):] == still_open
    assert all((each.returned_at is not None) == (each.status is Status.RETURNED) for each in made)


def test_a_standing_clock_stands():
    clock = StandingClock()
    assert (clock.now(), clock.uptime()) == (clock.now(), clock.uptime()) == (NOW, 1000.0)
