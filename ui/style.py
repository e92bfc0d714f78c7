"""The proxy style: what neither palette nor style sheet can draw, the focus ring, check boxes and radio buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

if TYPE_CHECKING:
    from ui.theme import Theme

_INDICATORS = {QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck}
_SIZES = {
    QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth, QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
}


def draw_ring(theme: Theme, painter: QPainter, area: QRectF, radius: float = 6) -> None:
    """Draw the focus ring just inside ``area``: 2 px (3 in high contrast), in the role ``focus``."""
    width = theme.px(3 if theme.name == "high_contrast" else 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("focus"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(width / 2, width / 2, -width / 2, -width / 2), theme.px(radius), theme.px(radius))
    painter.restore()


class DeskStyle(QProxyStyle):
    """Fusion with our own focus ring and indicators. Everything else is Fusion's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def drawPrimitive(self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter,
                      widget: QWidget | None = None) -> None:
        """Draw ring and indicators; pass the rest on."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            draw_ring(self._theme, painter, QRectF(option.rect), 4)
        elif element in _INDICATORS:
            self._draw_check(option, painter)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            self._draw_radio(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def pixelMetric(self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None) -> int:
        """Return 20 px indicators; the rest is Fusion's."""
        if metric in _SIZES:
            return self._theme.px(20)
        if metric == QStyle.PixelMetric.PM_CheckBoxLabelSpacing:
            return self._theme.px(8)
        return super().pixelMetric(metric, option, widget)

    def styleHint(self, hint: QStyle.StyleHint, option: QStyleOption | None = None, widget: QWidget | None = None,
                  returned: QStyleHintReturn | None = None) -> int:
        """Disabled text is muted, not etched; a menu that is higher than the screen scrolls and makes no second column."""
        if hint == QStyle.StyleHint.SH_EtchDisabledText:
            return 0
        if hint == QStyle.StyleHint.SH_Menu_Scrollable:
            return 1
        return super().styleHint(hint, option, widget, returned)

    def _pens(self, option: QStyleOption) -> tuple[str, str]:
        """Return the roles of frame and filling of an indicator."""
        state = option.state
        on = bool(state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
        if not state & QStyle.StateFlag.State_Enabled:
            return "line", "sunken"
        if on:
            fill = "accent_hover" if state & QStyle.StateFlag.State_MouseOver else "accent"
            return fill, fill
        return "line_strong", "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"

    def _draw_check(self, option: QStyleOption, painter: QPainter) -> None:
        theme = self._theme
        frame, fill = self._pens(option)
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(frame), 1.5))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(area, theme.px(4), theme.px(4))
        if option.state & QStyle.StateFlag.State_On:
            role = "on_accent" if option.state & QStyle.StateFlag.State_Enabled else "text_disabled"
            tick = theme.pixmap("check", role, 16)
            painter.drawPixmap(round(area.center().x() - theme.px(16) / 2), round(area.center().y() - theme.px(16) / 2), tick)
        painter.restore()

    def _draw_radio(self, option: QStyleOption, painter: QPainter) -> None:
        theme = self._theme
        frame, _ = self._pens(option)
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(frame), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(area)
        if option.state & QStyle.StateFlag.State_On:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(frame))
            painter.drawEllipse(area.center(), area.width() / 4, area.height() / 4)
        painter.restore()
