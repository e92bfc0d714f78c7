"""How this commune counts: the options of domain guide 7.2 for all procedures and for single ones, and how early a warning comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from counter_app.domain.deadline_input import DEFAULTS, read_options
from counter_app.domain.deadline_terms import DeadlineOptions
from counter_app.domain.errors import broken
from counter_app.services.ports import JsonValue

KEY = "deadlines"
MOST_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class DeadlineSettings:
    """Options by name, as :func:`~counter_app.domain.deadline_input.read_options` reads them; what is not named keeps its default."""

    commune: Mapping[str, Any] = field(default_factory=dict)
    procedures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By procedure code."""
    soon_working_days: int = 1
    """A dossier is *due soon* this many working days before its due day."""

    def options(self, procedure_code: str, cutoff: str = "") -> DeadlineOptions:
        """Return the options of a procedure: its own, else the catalogue's cut-off (``HH:MM``), else the commune's, else the default.

        Raises:
            RuleBrokenError: OPTION_UNKNOWN, OPTION_IMPOSSIBLE.
        """
        base = read_options(dict(self.commune), DEFAULTS, "commune")
        if cutoff:
            base = read_options({"cutoff": cutoff}, base, "time_limit")
        return read_options(dict(self.procedures.get(procedure_code, {})), base, f"procedures.{procedure_code}")


def from_stored(stored: JsonValue | None) -> DeadlineSettings:
    """Return settings from their stored form; None is a commune that never set any.

    Raises:
        RuleBrokenError: DEADLINE_SETTINGS_MISSHAPEN.
    """
    if stored is None:
        return DeadlineSettings()
    try:
        return DeadlineSettings(**stored)
    except TypeError:
        raise broken("DEADLINE_SETTINGS_MISSHAPEN", KEY) from None


def checked(settings: DeadlineSettings) -> dict[str, Any]:
    """Return the stored form of settings that can be used.

    Raises:
        RuleBrokenError: OPTION_UNKNOWN, OPTION_IMPOSSIBLE, OPTIONS_MISSHAPEN, SOON_DAYS_IMPOSSIBLE.
    """
    if not 0 <= settings.soon_working_days <= MOST_SOON_DAYS:
        raise broken("SOON_DAYS_IMPOSSIBLE", "soon_working_days")
    for code in ("", *settings.procedures):
        settings.options(code)
    return asdict(settings)
