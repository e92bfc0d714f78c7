"""The segmented choice: a few ways, one of them taken, all of them seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui.style import draw_ring
from ui.theme import Theme

PADDING = 12
T = TypeVar("T")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Part(QAbstractButton):
    """One part; only the chosen one is a tab stop, arrows move the choice."""

    def __init__(self, owner: SegmentedChoice[Any], theme: Theme, text: str) -> None:
        super().__init__(owner)
        self._owner, self._theme = owner, theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._take_tab_stop)

    def sizeHint(self) -> QSize:
        """Return the room for the word in its heavier weight, so that nothing moves when it is chosen."""
        width = QFontMetricsF(self._theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * self._theme.px(PADDING), self._theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the next part."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.step(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tint of the chosen part and the word."""
        del event
        painter = QPainter(self)
        painter.setFont(self._theme.font(bold=self.isChecked()))
        role = "text_disabled" if not self.isEnabled() else "accent" if self.isChecked() else "text"
        painter.setPen(self._theme.colour(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _take_tab_stop(self, chosen: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._owner.update()


class SegmentedChoice(QWidget, Generic[T]):
    """One frame, several parts. ``chosen`` carries the value of the part that was taken by hand."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[str, T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values = [value for _, value in options]
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        self.setFixedHeight(theme.px(36))
        parts = QHBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        for at, (text, _) in enumerate(options):
            part = _Part(self, theme, text)
            self._group.addButton(part, at)
            parts.addWidget(part)
        self._group.idClicked.connect(self._tell)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))

    @property
    def value(self) -> T:
        """The value of the chosen part."""
        return self._values[self._group.checkedId()]

    def choose(self, value: T) -> None:
        """Choose a part without telling anyone."""
        self._check(self._values.index(value))

    def rename(self, words: Sequence[str]) -> None:
        """Give the parts other words, one for each."""
        for part, word in zip(self._group.buttons(), words, strict=True):
            part.setText(word)
            part.setAccessibleName(word)
            part.updateGeometry()

    def step(self, direction: int) -> None:
        """Choose the neighbour, as an arrow key does."""
        at = min(max(self._group.checkedId() + direction, 0), len(self._values) - 1)
        if at != self._group.checkedId():
            self._check(at)
            self._group.button(at).setFocus(Qt.FocusReason.TabFocusReason)
            self._tell(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the dividers and the tint of the chosen part."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(area, theme.px(6), theme.px(6))
        painter.fillPath(outline, theme.colour("surface"))
        part = self._group.button(self._group.checkedId())
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(part.geometry(), theme.colour("accent_tint"))
        painter.setPen(QPen(theme.colour("line"), 1))
        for button in self._group.buttons()[1:]:
            painter.drawLine(button.x(), 1, button.x(), self.height() - 2)
        painter.restore()
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawPath(outline)
        if part.hasFocus():
            draw_ring(theme, painter, QRectF(part.geometry()))

    def _check(self, at: int) -> None:
        self._group.button(at).setChecked(True)
        self.setFocusProxy(self._group.button(at))
        self.update()

    def _tell(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.update()
        self.chosen.emit(self._values[at])
