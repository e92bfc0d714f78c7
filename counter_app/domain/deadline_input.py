"""Limits and options as other programs write them, and the bounds within which a deadline is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from counter_app.domain.calendar_document import read_clock, shown
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.moments import FIRST_YEAR, LAST_YEAR, VIETNAM, read_local

LARGEST: Mapping[LimitUnit, int] = {
    LimitUnit.WORKING_DAY: 1000, LimitUnit.DAY: 1500, LimitUnit.MONTH: 60, LimitUnit.HOUR: 8000,
}
"""No procedure takes longer; a larger value is a slip of the finger."""
MOST_PHASES = 12
MOST_EXTENSIONS = 10
DEFAULTS = DeadlineOptions()


def read_limits(value: object, field: str = "limit") -> tuple[Limit, ...]:
    """Read ``{"value", "unit"}``, ``{"phases": [limit, …]}`` or None, which is no limit.

    Raises:
        RuleBrokenError: LIMIT_MISSHAPEN, LIMIT_UNIT_UNKNOWN, LIMIT_VALUE_IMPOSSIBLE, PHASES_IMPOSSIBLE at the path of the bad member.
    """
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise broken("LIMIT_MISSHAPEN", field)
    if "phases" not in value:
        return (read_limit(value, field),)
    phases = value["phases"]
    if not isinstance(phases, list) or not 1 <= len(phases) <= MOST_PHASES:
        raise broken("PHASES_IMPOSSIBLE", f"{field}.phases", most=MOST_PHASES)
    return tuple(read_limit(phase, f"{field}.phases[{index}]") for index, phase in enumerate(phases))


def read_limit(value: object, field: str) -> Limit:
    """Read one ``{"value", "unit"}``; ``same_day`` needs no value. Raises as :func:`read_limits`."""
    if not isinstance(value, dict):
        raise broken("LIMIT_MISSHAPEN", field)
    unit = value.get("unit")
    if not isinstance(unit, str) or unit not in tuple(LimitUnit):
        raise broken("LIMIT_UNIT_UNKNOWN", f"{field}.unit", unit=shown(unit), known=", ".join(LimitUnit))
    number = value.get("value")
    if unit == LimitUnit.SAME_DAY:
        number = 1
    if isinstance(number, bool) or not isinstance(number, int):
        raise broken("LIMIT_VALUE_IMPOSSIBLE", f"{field}.value", value=shown(number), most=LARGEST[LimitUnit(unit)])
    limit = Limit(number, LimitUnit(unit))
    check_limit(limit, field)
    return limit


def check_limit(limit: Limit, field: str) -> None:
    """Refuse a limit that no procedure has.

    Raises:
        RuleBrokenError: LIMIT_VALUE_IMPOSSIBLE.
    """
    most = LARGEST.get(limit.unit)
    if most is not None and not 1 <= limit.value <= most:
        raise broken("LIMIT_VALUE_IMPOSSIBLE", f"{field}.value", value=shown(limit.value), most=most)


def check_limits(limits: Sequence[Limit], field: str = "limit") -> None:
    """Refuse limits that no procedure has; raises as :func:`read_limits`."""
    if len(limits) > MOST_PHASES:
        raise broken("PHASES_IMPOSSIBLE", f"{field}.phases", most=MOST_PHASES)
    for index, limit in enumerate(limits):
        check_limit(limit, field if len(limits) == 1 else f"{field}.phases[{index}]")


def check_moment(moment: datetime, field: str) -> datetime:
    """Return the moment in Vietnam's time.

    Raises:
        RuleBrokenError: MOMENT_IMPOSSIBLE, a year that no desk works in: a clock that was never set, or set wrong.
    """
    local = moment.astimezone(VIETNAM)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise broken("MOMENT_IMPOSSIBLE", field, year=local.year, first=FIRST_YEAR, last=LAST_YEAR)
    return local


def read_moment(value: object, field: str) -> datetime:
    """Read ``YYYY-MM-DDTHH:MM[:SS]``.

    Raises:
        RuleBrokenError: MOMENT_UNREADABLE, MOMENT_IMPOSSIBLE.
    """
    try:
        if isinstance(value, str) and len(value) >= len("2026-11-21T08:00"):
            return check_moment(read_local(value), field)
    except (ValueError, OverflowError):
        pass
    raise broken("MOMENT_UNREADABLE", field, value=shown(value))


def read_options(value: object, base: DeadlineOptions = DEFAULTS, field: str = "options") -> DeadlineOptions:
    """Read options by name over ``base`` (``{"cutoff": "15:00", "roll_end": false}``).

    Raises:
        RuleBrokenError: OPTIONS_MISSHAPEN, OPTION_UNKNOWN, OPTION_IMPOSSIBLE, every bad option at once.
    """
    if not isinstance(value, dict):
        raise broken("OPTIONS_MISSHAPEN", field)
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for name, given in value.items():
        at = f"{field}.{name}"
        if name not in _READERS:
            problems.append(Problem("OPTION_UNKNOWN", at, {"name": shown(name), "known": ", ".join(_READERS)}))
        elif (found := _READERS[name](given)) is None:
            problems.append(Problem("OPTION_IMPOSSIBLE", at, {"name": name, "value": shown(given)}))
        else:
            read[name] = found
    if problems:
        raise RuleBrokenError(*problems)
    return replace(base, **read)


def write_options(options: DeadlineOptions) -> dict[str, object]:
    """Return all options by name, as :func:`read_options` reads them: what a dossier keeps (domain guide 7.2)."""
    values = {field.name: getattr(options, field.name) for field in fields(DeadlineOptions)}
    return {**values, "cutoff": f"{options.cutoff:%H:%M}"}


def _one_of(*allowed: str) -> Callable[[object], object]:
    def _read(value: object) -> object:
        return value if isinstance(value, str) and value in allowed else None

    return _read


def _flag(value: object) -> object:
    return value if isinstance(value, bool) else None


def _extensions(value: object) -> object:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_EXTENSIONS
    return value if fits else None


_READERS: Mapping[str, Callable[[object], object]] = {
    "cutoff": read_clock,
    "cutoff_effect": _one_of("none", "next_working_day"),
    "count_receipt_day": _flag,
    "due_time": _one_of("keep", "closing"),
    "roll_end": _flag,
    "counts_saturday": _flag,
    "skip_holidays_in_days": _flag,
    "supplement": _one_of("restart", "pause"),
    "after_hours": _one_of("next_opening", "keep"),
    "extension_limit": _extensions,
}
