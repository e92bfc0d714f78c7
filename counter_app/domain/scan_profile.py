"""How a stack of paper is scanned: profiles, what a device can do, and what becomes of a wish that it can not fulfil.

An image of a paper is in colour, at least 200 dpi and 1:1 (Nghị định 30/2020/NĐ-CP, annex I), so a device that can not do as
wished is asked for more before it is asked for less, and whatever differs is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.errors import Problem

PAPER_MM: Mapping[str, tuple[float, float]] = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4)}
"""Width and height in millimetres by name."""
WHOLE_AREA = "whole"
"""The paper size of what has none: all that the device can see."""
USUAL_DPI = (75, 100, 150, 200, 240, 300, 400, 600)
_ROUNDING_MM = 3.0
"""Devices say 215.7 or 296.9 where they mean a paper."""


class ScanSource(StrEnum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    ADF = "adf"
    ADF_DUPLEX = "adf_duplex"


class ScanColour(StrEnum):
    """What a pixel holds."""

    COLOUR = "colour"
    GREY = "grey"
    BITONAL = "bitonal"


class PdfProfile(StrEnum):
    """What becomes of the pixels. The law asks for colour, 200 dpi and 1:1 (Nghị định 30/2020/NĐ-CP, annex I): a full ground is usual."""

    JPEG = "jpeg"
    MIXED = "mixed"
    MIXED_SMALL = "mixed_small"
    BITONAL = "bitonal"


@dataclass(frozen=True, slots=True)
class CleanUp:
    """What is done to the pages afterwards, unless it is switched off for one of them."""

    deskew: bool = True
    whiten: bool = True
    crop: bool = True
    hide_blank: bool = True


@dataclass(frozen=True, slots=True)
class ScanProfile:
    """A way of scanning under one key, and what becomes of its pages: ``clean_up``, and ``file``, the kind of file.

    ``titles`` are its names by language, ``paper`` a name of :data:`PAPER_MM` or :data:`WHOLE_AREA`.
    """

    name: str
    titles: Mapping[str, str]
    key: str
    source: ScanSource
    dpi: int
    colour: ScanColour
    paper: str
    clean_up: CleanUp
    file: PdfProfile = PdfProfile.MIXED


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a device can do; ``resolutions`` in dpi, rising; ``area_mm`` the largest paper by source, where the device says so."""

    sources: tuple[ScanSource, ...]
    colours: tuple[ScanColour, ...]
    resolutions: tuple[int, ...]
    area_mm: Mapping[ScanSource, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What a device is asked for; ``size_mm`` None: all that it can see."""

    source: ScanSource
    dpi: int
    colour: ScanColour
    size_mm: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Fitted:
    """Settings that a device can do, and a sentence for each wish that it can not."""

    settings: ScanSettings
    lacks: tuple[Problem, ...]


def fit(profile: ScanProfile, abilities: Abilities) -> Fitted:
    """Return what comes nearest to a profile on a device. A device that says nothing about an option gets the wish as it is."""
    lacks: list[Problem] = []
    source = _source(profile.source, abilities.sources, lacks)
    colour = _colour(profile.colour, abilities.colours, lacks)
    dpi = _dpi(profile.dpi, abilities.resolutions, lacks)
    size = _size(profile.paper, abilities.area_mm.get(source), lacks)
    return Fitted(ScanSettings(source, dpi, colour, size), tuple(lacks))


_INSTEAD = {
    ScanSource.ADF_DUPLEX: (ScanSource.ADF, ScanSource.FLATBED),
    ScanSource.ADF: (ScanSource.ADF_DUPLEX, ScanSource.FLATBED),
    ScanSource.FLATBED: (ScanSource.ADF, ScanSource.ADF_DUPLEX),
}
_SOURCE_LACKS = {
    (ScanSource.ADF_DUPLEX, ScanSource.ADF): "SCAN_LACKS_DUPLEX", (ScanSource.ADF_DUPLEX, ScanSource.FLATBED): "SCAN_LACKS_FEEDER",
    (ScanSource.ADF, ScanSource.ADF_DUPLEX): "SCAN_LACKS_ONE_SIDE", (ScanSource.ADF, ScanSource.FLATBED): "SCAN_LACKS_FEEDER",
    (ScanSource.FLATBED, ScanSource.ADF): "SCAN_LACKS_GLASS", (ScanSource.FLATBED, ScanSource.ADF_DUPLEX): "SCAN_LACKS_GLASS",
}


def _source(wish: ScanSource, known: Sequence[ScanSource], lacks: list[Problem]) -> ScanSource:
    if not known or wish in known:
        return wish
    used = next(other for other in _INSTEAD[wish] if other in known)
    lacks.append(Problem(_SOURCE_LACKS[wish, used], "source"))
    return used


_COLOUR_INSTEAD = {
    ScanColour.COLOUR: (ScanColour.GREY, ScanColour.BITONAL), ScanColour.GREY: (ScanColour.COLOUR, ScanColour.BITONAL),
    ScanColour.BITONAL: (ScanColour.GREY, ScanColour.COLOUR),
}


def _colour(wish: ScanColour, known: Sequence[ScanColour], lacks: list[Problem]) -> ScanColour:
    if not known or wish in known:
        return wish
    used = next(other for other in _COLOUR_INSTEAD[wish] if other in known)
    lacks.append(Problem("SCAN_LACKS_COLOUR" if wish is ScanColour.COLOUR else f"SCAN_INSTEAD_{used.name}", "colour"))
    return used


def _dpi(wish: int, known: Sequence[int], lacks: list[Problem]) -> int:
    if not known or wish in known:
        return wish
    finer = [dpi for dpi in known if dpi > wish]
    used = min(finer) if finer else max(known)
    lacks.append(Problem("SCAN_OTHER_DPI" if finer else "SCAN_LACKS_DPI", "dpi", {"wish": wish, "used": used}))
    return used


def _size(paper: str, area: tuple[float, float] | None, lacks: list[Problem]) -> tuple[float, float] | None:
    if paper == WHOLE_AREA:
        return area
    width, height = PAPER_MM[paper]
    if area is None:
        return width, height
    if width > area[0] + _ROUNDING_MM or height > area[1] + _ROUNDING_MM:
        lacks.append(Problem("SCAN_LACKS_SIZE", "paper", {"paper": paper.upper(), "width": int(area[0]), "height": int(area[1])}))
    return min(width, area[0]), min(height, area[1])
