"""Shipped JSON files, read once."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from counter_app.support.paths import resource_path

JsonValue = Any


@cache
def shipped_json(relative: str) -> JsonValue:
    """Return a JSON file of ``resources/`` (``codes/agency_codes.json``); the same value each time, which nobody changes.

    Raises:
        OSError: the installation is incomplete.
        ValueError: the file is damaged.
    """
    return json.loads(resource_path(relative).read_text(encoding="utf-8"))
