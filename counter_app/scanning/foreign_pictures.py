"""PNG, JPEG and TIFF files from outside become pages: as they are where every later step reads them, else as PNG with the same pixels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps

from counter_app.domain.errors import broken, failed
from counter_app.domain.scan_profile import USUAL_DPI
from counter_app.scanning.devices.image_file import ImageRefusedError, look_at
from counter_app.scanning.foreign_checks import check_page_count, check_page_size, page_too_large
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

_KEPT = {("PNG", "RGB"): ".png", ("PNG", "L"): ".png", ("PNG", "1"): ".png", ("JPEG", "RGB"): ".jpg", ("JPEG", "L"): ".jpg"}
_PLAIN = ("1", "L", "RGB")
_LEAST_DPI, _MOST_DPI, _SCREEN = 50, 1200, (72, 96)
"""Programs that know no resolution write that of a screen."""
_A4_INCHES = 297 / 25.4
_ORIENTATION, _SIDEWAYS = 0x0112, frozenset({5, 6, 7, 8})
"""The EXIF word that turns a picture, and its values that exchange width and height."""


def picture_pages(path: Path, kind: str, limits: ForeignLimits, out_dir: Path, *, first: int) -> Iterator[ScannedPage]:
    """Yield the pages of a picture file of one ``kind``; only a TIFF has several.

    Raises:
        RuleBrokenError: FOREIGN_DAMAGED, FOREIGN_TOO_MANY_PAGES, FOREIGN_PAGE_TOO_LARGE.
        SurroundingsError: FOREIGN_NO_ROOM.
    """
    with _decoding(path, limits), Image.open(path, formats=(kind,)) as picture:
        frames = getattr(picture, "n_frames", 1) if kind == "TIFF" else 1
    check_page_count(frames, path, limits)
    for frame in range(frames):
        with _decoding(path, limits), Image.open(path, formats=(kind,)) as picture:
            if frame:
                picture.seek(frame)
            check_page_size(picture.size, path, limits)
            page = _keep(picture, path, out_dir / f"page-{first + frame:04d}", first + frame)
        yield page


@contextmanager
def _decoding(path: Path, limits: ForeignLimits) -> Iterator[None]:
    """Turn whatever a decoder says about strange bytes into a sentence; an error of the system has a number, one of the decoder none."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise page_too_large(path, limits) from error
    except OSError as error:
        if error.errno is not None:
            raise failed("FOREIGN_NO_ROOM", name=path.name) from error
        raise broken("FOREIGN_DAMAGED", name=path.name) from error
    except (ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, MemoryError) as error:
        raise broken("FOREIGN_DAMAGED", name=path.name) from error


def _keep(picture: Image.Image, path: Path, stem: Path, ordinal: int) -> ScannedPage:
    """Write one page, decoded once and wholly: what harms a decoder shows here, in the process for it, and not in a later step."""
    dpi, size = _dpi(picture.info.get("dpi"), picture.size), picture.size
    suffix = _KEPT.get((picture.format or "", picture.mode))
    if suffix and "transparency" not in picture.info and _is_plain_file(path):
        turned = picture.getexif().get(_ORIENTATION) in _SIDEWAYS
        picture.load()
        out = stem.with_suffix(suffix)
        shutil.copyfile(path, out)
        return ScannedPage(out, dpi, "front", ordinal, size[::-1] if turned else size)
    ImageOps.exif_transpose(picture, in_place=True)  # a PNG is written without the word that turns it
    plain, out = _plain(picture), stem.with_suffix(".png")
    plain.save(out, compress_level=1, dpi=(dpi, dpi))
    return ScannedPage(out, dpi, "front", ordinal, plain.size)


def _is_plain_file(path: Path) -> bool:
    """Tell whether a file is a picture to its end: with a film or another picture behind it, as phones make them, no scanner gives it."""
    try:
        look_at(path)
    except ImageRefusedError:
        return False
    return True


def _plain(picture: Image.Image) -> Image.Image:
    """Return the picture in black and white, grey or colour; what is transparent lies on white paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        return paper.convert("RGB")
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture if picture.mode in _PLAIN else picture.convert("RGB")


def _dpi(told: object, size: tuple[int, int]) -> int:
    """Return the resolution that a file tells; where it tells none it is guessed, as if the paper were A4."""
    try:
        dpi = round(float(told[0]))  # type: ignore[index]
    except (TypeError, ValueError, LookupError, ArithmeticError):
        dpi = 0
    if _LEAST_DPI <= dpi <= _MOST_DPI and dpi not in _SCREEN:
        return dpi
    return min(USUAL_DPI, key=lambda usual: abs(usual - max(size) / _A4_INCHES))
