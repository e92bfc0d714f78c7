"""Days and hours as the window writes them: dd/MM/yyyy, 09:42, thứ Sáu; in English with English names."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from ui.notices import language


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
