"""The segmented choice: a few ways in one frame, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLayout

from ui.style import draw_ring
from ui.widgets.choices import HEIGHT, ChoicePart, Choices, T


class _Part(ChoicePart):
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word; the frame and the tint are the owner's."""
        del event
        painter = QPainter(self)
        painter.setFont(self._theme.font(bold=self.isChecked()))
        role = "text_disabled" if not self.isEnabled() else "accent" if self.isChecked() else "text"
        painter.setPen(self._theme.colour(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedChoice(Choices[T]):
    """One frame, several parts."""

    part = _Part

    def rename(self, words: Sequence[str]) -> None:
        """Give the parts other words, one for each."""
        for part, word in zip(self._group.buttons(), words, strict=True):
            part.setText(word)
            part.setAccessibleName(word)
            part.updateGeometry()

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

    def _room(self) -> QLayout:
        self.setFixedHeight(self._theme.px(HEIGHT))
        parts = QHBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        return parts
