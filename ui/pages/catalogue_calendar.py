"""The year that appointments are counted by: twelve months, and the days off with their names beside them."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ui.dates import day_name, short_date
from ui.models.rows import Column, RowsModel
from ui.notices import language
from ui.theme import Theme
from ui.widgets.buttons import IconButton
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import Sheet, label, row

if TYPE_CHECKING:
    from counter_app.services.deadlines.calendar import CalendarYear

ACROSS, DOWN, WEEKS = 4, 3, 6
SIDE = 372


class YearView(QWidget):
    """Twelve months, painted. Rest days are muted, days off sunken, make-up days tinted, today framed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._year, self._today = 0, date.min
        self._off: frozenset[date] = frozenset()
        self._worked: frozenset[date] = frozenset()
        self.setMinimumSize(theme.px(520), theme.px(420))

    def show_year(self, year: CalendarYear, today: date) -> None:
        """Show a year."""
        self._year, self._today = year.year, today
        self._off = frozenset(off.day for off in year.days_off)
        self._worked = frozenset(made.day for made in year.make_up_days)
        self.setAccessibleName(self.tr("Calendar {year}, {count} counting days").format(year=year.year, count=year.counting_days))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the months."""
        del event
        if not self._year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._theme.px(16)
        width = (self.width() - gap * (ACROSS - 1)) // ACROSS
        height = (self.height() - gap * (DOWN - 1)) // DOWN
        for month in range(12):
            left, top = month % ACROSS * (width + gap), month // ACROSS * (height + gap)
            self._paint_month(painter, QRect(left, top, width, height), month + 1)

    def _paint_month(self, painter: QPainter, area: QRect, month: int) -> None:
        theme = self._theme
        line = area.height() // (WEEKS + 1)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("text"))
        title = f"Tháng {month}" if language() == "vi" else date(self._year, month, 1).strftime("%B")
        painter.drawText(QRect(area.left(), area.top(), area.width(), line), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.font())
        size = area.width() / 7
        for week, days in enumerate(calendar.Calendar().monthdatescalendar(self._year, month)):
            for at, day in enumerate(days):
                if day.month == month:
                    cell = QRectF(area.left() + at * size, area.top() + (week + 1) * line, size, line)
                    self._paint_day(painter, cell, day)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        theme = self._theme
        inner = cell.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if day in self._worked or day in self._off:
            painter.setBrush(theme.colour("accent_tint" if day in self._worked else "sunken"))
            painter.drawRoundedRect(inner, 4, 4)
        if day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(inner, 4, 4)
        painter.setPen(theme.colour(self._ink(day)))
        painter.setFont(theme.font(bold=day in self._off or day in self._worked or day == self._today))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _ink(self, day: date) -> str:
        """Return the role of a day's figure: rest days are muted, a Saturday that is worked stands out."""
        if day in self._worked:
            return "accent"
        return "text_muted" if day in self._off or day.weekday() >= calendar.SATURDAY else "text"


Named = tuple[date, str, bool]
"""A day, why it is off or worked, and whether it is worked."""


def named_days(year: CalendarYear) -> list[Named]:
    """Return the days off and the make-up days of a year, in order."""
    off = [(each.day, each.name, False) for each in year.days_off]
    return sorted(off + [(each.day, each.name, True) for each in year.make_up_days])


def _look(named: Named) -> CellLook:
    return CellLook(icon="check", tone="accent") if named[2] else CellLook(icon="calendar-off")


class CalendarView(QWidget):
    """Months at the left, days by name at the right; ``turned`` carries -1 or 1 for another year."""

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = YearView(theme)
        self._days = RowsModel[Named]((
            Column(self.tr("Day"), lambda named: f"{day_name(named[0], start=True)} {named[0]:%d/%m}"),
            Column(self.tr("Why"), lambda named: named[1], _look),
        ), self)
        self._title = label(theme, kind="title")
        self._note = label(theme, tone="muted", wrap=True)
        before = IconButton(theme, "chevron-left", self.tr("The year before"))
        after = IconButton(theme, "chevron-right", self.tr("The next year"))
        before.clicked.connect(self._go_back)
        after.clicked.connect(self._go_on)
        year = Sheet(theme)
        year.body.addLayout(row(self._title, None, before, after, spacing=theme.px(8)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.months)
        self.months.setAutoFillBackground(False)  # the sheet shows through
        year.body.addWidget(area, 1)
        table = DeskTable(theme, self.tr("Days off and make-up days"))
        table.setModel(self._days)
        table.set_widths((140, 200), stretch=1)
        named = Sheet(theme, padding=(0, 12))
        named.setFixedWidth(theme.px(SIDE))
        named.body.addWidget(table, 1)
        note = QHBoxLayout()
        note.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        note.addWidget(self._note)
        named.body.addLayout(note)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(16))
        both.addWidget(year, 1)
        both.addWidget(named)
        self._year, self._named = year, named
        self.setFocusProxy(table)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the months, or with :meth:`turn_pane` the days by name."""
        self._year.setVisible(True)
        self._named.setVisible(not narrow)

    def turn_pane(self) -> None:
        """Show the other of the two panes of a narrow window."""
        months = self._year.isVisible()
        self._year.setVisible(not months)
        self._named.setVisible(months)

    def show_year(self, year: CalendarYear, today: date) -> None:
        """Show a year; one that the calendar doesn't know says so."""
        self._title.setText(self.tr("Calendar {year}").format(year=year.year))
        self.months.show_year(year, today)
        self._days.show_rows(named_days(year))
        known = self.tr("{open} reception days, {counting} counting days. Calendar of {version}.")
        unknown = self.tr("The calendar holds no holidays of this year yet: import a newer one before giving appointments in it.")
        words = known if year.known else unknown
        self._note.setText(words.format(open=year.reception_days, counting=year.counting_days, version=_day(year.version)))

    def _go_back(self) -> None:
        self.turned.emit(-1)

    def _go_on(self) -> None:
        self.turned.emit(1)


def _day(version: str) -> str:
    """Return a version that is a day as days are written, any other as it is."""
    try:
        return short_date(date.fromisoformat(version))
    except ValueError:
        return version
