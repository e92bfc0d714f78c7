"""Where the paper ends and the lid of the scanner begins."""

from __future__ import annotations

import cv2
import numpy as np

from counter_app.scanning.paper.pixels import Pixels, shrunk
from counter_app.scanning.paper.skew import LOOK_WIDTH

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; the last two lie outside."""
_DARKER = 0.75
"""A lid darker than this part of the paper is told from it; a white one can't be."""
_LEAST_PART, _WHOLE_PART = 0.05, 0.97
_FULL_ROW = 0.5
"""A row or column belongs to the paper when it is paper for half of the paper's length."""


def paper_box(seen: Pixels) -> Box:
    """Return where the paper lies on a straightened grey page; the whole page where no lid is told from it."""
    height, width = seen.shape[:2]
    whole = (0, 0, width, height)
    small = shrunk(seen, LOOK_WIDTH)
    calm = cv2.medianBlur(small, 5)
    paper = (calm > np.percentile(calm, 90) * _DARKER).astype(np.uint8)
    closed = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    count, _, found, _ = cv2.connectedComponentsWithStats(closed)
    if count < 2:
        return whole
    left, top, wide, high, area = (int(number) for number in found[1 + found[1:, cv2.CC_STAT_AREA].argmax()])
    if area < _LEAST_PART * small.size or wide * high > _WHOLE_PART * small.size:
        return whole
    part = closed[top:top + high, left:left + wide]
    columns, rows = (np.flatnonzero(part.mean(axis=axis) > _FULL_ROW) for axis in (0, 1))
    if not len(columns) or not len(rows):
        return whole
    scale = width / small.shape[1]
    edges = (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)
    x0, y0, x1, y1 = (round(float(edge) * scale) for edge in edges)
    return max(0, x0), max(0, y0), min(width, x1), min(height, y1)
