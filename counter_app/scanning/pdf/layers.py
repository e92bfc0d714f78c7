"""A page taken apart: black print, red stamps and blue pens as sharp masks, and the rest, pictures and paper, as the ground below them.

What is neither clearly print nor clearly one of the two inks stays in the ground, so nothing is lost and no colour is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from counter_app.scanning.paper.pixels import WHITE, Pixels

Colour = tuple[int, int, int]
"""Red, green, blue."""
_LEAST_INK, _MOST_INK, _NEARLY_PAPER = 110, 190, 235
"""Between which levels ink is told from paper; the page says where exactly. From the last on nothing is ink."""
_COLOURED = 40
"""By how many levels the leading colour of a coloured ink exceeds the others."""
_PICTURE_MM, _PICTURE_LEVEL, _PICTURE_PART = 4.0, 200, 0.97
"""Where nearly everything within so many millimetres is darker than this level there is a picture; bars and letters leave gaps."""
_HALO_MM = 0.26
"""The soft edge of a stroke, which would shine around its mask."""
_FILL_STEP = 8
_BAND_ROWS = 256
"""Rows of a page in work at a time, where a step needs several planes of them."""
_MM = 25.4


@dataclass(frozen=True, slots=True)
class Layer:
    """One ink: a mask, not 0 where it is, and its colour."""

    ink: Pixels
    colour: Colour


@dataclass(frozen=True, slots=True)
class Layers:
    """A page in layers, the ground in blue, green, red; inks from the lowest to the topmost."""

    ground: Pixels
    inks: tuple[Layer, ...]


def apart(page: Pixels, dpi: int) -> Layers:
    """Return the layers of a clean page in blue, green, red. The page is used up: its pixels become the ground."""
    pictures, ink = _pictures_and_ink(page, dpi)
    masks = _by_colour(page, ink)
    del ink  # 9 MB at 300 dpi, and so has each mask, also one of an ink that the page has not
    inks = tuple(Layer(mask, _colour_of(page, mask)) for mask in masks if mask.any())
    covered = cast("Pixels", cv2.bitwise_or(cv2.bitwise_or(masks[0], masks[1]), masks[2]))
    del masks
    return Layers(_ground(page, covered, pictures, dpi), inks)


def black_and_white(page: Pixels) -> Pixels:
    """Return all ink of a clean page, whatever its colour, as one mask."""
    darkest = _darkest(page)
    return cast("Pixels", cv2.threshold(darkest, _level(darkest), WHITE, cv2.THRESH_BINARY_INV)[1])


def _darkest(page: Pixels) -> Pixels:
    """Return the darkest colour of each pixel: ink of any colour is dark in it."""
    darkest = cv2.extractChannel(page, 0)
    for colour in (1, 2):
        cv2.min(darkest, cv2.extractChannel(page, colour), dst=darkest)
    return cast("Pixels", darkest)


def _pictures_and_ink(page: Pixels, dpi: int) -> tuple[Pixels, Pixels]:
    """Return where pictures are, and where strokes: dark, but no part of a picture, and no lonely speck."""
    darkest = _darkest(page)
    pictures = _pictures(darkest, dpi)
    ink = cv2.threshold(darkest, _level(darkest), WHITE, cv2.THRESH_BINARY_INV)[1]
    ink[pictures > 0] = 0
    crowd = cv2.boxFilter(np.minimum(ink, 1), cv2.CV_8U, (3, 3), normalize=False)
    ink[crowd <= 1] = 0
    return pictures, cast("Pixels", ink)


def _level(darkest: Pixels) -> int:
    """Return the level that parts ink from paper best (Otsu), within reason."""
    counts = np.bincount(darkest[::2, ::2].ravel(), minlength=256)[:_NEARLY_PAPER].astype(np.float64)
    if not counts.any():
        return _LEAST_INK
    levels = np.arange(_NEARLY_PAPER)
    below, weight = np.cumsum(counts * levels), np.cumsum(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart_by = weight * (weight[-1] - weight) * (below / weight - (below[-1] - below) / (weight[-1] - weight)) ** 2
    return int(np.clip(np.nan_to_num(apart_by).argmax() + 1, _LEAST_INK, _MOST_INK))


def _pictures(darkest: Pixels, dpi: int) -> Pixels:
    """Return where pictures are, found on a copy in which a pixel is a quarter of a millimetre."""
    scale = 4 * _MM / dpi
    dark = cv2.threshold(darkest, _PICTURE_LEVEL, WHITE, cv2.THRESH_BINARY_INV)[1]
    small = cv2.resize(dark, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    reach = round(4 * _PICTURE_MM)
    full = (cv2.blur(small, (reach, reach)) > WHITE * _PICTURE_PART).astype(np.uint8)
    if not full.any():
        return np.zeros_like(darkest)
    grown = cv2.dilate(full, np.ones((reach + 3, reach + 3), np.uint8))
    joined = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones((2 * reach, 2 * reach), np.uint8))
    return cast("Pixels", cv2.resize(joined, (darkest.shape[1], darkest.shape[0]), interpolation=cv2.INTER_NEAREST))


def _by_colour(page: Pixels, ink: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """Return ink as black, red and blue; of another colour it is in none. A little blur keeps the fringes of black letters black.

    Done band by band: at 300 dpi the planes of a whole page are nine times 9 MB.
    """
    masks = np.empty_like(ink), np.empty_like(ink), np.empty_like(ink)
    for first, last in _bands(page):
        above, below = min(first, 1), min(page.shape[0] - last, 1)  # the blur looks one row further
        found = _inks_of(page[first - above:last + below])
        for mask, one in zip(masks, found, strict=True):
            mask[first:last] = cv2.bitwise_and(ink[first:last], one[above:above + last - first])
    return masks


def _inks_of(band: Pixels) -> Sequence[Pixels]:
    """Return where a band is as black, as red and as blue as ink."""
    blue, green, red = cv2.split(band)
    for one in (blue, green, red):
        cv2.blur(one, (3, 3), dst=one)
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    is_red = cv2.subtract(red, cv2.max(green, blue))
    is_blue = cv2.subtract(blue, cv2.max(green, red))
    black = cv2.threshold(spread, _COLOURED, WHITE, cv2.THRESH_BINARY_INV)[1]
    return [cast("Pixels", each) for each in (
        black, *(cv2.threshold(one, _COLOURED, WHITE, cv2.THRESH_BINARY)[1] for one in (is_red, is_blue)))]


def _bands(page: Pixels) -> Iterator[tuple[int, int]]:
    """Yield the first row and the one after the last of each band of a page."""
    for first in range(0, page.shape[0], _BAND_ROWS):
        yield first, min(first + _BAND_ROWS, page.shape[0])


def _colour_of(page: Pixels, mask: Pixels) -> Colour:
    """Return the colour of an ink, taken from the middle of its strokes where they have one."""
    middle = cv2.erode(mask, np.ones((3, 3), np.uint8))
    blue, green, red, _ = cv2.mean(page, middle if middle.any() else mask)
    return round(red), round(green), round(blue)


def _ground(page: Pixels, covered: Pixels, pictures: Pixels, dpi: int) -> Pixels:
    """Take the inks and their soft edges from the page itself; what lay around them goes on below. Pictures stay whole."""
    halo = max(1, round(_HALO_MM / _MM * dpi))
    gone = cv2.dilate(covered, np.ones((2 * halo + 1, 2 * halo + 1), np.uint8))
    gone[pictures > 0] = 0
    size = (max(1, page.shape[1] // _FILL_STEP), max(1, page.shape[0] // _FILL_STEP))
    cv2.subtract(page, (WHITE,) * 4, dst=page, mask=gone)  # type: ignore[call-overload]
    seen = cv2.blur(cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32), (5, 5))
    kept = cv2.blur(cv2.resize(cv2.bitwise_not(gone), size, interpolation=cv2.INTER_AREA).astype(np.float32), (5, 5))[:, :, None]
    fill = np.where(kept > 1, seen * WHITE / np.maximum(kept, 1), WHITE).clip(0, WHITE).astype(np.uint8)
    for first, last in _bands(page):
        cv2.copyTo(_enlarged(fill, page.shape, first, last), gone[first:last], page[first:last])
    return page


def _enlarged(small: Pixels, shape: Sequence[int], first: int, last: int) -> Pixels:
    """Return rows ``first`` to ``last`` of a small picture that is enlarged to a shape, without making the others."""
    rows = (np.arange(first, last) + 0.5) * small.shape[0] / shape[0] - 0.5
    above = np.clip(np.floor(rows).astype(int), 0, small.shape[0] - 1)
    below = np.minimum(above + 1, small.shape[0] - 1)
    part = np.clip(rows - above, 0, 1).astype(np.float32)[:, None, None]
    band = (small[above] * (1 - part) + small[below] * part).round().astype(np.uint8)
    return cast("Pixels", cv2.resize(band, (shape[1], last - first), interpolation=cv2.INTER_LINEAR))
