"""Identifiers: UUIDv7, short devices, epochs."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.ids import CROCKFORD, new_epoch, new_id, short_device
from counter_app.domain.moments import VIETNAM, local

NOW = local(2026, 11, 23, 7, 31)
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
VECTORS = json.loads((Path(__file__).parents[1] / "data/province/numbers.json").read_text("utf-8"))


def test_an_id_is_a_version_seven_uuid_of_its_moment():
    made = new_id(NOW)
    assert UUID7.fullmatch(made)
    assert int(made.replace("-", "")[:12], 16) == int(NOW.timestamp() * 1000)


def test_ids_of_one_moment_sort_in_the_order_of_making():
    made = [new_id(NOW) for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_a_later_moment_sorts_later():
    assert new_id(NOW) < new_id(NOW + timedelta(seconds=1))


def test_threads_never_share_an_id():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(new_id, [NOW] * 8_000))
    assert len(set(made)) == 8_000


@pytest.mark.parametrize("vector", VECTORS["short_device"], ids=lambda vector: vector["device"])
def test_short_device_follows_the_vectors(vector):
    assert short_device(vector["device"]) == vector["short"]


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)))
def test_every_device_id_has_a_short_form_of_eight_characters(moment):
    short = short_device(new_id(moment.replace(tzinfo=VIETNAM)))
    assert len(short) == 8
    assert set(short) <= set(CROCKFORD)


@pytest.mark.parametrize("device", ["", "D7K2M9QI", "d7k2m9q4", "01a205b3-d000-780d-a568", "not-a-device"])
def test_what_is_no_device_id_has_no_short_form(device):
    with pytest.raises(ValueError, match="device id"):
        short_device(device)


def test_epochs_are_sixteen_hex_digits_and_differ():
    made = {new_epoch() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch("[0-9a-f]{16}", epoch) for epoch in made)
