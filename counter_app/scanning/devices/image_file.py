"""What the file of a page says of itself, read from its first and last bytes; a page as the device gave it is not decoded here."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

MOST_PIXELS = 80_000_000
"""A3 at 600 dpi has 70 million."""
_TAILS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_UNPACKED = "PPM"
"""Pillow's name for bitmaps, grey and colour maps alike: nothing marks their end, but they say how long they are."""
_GAP = rb"(?:\s|#[^\n]*\n)+"
_HEAD = re.compile(rb"P(?:(4)|([56]))" + _GAP + rb"(\d{1,6})" + _GAP + rb"(\d{1,6})(?(2)" + _GAP + rb"(\d{1,5}))\s")
_HEAD_BYTES = 1024
_BYTE = 255
_TAIL_BYTES = 1024
"""Some devices pad what they send."""
_LEAST_DPI, _MOST_DPI = 50, 1200


class ImageRefusedError(Exception):
    """No page: not a PNG, JPEG or PNM image, not to its end, or of more pixels than paper has."""


@dataclass(frozen=True, slots=True)
class ImageLook:
    """``kind`` is ``PNG``, ``JPEG`` or ``PPM``; ``dpi`` 0 where the file says nothing or nonsense."""

    kind: str
    size_px: tuple[int, int]
    dpi: int


def look_at(path: Path) -> ImageLook:
    """Return what a whole image file says of itself.

    Raises:
        ImageRefusedError: it is no page.
        OSError: it can't be read.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  only when a page has come

    with path.open("rb") as file:
        try:
            with Image.open(file, formats=(*_TAILS, _UNPACKED)) as image:
                look = ImageLook(str(image.format), image.size, _dpi(image.info.get("dpi")))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError) as error:
            raise ImageRefusedError from error
        except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError) as error:
            raise ImageRefusedError from error
    pixels = look.size_px[0] * look.size_px[1]
    if not 0 < pixels <= MOST_PIXELS or not _is_whole(path, look.kind):
        raise ImageRefusedError
    return look


def _is_whole(path: Path, kind: str) -> bool:
    """Tell whether the file goes on to its end."""
    if kind in _TAILS:
        return _TAILS[kind] in tail(path, _TAIL_BYTES)
    with path.open("rb") as file:
        head = _HEAD.match(file.read(_HEAD_BYTES))
        if head is None:
            return False
        bits = 1 if head[1] else (8 if head[2] == b"5" else 24) * (2 if int(head[5]) > _BYTE else 1)
        return file.seek(0, os.SEEK_END) >= head.end() + -(-int(head[3]) * bits // 8) * int(head[4])


def tail(path: Path, count: int) -> bytes:
    """Return the last bytes of a file.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - count))
        return file.read(count)


def _dpi(told: object) -> int:
    try:
        across, down = (round(float(each)) for each in told)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ArithmeticError):
        return 0
    return across if across == down and _LEAST_DPI <= across <= _MOST_DPI else 0
