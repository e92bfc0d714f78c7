"""Encrypted files: what comes out is what went in, or nothing."""

import errno
import os
import secrets
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import SurroundingsError
from counter_app.security import sealed_files
from counter_app.security.sealed_files import SealedFolder

NAME, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2
KEY = bytes(range(32))


@pytest.fixture
def place(tmp_path):
    return SealedFolder(tmp_path / "files")


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed_files, "CHUNK", 100)


def source(tmp_path, data=b"%PDF-1.7 paper"):
    path = tmp_path / "plain"
    path.write_bytes(data)
    return path


def lies(tmp_path, name=NAME):
    return tmp_path / "files" / name[-2:] / name


def code(act):
    with pytest.raises(SurroundingsError) as error:
        act()
    return error.value.code


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 950])
def test_what_went_in_comes_out(place, tmp_path, small_chunks, size):
    data = secrets.token_bytes(size)
    place.seal(NAME, KEY, source(tmp_path, data))
    place.unseal(NAME, KEY, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == data
    assert place.digest(NAME, KEY) == sha256(data).hexdigest()
    assert place.names() == {NAME}


def test_nothing_of_it_can_be_read_on_the_disk(place, tmp_path):
    place.seal(NAME, KEY, source(tmp_path, b"Tran Thi Vi Du" * 100))
    assert b"Vi Du" not in lies(tmp_path).read_bytes()
    if os.name != "nt":
        assert lies(tmp_path).stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


def test_another_key_or_another_name_opens_nothing(place, tmp_path):
    place.seal(NAME, KEY, source(tmp_path))
    out = tmp_path / "out"
    assert code(lambda: place.unseal(NAME, bytes(32), out)) == "SEALED_FILE_DAMAGED"
    lies(tmp_path, OTHER).parent.mkdir(exist_ok=True)
    lies(tmp_path, OTHER).write_bytes(lies(tmp_path).read_bytes())
    assert code(lambda: place.unseal(OTHER, KEY, out)) == "SEALED_FILE_DAMAGED"
    assert not out.exists()


@pytest.mark.parametrize("keep", [0, 5, 17, 18, 50, 117, 134, 135, 250, 300])
def test_a_file_that_was_cut_off_is_damaged(place, tmp_path, small_chunks, keep):
    place.seal(NAME, KEY, source(tmp_path, b"a" * 250))
    data = lies(tmp_path).read_bytes()
    lies(tmp_path).write_bytes(data[:keep])
    assert code(lambda: place.unseal(NAME, KEY, tmp_path / "out")) == "SEALED_FILE_DAMAGED"
    assert not (tmp_path / "out").exists(), "not even the sound beginning"


def test_what_lies_where_a_file_is_written_to_stays_until_that_is_whole(place, tmp_path):
    place.seal(NAME, KEY, source(tmp_path, b"a" * 250))
    out = tmp_path / "work" / "out.pdf"
    out.parent.mkdir()
    out.write_bytes(b"mine")
    whole = lies(tmp_path).read_bytes()
    lies(tmp_path).write_bytes(whole[:-1])
    assert code(lambda: place.unseal(NAME, KEY, out)) == "SEALED_FILE_DAMAGED"
    assert (out.read_bytes(), list(out.parent.iterdir())) == (b"mine", [out])
    lies(tmp_path).write_bytes(whole)
    out.chmod(0o644)
    place.unseal(NAME, KEY, out)
    assert (out.read_bytes(), list(out.parent.iterdir())) == (b"a" * 250, [out])
    if os.name != "nt":
        assert out.stat().st_mode & 0o777 == 0o600, "no wider than a new file"


def test_chunks_can_not_be_exchanged_or_left_out(place, tmp_path, small_chunks):
    place.seal(NAME, KEY, source(tmp_path, b"a" * 100 + b"b" * 100 + b"c" * 100))
    data = lies(tmp_path).read_bytes()
    head, first, second, third = data[:18], data[18:134], data[134:250], data[250:]
    for forged in (head + second + first + third, head + first + third, head + first + second, data + third):
        lies(tmp_path).write_bytes(forged)
        assert code(lambda: place.digest(NAME, KEY)) == "SEALED_FILE_DAMAGED"


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_bit_is_found(place, tmp_path, at, bit):
    place.seal(NAME, KEY, source(tmp_path, b"a" * 300))
    data = bytearray(lies(tmp_path).read_bytes())
    data[at % len(data)] ^= 1 << bit
    lies(tmp_path).write_bytes(data)
    assert code(lambda: place.digest(NAME, KEY)) == "SEALED_FILE_DAMAGED"


def test_a_missing_file_says_so_and_destroying_it_is_no_fault(place, tmp_path):
    assert code(lambda: place.digest(NAME, KEY)) == "SEALED_FILE_MISSING"
    place.destroy(NAME)
    place.seal(NAME, KEY, source(tmp_path))
    place.destroy(NAME)
    assert place.names() == frozenset()
    assert code(lambda: place.unseal(NAME, KEY, tmp_path / "out")) == "SEALED_FILE_MISSING"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABCDEF", "a" * 65, "0123456789abcdef/x"])
def test_only_random_names_become_paths(place, tmp_path, name):
    with pytest.raises(ValueError, match="random name"):
        place.seal(name, KEY, source(tmp_path))


def test_a_full_disk_leaves_nothing_and_says_so(place, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert code(lambda: place.seal(NAME, KEY, source(tmp_path))) == "DISK_FULL"
    monkeypatch.undo()
    assert place.names() == frozenset()
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_what_is_half_written_has_no_name(place, tmp_path):
    lies(tmp_path).parent.mkdir(parents=True)
    lies(tmp_path).with_name(f"{NAME}.part").write_bytes(b"half")
    assert place.names() == frozenset()
