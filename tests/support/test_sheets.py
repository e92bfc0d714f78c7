import gc
import zipfile

import pytest

from counter_app.support.sheets import SheetDamagedError, read_rows, write_rows


def rewritten(source, target, name, content):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part.filename))
    return target


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_part_that_unpacks_beyond_all_measure_is_never_unpacked(tmp_path, name):
    write_rows(tmp_path / "good.xlsx", ["code"], [["x"]])
    bomb = rewritten(tmp_path / "good.xlsx", tmp_path / "bomb.xlsx", name, b"<!--" + bytes(20_000_000) + b"-->")
    assert bomb.stat().st_size < 100_000
    with pytest.raises(SheetDamagedError):
        list(read_rows(bomb))


def test_a_long_sheet_of_the_same_line_is_no_bomb(tmp_path):
    write_rows(tmp_path / "long.xlsx", ["code", "note"], (["H36.50.05-261122-0001", "lặp lại " * 20] for _ in range(60_000)))
    with zipfile.ZipFile(tmp_path / "long.xlsx") as archive:
        assert max(part.file_size for part in archive.infolist()) > 16 * 2**20
    assert sum(1 for _ in read_rows(tmp_path / "long.xlsx")) == 60_001


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    risky = ["=1+1", "+84 900", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    write_rows(tmp_path / "x.xlsx", ["a", "b", "c", "d", "e"], [risky])
    assert list(read_rows(tmp_path / "x.xlsx"))[1] == (2, tuple(risky))
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("after", [0, 3])
def test_rows_that_break_off_leave_no_file_and_nothing_half_open(tmp_path, after):
    """The error comes out as it was, and the library's own writer is at its end: nothing is left to be told to nobody later."""

    def rows():
        yield from [["x"]] * after
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        write_rows(tmp_path / "x.xlsx", ["code"], rows())
    gc.collect()
    assert list(tmp_path.iterdir()) == []
