"""What a desk has set for its updates, what it has seen of them, and how much of the line they used today."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.events import JsonObject
from counter_app.domain.moments import day_of
from counter_app.services.line.terms import MEGABYTE, LineSettings, sent_today, settings_of
from counter_app.services.ports import UnitOfWork

_KEY = "update/"


@dataclass(frozen=True, slots=True)
class UpdateTerms:
    """Of one computer. ``address``: where releases are published, empty for by stick only; ``automatic``: fetch and prepare by itself.

    ``seen`` is the newest head that was found good, ``day`` and ``used`` the bytes that updates fetched on a day.
    """

    address: str = ""
    automatic: bool = True
    seen: JsonObject | None = None
    day: str = ""
    used: int = 0


def terms_of(uow: UnitOfWork, device: str) -> UpdateTerms:
    """Return what a device has set; members that this version does not know are left aside."""
    stored: dict[str, Any] = uow.settings.get(_KEY + device) or {}
    known = {each.name for each in fields(UpdateTerms)}
    return UpdateTerms(**{name: value for name, value in stored.items() if name in known})


def keep_terms(uow: UnitOfWork, device: str, terms: UpdateTerms) -> None:
    """Store what a device has set and seen."""
    uow.settings.put(_KEY + device, asdict(terms))


def with_use(terms: UpdateTerms, fetched: int, now: datetime) -> UpdateTerms:
    """Return the terms after some bytes came over the line."""
    today = day_of(now).isoformat()
    return replace(terms, day=today, used=fetched + (terms.used if terms.day == today else 0))


def allowance(uow: UnitOfWork, device: str, now: datetime, *, on_metered: bool) -> int | None:
    """Return how many bytes an update may still fetch today; None for as many as it takes. Scans and updates share the day's budget.

    Raises:
        RuleBrokenError: UPDATE_METERED, the line is paid by what goes over it and nobody said that it may.
    """
    line: LineSettings = settings_of(uow, device)
    if on_metered:
        return None
    if line.metered:
        raise broken("UPDATE_METERED")
    if not line.daily_mb:
        return None
    terms = terms_of(uow, device)
    used = terms.used if terms.day == day_of(now).isoformat() else 0
    return max(0, line.daily_mb * MEGABYTE - sent_today(uow, device, now) - used)
