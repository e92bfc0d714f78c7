"""The serials that the province lends this device, as its profile keeps them (province contract 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from counter_app.services.desk.settings import DeskProfile

Lease = Mapping[str, Any]
MOST_LEASES, GENERATIONS, LAST_SERIAL = 100, 4, 9999
"""What leases are at most (contract 3.3): so many, each with a range for each of four restores, and codes of four digits."""


def leased(profile: DeskProfile, leases: Sequence[Lease], today: date) -> DeskProfile:
    """Return a profile that numbers by its leases: the first in force today, then the further ones, provisional codes where there is none.

    No lease at all changes nothing: the commune numbers as it did before it was enrolled.

    Raises:
        LookupError, TypeError, ValueError: a lease has another shape than the contract's.
    """
    spans = [(each, *_days(each)) for each in leases]
    valid = [each for each, first, last in spans if first <= today <= last]
    official = [each for each in valid if each["mode"] == "official" and each["normal"]]
    if not official:
        return replace(profile, provisional=True) if leases else profile
    (first, last), *further = (_range(each["normal"]) for each in official)
    recovery = sorted(official[0]["recovery"], key=_generation)
    return replace(
        profile, provisional=False, provisional_fallback=True, serial_first=first, serial_last=last, further_ranges=tuple(further),
        recovery_ranges=tuple(_range(each) for each in recovery) or profile.recovery_ranges)


def checked(leases: Any) -> tuple[dict[str, Any], ...]:  # noqa: ANN401  any JSON value
    """Return leases as they came, each of the contract's shape and within its limits; raises as :func:`leased`."""
    found = tuple(dict(each) for each in leases)
    if len(found) > MOST_LEASES:
        raise ValueError(len(found))
    for each in found:
        _days(each)
        if each["mode"] == "official" and each["normal"]:
            _range(each["normal"])
            _check_recovery(each["recovery"])
    return found


def _check_recovery(ranges: Sequence[Lease]) -> None:
    """Refuse ranges of which no restore, or more than one, would take one."""
    for lent in ranges:
        _range(lent)
    generations = [_generation(lent) for lent in ranges]
    if len(set(generations)) < len(generations) or not set(generations) <= set(range(1, GENERATIONS + 1)):
        raise ValueError(generations)


def runs_out(leases: Sequence[Lease], today: date) -> bool:
    """Tell whether less than half of the longest lease is left, so that it is time to ask for more (N7)."""
    if not leases:
        return True
    last, first = max(_days(each)[::-1] for each in leases)
    return 2 * (last - today).days < (last - first).days


def _days(lease: Lease) -> tuple[date, date]:
    return date.fromisoformat(lease["valid_from"]), date.fromisoformat(lease["valid_to"])


def _range(lent: Lease) -> tuple[int, int]:
    """A range may begin with 0, which says that none was numbered where it is a last serial: the desk begins with 1."""
    first, last = int(lent["from"]), int(lent["to"])
    if not 0 <= first <= last <= LAST_SERIAL or last == 0:
        raise ValueError(last)
    return max(first, 1), last


def _generation(lease: Lease) -> int:
    return int(lease["generation"])
