"""What a commune sets for its reports: where the week ends, its targets, and what it declares about publishing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.report_periods import DAYS_OF_WEEK
from counter_app.support.resources import shipped_json

KEY = "reports"
ALL = 1000
DECLARED = ("publish_on_time", "update_on_time", "full_content")
"""Items of the 766 score whose ratio the commune declares: the desk counts nothing of them."""
SHIPPED = "reports/settings.json"


def source_of(name: str) -> tuple[str, str]:
    """Return where the usual value of a setting comes from, and how sure that is, in Vietnamese words."""
    told = shipped_json(SHIPPED)["settings"][name]
    return told["source"], told["confidence"]


def _usual(name: str) -> Any:  # noqa: ANN401  a JSON value
    return shipped_json(SHIPPED)["settings"][name]["value"]


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What holds where the commune set nothing is data, with its source. Shares are in thousandths.

    The three declared ones are items of the 766 score that the desk has no data of; None: not declared.
    """

    week_ends_on: int = field(default_factory=partial(_usual, "week_ends_on"))
    """The last day of the weekly sheet, Monday 0."""
    on_the_spot_target: int = field(default_factory=partial(_usual, "on_the_spot_target"))
    on_time_target: int = field(default_factory=partial(_usual, "on_time_target"))
    publish_on_time: int | None = field(default_factory=partial(_usual, "publish_on_time"))
    update_on_time: int | None = field(default_factory=partial(_usual, "update_on_time"))
    full_content: int | None = field(default_factory=partial(_usual, "full_content"))
    receiver: str = ""
    """Who reports go to, as printed in the head of the form."""


def from_stored(stored: dict[str, Any] | None) -> ReportSettings:
    """Return the settings from what is kept; members that this version does not know are left aside."""
    known = {each.name for each in fields(ReportSettings)}
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
        if (share is None and name not in DECLARED) or (share is not None and not 0 <= share <= ALL):
            raise broken("SHARE_IMPOSSIBLE", name)
    return asdict(settings)
