"""From the file of a scanned page to what a PDF holds of it, by profile."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import cv2

from counter_app.domain.scan_profile import PdfProfile
from counter_app.scanning.paper.clean import cleaned
from counter_app.scanning.paper.pixels import WHITE, Pixels, load
from counter_app.scanning.pdf.encoders import Packed, group4, jpeg
from counter_app.scanning.pdf.layers import Colour, apart, black_and_white
from counter_app.services.scanning.paper import PageWork

_TONES, _GROUND = 75, 50
"""JPEG quality of a page that is nothing else, and of what lies below the masks."""
_SMALL_DPI = 100
_BLACK: Colour = (0, 0, 0)
_POINTS = 72


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """A page of a file: its size in points, the ground (None: white paper), and masks with their colours, lowest first."""

    size_pt: tuple[float, float]
    ground: Packed | None
    inks: tuple[tuple[Packed, Colour], ...] = ()

    def digest(self) -> bytes:
        """Return the SHA-256 of what is seen on the page."""
        found = sha256(repr(self.size_pt).encode("ascii"))
        for packed, colour in ((self.ground, None), *self.inks):
            if packed is not None:
                found.update(repr((packed.size_px, colour, len(packed.data))).encode("ascii"))
                found.update(packed.data)
        return found.digest()


def encoded(work: PageWork, profile: PdfProfile) -> EncodedPage:
    """Return a page, cleaned as wished; its size on paper is exactly its pixels at its resolution.

    Raises:
        SurroundingsError: SCAN_PAGE_UNREADABLE.
    """
    dpi = work.page.dpi
    page = cleaned(load(work.page.path), work.clean_up, work.quarter_turns)
    size = (page.shape[1] * _POINTS / dpi, page.shape[0] * _POINTS / dpi)
    if profile is PdfProfile.JPEG:
        return EncodedPage(size, jpeg(page, _TONES, sharp_colours=True))
    if profile is PdfProfile.BITONAL:
        return EncodedPage(size, None, ((group4(black_and_white(page)), _BLACK),))
    layers = apart(page, dpi)
    ground = layers.ground if profile is PdfProfile.MIXED else _smaller(layers.ground, dpi)
    return EncodedPage(size, jpeg(ground, _GROUND), tuple((group4(layer.ink), layer.colour) for layer in layers.inks))


def _smaller(ground: Pixels, dpi: int) -> Pixels:
    scale = min(1.0, _SMALL_DPI / dpi)
    return ground if scale == 1 or ground.min() == WHITE else cast(
        "Pixels", cv2.resize(ground, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
