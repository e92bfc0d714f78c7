"""Packed files: they come out as they went in, or not at all."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.support.packed import NotItselfError, NotWholeError, pack, packed_name, unpack


def unpacked(packed, content):
    out = BytesIO()
    unpack(BytesIO(packed), out, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    return out.getvalue()


@given(st.binary(max_size=4000))
def test_what_goes_in_comes_out(content):
    assert unpacked(pack(content), content) == content


def test_more_than_one_piece(tmp_path):
    content = b"".join(number.to_bytes(4, "big") for number in range(300_000))
    assert unpacked(pack(content), content) == content


def test_the_same_content_packs_to_the_same_bytes():
    assert pack(b"slip" * 1000) == pack(b"slip" * 1000)
    assert len(pack(b"slip" * 1000)) < 200


@given(st.binary(min_size=1, max_size=500), st.data())
def test_what_is_cut_is_not_whole(content, data):
    packed = pack(content)
    end = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(NotWholeError):
        unpacked(packed[:end], content)


@given(st.binary(min_size=1, max_size=500), st.data())
def test_whatever_byte_was_altered_the_file_comes_out_or_nothing(content, data):
    packed = bytearray(pack(content))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = unpacked(bytes(packed), content)
    except (NotItselfError, NotWholeError):
        return
    assert found == content


@given(st.binary(max_size=200), st.binary(min_size=1, max_size=20))
def test_what_follows_is_not_passed_over(content, more):
    with pytest.raises(NotItselfError):
        unpacked(pack(content) + more, content)


def test_no_more_is_written_than_was_said():
    """A few bytes that unpack to very many fill nobody's disk."""
    bomb, out = pack(b"\0" * 50_000_000), BytesIO()
    assert len(bomb) < 10_000
    with pytest.raises(NotItselfError):
        unpack(BytesIO(bomb), out, size=1000, sha256="0" * 64)
    assert len(out.getvalue()) <= 1000


def test_another_file_of_the_same_length_is_another():
    with pytest.raises(NotItselfError):
        unpacked(pack(b"tea"), b"two")


def test_a_name_is_a_digest():
    assert packed_name("ab" * 32) == "ab" * 32 + ".xz"
