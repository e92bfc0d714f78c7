"""What happened to a dossier after its receipt, as ``show`` gives it back: the values of :mod:`counter_app.domain.life` by their names."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.moments import write_local

MEMBERS = (
    "holder", "online_level", "on_the_spot", "out_of_area", "step", "steps", "hand_overs", "supplements", "extensions", "results", "parcel",
    "handed_back", "ending", "rating", "linked",
)
"""Members of a dossier that are shown as they are."""


def life_json(dossier: Dossier) -> dict[str, Any]:
    """Return the members of *show* that tell of the life of a dossier; what did not happen is null or an empty list."""
    return {name: _plain(getattr(dossier, name)) for name in MEMBERS}


def _plain(value: object) -> Any:  # noqa: ANN401  a JSON value
    if isinstance(value, datetime):
        return write_local(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
