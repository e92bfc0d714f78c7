"""Pages as pixels, from file to thumbnail, and clean-up as a whole: each step can be left out, and the file stays as it is."""

from itertools import product

import cv2
import numpy as np
import pytest

from bench.sheets import Wear, save, sheet, worn
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_profile import CleanUp
from counter_app.scanning.paper import pixels
from counter_app.scanning.paper.clean import cleaned
from counter_app.scanning.paper.skew import skew_of

NOTHING = CleanUp(deskew=False, whiten=False, crop=False, hide_blank=False)


@pytest.fixture(scope="module")
def page():
    """A slip on A4, 100 dpi, hanging by two degrees on a dark lid."""
    shown = np.full((1300, 900, 3), 60, np.uint8)
    shown[40:40 + 1169, 30:30 + 827] = worn(sheet("form", 2, 100), Wear(), 1)
    turn = cv2.getRotationMatrix2D((450, 650), -2.0, 1)
    return np.ascontiguousarray(cv2.warpAffine(shown, turn, (900, 1300), borderValue=(60, 60, 60))[:, :, ::-1])


def test_a_page_is_read_as_it_was_written_whatever_its_name(tmp_path, page):
    path = tmp_path / "Giấy tờ số 1.png"
    pixels.save(page, path)
    assert (pixels.load(path) == page).all()
    assert save(page[:, :, ::-1], tmp_path / "raw.png").stat().st_size > 10_000
    assert (pixels.load(tmp_path / "raw.png") == page).all()


@pytest.mark.parametrize("data", [None, b"", b"\x89PNG\r\n\x1a\n", b"hello"])
def test_a_page_that_cannot_be_read_is_a_sentence(tmp_path, data):
    path = tmp_path / "page-0001.png"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNREADABLE"):
        pixels.load(path)
    with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNREADABLE"):
        pixels.thumbnail(path, (900, 1300), 200)


def test_a_page_that_cannot_be_written_is_one_too(tmp_path, page):
    with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNWRITABLE"):
        pixels.save(page, tmp_path / "no" / "page.png")


@pytest.mark.parametrize(("kind", "turns"), list(product(["png", "jpg"], range(4))))
def test_a_thumbnail_shows_the_page_the_way_it_is_turned(tmp_path, page, kind, turns):
    path = tmp_path / f"page.{kind}"
    path.write_bytes(cv2.imencode(f".{kind}", page)[1].tobytes())
    small = cv2.imdecode(np.frombuffer(pixels.thumbnail(path, (900, 1300), 260, turns), np.uint8), cv2.IMREAD_COLOR)
    assert max(small.shape[:2]) == 260
    assert small.shape[:2] == ((260, 180) if turns % 2 == 0 else (180, 260))
    expected = np.rot90(cv2.resize(page, (180, 260), interpolation=cv2.INTER_AREA), -turns)
    assert np.abs(small.astype(int) - expected).mean() < 12


def test_a_small_page_is_not_blown_up(tmp_path):
    pixels.save(np.full((20, 30, 3), 9, np.uint8), tmp_path / "tiny.png")
    small = cv2.imdecode(np.frombuffer(pixels.thumbnail(tmp_path / "tiny.png", (30, 20), 300), np.uint8), cv2.IMREAD_COLOR)
    assert small.shape[:2] == (20, 30)


def test_black_print_stays_and_coloured_ink_fades():
    inks = np.array([[[15, 15, 15], [45, 32, 205], [150, 50, 25], [250, 250, 250]]], np.uint8)
    assert pixels.black_ink(inks).tolist() == [[15, 205, 150, 250]]
    assert pixels.black_ink(inks[:, :, 0]).tolist() == inks[:, :, 0].tolist()


@pytest.mark.parametrize("wishes", [CleanUp(*steps) for steps in product([False, True], repeat=3)])
def test_each_step_does_its_own_and_nothing_else(page, wishes):
    kept = page.copy()
    clean = cleaned(page, wishes)
    assert (page == kept).all()
    if wishes.crop and wishes.deskew:
        assert clean.shape[:2] == pytest.approx((1169, 827), abs=8)
        seen = pixels.grey(clean[20:-20, 20:-20])
        assert abs(skew_of(seen)) < 0.1
    elif not wishes.crop:
        assert clean.shape == page.shape
    white = (clean.min(axis=2) == 255).mean()
    assert (white > 0.4) == wishes.whiten
    if wishes == NOTHING:
        assert (clean == page).all()


@pytest.mark.parametrize("turns", range(-1, 5))
def test_quarter_turns_go_clockwise_and_come_first(page, turns):
    turned = cleaned(page, NOTHING, turns)
    assert (turned == np.rot90(page, -turns)).all()
