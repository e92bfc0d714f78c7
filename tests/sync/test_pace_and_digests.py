"""Waiting between tries, and the sums of a reconciliation."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.line.pace import LONGEST_ASKED_S, LONGEST_WAIT_S, wait_before
from counter_app.sync.digests import codes_digest, ops_digest

DATA = Path(__file__).parents[1] / "data/province"
RECONCILE = json.loads((DATA / "reconcile.json").read_text("utf-8"))
DAY = json.loads((DATA / "day_log.json").read_text("utf-8"))
OPS = {}
for step in DAY["steps"]:
    for op in step.get("request", {}).get("ops", ()):
        OPS.setdefault(op["seq"], op["hash"])


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_nobody_waits_longer_than_the_cap(tries, share):
    assert 0 <= wait_before(tries, share) <= LONGEST_WAIT_S == 900


@given(st.integers(0, 30), st.floats(0, 1), st.floats(0, 5000))
def test_what_the_province_asks_for_is_the_least(tries, share, asked):
    assert wait_before(tries, share, asked) >= asked


@pytest.mark.parametrize("asked", [86_401.0, 1e300, float("inf")])
def test_no_province_is_left_alone_for_longer_than_a_day(asked):
    assert wait_before(0, 1.0, asked) == LONGEST_ASKED_S == 86_400


def test_waits_double_until_the_cap_and_begin_at_nothing():
    assert [wait_before(tries, 1) for tries in range(10)] == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900]
    assert wait_before(9, 0) == 0


@given(st.integers(0, 20))
def test_desks_that_started_together_spread_over_the_whole_wait(tries):
    waits = [wait_before(tries, share / 100) for share in range(100)]
    assert len(set(waits)) == 100
    assert max(waits) - min(waits) > 0.9 * max(waits)


def test_the_day_of_the_vectors_has_their_digest():
    hashes = [OPS[seq] for seq in range(1, RECONCILE["day"]["count"] + 1)]
    assert ops_digest(hashes) == RECONCILE["day"]["digest"]
    assert ops_digest([]) == RECONCILE["empty_digest"]
    for part in RECONCILE["ranges"]:
        assert ops_digest(hashes[part["from_seq"] - 1:part["to_seq"]]) == part["digest"]


def test_one_altered_op_shows_only_where_it_lies():
    altered = {part["from_seq"]: part["digest"] for part in RECONCILE["altered"]["ranges"]}
    assert altered[1] == RECONCILE["ranges"][0]["digest"]
    assert altered[15] != RECONCILE["ranges"][1]["digest"]


def test_the_order_of_ops_counts_and_that_of_codes_does_not():
    hashes = [OPS[1], OPS[2]]
    assert ops_digest(hashes) != ops_digest(reversed(hashes))
    codes = [dossier["ho_so"]["MaHoSo"] for dossier in DAY["expected"]]
    assert codes_digest(codes) == codes_digest(reversed(codes)) == RECONCILE["status_counts"]["codes_digest"]
