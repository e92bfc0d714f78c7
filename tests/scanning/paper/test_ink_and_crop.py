"""Blank pages are told from pages with next to nothing on them; paper is told from the lid."""

import random

import cv2
import numpy as np
import pytest
from PIL import Image

from bench import sheets
from bench.sheets import Wear, sheet, worn
from counter_app.scanning.paper.crop import paper_box
from counter_app.scanning.paper.ink import BLANK_BELOW, ink_ratio, is_blank
from counter_app.scanning.paper.pixels import grey
from counter_app.scanning.paper.skew import skew_of, straightened


def ratio(picture, dpi=200, **wear):
    return ink_ratio(grey(np.ascontiguousarray(worn(np.asarray(picture), Wear(**wear), 3)[:, :, ::-1])), dpi)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("wear", [{}, {"noise": 10}, {"shade": 70}, {"tint": (220, 210, 180)}, {"skew": 3.0}])
def test_an_empty_page_has_no_ink(dpi, wear):
    assert ratio(sheet("blank", 0, dpi), dpi, **wear) == 0


def test_the_other_side_shining_through_is_no_ink():
    through = 255 - (255 - sheet("text", 1)[:, ::-1].astype(int)) * 0.1
    assert ratio(through.astype(np.uint8), blur=2) < BLANK_BELOW


def signature():
    picture = Image.fromarray(sheet("blank", 0).copy())
    sheets.sign(picture, (150, 235), 200, random.Random(1))
    return picture


def one_line():
    picture = sheet("text", 1).copy()
    picture[260:] = 255
    return picture


def punch_holes():
    picture = sheet("blank", 0).copy()
    for y in (800, 1430):
        cv2.circle(picture, (90, y), 24, (60, 60, 60), -1)
    return picture


@pytest.mark.parametrize("little", [signature, one_line, punch_holes])
def test_next_to_nothing_is_something(little):
    assert ratio(little()) > BLANK_BELOW
    assert ratio(little(), noise=8, faint=0.4) > BLANK_BELOW


def test_written_pages_are_far_from_blank_and_specks_are_not_ink():
    assert all(ratio(sheet(kind, 1)) > 50 * BLANK_BELOW for kind in ("slip", "form", "text", "stamp", "photo"))
    dusty = sheet("blank", 0).copy()
    dusty[::331, ::277] = 120
    assert ratio(dusty, noise=2) < BLANK_BELOW


def test_a_tiny_page_is_measured_too():
    assert ink_ratio(np.full((3, 3), 255, np.uint8), 200) == 0


@pytest.mark.parametrize(("kind", "blank"), [("blank", True), ("form", False), ("text", False), ("stamp", False)])
@pytest.mark.parametrize("dpi", [100, 200])
def test_a_page_is_blank_or_written_however_it_hangs(kind, blank, dpi):
    assert is_blank(grey(np.ascontiguousarray(worn(sheet(kind, 1, dpi), Wear(skew=3)))), dpi) is blank


def on_a_lid(lid, angle=0.0, size=(2339, 1654)):
    """An A5 slip at (100, 200) on a lid."""
    slip = worn(np.ascontiguousarray(sheet("slip", 1)[:1654, 244:1410]), Wear(shade=6), 1)
    canvas = np.full((*size, 3), lid, np.uint8)
    canvas[200:200 + slip.shape[0], 100:100 + slip.shape[1]] = slip
    turn = cv2.getRotationMatrix2D((size[1] / 2, size[0] / 2), -angle, 1)
    return cv2.warpAffine(canvas, turn, size[::-1], borderValue=(lid,) * 3), (100, 200, 1266, 1854)


@pytest.mark.parametrize("lid", [0, 70, 150])
@pytest.mark.parametrize("angle", [0.0, 3.0, -4.0])
def test_paper_on_a_dark_lid_is_found_to_the_millimetre(lid, angle):
    page, box = on_a_lid(lid, angle)
    straight = straightened(page, skew_of(grey(page)))
    found = paper_box(grey(straight))
    turned_about = 0 if not angle else 4
    assert np.abs(np.subtract(found, box)).max() <= 8 + turned_about


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_paper_that_fills_the_page_or_lies_on_a_white_lid_is_not_cut(kind):
    page = worn(sheet(kind, 1), Wear(skew=2.0), 1)
    assert paper_box(grey(np.ascontiguousarray(page[:, :, ::-1]))) == (0, 0, page.shape[1], page.shape[0])


def test_a_black_page_is_not_cut_to_nothing():
    assert paper_box(np.zeros((300, 200), np.uint8)) == (0, 0, 200, 300)
    speck = np.zeros((300, 200), np.uint8)
    speck[10:14, 10:14] = 255
    assert paper_box(speck) == (0, 0, 200, 300)
