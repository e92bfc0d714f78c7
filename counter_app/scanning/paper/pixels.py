"""Pages as pixels: rows × columns × blue, green, red, eight bits each, read from their files and written back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias, cast

import cv2
import numpy as np

from counter_app.domain.errors import failed

Pixels: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
WHITE = 255
_REDUCED = {8: cv2.IMREAD_REDUCED_COLOR_8, 4: cv2.IMREAD_REDUCED_COLOR_4, 2: cv2.IMREAD_REDUCED_COLOR_2}
_THUMBNAIL_QUALITY = 80


def load(path: Path, flags: int = cv2.IMREAD_COLOR) -> Pixels:
    """Return the pixels of a page, turned as the camera that took it says.

    Raises:
        SurroundingsError: SCAN_PAGE_UNREADABLE, the file is gone or damaged.
    """
    try:
        data = np.fromfile(path, np.uint8)
        pixels = cv2.imdecode(data, flags) if data.size else None
    except (OSError, cv2.error) as error:
        raise failed("SCAN_PAGE_UNREADABLE", name=path.name) from error
    if pixels is None:
        raise failed("SCAN_PAGE_UNREADABLE", name=path.name)
    return cast("Pixels", pixels)


def save(pixels: Pixels, path: Path) -> None:
    """Write pixels as a PNG.

    Raises:
        SurroundingsError: SCAN_PAGE_UNWRITABLE.
    """
    packed = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1]
    try:
        packed.tofile(path)
    except OSError as error:
        raise failed("SCAN_PAGE_UNWRITABLE", name=path.name) from error


def grey(pixels: Pixels) -> Pixels:
    """Return the brightness of each pixel."""
    return cast("Pixels", cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


def black_ink(pixels: Pixels) -> Pixels:
    """Return the brightest colour of each pixel: black print stays black, a red stamp or a blue pen over it fades."""
    if pixels.ndim == 2:
        return pixels
    blue, green, red = cv2.split(pixels)
    return cast("Pixels", cv2.max(cv2.max(blue, green), red))


def shrunk(pixels: Pixels, width: int) -> Pixels:
    """Return a copy of this width; one that is no wider comes back as it is."""
    if pixels.shape[1] <= width:
        return pixels
    size = (width, max(1, round(pixels.shape[0] * width / pixels.shape[1])))
    return cast("Pixels", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def quarter_turned(pixels: Pixels, turns: int) -> Pixels:
    """Return pixels turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(pixels, -turns % 4))


def thumbnail(path: Path, size_px: tuple[int, int], longest: int, turns: int = 0) -> bytes:
    """Return a JPEG of a page whose longer edge has ``longest`` pixels; a JPEG is decoded only as finely as it needs.

    Raises:
        SurroundingsError: as :func:`load`.
    """
    step = next((step for step in _REDUCED if max(size_px) // step >= longest), 0)
    pixels = load(path, _REDUCED[step] if step else cv2.IMREAD_COLOR)
    height, width = pixels.shape[:2]
    small = shrunk(pixels, max(1, round(width * longest / max(height, width))))
    return cv2.imencode(".jpg", quarter_turned(small, turns), [cv2.IMWRITE_JPEG_QUALITY, _THUMBNAIL_QUALITY])[1].tobytes()
