"""White paper: what the lamp, the shade of a fold and the tint of the paper add is divided out, place by place and colour by colour."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from counter_app.scanning.paper.pixels import WHITE, Pixels

_STEP = 8
"""The ground is estimated on a copy that is so many times smaller: 25 dots an inch from 200."""
_WRITING = 9
"""Strokes narrower than this on the small copy are not ground."""
_NO_PAPER = 0.72
"""A ground darker than this part of the page's white is a picture or a lid: it keeps its tones."""
_KEPT, _CLIP = 0.80, 0.92
"""Up to the first part of the ground tones stay as they are, from the second on all is white."""
_LUT = np.interp(np.arange(256), [0, _KEPT * WHITE, _CLIP * WHITE, WHITE], [0, _KEPT * WHITE, WHITE, WHITE]).round().astype(np.uint8)


def whitened(pixels: Pixels) -> Pixels:
    """Return the page on white paper; pictures and ink keep their colours."""
    ground = ground_of(pixels)
    large = cv2.resize(ground, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(pixels, large, dst=large, scale=WHITE)
    return cast("Pixels", cv2.LUT(flat, _LUT, dst=flat))


def ground_of(pixels: Pixels) -> Pixels:
    """Return what the paper looks like without writing, eight times smaller; where no paper is seen, as the rest of the paper looks."""
    size = (max(1, pixels.shape[1] // _STEP), max(1, pixels.shape[0] // _STEP))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (_WRITING, _WRITING)))
    ground = cv2.medianBlur(ground, 5)
    lightness = ground.min(axis=2) if ground.ndim == 3 else ground
    white = float(np.percentile(lightness, 90))
    seen = lightness > white * _NO_PAPER
    paper = np.median(ground[seen], axis=0) if seen.any() else WHITE
    ground[~seen] = paper
    return cast("Pixels", cv2.blur(ground, (5, 5)))
