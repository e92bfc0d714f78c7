"""A day on which all serials are used up: more are asked for, and where there are none the desk numbers provisionally (contract 3.3)."""

from __future__ import annotations

import pytest

from counter_app.domain.codes import parse_code
from counter_app.domain.moments import day_of
from tests.sync.lines import Line, both_hold_the_same


def serial(line):
    return parse_code(line.take_in().code).serial


def used_up_but_for(line, rest):
    """Let a desk have issued all but the last serials of its range today."""
    last = line.desk.settings.profile().serial_last
    line.desk.guard.taken[day_of(line.clock.now()), "normal"] = last - rest


@pytest.fixture
def counting(enrolled):
    enrolled.run()
    return enrolled


def test_a_further_range_is_asked_for_used_and_sent(counting, province):
    profile = counting.desk.settings.profile()
    used_up_but_for(counting, 1)
    assert counting.run().pending == 0
    assert counting.desk.settings.profile() == profile, "one is left: nobody asks"
    assert serial(counting) == profile.serial_last
    assert counting.run().pending == 0
    (further,) = counting.desk.settings.profile().further_ranges
    assert (counting.desk.settings.profile().serial_first, len(counting.relation()["leases"])) == (profile.serial_first, 2)
    assert [serial(counting), serial(counting)] == [further[0], further[0] + 1]
    assert counting.run().pending == 0
    both_hold_the_same(counting, province)


def test_a_province_that_has_none_is_asked_once_a_day_and_codes_are_provisional(counting, province, tmp_path):
    others = [Line(tmp_path / f"other{number}", device=f"0192f3a4-5b6c-7d8e-9f0{number}-2345{number}789abce") for number in range(9)]
    for each in others:
        each.enrol(province.ticket())
    used_up_but_for(counting, 0)
    asked = []
    counting.client._numbers = Watching(counting.client._numbers, asked)
    for _ in range(3):
        assert counting.run().pending == 0
    assert counting.relation()["no_more_on"] == day_of(counting.clock.now()).isoformat()
    assert len(asked) == 1
    assert counting.take_in().code.startswith("TAM-")
    assert counting.run().pending == 0
    for each in others:
        each.close()


class Watching:
    """Numbers that note when a lane is told of in a wish for more."""

    def __init__(self, inner, asked):
        self._inner, self._asked = inner, asked

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def epoch(self):
        self._asked.append(1)
        return self._inner.epoch()
