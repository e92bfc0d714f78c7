"""What ``scanimage -A`` prints about a device, and the options of a call that make it scan as wished.

Every driver has its own words, so sources and modes are known by what they contain; an option that a driver lacks is left out of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counter_app.domain.scan_profile import USUAL_DPI, Abilities, ScanColour, ScanSettings, ScanSource

_LINE = re.compile(r"^ {4}(?P<name>--?[A-Za-z][\w-]*)(?P<flag>\[=\([^)]*\)\])?(?P<rest>.*)$")
_NOW = re.compile(r"^(?:(?P<values>.*?)\s+)?\[(?P<now>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\s+\[[a-z]+\])*$")
"""Values, and in brackets the one that holds now; some drivers have brackets in their words."""
_RANGE = re.compile(r"^(?P<low>-?[\d.]+)\.\.(?P<high>-?[\d.]+)")
_OFF = {"inactive", "read-only", "hardware"}
_SOURCES: Mapping[ScanSource, tuple[str, ...]] = {
    ScanSource.ADF_DUPLEX: (r"duplex|both sides|two.?sided",),
    ScanSource.ADF: (r"(adf|feeder).*front", r"^(?!.*(duplex|back|both)).*(adf|feeder)", r"sheet.?fed"),
    ScanSource.FLATBED: (r"flat.?bed|platen|glass|^normal$",),
}
_MODES: Mapping[ScanColour, tuple[str, ...]] = {
    ScanColour.COLOUR: (r"^colou?r$", r"^24.?bit colou?r", r"^(?!.*gray).*colou?r"),
    ScanColour.GREY: (r"^gr[ae]y$", r"^true gr[ae]y", r"gr[ae]y"),
    ScanColour.BITONAL: (r"^lineart$", r"^black ?(&|and) ?white$", r"lineart|monochrome|binary|^bw$"),
}


@dataclass(frozen=True, slots=True)
class SaneOption:
    """One option that can be set now: its choices, or the bounds of its range, or neither; ``flag`` where it is yes or no."""

    name: str
    choices: tuple[str, ...]
    low: float | None
    high: float | None
    now: str
    flag: bool


SaneOptions = Mapping[str, SaneOption]


def read_options(printed: str) -> SaneOptions:
    """Return the options in the answer of ``scanimage -A`` that can be set, by name; lines that are none are passed over."""
    found = (_option(line) for line in printed.splitlines())
    return {option.name: option for option in found if option is not None}


def abilities(options: SaneOptions) -> Abilities:
    """Return what a device can do; empty where it doesn't say."""
    area = _area(options)
    sources = _sources(options)
    modes = options.get("--mode")
    colours = tuple(colour for colour in ScanColour if modes and _first(modes.choices, _MODES[colour]))
    return Abilities(sources, colours, _resolutions(options.get("--resolution")), dict.fromkeys(ScanSource, area) if area else {})


def source_words(options: SaneOptions, source: ScanSource) -> list[str]:
    """Return the words of a call that choose the source; none where the device has one source only."""
    words: list[str] = []
    duplex = source is ScanSource.ADF_DUPLEX
    given = options.get("--source")
    patterns = (*_SOURCES[source], *_SOURCES[ScanSource.ADF]) if duplex else _SOURCES[source]
    if given and (word := _first(given.choices, patterns)):
        words.append(f"--source={word}")
    side = options.get("--adf-mode")
    if side and (word := _first(side.choices, (r"duplex",) if duplex else (r"simplex",))):
        words.append(f"--adf-mode={word}")
    if "--duplex" in options and options["--duplex"].flag:
        words.append(f"--duplex={'yes' if duplex else 'no'}")
    return words


def setting_words(options: SaneOptions, settings: ScanSettings) -> list[str]:
    """Return the words of a call for mode, depth, resolution and size, each only where the device has the option."""
    words: list[str] = []
    mode = options.get("--mode")
    if mode and (word := _first(mode.choices, _MODES[settings.colour])):
        words.append(f"--mode={word}")
    depth = options.get("--depth")
    if depth and settings.colour is not ScanColour.BITONAL and "8" in depth.choices:
        words.append("--depth=8")
    if "--resolution" in options:
        words.append(f"--resolution={settings.dpi}")
    return words + _size_words(options, settings.size_mm)


def _size_words(options: SaneOptions, size: tuple[float, float] | None) -> list[str]:
    """A feeder's page size comes before the scan area, which it bounds."""
    words: list[str] = []
    if size is not None:
        for name, length in (("--page-width", size[0]), ("--page-height", size[1])):
            if name in options:
                words.append(f"{name}={length:g}")
        words += [word for corner in ("-l", "-t") if corner in options for word in (corner, "0")]
        words += [word for name, length in (("-x", size[0]), ("-y", size[1])) if name in options for word in (name, f"{length:g}")]
    return words


def _option(line: str) -> SaneOption | None:
    found = _LINE.match(line)
    if found is None:
        return None
    shown = _NOW.match(found["rest"].strip())
    if shown is None or shown["now"] in _OFF:
        return None
    values = (shown["values"] or "").lstrip("=")
    bounds = _RANGE.match(values)
    choices = () if bounds else tuple(_without_unit(values))
    low, high = (float(bounds["low"]), float(bounds["high"])) if bounds else (None, None)
    return SaneOption(found["name"], choices, low, high, shown["now"], found["flag"] is not None)


def _without_unit(values: str) -> Iterable[str]:
    """A unit stands behind the last number of a list: ``75|150|300dpi``."""
    for choice in filter(None, values.split("|")):
        yield re.sub(r"(?<=\d)(dpi|mm|pel|bit|us|%)$", "", choice)


def _sources(options: SaneOptions) -> tuple[ScanSource, ...]:
    """A device without a source to choose is taken for a glass: asked for a stack, it would scan the same sheet for ever."""
    given = options.get("--source")
    found = {source for source in ScanSource if given and _first(given.choices, _SOURCES[source])}
    if _has_second_side(options) and (ScanSource.ADF in found or not found):
        found |= {ScanSource.ADF, ScanSource.ADF_DUPLEX}
    return tuple(source for source in ScanSource if source in found) or (ScanSource.FLATBED,)


def _has_second_side(options: SaneOptions) -> bool:
    """Tell whether both sides are an option of its own."""
    side, switch = options.get("--adf-mode"), options.get("--duplex")
    return bool(side and _first(side.choices, (r"duplex",))) or bool(switch and switch.flag)


def _first(choices: Sequence[str], patterns: Sequence[str]) -> str:
    return next((choice for pattern in patterns for choice in choices if re.search(pattern, choice, re.IGNORECASE)), "")


def _resolutions(option: SaneOption | None) -> tuple[int, ...]:
    if option is None:
        return ()
    if option.low is not None and option.high is not None:
        usual = tuple(dpi for dpi in USUAL_DPI if option.low <= dpi <= option.high)
        return usual or (int(option.high),)
    return tuple(sorted({int(choice) for choice in option.choices if choice.isdigit()}))


def _area(options: SaneOptions) -> tuple[float, float] | None:
    """The widest of the area itself and the page that a feeder can be told."""
    lengths = []
    for names in (("-x", "--page-width"), ("-y", "--page-height")):
        known = [options[name].high for name in names if name in options]
        lengths.append(max((high for high in known if high is not None), default=0.0))
    return (lengths[0], lengths[1]) if all(lengths) else None
