"""Whose releases a program takes: those of the keys it was made with, and nobody's where there are none."""

import json

import pytest

from counter_app.updating import publisher
from counter_app.updating.publisher import PinnedPublisher, pinned_keys
from counter_app.updating.seal import public_half, signed
from tests.updating.releases import KEYS, SEED, STRANGER, a_release, write_release

HEAD = signed(write_release(a_release()), SEED)


def test_the_shipped_list_of_keys_can_be_read():
    assert all(len(key) == 44 for key in pinned_keys())


def test_a_release_of_its_publisher_is_taken_and_no_other():
    known = PinnedPublisher(lambda: KEYS)
    assert known.is_known()
    assert known.signed(HEAD)
    assert not known.signed(signed(write_release(a_release()), STRANGER))


def test_the_key_that_follows_counts_as_much():
    assert PinnedPublisher(lambda: (public_half(STRANGER), *KEYS)).signed(HEAD)


def test_without_a_key_there_is_no_publisher():
    nobody = PinnedPublisher(tuple)
    assert not nobody.is_known()
    assert not nobody.signed(HEAD)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_its_keys_are_those_that_were_shipped(monkeypatch, count):
    shipped = json.loads(json.dumps({"keys": [{"public": f"key {number}"} for number in range(count)]}))
    monkeypatch.setattr(publisher, "shipped_json", {publisher.KEYS: shipped}.__getitem__)
    found = PinnedPublisher()
    assert tuple(found.keys()) == tuple(f"key {number}" for number in range(count))
    assert found.is_known() is (count > 0)
