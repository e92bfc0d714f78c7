"""Where and when a computer keeps copies of its desk, and how many: one setting for each device, for places are those of a computer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.services.keeping.policy import Keep
from counter_app.services.ports import JsonValue

PREFIX = "backup."
MOST_PLACES, MOST_TIMES, MOST_KEPT = 5, 6, 400
USUAL = Keep()
_PLACE = re.compile(r'\s*(?:"((?:[^"]|"")*)"|((?!["\s])[^,]*|))\s*(?:,|\Z)')
"""One of several places as it is typed: between quotes, in which each quote stands twice, or as far as the next comma."""


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """``places`` are folders on other disks, shares or sticks, by their full paths; ``times`` moments of a day beside start and close."""

    places: tuple[str, ...] = ()
    times: tuple[time, ...] = (time(11, 45),)
    at_close: bool = True
    keep: Keep = USUAL


def key_of(device: str) -> str:
    """Return the name of the setting of a device."""
    return f"keeping/{device}"


def to_stored(settings: KeepingSettings) -> dict[str, JsonValue]:
    """Return settings as JSON values."""
    return {"places": list(settings.places), "times": [f"{each:%H:%M}" for each in settings.times], "at_close": settings.at_close,
            "keep": asdict(settings.keep)}


def from_stored(stored: Mapping[str, Any] | None) -> KeepingSettings:
    """Return what was stored; members that this version does not know are left aside."""
    if stored is None:
        return KeepingSettings()
    known = {field.name for field in fields(Keep)}
    return KeepingSettings(
        tuple(stored["places"]), tuple(time.fromisoformat(each) for each in stored["times"]), bool(stored["at_close"]),
        Keep(**{name: count for name, count in stored["keep"].items() if name in known}))


def values(settings: KeepingSettings) -> dict[str, JsonValue]:
    """Return the settings by name, places and times as lists."""
    stored = to_stored(settings)
    counts = {f"keep_{name}": count for name, count in asdict(settings.keep).items()}
    return {PREFIX + name: value for name, value in (stored | counts).items() if name != "keep"}


def quoted(place: str) -> str:
    """Return a place as it is typed among others, with commas between: in quotes where it could not be told apart otherwise."""
    if "," not in place and not place.startswith('"') and place == place.strip():
        return place
    doubled = place.replace('"', '""')
    return f'"{doubled}"'


NAMES = tuple(values(KeepingSettings()))
"""The names of all settings."""


def changed(settings: KeepingSettings, wishes: Mapping[str, str]) -> KeepingSettings:
    """Return the settings with the wishes that are about them, named as :func:`values` does.

    Raises:
        RuleBrokenError: BACKUP_PLACE_RELATIVE, BACKUP_PLACE_QUOTES, BACKUP_PLACES_MANY, BACKUP_TIME_UNREADABLE, SETTING_NO_FLAG,
            SETTING_NO_NUMBER, BACKUP_COUNT_IMPOSSIBLE, every one at its key.
    """
    problems: list[Problem] = []
    for key, text in wishes.items():
        if key.startswith(PREFIX):
            try:
                settings = _changed(settings, key.removeprefix(PREFIX), text)
            except RuleBrokenError as error:
                problems += [Problem(each.code, key, each.params) for each in error.problems]
    if problems:
        raise RuleBrokenError(*problems)
    return settings


def _changed(settings: KeepingSettings, name: str, text: str) -> KeepingSettings:
    readers: dict[str, Callable[[str], Any]] = {"places": _places, "times": _times, "at_close": _flag}
    if name in readers:
        return replace(settings, **{name: readers[name](text)})
    return replace(settings, keep=replace(settings.keep, **{name.removeprefix("keep_"): _count(text)}))


def _places(text: str) -> tuple[str, ...]:
    places = tuple(dict.fromkeys(_each_place(text)))
    if len(places) > MOST_PLACES:
        raise broken("BACKUP_PLACES_MANY", None, most=MOST_PLACES)
    for place in places:
        if not (PurePosixPath(place).is_absolute() or PureWindowsPath(place).is_absolute()):
            raise broken("BACKUP_PLACE_RELATIVE", None, path=place)
    return places


def _each_place(text: str) -> Iterator[str]:
    """Yield the places that were typed. Raises RuleBrokenError BACKUP_PLACE_QUOTES."""
    at = 0
    while at < len(text):
        found = _PLACE.match(text, at)
        if found is None:
            raise broken("BACKUP_PLACE_QUOTES", None, path=text[at:].strip())
        in_quotes, plain = found.groups()
        if place := plain.strip() if in_quotes is None else in_quotes.replace('""', '"'):
            yield place
        at = found.end()


def _times(text: str) -> tuple[time, ...]:
    try:
        times = {time.fromisoformat(each.strip()).replace(second=0, microsecond=0, tzinfo=None) for each in text.split(",") if each.strip()}
    except ValueError:
        raise broken("BACKUP_TIME_UNREADABLE") from None
    if len(times) > MOST_TIMES:
        raise broken("BACKUP_TIME_UNREADABLE")
    return tuple(sorted(times))


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise broken("SETTING_NO_FLAG")
    return text == "true"


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_KEPT))):
        raise broken("SETTING_NO_NUMBER")
    if int(text) > MOST_KEPT:
        raise broken("BACKUP_COUNT_IMPOSSIBLE", None, most=MOST_KEPT)
    return int(text)
