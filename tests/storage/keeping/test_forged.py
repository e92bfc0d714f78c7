"""A copy on anybody's stick: whatever it claims, it is refused in words, never believed and never followed out of its folder."""

from __future__ import annotations

import json
import os
import struct
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.bootstrap import restore_desk
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.moments import local
from counter_app.services.keeping.records import Facts, KeptFile
from counter_app.storage.keeping import container
from counter_app.storage.keeping.container import PIECE, Container, seal
from counter_app.storage.keeping.store import pieces, place_of
from counter_app.storage.keeping.unpacking import unpack_files

FACTS = Facts("d-1", "H36.50.05", "e" * 16, "0012", local(2026, 11, 20, 9, 42), "asked", 1, 1, 1, (), 4, sha256(b"data").hexdigest(), with_files=True)
HEAD = json.loads(json.dumps({"format": 1, **asdict(FACTS)}, default=datetime.isoformat))
NO_FILES = zlib.compress(b"")
values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=6)


def forged(path, head, listed=NO_FILES, database=b"data"):
    """Write a copy as somebody does who knows the format and not the key."""
    head = head if isinstance(head, bytes) else json.dumps(head).encode()
    told = sha256(sha256(database).digest() + listed + head).digest()
    path.write_bytes(database + listed + head + struct.pack(">QQQ32s32s11s", len(database), len(listed), len(head), told, b"0" * 32, b"QMC-COPY-1\n"))
    return path


def refused(path):
    with pytest.raises(SurroundingsError) as error:
        Container(path).files()
    return error.value.code


def test_the_forger_of_these_tests_knows_the_format(tmp_path):
    copy = Container(forged(tmp_path / "a.qmc", HEAD))
    assert (copy.facts, copy.files(), b"".join(copy.database())) == (FACTS, {}, b"data")
    assert not copy.is_proven(b"k" * 32)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(HEAD)), value=values)
def test_any_other_kind_of_value_is_refused_or_harmless(tmp_path, name, value):
    path = forged(tmp_path / "a.qmc", {**HEAD, name: value})
    with suppress(SurroundingsError):
        found = Container(path).facts
        assert type(getattr(found, name, None)) is type(getattr(FACTS, name, None))


@pytest.mark.parametrize("head", [
    b"[" * 100_000, b"{}", b"[]", b"null", b"\xff", b'{"format": 1}', b'{"format": "1"}', {**HEAD, "device": "../../etc"},
    {**HEAD, "device": ""}, {**HEAD, "more": 1}, {**HEAD, "made_at": "today"}, {**HEAD, "made_at": "2026-11-20T09:42:00"},
    {**HEAD, "made_at": "9999-12-31T23:59:59+00:00"}, {**HEAD, "made_at": "0001-01-01T00:00:00+14:00"}, {**HEAD, "agency": "\ud800"}, {**HEAD, "recovery": "\udfff"}, {**HEAD, "serials": [["a"]]}, {**HEAD, "database_bytes": 5}])
def test_a_head_that_is_none_is_refused(tmp_path, head):
    assert refused(forged(tmp_path / "a.qmc", head)) == "COPY_DAMAGED"


def test_a_copy_of_before_blocks_holds_its_database_itself(tmp_path):
    head = {name: value for name, value in HEAD.items() if name != "block_bytes"}
    copy = Container(forged(tmp_path / "a.qmc", head))
    assert (copy.facts, copy.blocks(), copy.named(), b"".join(copy.database()), copy.bytes) == (FACTS, [], set(), b"data", copy.path.stat().st_size)


def in_blocks(path, count, size, block, first=None):
    """Forge a copy whose database is said to lie in ``count`` blocks beside it."""
    first = b"".join(sha256(bytes([n])).digest() for n in range(count)) if first is None else first
    return forged(path, {**HEAD, "database_bytes": size, "block_bytes": block, "database_sha256": sha256(first).hexdigest()}, database=first)


@given(st.integers(0, 20), st.integers(1, 2**20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_blocks_are_as_long_as_the_database_together(tmp_path, count, block):
    size = max(0, count * block - block // 2)
    blocks = Container(in_blocks(tmp_path / "a.qmc", count, size, block)).blocks()
    assert [each.sha256 for each in blocks] == [sha256(bytes([n])).hexdigest() for n in range(count)]
    assert (sum(each.size for each in blocks), all(each.size == block for each in blocks[:-1])) == (size, True)


@pytest.mark.parametrize(("count", "size", "block"), [
    (1, 2**20 + 1, 2**20), (2, 2**20, 2**20), (0, 1, 1), (1, 0, 4096), (1, -1, 4096), (1, 4096, -4096), (1, 2**21, 2**21), (1, 2**60, 2**20)])
def test_blocks_that_do_not_make_the_database_are_refused(tmp_path, count, size, block):
    with pytest.raises(SurroundingsError, match="COPY_DAMAGED"):
        Container(in_blocks(tmp_path / "a.qmc", count, size, block)).blocks()


def test_a_database_of_more_blocks_than_any_of_ours_is_refused_before_they_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "_LONGEST_BLOCKS", 5 * 32)
    assert len(Container(in_blocks(tmp_path / "a.qmc", 5, 5, 1)).blocks()) == 5
    assert refused(in_blocks(tmp_path / "b.qmc", 6, 6, 1)) == "COPY_DAMAGED"


@pytest.mark.parametrize("block", [None, "1", 1.5, True, [1]])
def test_a_size_of_blocks_that_is_no_number_is_refused(tmp_path, block):
    assert refused(forged(tmp_path / "a.qmc", {**HEAD, "block_bytes": block})) == "COPY_DAMAGED"


def test_a_block_that_is_not_beside_the_copy_or_is_another_is_told(tmp_path):
    copy = Container(in_blocks(tmp_path / "a.qmc", 1, 1, 4096))
    with pytest.raises(SurroundingsError, match="COPY_INCOMPLETE"):
        list(copy.database())
    place = place_of(tmp_path, copy.blocks()[0].sha256)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\1")
    with pytest.raises(SurroundingsError, match="COPY_DAMAGED"):
        list(copy.database())
    place.write_bytes(b"\0")
    assert list(copy.database()) == [b"\0"]


def test_a_newer_format_is_told_apart(tmp_path):
    assert refused(forged(tmp_path / "a.qmc", {**HEAD, "format": container.FORMAT + 1})) == "COPY_NEWER"


@pytest.mark.parametrize("listed", [b"", b"x" * 50, zlib.compress(b"one word"), zlib.compress(b"a b c d\n"), zlib.compress(b"\xff"), zlib.compress(b"")[:-1]])
def test_a_list_that_is_none_is_refused(tmp_path, listed):
    assert refused(forged(tmp_path / "a.qmc", HEAD, listed)) == "COPY_DAMAGED"


@pytest.mark.parametrize("told", ["/dev/zero", "../../../../etc/passwd", "A" * 64, "0" * 63, "", "0" * 64 + "/"])
def test_a_digest_that_is_a_path_is_never_followed(tmp_path, told):
    assert refused(forged(tmp_path / "a.qmc", HEAD, zlib.compress(f"{told} 1 1 files/a\n".encode()))) == "COPY_DAMAGED"


@pytest.mark.parametrize("line", ["{} 1 1 files/a", "{} -1 1 files/a\n", "{} 1 1 \n", "{} 1 1\n", "{} 1\n", "{} 1 1 files/a\n\n", "{} ١ 1 files/a\n",
                                  "{} 1 1 files/a\r", "{} " + "9" * 5000 + " 1 files/a\n"])
def test_a_line_that_is_none_is_refused(tmp_path, line):
    assert refused(forged(tmp_path / "a.qmc", HEAD, zlib.compress(line.format("0" * 64).encode()))) == "COPY_DAMAGED"


@given(st.dictionaries(st.from_regex(r"(files|scans)/[a-z0-9]{1,9}", fullmatch=True), st.integers(0, 2**50), max_size=5), st.integers(-2**62, 2**62))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_is_read_as_it_was_written(tmp_path, sizes, changed):
    files = {name: KeptFile(sha256(name.encode()).hexdigest(), size, changed) for name, size in sizes.items()}
    (tmp_path / "a.qmc").write_bytes(seal(b"data", files, FACTS, b"k" * 32))
    assert Container(tmp_path / "a.qmc").files() == files


def test_a_list_of_nothing_but_lines_costs_no_memory(tmp_path):
    path = forged(tmp_path / "a.qmc", HEAD, zlib.compress(b"\n" * 10_000_000))
    tracemalloc.start()
    try:
        assert refused(path) == "COPY_DAMAGED"
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()


def test_a_head_longer_than_any_of_ours_is_not_read(tmp_path):
    assert refused(forged(tmp_path / "a.qmc", {**HEAD, "recovery": "x" * 2**20})) == "COPY_DAMAGED"
    assert Container(forged(tmp_path / "b.qmc", {**HEAD, "recovery": "x" * 2**19})).facts.recovery == "x" * 2**19


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_keeps_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.qmc")
    with pytest.raises(SurroundingsError, match="FILE_FAILED"):
        Container(tmp_path / "a.qmc")
    kept = KeptFile(sha256(b"x").hexdigest(), 1, 1)
    place = place_of(tmp_path, kept.sha256)
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    with pytest.raises(SurroundingsError, match="FILE_FAILED"):
        list(pieces(tmp_path, "files/a", kept))


def test_a_sealed_file_that_has_no_end_is_given_up(tmp_path):
    kept = KeptFile(sha256(b"x").hexdigest(), 1, 1)
    place = place_of(tmp_path, kept.sha256)
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        file.truncate(2**40)
    read = []
    with pytest.raises(SurroundingsError) as error:
        read.extend(map(len, pieces(tmp_path, "files/a", kept)))
    assert error.value.code == "SEALED_FILE_DAMAGED"
    assert sum(read) <= 2 * PIECE


def test_a_list_that_swells_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "_LONGEST", 10_000)
    assert refused(forged(tmp_path / "a.qmc", HEAD, zlib.compress(b"0" * 5_000_000))) == "COPY_DAMAGED"


@pytest.mark.parametrize("name", ["../out", "files/../../out", "/etc/out", "files", "files/", "files//a", "desk.json", "files/a\nb", "scans/.ssh/a", "C:/a"])
def test_a_name_that_leads_out_of_the_folder_is_never_followed(tmp_path, name):
    """Not even for a copy that the desk's own key proves."""
    kept, desk = KeptFile(sha256(b"x").hexdigest(), 1, 1), tmp_path / "desk"
    copy = tmp_path / "a.qmc"
    copy.write_bytes(seal(b"data", {name: kept}, FACTS, b"k" * 32))
    place = place_of(tmp_path, kept.sha256)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"x")
    with pytest.raises(SurroundingsError) as error:
        unpack_files(Container(copy), desk)
    assert error.value.code == "COPY_DAMAGED"
    assert not desk.exists()
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a.qmc", kept.sha256}


def test_a_forged_copy_makes_no_desk(home, tmp_path):
    (home / "desk.key").write_text("ab" * 32)
    with pytest.raises(SurroundingsError) as error:
        restore_desk(forged(tmp_path / "a.qmc", HEAD), tmp_path / "back")
    assert error.value.code == "COPY_NOT_OURS"
    assert list((tmp_path / "back").glob("*")) == []
