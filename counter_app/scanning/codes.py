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
_SECOND_DPI, _LARGER = 450, 2.0
"""A second try enlarges to this resolution, at most so many times."""
_MARGIN = 20
"""Pixels around a bar code that belong to it, white ones among them."""
_REACH, _SHARPER = 3.0, 4.0
"""What undoes the softness of a lens: how far it reaches in enlarged pixels, and how much of it is taken away."""
_ALONG_BARS = 15
"""Enlarged pixels that are averaged along a bar: noise goes, edges stay."""

_Corners = np.ndarray[Any, np.dtype[np.float64]]


def read_codes(seen: Pixels, dpi: int) -> tuple[CodeRead, ...]:
    """Return the codes on a page, of which only the black ink is to be seen. Only where none is found it is read again: straight, larger,
    sharper.
    """
    if found := _read(seen):
        return tuple(_code(barcode, _corners(barcode), seen) for barcode in found)
    scale = min(_LARGER, max(1.0, _SECOND_DPI / dpi))
    turn = turn_back(seen, skew_of(seen)) * scale
    size = (round(seen.shape[1] * scale), round(seen.shape[0] * scale))
    large = _sharpened(cv2.warpAffine(seen, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
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
    """Tell whether another look at a bar code reads the same: upright, larger, averaged along its bars, sharper."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    middle = corners.mean(axis=0)
    size = np.hypot(*along) + 2 * _MARGIN, np.hypot(*down)
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), float(np.degrees(np.arctan2(along[1], along[0]))), _LARGER)
    turn[:, 2] += np.array(size) * _LARGER / 2 - middle
    width, height = (max(1, round(float(edge) * _LARGER)) for edge in size)
    upright = cv2.warpAffine(seen, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    again = _read(_sharpened(cv2.blur(upright, (1, _ALONG_BARS))))
    return [barcode.text for barcode in again] == [text]


def _sharpened(seen: cv2.typing.MatLike) -> Pixels:
    soft = cv2.GaussianBlur(seen, (0, 0), _REACH)
    return cast("Pixels", cv2.addWeighted(seen, 1 + _SHARPER, soft, -_SHARPER, 0))


def _corners(barcode: zxingcpp.Barcode) -> _Corners:
    place = barcode.position
    return np.array([(point.x, point.y) for point in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)], np.float64)


def _point(corner: _Corners) -> Point:
    return round(float(corner[0])), round(float(corner[1]))
