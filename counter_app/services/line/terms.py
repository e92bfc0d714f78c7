"""What a desk has set for its line: whether it sends at all, and how much of scans a day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.moments import VIETNAM, day_of
from counter_app.services.line.province import Terms
from counter_app.services.ports import UnitOfWork

MEGABYTE = 1_000_000
MOST_DAILY_MB = 100_000
FILES_S = 120.0
"""How long scans may have the line before the feed is read again."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How one computer uses its line. ``metered``: facts go, scans wait; ``daily_mb`` of scans a day at most, 0 for no limit."""

    paused: bool = False
    metered: bool = False
    daily_mb: int = 0


def settings_of(uow: UnitOfWork, device: str) -> LineSettings:
    """Return what was set for a device; members that this version does not know are left aside."""
    stored: dict[str, Any] = uow.settings.get(f"line/{device}") or {}
    known = {each.name for each in fields(LineSettings)}
    return LineSettings(**{name: value for name, value in stored.items() if name in known})


def keep_settings(uow: UnitOfWork, device: str, settings: LineSettings) -> dict[str, Any]:
    """Store what was set for a device, and return it as it is kept.

    Raises:
        RuleBrokenError: DAILY_IMPOSSIBLE at ``daily_mb``.
    """
    if not 0 <= settings.daily_mb <= MOST_DAILY_MB:
        raise broken("DAILY_IMPOSSIBLE", "daily_mb", most=MOST_DAILY_MB)
    stored = {"paused": settings.paused, "metered": settings.metered, "daily_mb": settings.daily_mb}
    uow.settings.put(f"line/{device}", stored)
    return stored


def file_allowance(settings: LineSettings, sent_today: int) -> int | None:
    """Return how many bytes of files may still be sent today; None for as many as there are."""
    if settings.metered:
        return 0
    return max(0, settings.daily_mb * MEGABYTE - sent_today) if settings.daily_mb else None


def sent_today(uow: UnitOfWork, device: str, now: datetime) -> int:
    """Return how many bytes of files a device has sent in passes that began today."""
    return uow.line.file_bytes(device, datetime.combine(day_of(now), time(), VIETNAM))


def terms_now(uow: UnitOfWork, device: str, now: datetime) -> Terms:
    """Return the terms of a pass that begins now."""
    return Terms(file_allowance(settings_of(uow, device), sent_today(uow, device, now)), FILES_S)
