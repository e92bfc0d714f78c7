"""The serials that the province lends this device, as its profile keeps them (province contract 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from counter_app.services.settings import DeskProfile

Lease = Mapping[str, Any]


def leased(profile: DeskProfile, leases: Sequence[Lease], today: date) -> DeskProfile:
    """Return a profile that numbers by its leases: the first in force today, provisional codes where there is none.

    No lease at all changes nothing: the commune numbers as it did before it was enrolled.

    Raises:
        LookupError, TypeError, ValueError: a lease has another shape than the contract's.
    """
    valid = [each for each in leases if each["valid_from"] <= today.isoformat() <= each["valid_to"]]
    official = next((each for each in valid if each["mode"] == "official" and each["normal"]), None)
    if official is None:
        return replace(profile, provisional=True) if leases else profile
    recovery = sorted(official["recovery"], key=_generation)
    return replace(
        profile, provisional=False, provisional_fallback=True,
        serial_first=int(official["normal"]["from"]), serial_last=int(official["normal"]["to"]),
        recovery_ranges=tuple((int(each["from"]), int(each["to"])) for each in recovery) or profile.recovery_ranges)


def runs_out(leases: Sequence[Lease], today: date) -> bool:
    """Tell whether less than half of the longest lease is left, so that it is time to ask for more (N7)."""
    ends = [(date.fromisoformat(each["valid_to"]), date.fromisoformat(each["valid_from"])) for each in leases]
    if not ends:
        return True
    last, first = max(ends)
    return 2 * (last - today).days < (last - first).days


def _generation(lease: Lease) -> int:
    return int(lease["generation"])
