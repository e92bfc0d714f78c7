"""One page through all of clean-up; each step can be left out."""

from __future__ import annotations

import numpy as np

from counter_app.domain.scan_profile import CleanUp
from counter_app.scanning.paper.crop import paper_box
from counter_app.scanning.paper.pixels import Pixels, grey, quarter_turned
from counter_app.scanning.paper.skew import skew_of, straightened
from counter_app.scanning.paper.white import whitened


def cleaned(pixels: Pixels, wishes: CleanUp, quarter_turns: int = 0) -> Pixels:
    """Return a page turned clockwise by quarters, then straight, cut to the paper and white, as far as wished.

    The array may be the same where nothing is wished. Every step forgets the one before it: a page of 300 dpi weighs 26 MB.
    """
    if quarter_turns % 4:
        pixels = quarter_turned(pixels, quarter_turns)
    if wishes.deskew:
        pixels = straightened(pixels, skew_of(grey(pixels)))
    if wishes.crop:
        left, top, right, bottom = paper_box(grey(pixels))
        pixels = pixels[top:bottom, left:right]
    return whitened(pixels) if wishes.whiten else np.ascontiguousarray(pixels)
