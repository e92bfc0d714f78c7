"""A page taken apart and laid together again is the page: text black, seal red, pen blue, pictures whole."""




import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from bench import sheets
from counter_app.scanning.pdf import layers
from counter_app.scanning.pdf.layers import apart, black_and_white
from tests.scanning.pdf.samples import signed_page


def bgr(picture):
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def together(layers):
    page = layers.ground.copy()
    for layer in layers.inks:
        page[layer.ink > 0] = layer.colour[::-1]
    return page.astype(int)


def names(layers):
    return ["black" if max(ink.colour) < 90 else "red" if ink.colour[0] == max(ink.colour) else "blue" for ink in layers.inks]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_seal_pen_and_print_become_three_inks_of_their_colours(dpi):
    layers = apart(bgr(signed_page(dpi)), dpi)
    assert names(layers) == ["black", "red", "blue"]
    _, red, blue = (layer.colour for layer in layers.inks)
    assert np.abs(np.subtract(red, sheets.RED)).max() < 35
    assert np.abs(np.subtract(blue, sheets.BLUE)).max() < 35


def test_no_pixel_is_in_two_inks_and_none_is_far_from_what_it_was():
    page = bgr(signed_page())
    layers = apart(page.copy(), 200)
    assert max(sum((layer.ink > 0).astype(int) for layer in layers.inks).ravel()) == 1
    differs = np.abs(together(layers) - page).max(axis=2)
    assert (differs > 130).mean() < 0.01, "only soft edges may differ much"
    assert differs.mean() < 6


def test_below_the_inks_lies_paper():
    layers = apart(bgr(sheets.sheet("text", 3)), 200)
    assert names(layers) == ["black"]
    assert layers.ground.min() > 225


def test_a_picture_stays_whole_in_the_ground_and_the_text_beside_it_is_ink():
    clean = bgr(sheets.sheet("photo", 3))
    layers = apart(clean.copy(), 200)
    inner = np.s_[220:1360, 220:1440]
    assert (layers.ground[inner] == clean[inner]).all()
    assert not any(layer.ink[inner].any() for layer in layers.inks)
    assert layers.inks[0].ink[1560:].any()


def test_bars_are_ink_and_no_picture():
    clean = bgr(sheets.sheet("form", 3))
    ink = apart(clean.copy(), 200).inks[0].ink
    bars = np.s_[480:560, 240:860]
    assert ((ink[bars] > 0) == (clean[bars].min(axis=2) < 128)).mean() > 0.98


@pytest.mark.parametrize("colour", [(30, 140, 60), (240, 150, 20), (120, 40, 150)])
def test_ink_of_another_colour_keeps_it_in_the_ground(colour):
    picture = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(picture).line((50, 200, 550, 200), fill=colour, width=6)
    layers = apart(bgr(picture), 200)
    assert np.abs(together(layers)[200, 300] - colour[::-1]).max() < 60


def test_faint_grey_print_is_kept_one_way_or_the_other():
    picture = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(picture)
    draw.line((50, 100, 550, 100), fill=(200, 200, 200), width=5)
    draw.line((50, 300, 550, 300), fill=(120, 120, 120), width=5)
    seen = together(apart(bgr(picture), 200))
    assert seen[100, 300].max() < 225
    assert seen[300, 300].max() < 150


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_a_page_of_one_tone_stays_one(tone):
    page = np.full((300, 200, 3), tone, np.uint8)
    assert np.abs(together(apart(page.copy(), 200)) - tone).max() <= 1


def test_a_lonely_speck_is_no_ink():
    page = np.full((300, 200, 3), 255, np.uint8)
    page[100, 100] = 0
    assert not apart(page.copy(), 200).inks
    page[200:203, 50:53] = 0
    assert len(apart(page.copy(), 200).inks) == 1


def test_black_and_white_takes_every_ink():
    page = bgr(signed_page())
    mask = black_and_white(page) > 0
    for ink in (sheets.RED, sheets.BLUE, (15, 15, 15)):
        there = np.abs(page.astype(int) - ink[::-1]).max(axis=2) < 20
        assert mask[there].mean() > 0.98
    assert not mask[page.min(axis=2) > 240].any()


def test_bands_leave_no_seam(monkeypatch):
    """A page taken apart band by band is the page taken apart at once; the ground may differ by a rounding."""
    page = bgr(signed_page())
    whole = apart(page.copy(), 200)
    monkeypatch.setattr(layers, "_BAND_ROWS", 37)
    banded = apart(page.copy(), 200)
    assert [layer.colour for layer in banded.inks] == [layer.colour for layer in whole.inks]
    for one, other in zip(banded.inks, whole.inks, strict=True):
        assert np.array_equal(one.ink, other.ink)
    assert int(cv2.absdiff(banded.ground, whole.ground).max()) <= 1
