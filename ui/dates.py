"""Days and hours as the window writes them: dd/MM/yyyy, 09:42, thứ Sáu; in English with English names."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from PySide6.QtCore import QCoreApplication, QLocale

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import VIETNAM
from counter_app.domain.text import read_day
from ui.notices import language

_HOUR = re.compile(r"(?P<hour>[0-9]{1,2})[:hg.](?P<minute>[0-9]{2})")


def day_name(day: date, *, start: bool = False) -> str:
    """Return ``thứ Sáu`` or ``Friday``; ``start``: as a sentence begins, ``Thứ Sáu``."""
    name = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat).replace("Nhật", "nhật")
    return name if start else name.replace("Thứ", "thứ")


def short_date(day: date) -> str:
    """Return ``20/11/2026``."""
    return f"{day:%d/%m/%Y}"


def short_time(moment: datetime) -> str:
    """Return ``09:42``."""
    return f"{moment:%H:%M}"


def day_heading(day: date) -> str:
    """Return ``thứ Sáu 20 tháng 11`` or ``Friday 20 November``."""
    month = f"tháng {day.month}" if language() == "vi" else QLocale().standaloneMonthName(day.month)
    return QCoreApplication.translate("Dates", "{day} {number} {month}").format(day=day_name(day), number=day.day, month=month)


def read_moment(text: str, today: date) -> datetime | None:
    """Read ``20/11/2026 08:15``, ``08:15 20/11/2026`` or ``08:15`` (of ``today``); None where it is no such time."""
    parts = text.split()
    hours = [found for part in parts if (found := _HOUR.fullmatch(part))]
    days = [part for part in parts if not _HOUR.fullmatch(part)]
    if len(hours) != 1 or len(days) > 1:
        return None
    try:
        day = read_day(days[0]) if days else today
        return datetime.combine(day, time(int(hours[0]["hour"]), int(hours[0]["minute"])), VIETNAM)
    except (RuleBrokenError, ValueError):
        return None
