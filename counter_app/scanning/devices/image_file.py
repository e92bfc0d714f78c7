"""What the file of a page says of itself, read from its first and last bytes; a page as the device gave it is not decoded here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MOST_PIXELS = 80_000_000
"""A3 at 600 dpi has 70 million."""
_TAILS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_TAIL_BYTES = 1024
"""Some devices pad what they send."""
_LEAST_DPI, _MOST_DPI = 50, 1200


class ImageRefusedError(Exception):
    """No page: not a PNG or JPEG image, not to its end, or of more pixels than paper has."""


@dataclass(frozen=True, slots=True)
class ImageLook:
    """``kind`` is ``PNG`` or ``JPEG``; ``dpi`` 0 where the file says nothing or nonsense."""

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
            with Image.open(file, formats=tuple(_TAILS)) as image:
                look = ImageLook(str(image.format), image.size, _dpi(image.info.get("dpi")))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError) as error:
            raise ImageRefusedError from error
        except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError) as error:
            raise ImageRefusedError from error
    pixels = look.size_px[0] * look.size_px[1]
    if not 0 < pixels <= MOST_PIXELS or _TAILS[look.kind] not in tail(path, _TAIL_BYTES):
        raise ImageRefusedError
    return look


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
