import stat

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.whole_files import whole_file


def test_a_file_is_its_owners_alone_from_the_first_byte_on(tmp_path):
    with whole_file(tmp_path / "new" / "book.xlsx") as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        part.write_bytes(b"lines")
    out = tmp_path / "new" / "book.xlsx"
    assert (out.read_bytes(), stat.S_IMODE(out.stat().st_mode)) == (b"lines", 0o600)
    assert list(out.parent.iterdir()) == [out]


def test_a_link_in_the_way_is_not_followed(tmp_path):
    (tmp_path / "others.txt").write_text("untouched")
    (tmp_path / ".book.part.xlsx").symlink_to(tmp_path / "others.txt")
    with whole_file(tmp_path / "book.xlsx") as part:
        part.write_bytes(b"lines")
    assert (tmp_path / "others.txt").read_text() == "untouched"
    assert (tmp_path / "book.xlsx").read_bytes() == b"lines"


def test_a_failure_leaves_what_was_there(tmp_path):
    (tmp_path / "book.xlsx").write_text("before")
    with pytest.raises(SurroundingsError, match="DISK_FULL"), whole_file(tmp_path / "book.xlsx"):
        raise OSError(28, "full")
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]
    assert (tmp_path / "book.xlsx").read_text() == "before"
