"""Several desks, one province, faults, crashes, restores and clock moves in any order; then a good line, and every invariant holds."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from counter_app.sync import wire
from tests.sync.commune import DEVICES, Commune
from tests.sync.proxy import KINDS, UNSEEN_WITHOUT_TLS, Fault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

DESK, WHICH = st.integers(0, len(DEVICES) - 1), st.integers(0, 99)
SEEN = sorted(set(KINDS) - set(UNSEEN_WITHOUT_TLS))
FAULTS = st.lists(st.one_of(st.none(), st.builds(Fault, st.sampled_from(SEEN), st.integers(1, 999))), min_size=1, max_size=10)
SHORT = settings(max_examples=3, stateful_step_count=14, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck), print_blob=True)
LONG = settings(SHORT, phases=list(Phase), max_examples=int(os.environ.get("SOAK_EXAMPLES", "150")), stateful_step_count=40)


class Life(RuleBasedStateMachine):
    """What may happen, in any order."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="commune-"))
        self.commune = Commune(self.folder)

    def teardown(self):
        try:
            self.commune.comes_to_rest()
        finally:
            self.commune.close()
            shutil.rmtree(self.folder)

    @initialize()
    def opens(self):
        for number in range(len(DEVICES)):
            self.commune.takes_in(number)

    @rule(desk=DESK)
    def takes_in(self, desk):
        self.commune.takes_in(desk)

    @rule(desk=DESK, which=WHICH)
    def notes(self, desk, which):
        self.commune.notes(desk, which)

    @rule(desk=DESK, which=WHICH)
    def acts_as_a_later_version(self, desk, which):
        self.commune.acts_as_a_later_version(desk, which)

    @rule(desk=DESK, which=WHICH)
    def hands_over(self, desk, which):
        self.commune.hands_over(desk, which)

    @rule(desk=DESK, which=WHICH)
    def files(self, desk, which):
        self.commune.files(desk, which)

    @rule(desk=DESK, faults=FAULTS)
    def sends_with_trouble(self, desk, faults):
        self.commune.trouble(desk, faults)
        self.commune.sends(desk)

    @rule(desk=DESK)
    def sends(self, desk):
        self.commune.sends(desk)

    @rule(desk=DESK, days=st.integers(-10, 10))
    def clock_moves(self, desk, days):
        self.commune.clock_moves(desk, days)

    @rule(desk=DESK)
    def starts_again(self, desk):
        self.commune.starts_again(desk)

    @rule(desk=DESK, step=st.integers(1, 120))
    def is_killed(self, desk, step):
        self.commune.is_killed(desk, step)

    @rule(desk=DESK)
    def is_backed_up(self, desk):
        self.commune.is_backed_up(desk)

    @precondition(lambda self: self.commune.backups)
    @rule(desk=DESK)
    def is_restored(self, desk):
        self.commune.is_restored(desk)

    @rule(desk=DESK, which=WHICH)
    def has_a_twin(self, desk, which):
        self.commune.has_a_twin(desk, which)

    @rule(what=st.sampled_from(["assign", "move", "change", "unheard"]), which=WHICH)
    def province_acts(self, what, which):
        self.commune.province_acts(what, which)

    @rule()
    def province_starts_again(self):
        self.commune.province_starts_again()

    @rule()
    def province_is_backed_up(self):
        self.commune.province_is_backed_up()

    @rule()
    def province_is_restored(self):
        self.commune.province_is_restored()

    @invariant()
    def pretends_nothing(self):
        self.commune.pretends_nothing()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(wire, "STALL_S", 1.5)


def test_i2_any_life_of_a_commune_comes_to_rest():
    run_state_machine_as_test(Life, settings=SHORT)


@pytest.mark.soak
def test_i2_any_long_life_of_a_commune_comes_to_rest():
    run_state_machine_as_test(Life, settings=LONG)


def test_i23_i25_what_nobody_knows_is_kept_on_both_sides_and_one_status_is_told(tmp_path):
    commune = Commune(tmp_path)
    try:
        for number in range(len(DEVICES)):
            commune.takes_in(number)
            commune.sends(number)
            commune.acts_as_a_later_version(number, number)
            commune.province_acts("unheard", number)
        commune.hands_over(0, 0)
        commune.sends(0)
        commune.province_acts("move", 0)
        commune.comes_to_rest()
        types = [op["type"] for places in commune.journal().values() for op in places]
        assert types.count("dossier.rescanned") == len(DEVICES)
        assert len(commune.unheard) == len(DEVICES)
    finally:
        commune.close()


def test_ops_that_a_twin_has_sent_for_this_desk_are_not_recorded_again(tmp_path):
    """Both copies hold the same unsent ops; the copy sends them, and one of its own that this desk never wrote."""
    commune = Commune(tmp_path)
    try:
        for number in range(len(DEVICES)):
            commune.takes_in(number)
        commune.has_a_twin(0, 0)
        commune.sends(0)
        commune.comes_to_rest()
        assert all(len(places) == 1 for places in commune.journal().values())
    finally:
        commune.close()
