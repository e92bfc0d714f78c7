"""The design's tokens: colours by role for every theme, and measures, as plain data read from ``resources/themes/tokens.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.support.paths import resource_path

TOKENS_FILE = resource_path("themes/tokens.json")


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is shown: the role of its colour and its icon; never the colour alone."""

    role: str
    icon: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the theme file says. ``palette`` maps a role of ``QPalette`` to one of ours, ``disabled`` those that differ when disabled."""

    themes: Mapping[str, Mapping[str, str]]
    palette: Mapping[str, str]
    disabled: Mapping[str, str]
    states: Mapping[str, StateLook]
    family: str
    fallback: tuple[str, ...]
    points: Mapping[str, float]
    scales: tuple[int, ...]


def read_tokens() -> Tokens:
    """Read the theme file.

    Raises:
        OSError, ValueError, KeyError: the installation is damaged.
    """
    document = json.loads(TOKENS_FILE.read_text(encoding="utf-8"))
    palette = {name: role for name, role in document["qpalette"].items() if name not in {"groups", "not_in_qpalette"}}
    kinds = document["type"]
    return Tokens(
        themes={name: theme["colours"] for name, theme in document["themes"].items()},
        palette=palette,
        disabled=document["qpalette"]["groups"]["Disabled"],
        states={name: StateLook(state["role"], state["icon"]) for name, state in document["state_colours"].items()},
        family=kinds["family"],
        fallback=tuple(kinds["fallback"]),
        points={name: kinds[name]["pt"] for name in ("body", "title", "figure")},
        scales=tuple(kinds["scale_percent"]),
    )
