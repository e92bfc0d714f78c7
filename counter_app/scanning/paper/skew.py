"""How far a page lies askew, by its projection profile: seen along the lines of writing, ink and gaps alternate most sharply.

It looks at a copy of 600 pixels. The points of ink are kept as a list, and every angle is one sum over it.
"""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np

from counter_app.scanning.paper.pixels import Pixels, shrunk

LOOK_WIDTH = 600
MOST_DEGREES = 6.0
_COARSE, _FINE = 0.25, 0.02
_FEWEST_POINTS, _MOST_COARSE = 150, 20_000
_CONTRAST = 24
"""Grey levels by which ink is darker than what surrounds it."""
_SHARPER = 1.15
"""How much sharper the best profile must be than the usual one, or nothing on the page has a direction."""
_LEAST_TURN = 0.08
"""Less can't be seen: 0.4 mm over the height of A4."""

_Numbers = np.ndarray[Any, np.dtype[np.float64]]


def skew_of(seen: Pixels) -> float:
    """Return by how many degrees a grey page hangs clockwise; 0 where no lines tell."""
    x, y = ink_points(shrunk(seen, LOOK_WIDTH))
    if len(x) < _FEWEST_POINTS:
        return 0.0
    every = max(1, len(x) // _MOST_COARSE)
    angles = np.arange(-MOST_DEGREES, MOST_DEGREES + _COARSE, _COARSE)
    coarse = _sharpness(x[::every], y[::every], angles)
    best = int(coarse.argmax())
    if coarse[best] < _SHARPER * np.median(coarse):
        return 0.0
    angles = angles[best] + np.arange(-_COARSE - _FINE, _COARSE + 2 * _FINE, _FINE)
    angle = _summit(angles, _sharpness(x, y, angles))
    return angle if abs(angle) >= _LEAST_TURN else 0.0


def straightened(pixels: Pixels, skew: float) -> Pixels:
    """Return a page turned back by its skew about its middle, same size; what comes in has the colour of the edges."""
    if not skew:
        return pixels
    height, width = pixels.shape[:2]
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    around = np.atleast_1d(np.median(frame, axis=0)).tolist()
    turn = turn_back(pixels, skew)
    return cast("Pixels", cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=around))


def turn_back(pixels: Pixels, skew: float) -> _Numbers:
    """Return the 2×3 matrix that turns a page back by its skew about its middle."""
    height, width = pixels.shape[:2]
    return np.asarray(cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), skew, 1), np.float64)


def ink_points(small: Pixels) -> tuple[_Numbers, _Numbers]:
    """Return where ink is: x, and y put a little off by chance, always the same, so that no angle profits from the grid."""
    around = cv2.getStructuringElement(cv2.MORPH_RECT, (13, 13))
    rows, columns = np.nonzero(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, around) > _CONTRAST)
    return columns.astype(np.float64), rows + np.random.default_rng(0).random(len(rows))


def _sharpness(x: _Numbers, y: _Numbers, angles: _Numbers) -> _Numbers:
    """Return for each angle how much neighbouring rows of the page differ when it is seen along that angle."""
    reach = x.max() * np.tan(np.radians(np.abs(angles).max())) + 1
    rows = int(y.max() + 2 * reach) + 2
    found = np.empty(len(angles))
    for place, slope in enumerate(np.tan(np.radians(angles))):
        profile = np.bincount((y - slope * x + reach).astype(np.int32), minlength=rows)
        found[place] = np.square(np.diff(profile)).sum()
    return found


def _summit(angles: _Numbers, heights: _Numbers) -> float:
    """Return the angle of the highest point, smoothed by a parabola through its surroundings."""
    smooth = np.convolve(heights, np.ones(5) / 5, "same")
    best = int(np.clip(smooth[2:-2].argmax() + 2, 4, len(angles) - 5))
    curve = np.polyfit(angles[best - 4:best + 5] - angles[best], smooth[best - 4:best + 5], 2)
    away = -curve[1] / (2 * curve[0]) if curve[0] < 0 else 0.0
    return float(angles[best] + np.clip(away, -_FINE * 4, _FINE * 4))
