"""The words of the program below the window: one sentence for each code, in Vietnamese and English.

They lie in ``resources/messages/<lang>/<room>.json``, flat ``{"CODE": "sentence with {value}"}``, one file for each room of the house.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from counter_app.support.paths import resource_path

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"


class Coded(Protocol):
    """What a sentence is made from: a code and the values in it (``domain.errors.Problem`` is one)."""

    @property
    def code(self) -> str:
        """The name of the sentence."""

    @property
    def params(self) -> Mapping[str, str | int]:
        """The values in it."""


@cache
def table(lang: str) -> Mapping[str, str]:
    """Return every sentence of a language, read from the disk the first time.

    Raises:
        ValueError: two rooms use the same code.
    """
    merged: dict[str, str] = {}
    for path in sorted(resource_path(f"messages/{lang}").glob("*.json")):
        room: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        if twice := merged.keys() & room.keys():
            raise ValueError(f"{path.name}: {sorted(twice)} stand in another room too")
        merged |= room
    return merged


def text(key: str, lang: str = DEFAULT_LANGUAGE, /, **params: str | int) -> str:
    """Return the sentence of ``key``; the key itself where no room has words for it, so that nothing is swallowed."""
    template = table(lang if lang in LANGUAGES else DEFAULT_LANGUAGE).get(key, key)
    return template.format_map(_Given(params))


def sentence(problem: Coded, lang: str = DEFAULT_LANGUAGE) -> str:
    """Return what is wrong and what to do, in words."""
    return text(problem.code, lang, **problem.params)


class _Given(dict[str, str | int]):
    """Values of a sentence; one that was not given stands there by name instead of breaking the message about a fault."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
