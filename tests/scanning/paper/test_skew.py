"""A page that hangs is measured and turned back; one that tells nothing is left alone."""

import random

import cv2
import numpy as np
import pytest

from bench.sheets import Wear, sheet, worn
from counter_app.scanning.paper.pixels import grey
from counter_app.scanning.paper.skew import skew_of, straightened

WRITTEN = ("slip", "form", "text", "stamp", "photo")


def scanned(kind, number=1, dpi=200, **wear):
    return np.ascontiguousarray(worn(sheet(kind, number, dpi), Wear(**wear), number)[:, :, ::-1])


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_mean_error_over_ten_degrees_is_below_a_twentieth(kind):
    chance, errors = random.Random(kind), []
    for number in range(4):
        angle = chance.uniform(-5, 5)
        errors.append(abs(skew_of(grey(scanned(kind, number, skew=angle))) - angle))
    assert np.mean(errors) <= 0.05
    assert max(errors) <= 0.15


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("wear", [{"noise": 15}, {"faint": 0.6}, {"blur": 2.0, "shade": 60}])
def test_resolution_noise_faint_print_and_shade_dont_mislead(dpi, wear):
    assert skew_of(grey(scanned("text", 2, dpi, skew=-3.7, **wear))) == pytest.approx(-3.7, abs=0.08)


def test_a_straight_page_stays_as_it_is():
    page = scanned("text", skew=0.0)
    assert skew_of(grey(page)) == 0
    assert straightened(page, 0.0) is page


def test_a_page_without_lines_has_no_skew():
    assert skew_of(grey(scanned("blank", skew=4.0))) == 0
    dots = np.full((900, 600), 250, np.uint8)
    chance = np.random.default_rng(1)
    for x, y in zip(chance.integers(20, 580, 300), chance.integers(20, 880, 300), strict=True):
        cv2.circle(dots, (int(x), int(y)), 3, 20, -1)
    assert skew_of(dots) == 0
    assert skew_of(np.full((4, 4), 255, np.uint8)) == 0


@pytest.mark.parametrize("angle", [-4.0, 2.5])
def test_a_page_that_was_turned_back_hangs_no_more_and_lies_where_it_lay(angle):
    straight, hanging = scanned("form", skew=0.0, noise=1), scanned("form", skew=angle, noise=1)
    back = straightened(hanging, skew_of(grey(hanging)))
    assert back.shape == straight.shape
    assert abs(skew_of(grey(back))) <= 0.06
    inner = np.s_[200:-200, 200:-200]
    assert np.abs(back[inner].astype(int) - straight[inner]).mean() < 6


def test_what_comes_in_looks_like_the_edges():
    page = np.full((900, 600, 3), (200, 230, 240), np.uint8)
    page[100:800, 100:500] = 0
    corner = straightened(page, 5.0)[0, 0]
    assert np.abs(corner.astype(int) - (200, 230, 240)).max() <= 2
    assert straightened(np.full((90, 60), 180, np.uint8), 5.0)[0, 0] == 180
