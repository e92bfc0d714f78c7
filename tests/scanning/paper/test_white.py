"""Paper becomes white, ink and pictures keep their colours."""

import numpy as np
import pytest

from bench.sheets import Wear, sheet, worn
from counter_app.scanning.paper.white import ground_of, whitened


def scanned(kind, **wear):
    return np.ascontiguousarray(worn(sheet(kind, 3, 100), Wear(**wear), 1)[:, :, ::-1])


@pytest.mark.parametrize("wear", [{}, {"shade": 60}, {"tint": (235, 225, 200)}, {"noise": 5}])
def test_paper_is_white_whatever_the_lamp_and_its_tint(wear):
    page = whitened(scanned("text", **wear))
    clean = sheet("text", 3, 100)
    paper = np.ones(clean.shape[:2], bool)
    for step in range(-6, 7, 3):
        paper &= np.roll(clean.min(axis=2), step, 0) > 250
        paper &= np.roll(clean.min(axis=2), step, 1) > 250
    assert (page[paper] == 255).mean() > 0.99


def test_ink_stays_dark_and_stamp_and_signature_keep_their_colours():
    clean, page = sheet("stamp", 3, 100)[:, :, ::-1], whitened(scanned("stamp", tint=(240, 230, 205), shade=30, noise=1, blur=0))
    for ink in ((45, 32, 205), (150, 50, 25), (15, 15, 15)):
        there = (np.abs(clean.astype(int) - ink).max(axis=2) < 12)
        assert there.sum() > 50
        assert np.abs(np.median(page[there], axis=0) - ink).max() < 40


def test_a_picture_keeps_its_tones():
    clean, page = sheet("photo", 3, 100)[:, :, ::-1], whitened(scanned("photo", noise=0, shade=0, blur=0, tint=(255, 255, 255)))
    middle = np.s_[150:600, 150:650]
    assert np.abs(page[middle].astype(int) - clean[middle]).mean() < 6


def test_a_faint_line_is_not_washed_away():
    page = np.full((600, 600, 3), 240, np.uint8)
    page[300:304, 100:500] = 200
    white = whitened(page)
    assert white[302, 300].max() < 235
    assert white[100, 100].min() == 255


@pytest.mark.parametrize("shade", [0, 10, 255])
def test_a_page_of_one_tone_is_no_accident(shade):
    page = np.full((80, 60, 3), shade, np.uint8)
    assert whitened(page).shape == page.shape
    assert ground_of(page).shape == (10, 7, 3)


def test_the_scan_itself_is_not_changed():
    page = scanned("form")
    kept = page.copy()
    whitened(page)
    assert (page == kept).all()
