"""The side bar: the pages, what waits in them, and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.actions import ACTION_BY_ID, Action
from ui.dates import day_name, short_date, short_time
from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.buttons import PaintedButton
from ui.widgets.sheet import Line

WIDE, NARROW, ITEM = 184, 56, 40
LEAST = 20
"""The height of an item where large text leaves no room for more: its icon."""


class SideItem(PaintedButton):
    """One page: icon, name, counter; narrow: the icon alone with the name as tool tip."""

    def __init__(self, theme: Theme, action: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.action = theme, action
        self._count, self._tone = "", "text_muted"
        self.narrow = False
        self.setText(action.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(theme.px(LEAST))
        self.setMaximumHeight(theme.px(ITEM))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count("")

    def show_count(self, count: str, tone: str = "text_muted", what: str = "") -> None:
        """Show a counter at the right; ``what`` says it in words, for the tool tip and for those who listen."""
        self._count, self._tone = count, tone
        key = f" ({self.action.keys[0]})" if self.action.keys else ""
        self.setAccessibleName(f"{self.action.title}, {what}" if what else self.action.title)
        self.setToolTip(f"{self.action.title}{key}" + (f"\n{what}" if what else ""))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of the bar, less its padding."""
        return QSize(self._theme.px(NARROW - 16 if self.narrow else WIDE - 16), self._theme.px(ITEM))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tint and mark of the open page, icon, name, counter."""
        del event
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_ground(painter)
        left = (self.width() - px(20)) // 2 if self.narrow else px(12)
        icon = theme.pixmap(self.action.icon, "accent" if self.isChecked() else "text_muted")
        painter.drawPixmap(left, (self.height() - px(20)) // 2, icon)
        if not self.narrow:
            self._paint_words(painter, "accent" if self.isChecked() else "text")
        elif self._count and self._tone != "text_muted":
            painter.setBrush(theme.colour(self._tone))
            painter.drawEllipse(self.width() - px(12), min(px(6), self.height() // 7), px(7), px(7))
        if self.hasFocus():
            draw_ring(theme, painter, QRectF(self.rect()))

    def _paint_ground(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.colour("accent_tint" if self.isChecked() else "hover"))
            painter.drawRoundedRect(self.rect(), px(6), px(6))
        if self.isChecked():
            painter.setBrush(theme.colour("accent"))
            inset = self.height() // 5
            painter.drawRoundedRect(0, inset, px(3), self.height() - 2 * inset, 1, 1)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour(ink))
        painter.drawText(self.rect().adjusted(px(42), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            painter.setFont(theme.font())
            painter.setPen(theme.colour(self._tone))
            area = self.rect().adjusted(0, 0, -px(8), 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count)
            if self._tone in ("warning", "danger"):
                width = QFontMetrics(theme.font()).horizontalAdvance(self._count)
                icon = theme.pixmap("alert-triangle", self._tone, 16)
                painter.drawPixmap(area.right() - width - px(20), (self.height() - px(16)) // 2, icon)


class Clock(QWidget):
    """Hour, day and date at the foot of the side bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hour = self._day = self._date = ""
        self.setFixedHeight(theme.px(48))

    def show_moment(self, moment: datetime) -> None:
        """Show a moment."""
        self._hour, self._day, self._date = short_time(moment), day_name(moment.date()), short_date(moment.date())
        self.setAccessibleName(f"{self._hour} {self._day}, {self._date}")
        self.setToolTip(f"{self._day}, {self._date}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint hour and day in the first line, the date in the second; narrow: the hour alone."""
        del event
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        narrow = self.width() < px(100)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("text"))
        left = 0 if narrow else px(12)
        painter.drawText(left, px(16), self._hour)
        if narrow:
            return
        left += painter.fontMetrics().horizontalAdvance(self._hour) + px(4)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(left, px(16), self._day)
        painter.drawText(px(12), px(36), self._date)


class SideBar(QWidget):
    """Pages from top to bottom, those below the divider last; ``asked`` carries the action that opens one."""

    asked = Signal(str)

    def __init__(self, theme: Theme, above: Sequence[str], below: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.items: dict[str, SideItem] = {}
        self.clock = Clock(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(12))
        column.setSpacing(theme.px(2))
        for action_id in above:
            column.addWidget(self._item(action_id))
        if below:
            column.addSpacing(theme.px(8))
            column.addWidget(Line(theme))
            column.addSpacing(theme.px(8))
        for action_id in below:
            column.addWidget(self._item(action_id))
        column.addStretch(1)
        column.addWidget(self.clock)
        self.set_narrow(narrow=False)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icons alone, or names too."""
        self.setFixedWidth(self._theme.px(NARROW if narrow else WIDE))
        for item in self.items.values():
            item.narrow = narrow
            item.update()

    def mark(self, action_id: str) -> None:
        """Mark the open page; a page without an item leaves the mark where it is."""
        if action_id in self.items:
            for item_id, item in self.items.items():
                item.setChecked(item_id == action_id)

    def _item(self, action_id: str) -> SideItem:
        item = SideItem(self._theme, ACTION_BY_ID[action_id])
        item.clicked.connect(self._tell)
        self.items[action_id] = item
        return item

    def _tell(self) -> None:
        item = self.sender()
        if isinstance(item, SideItem):
            item.setChecked(True)
            self.asked.emit(item.action.id)
