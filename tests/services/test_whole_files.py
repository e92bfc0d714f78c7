import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.whole_files import LEFT_AFTER, whole_file


def test_a_file_is_its_owners_alone_from_the_first_byte_on(tmp_path):
    with whole_file(tmp_path / "new" / "book.xlsx") as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        part.write_bytes(b"lines")
    out = tmp_path / "new" / "book.xlsx"
    assert (out.read_bytes(), stat.S_IMODE(out.stat().st_mode)) == (b"lines", 0o600)
    assert list(out.parent.iterdir()) == [out]


def test_a_link_in_the_way_is_replaced_and_not_followed(tmp_path):
    (tmp_path / "others.txt").write_text("untouched")
    (tmp_path / "book.xlsx").symlink_to(tmp_path / "others.txt")
    with whole_file(tmp_path / "book.xlsx") as part:
        part.write_bytes(b"lines")
    assert (tmp_path / "others.txt").read_text() == "untouched"
    assert (tmp_path / "book.xlsx").read_bytes() == b"lines"


def test_two_at_once_write_a_file_each_and_the_later_one_stays(tmp_path):
    out = tmp_path / "book.xlsx"
    with whole_file(out) as one:
        with whole_file(out) as other:
            one.write_bytes(b"one")
            other.write_bytes(b"other")
            assert one.suffix == other.suffix == ".xlsx", "the writers go by the suffix"
        assert out.read_bytes() == b"other"
    assert out.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [out]


def test_many_at_once_leave_one_whole_file(tmp_path):
    out, contents = tmp_path / "all.jsonl", [bytes([n]) * 100_000 for n in range(8)]

    def write(content):
        with whole_file(out) as part, part.open("wb") as file:
            for at in range(0, len(content), 1000):
                file.write(content[at:at + 1000])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, contents))
    assert out.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [out]


def test_what_a_killed_try_left_is_taken_away_after_a_day(tmp_path):
    old, young, other = (tmp_path / f".{name}.part.xlsx" for name in ("book [1].ab12", "book [1].cd34", "accounts.ab12"))
    day_ago = time.time() - LEFT_AFTER - 60
    for left in (old, young, other):
        left.write_bytes(b"names")
    for left in (old, other):
        os.utime(left, (day_ago, day_ago))
    with whole_file(tmp_path / "book [1].xlsx") as part:
        part.write_bytes(b"lines")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([other.name, young.name, "book [1].xlsx"])


def test_a_failure_leaves_what_was_there(tmp_path):
    (tmp_path / "book.xlsx").write_text("before")
    with pytest.raises(SurroundingsError, match="DISK_FULL"), whole_file(tmp_path / "book.xlsx"):
        raise OSError(28, "full")
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]
    assert (tmp_path / "book.xlsx").read_text() == "before"


def test_the_folders_made_for_a_file_are_their_owner_s_alone(tmp_path):
    with whole_file(tmp_path / "new" / "deep" / "book.pdf") as part:
        part.write_bytes(b"x")
    for folder in (tmp_path / "new", tmp_path / "new" / "deep"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
