"""Pixels as the bytes that a PDF holds: JPEG for tones, CCITT group 4 for ink."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO

import cv2
from PIL import Image

from counter_app.scanning.paper.pixels import Pixels

_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTES = 278, 273, 279


@dataclass(frozen=True, slots=True)
class Packed:
    """Pixels as a stream. ``filters`` are PDF names, the outermost first; ``size_px`` width and height."""

    data: bytes
    filters: tuple[str, ...]
    size_px: tuple[int, int]


def jpeg(pixels: Pixels, quality: int, *, sharp_colours: bool = False) -> Packed:
    """Return tones as a JPEG, quality 1 to 100, colours in half as many dots where they needn't be sharp.

    One that is mostly paper is packed once more, which leaves hundreds of bytes of many thousands.
    """
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444 if sharp_colours else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
    words = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    plain = cv2.imencode(".jpg", pixels, words)[1].tobytes()
    size = (pixels.shape[1], pixels.shape[0])
    packed = zlib.compress(plain, 9)
    if len(packed) < 0.9 * len(plain):
        return Packed(packed, ("/FlateDecode", "/DCTDecode"), size)
    return Packed(plain, ("/DCTDecode",), size)


def group4(ink: Pixels) -> Packed:
    """Return a mask, not 0 where there is ink, as group 4 fax rows in which ink is black.

    A TIFF writer packs bits as they are and only notes what they mean; in the fax code 1 is black, so ink is handed to it as 1.
    """
    height, width = ink.shape
    out = BytesIO()
    Image.fromarray(ink != 0).save(out, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: height})
    with Image.open(out) as written:
        tags = dict(written.tag_v2)  # type: ignore[attr-defined]
    (start,), (count,) = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
    return Packed(out.getvalue()[start:start + count], ("/CCITTFaxDecode",), (width, height))
