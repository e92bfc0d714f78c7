"""What a commune sets for its reports: where the week ends, its targets, and what it declares about publishing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.report_periods import DAYS_OF_WEEK, THURSDAY

KEY = "reports"
ALL = 1000
DECLARED = ("publish_on_time", "update_on_time", "full_content")
"""Items of the 766 score whose ratio the commune declares: the desk counts nothing of them."""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Shares are in thousandths. The three declared ones are items of the 766 score that the desk has no data of; None: not declared."""

    week_ends_on: int = THURSDAY
    """The last day of the weekly sheet, Monday 0."""
    on_the_spot_target: int = 500
    """QĐ 985/QĐ-TTg asked 20 % of a province and 50 % of a district; a commune takes the higher one."""
    on_time_target: int = 950
    publish_on_time: int | None = None
    update_on_time: int | None = None
    full_content: int | None = None
    receiver: str = ""
    """Who reports go to, as printed in the head of the form."""


def from_stored(stored: dict[str, Any] | None) -> ReportSettings:
    """Return the settings from what is kept; members that this version does not know are left aside."""
    known = {field.name for field in fields(ReportSettings)}
    return ReportSettings(**{name: value for name, value in (stored or {}).items() if name in known})


def checked(settings: ReportSettings) -> dict[str, Any]:
    """Return what is kept of settings.

    Raises:
        RuleBrokenError: WEEKDAY_IMPOSSIBLE at ``week_ends_on``; SHARE_IMPOSSIBLE at its field.
    """
    if not 0 <= settings.week_ends_on < DAYS_OF_WEEK:
        raise broken("WEEKDAY_IMPOSSIBLE", "week_ends_on")
    shares = {name: getattr(settings, name) for name in ("on_the_spot_target", "on_time_target", *DECLARED)}
    for name, share in shares.items():
        if share is not None and not 0 <= share <= ALL:
            raise broken("SHARE_IMPOSSIBLE", name)
    return asdict(settings)
