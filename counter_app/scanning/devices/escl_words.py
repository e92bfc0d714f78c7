"""The XML of eSCL: what a scanner says of itself and of its jobs, and what it is asked for.

Names are read whatever their namespace is, as devices differ. A document may be hostile: one with a document type or entities is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from counter_app.domain.scan_profile import USUAL_DPI, Abilities, ScanColour, ScanSettings, ScanSource

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PWG, SCAN = "http://www.pwg.org/schemas/2010/12/sm", "http://schemas.hp.com/imaging/escl/2011/05/03"
_UNITS_PER_MM = 300 / 25.4
_LONGEST_TEXT = 200
_CAPS: Mapping[ScanSource, str] = {
    ScanSource.FLATBED: "PlatenInputCaps", ScanSource.ADF: "AdfSimplexInputCaps", ScanSource.ADF_DUPLEX: "AdfDuplexInputCaps",
}
_COLOURS: Mapping[str, ScanColour] = {
    "RGB24": ScanColour.COLOUR, "RGB48": ScanColour.COLOUR, "Grayscale8": ScanColour.GREY, "Grayscale16": ScanColour.GREY,
    "BlackAndWhite1": ScanColour.BITONAL,
}
_MODES = {ScanColour.COLOUR: "RGB24", ScanColour.GREY: "Grayscale8", ScanColour.BITONAL: "BlackAndWhite1"}
_JPEG, _PNG = "image/jpeg", "image/png"


class WrongAnswerError(Exception):
    """What came is not the document that was asked for."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a scanner says of itself; ``formats`` are the media types that it can send."""

    name: str
    version: str
    abilities: Abilities
    formats: frozenset[str]


@dataclass(frozen=True, slots=True)
class JobInfo:
    """One job in a status: ``state`` as the device writes it (``Completed``), ``completed`` pages scanned, None where it doesn't count."""

    state: str
    completed: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """What a scanner is doing. ``adf`` is empty where it has no feeder or doesn't say; jobs by the last part of their address."""

    state: str
    adf: str
    jobs: Mapping[str, JobInfo]


def read_capabilities(data: bytes) -> Capabilities:
    """Read ``ScannerCapabilities``.

    Raises:
        WrongAnswerError: it is none.
    """
    root = _root(data, "ScannerCapabilities")
    sources: list[ScanSource] = []
    areas: dict[ScanSource, tuple[float, float]] = {}
    for source, name in _CAPS.items():
        found = root.find(f".//{{*}}{name}")
        if found is not None:
            sources.append(source)
            width, height = _number(found, "MaxWidth"), _number(found, "MaxHeight")
            if width and height:
                areas[source] = (width / _UNITS_PER_MM, height / _UNITS_PER_MM)
    formats = frozenset(_texts(root, "DocumentFormat", "DocumentFormatExt"))
    modes = {_COLOURS.get(text) for text in _texts(root, "ColorMode")} - ({ScanColour.BITONAL} if _PNG not in formats else set())
    colours = tuple(colour for colour in ScanColour if colour in modes)
    abilities = Abilities(tuple(sources), colours, _resolutions(root), areas)
    return Capabilities(_text(root, "MakeAndModel"), _text(root, "Version") or "2.0", abilities, formats)


def read_status(data: bytes) -> Status:
    """Read ``ScannerStatus``.

    Raises:
        WrongAnswerError: it is none.
    """
    root = _root(data, "ScannerStatus")
    jobs = {}
    for info in root.iterfind(".//{*}JobInfo"):
        told = JobInfo(_text(info, "JobState"), _number(info, "ImagesCompleted"))
        jobs[last_part(path_of(_text(info, "JobUri")))] = told
    return Status(_text(root, "State"), _text(root, "AdfState"), jobs)


def path_of(address: str) -> str:
    """Return the path of an address that a scanner told, whatever host it names; nothing where it is no address."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def last_part(path: str) -> str:
    """Return the part of a job's address that names the job."""
    return path.rstrip("/").rpartition("/")[2]


def write_settings(settings: ScanSettings, capabilities: Capabilities) -> bytes:
    """Return the ``ScanSettings`` of a job. What is black and white can't be sent as JPEG."""
    from lxml import etree  # noqa: PLC0415  late on purpose

    root = etree.Element(f"{{{SCAN}}}ScanSettings", nsmap={"pwg": PWG, "scan": SCAN})
    _add(root, PWG, "Version", capabilities.version)
    _add(root, SCAN, "Intent", "Document")
    if settings.size_mm is not None:
        region = _add(_add(root, PWG, "ScanRegions"), PWG, "ScanRegion")
        _add(region, PWG, "ContentRegionUnits", "escl:ThreeHundredthsOfInches")
        for name, length in (("XOffset", 0.0), ("YOffset", 0.0), ("Width", settings.size_mm[0]), ("Height", settings.size_mm[1])):
            _add(region, PWG, name, str(int(length * _UNITS_PER_MM)))
    _add(root, PWG, "InputSource", "Platen" if settings.source is ScanSource.FLATBED else "Feeder")
    if settings.source is not ScanSource.FLATBED:
        _add(root, SCAN, "Duplex", str(settings.source is ScanSource.ADF_DUPLEX).lower())
    _add(root, SCAN, "ColorMode", _MODES[settings.colour])
    for name in ("XResolution", "YResolution"):
        _add(root, SCAN, name, str(settings.dpi))
    kind = _PNG if settings.colour is ScanColour.BITONAL or (_JPEG not in capabilities.formats and _PNG in capabilities.formats) else _JPEG
    _add(root, PWG, "DocumentFormat", kind)
    _add(root, SCAN, "DocumentFormatExt", kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _root(data: bytes, name: str) -> Element:
    """Parse without entities, network and document types; the size of ``data`` was limited where it was fetched."""
    from lxml import etree  # noqa: PLC0415  late on purpose

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WrongAnswerError from error
    if root.getroottree().docinfo.doctype or etree.QName(root).localname != name:
        raise WrongAnswerError(name)
    return root


def _add(parent: Element, namespace: str, name: str, text: str | None = None) -> Element:
    from lxml import etree  # noqa: PLC0415  late on purpose

    child = etree.SubElement(parent, f"{{{namespace}}}{name}")
    child.text = text
    return child


def _texts(root: Element, *names: str) -> Iterator[str]:
    for name in names:
        for found in root.iterfind(f".//{{*}}{name}"):
            yield (found.text or "").strip()[:_LONGEST_TEXT]


def _text(root: Element, name: str) -> str:
    return next(_texts(root, name), "")


def _number(root: Element, name: str) -> int | None:
    text = _text(root, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _resolutions(root: Element) -> tuple[int, ...]:
    """Return those that are the same across and down; of a range the usual ones."""
    found = set()
    for pair in root.iterfind(".//{*}DiscreteResolution"):
        across, down = _number(pair, "XResolution"), _number(pair, "YResolution")
        if across and across == down:
            found.add(across)
    for bounds in root.iterfind(".//{*}XResolutionRange"):
        least, most = _number(bounds, "Min") or 0, _number(bounds, "Max") or 0
        found |= {dpi for dpi in USUAL_DPI if least <= dpi <= most}
    return tuple(sorted(found))
