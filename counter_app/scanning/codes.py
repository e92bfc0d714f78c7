"""The codes of slips on a page: what was read, and where."""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
import zxingcpp

from counter_app.domain.scan_codes import CodeKind, CodeRead, Point
from counter_app.scanning.paper.pixels import Pixels
from counter_app.scanning.paper.skew import skew_of, turn_back

_KINDS = {zxingcpp.BarcodeFormat.QRCode: CodeKind.QR, zxingcpp.BarcodeFormat.Code128: CodeKind.CODE128}
_FORMATS = zxingcpp.BarcodeFormats(list(_KINDS))
"""Only these two: looking for all formats takes ten times as long."""
_SECOND_DPI, _LARGEST = 450, 2.0
"""A second try enlarges to this resolution, at most so many times."""
_MARGIN = 24
_SOFTER = 0.8
"""The look that proves a bar code is enlarged and softened by so many pixels, so that other edges decide."""

_Corners = np.ndarray[Any, np.dtype[np.float64]]


def read_codes(seen: Pixels, dpi: int) -> tuple[CodeRead, ...]:
    """Return the codes on a grey page. Only where none is found it is read again, straightened and enlarged."""
    if found := _read(seen):
        return tuple(_code(barcode, _corners(barcode), seen) for barcode in found)
    turn, scale = turn_back(seen, skew_of(seen)), min(_LARGEST, max(1.0, _SECOND_DPI / dpi))
    turn *= scale
    size = (round(seen.shape[1] * scale), round(seen.shape[0] * scale))
    large = cast("Pixels", cv2.warpAffine(seen, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
    back = cv2.invertAffineTransform(turn)
    return tuple(_code(barcode, cv2.transform(_corners(barcode)[None], back)[0], seen) for barcode in _read(large))


def _read(seen: Pixels) -> list[zxingcpp.Barcode]:
    """Return what is found, from the top down."""
    return sorted(zxingcpp.read_barcodes(seen, formats=_FORMATS, try_invert=False), key=_height_on_page)


def _height_on_page(barcode: zxingcpp.Barcode) -> tuple[int, int]:
    return barcode.position.top_left.y, barcode.position.top_left.x


def _code(barcode: zxingcpp.Barcode, corners: _Corners, seen: Pixels) -> CodeRead:
    kind = _KINDS[barcode.format]
    first, second, third, fourth = (_point(corner) for corner in corners)
    return CodeRead(
        barcode.text, kind, (first, second, third, fourth), proven=kind is CodeKind.QR or _reads_again(barcode.text, corners, seen),
        quarter_turns=round(-barcode.orientation / 90) % 4)


def _reads_again(text: str, corners: _Corners, seen: Pixels) -> bool:
    """Tell whether another look at the place of a bar code, larger and softer, reads the same."""
    left, top = np.maximum(corners.min(axis=0) - _MARGIN, 0).astype(int)
    right, bottom = (corners.max(axis=0) + _MARGIN).astype(int)
    part = cv2.resize(seen[top:bottom, left:right], None, fx=_LARGEST, fy=_LARGEST, interpolation=cv2.INTER_LINEAR)
    soft = cast("Pixels", cv2.GaussianBlur(part, (0, 0), _SOFTER))
    return [barcode.text for barcode in _read(soft) if _KINDS[barcode.format] is CodeKind.CODE128] == [text]


def _corners(barcode: zxingcpp.Barcode) -> _Corners:
    place = barcode.position
    return np.array([(point.x, point.y) for point in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)], np.float64)


def _point(corner: _Corners) -> Point:
    return round(float(corner[0])), round(float(corner[1]))
