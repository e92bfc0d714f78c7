"""The ways of scanning that are shipped as data."""

from __future__ import annotations

from functools import cache
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.scan_profile import CleanUp, PdfProfile, ScanColour, ScanProfile, ScanSource
from counter_app.support.resources import shipped_json


@cache
def profiles() -> tuple[ScanProfile, ...]:
    """Return the profiles in the order they are shown."""
    return tuple(_profile(known) for known in shipped_json("scanning/profiles.json")["profiles"])


def profile_named(name: str) -> ScanProfile:
    """Return a profile by its name.

    Raises:
        RuleBrokenError: SCAN_PROFILE_UNKNOWN at ``profile``, with the names that there are.
    """
    for profile in profiles():
        if profile.name == name:
            return profile
    raise broken("SCAN_PROFILE_UNKNOWN", "profile", profile=name[:40], known=", ".join(profile.name for profile in profiles()))


def _profile(known: dict[str, Any]) -> ScanProfile:
    return ScanProfile(
        known["name"], known["titles"], known["key"], ScanSource(known["source"]), known["dpi"], ScanColour(known["colour"]),
        known["paper"], CleanUp(**known["clean_up"]), PdfProfile(known["file"]))
