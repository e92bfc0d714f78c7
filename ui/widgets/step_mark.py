"""The mark of a step: its number, then a tick when it is complete."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

SIZE = 24


class StepMark(QWidget):
    """A circle with a number, or a tick on accent."""

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._number, self._complete = theme, number, False
        self.setFixedSize(theme.px(SIZE), theme.px(SIZE))
        self._name()

    @property
    def complete(self) -> bool:
        """Tell whether the step is done."""
        return self._complete

    def set_complete(self, complete: bool) -> None:
        """Show the tick or the number."""
        if complete != self._complete:
            self._complete = complete
            self._name()
            self.update()

    def _name(self) -> None:
        words = self.tr("Step %1, complete") if self._complete else self.tr("Step %1")
        self.setAccessibleName(words.replace("%1", str(self._number)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and sign."""
        del event
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self._complete else "accent_tint"))
        painter.drawEllipse(QRectF(self.rect()))
        if self._complete:
            at = round((self.width() - theme.px(16)) / 2)
            painter.drawPixmap(at, at, theme.pixmap("check", "on_accent", 16))
            return
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
