"""Whether anything stands on a page: the part of it that is darker than the paper around it."""

from __future__ import annotations

import cv2
import numpy as np

from counter_app.scanning.paper.pixels import Pixels

BLANK_BELOW = 0.0002
"""A signature alone has 0.0007, one line 0.0138, an empty page none."""
_LOOK_DPI = 100
_CONTRAST = 30
"""Grey levels; the other side shining through stays below."""
_EDGE_MM, _MM = 4.0, 25.4
"""The shadow at the edge of a sheet is no writing."""


def is_blank(seen: Pixels, dpi: int) -> bool:
    """Tell whether nothing stands on a grey page, as far as can be seen."""
    return ink_ratio(seen, dpi) < BLANK_BELOW


def ink_ratio(seen: Pixels, dpi: int) -> float:
    """Return which part of a grey page is ink, 0 to 1; single specks are none."""
    scale = min(1.0, _LOOK_DPI / dpi)
    small = cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edge = round(_EDGE_MM / _MM * dpi * scale)
    if min(small.shape[:2]) > 4 * edge:
        small = small[edge:-edge, edge:-edge]
    calm = cv2.GaussianBlur(small, (3, 3), 0)
    ground = cv2.blur(cv2.dilate(calm, cv2.getStructuringElement(cv2.MORPH_RECT, (15, 15))), (15, 15))
    ink = (cv2.subtract(ground, calm) > _CONTRAST).astype(np.uint8)
    neighbours = cv2.boxFilter(ink, cv2.CV_8U, (3, 3), normalize=False)
    return float(np.count_nonzero(ink & (neighbours >= 3)) / ink.size)
