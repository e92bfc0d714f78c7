"""The device's own key as the line sees it: there, gone, or behind a keyring that is only closed."""

import pytest

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.line.province import Relation
from counter_app.sync.device_keys import DeviceKeys, is_over
from counter_app.sync.signing import public_key

OWN, OTHER = b"k" * 32, b"o" * 32


def relation(seed=OWN, **more):
    return Relation("https://province.example", "d", "H36.50.05", "", {}, "keyring", public_key(seed) if seed else "", **more)


def keys_of(find):
    return DeviceKeys(lambda: (OWN, "keyring"), find)


@pytest.mark.parametrize(("code", "gone"), [("", False), ("KEY_MISSING", True), ("KEYRING_CLOSED", False), ("KEY_DAMAGED", False)])
def test_only_a_key_that_this_computer_does_not_have_is_gone(code, gone):
    def find(place):
        assert place == "keyring"
        if code:
            raise failed(code)
        return b"k" * 32

    assert keys_of(find).is_gone(relation()) is gone


@pytest.mark.parametrize(("made_with", "gone"), [(OWN, False), (OTHER, True), (None, False)])
def test_another_key_in_its_place_is_none_of_the_relations(made_with, gone):
    """An enrolment that was refused has left a key; a relation that does not tell its own is believed."""
    keys, made = keys_of(lambda _place: OWN), relation(made_with)
    assert (keys.is_gone(made), is_over(made, keys)) == (gone, gone)
    if gone:
        with pytest.raises(SurroundingsError) as missed:
            keys.of(made)
        assert missed.value.code == "SYNC_KEY_GONE"
    else:
        assert keys.of(made) == OWN


def test_a_relation_that_the_province_ended_is_over_with_its_key_too():
    assert is_over(relation(revoked=True), keys_of(lambda _place: OWN))


def test_a_keyring_that_is_closed_is_told_as_that():
    def find(_place):
        raise failed("KEYRING_CLOSED")

    with pytest.raises(SurroundingsError) as closed:
        keys_of(find).of(relation())
    assert closed.value.code == "KEYRING_CLOSED"
