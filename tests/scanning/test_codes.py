"""Codes are found on slips as they lie under a scanner, and never as another code."""

import random

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from bench import sheets
from bench.sheets import Wear, sheet, worn
from counter_app.domain.codes import slip_qr
from counter_app.domain.scan_codes import CodeKind
from counter_app.scanning import codes
from counter_app.scanning.codes import read_codes
from counter_app.scanning.paper.pixels import black_ink, quarter_turned


def seen(picture, wear=None, number=0):
    """A sheet in RGB as what codes are read from."""
    scanned = worn(np.asarray(picture), wear, number) if wear else np.asarray(picture)
    return black_ink(np.ascontiguousarray(scanned[:, :, ::-1]))


def texts(page, dpi=200):
    return {read.kind: read.text for read in read_codes(page, dpi)}


def both(number):
    code = sheets.code_of(number)
    return {CodeKind.QR: slip_qr(code), CodeKind.CODE128: code}


@pytest.mark.parametrize("kind", ["slip", "form"])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_both_codes_of_a_slip_are_read_at_every_resolution(kind, dpi):
    assert texts(seen(sheet(kind, 3, dpi)), dpi) == both(3)


@pytest.mark.parametrize("turns", range(4))
def test_a_code_tells_where_it_stands_and_which_way_up(turns):
    upright = seen(sheet("form", 7))
    reads = read_codes(quarter_turned(upright, turns), 200)
    assert len(reads) == 2
    for read in reads:
        assert (turns + read.quarter_turns) % 4 == 0
        assert read.proven
        corners = np.array(read.corners)
        part = quarter_turned(upright, turns)[corners[:, 1].min():corners[:, 1].max(), corners[:, 0].min():corners[:, 0].max()]
        assert 80 < part.mean() < 180, "half of a code is black"


def test_a_page_without_a_code_has_none():
    for kind in ("stamp", "photo"):
        assert read_codes(seen(sheet(kind, 2), Wear(skew=1.0)), 200) == ()


@pytest.mark.parametrize("number", range(6))
def test_bad_scans_are_read_right_or_not_at_all(number):
    chance, dpi = random.Random(number), (150, 200, 300)[number % 3]
    picture = Image.fromarray(sheet("slip", number, dpi).copy())
    sheets.stamp(picture, (chance.uniform(60, 150), chance.uniform(28, 45)), dpi)
    page = seen(picture, Wear(chance.uniform(-5, 5), noise=12, faint=0.6, blur=1.5 * dpi / 200), number)
    read = texts(page, dpi)
    assert read
    assert read.items() <= both(number).items()


def without_qr(kind, number, dpi):
    """A slip whose QR code was torn off, and where its bars are."""
    picture = sheet(kind, number, dpi).copy()
    places = {read.kind: np.array(read.corners) for read in read_codes(seen(picture), dpi)}
    left, top = places[CodeKind.QR].min(axis=0) - 5
    right, bottom = places[CodeKind.QR].max(axis=0) + 5
    picture[top:bottom, left:right] = 255
    return picture, places[CodeKind.CODE128]


def test_a_second_look_reads_what_the_first_could_not_and_tells_where_on_the_page_as_it_was_scanned():
    picture, place = without_qr("slip", 4, 150)
    page = seen(picture, Wear(skew=3.0, noise=3, blur=1.3), 4)
    plain = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.Code128)
    assert plain == [], "the first look can read it: the test shows nothing"
    (read,) = read_codes(page, 150)
    assert (read.kind, read.text, read.proven) == (CodeKind.CODE128, sheets.code_of(4), True)
    turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), -3.0, 1)
    expected = cv2.transform(place[None].astype(float), turn)[0]
    assert np.abs(np.array(read.corners) - expected).max() < 25


def test_a_second_look_that_reads_something_else_proves_nothing():
    page = seen(sheet("form", 5), Wear(skew=-2.0), 5)
    (bars,) = (read for read in read_codes(page, 200) if read.kind is CodeKind.CODE128)
    corners = np.array(bars.corners, float)
    assert codes._reads_again(sheets.code_of(5), corners, page)
    assert not codes._reads_again(sheets.code_of(6), corners, page)
    assert not codes._reads_again(sheets.code_of(5), corners + np.array((0, 200)), page), "there are no bars"
