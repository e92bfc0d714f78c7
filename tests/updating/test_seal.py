"""Signatures: only the pinned keys count, and only for exactly what was signed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.updating.release import write_release
from counter_app.updating.seal import SIGNATURE, is_signed, public_half, signed
from tests.updating.releases import KEYS, SEED, STRANGER, a_release

HEAD = signed(write_release(a_release()), SEED)


def test_a_head_by_a_pinned_key_is_good():
    assert is_signed(HEAD, KEYS)
    assert is_signed(json.loads(json.dumps(HEAD)), KEYS)


def test_the_key_that_follows_is_as_good():
    assert is_signed(signed(write_release(a_release()), STRANGER), (*KEYS, public_half(STRANGER)))


def test_a_stranger_is_refused():
    assert not is_signed(signed(write_release(a_release()), STRANGER), KEYS)
    assert not is_signed(HEAD, ())


def rest_of(document):
    return {name: value for name, value in document.items() if name != SIGNATURE}


@given(st.data())
def test_a_byte_that_was_altered_anywhere_is_found(data):
    text = bytearray(json.dumps(HEAD, ensure_ascii=False).encode())
    text[data.draw(st.integers(0, len(text) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        altered = json.loads(bytes(text))
    except ValueError:
        return
    assert not isinstance(altered, dict) or rest_of(altered) == rest_of(HEAD) or not is_signed(altered, KEYS)


@given(st.sampled_from([name for name in HEAD if name != SIGNATURE]))
def test_no_member_can_be_taken_away(name):
    assert not is_signed({key: value for key, value in HEAD.items() if key != name}, KEYS)


@given(st.none() | st.integers() | st.text(max_size=120) | st.lists(st.integers(), max_size=2))
def test_whatever_stands_in_the_place_of_a_signature_breaks_nothing(value):
    assert not is_signed({**HEAD, SIGNATURE: value}, KEYS)
    assert not is_signed({**HEAD, "version": 1.5, SIGNATURE: HEAD[SIGNATURE]}, KEYS)


@given(st.text(max_size=60))
def test_a_pinned_key_that_is_none_lets_nothing_in(key):
    assert not is_signed(HEAD, (key,))


def test_a_head_that_is_nested_without_end_is_not_signed():
    nested = []
    for _ in range(5000):
        nested = [nested]
    assert not is_signed({**HEAD, "signature": "AAAA", "more": nested}, KEYS)
