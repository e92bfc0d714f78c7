"""The outside of a file: nobody else can read it, and nothing of it can be changed."""

import io
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import SurroundingsError
from counter_app.sync.signing import base64url
from counter_app.sync.stick.sealing import HEAD, PIECE, TAG, TO_DESK, TO_PROVINCE, cover_of, exchange_key, opened, private_key, sealed
from tests.province.server import stick_cover

SEED, OTHER = bytes(range(32)), bytes(range(32, 64))
VECTOR = json.loads((Path(__file__).parents[3] / "docs" / "usb_exchange_vector.json").read_text("utf-8"))


def a_file(plain, way=TO_DESK, own=None):
    return b"".join(sealed(plain, exchange_key(SEED), way, own=own))


def inside(data, seed=SEED):
    return b"".join(opened(io.BytesIO(data), private_key(seed), name="x"))


@given(parts=st.lists(st.binary(max_size=64)), repeated=st.integers(1, 3))
def test_what_goes_in_comes_out(parts, repeated):
    assert inside(a_file(parts * repeated)) == b"".join(parts) * repeated


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_pieces_of_every_length_end_with_the_last_one(size):
    data = a_file([b"x" * size])
    assert len(data) == HEAD + size + TAG * max(1, -(-size // PIECE))
    assert inside(data) == b"x" * size


@given(place=st.integers(0), bit=st.integers(0, 7))
def test_no_bit_can_be_turned(place, bit):
    data = bytearray(a_file([b"ho so"] * 20))
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(SurroundingsError, match="STICK_DAMAGED"):
        inside(bytes(data))


@given(length=st.integers(0))
def test_no_end_can_be_cut_off(length):
    data = a_file([b"ho so"] * 20)
    with pytest.raises(SurroundingsError, match="STICK_DAMAGED"):
        inside(data[:length % len(data)])


def test_whole_pieces_can_not_be_left_out_or_exchanged():
    data = a_file([b"a" * PIECE, b"b" * PIECE, b"c"])
    head, first, second, last = data[:HEAD], *(data[HEAD + each * (PIECE + TAG):HEAD + (each + 1) * (PIECE + TAG)] for each in range(3))
    assert inside(head + first + second + last)
    for spoilt in (head + first + second, head + first + last, head + second + first + last, head + first, data + b"x"):
        with pytest.raises(SurroundingsError, match="STICK_DAMAGED"):
            inside(spoilt)


def test_nobody_else_opens_it():
    with pytest.raises(SurroundingsError, match="STICK_DAMAGED"):
        inside(a_file([b"ho so"]), OTHER)


def test_the_cover_says_for_whom_and_which_way_and_nothing_else():
    data = a_file([b"Nguyen Van Mau"], TO_PROVINCE)
    cover = cover_of(io.BytesIO(data))
    assert (cover.way, cover.recipient) == (TO_PROVINCE, exchange_key(SEED))
    assert b"Nguyen" not in data
    assert cover_of(io.BytesIO(data[:HEAD - 1])) is None
    assert cover_of(io.BytesIO(b"%PDF-1.7" + data)) is None


def test_two_files_of_the_same_content_have_nothing_in_common():
    one, other = a_file([b"ho so" * 100]), a_file([b"ho so" * 100])
    assert one[48:] != other[48:]
    assert one[HEAD:HEAD + 32] != other[HEAD:HEAD + 32]


def test_a_key_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"key|long|bytes"):
        list(sealed([b""], base64url(b"short"), TO_DESK))


def test_the_page_for_engineers_shows_the_file_that_is_written():
    seed, own = bytes.fromhex(VECTOR["device_seed"]), X25519PrivateKey.from_private_bytes(bytes.fromhex(VECTOR["file_key"]))
    assert exchange_key(seed) == VECTOR["exchange_key"]
    made = b"".join(sealed([bytes.fromhex(VECTOR["plain"])], VECTOR["exchange_key"], TO_DESK, own=own))
    assert made.hex() == VECTOR["file"]
    assert inside(bytes.fromhex(VECTOR["file"]), seed).hex() == VECTOR["plain"]


def test_the_province_written_from_the_page_alone_reads_and_writes_the_same():
    ours = b"".join(sealed([b"a" * PIECE, b"b"], stick_cover.exchange_key(OTHER.hex()), TO_PROVINCE))
    assert b"".join(stick_cover.unsealed(io.BytesIO(ours), OTHER.hex())) == b"a" * PIECE + b"b"
    assert inside(stick_cover.sealed(b"c" * PIECE + b"d", exchange_key(SEED))) == b"c" * PIECE + b"d"
