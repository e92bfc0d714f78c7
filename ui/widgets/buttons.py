"""Buttons. One filled button on a page: the primary, in the key line. The rest are quiet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from ui.style import draw_ring
from ui.theme import Theme
from ui.widgets.key_cap import cap_width, paint_cap

GAP = 8


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button with Enter as with Space: that is what everybody tries where the ring is. False for another key."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class PaintedButton(QAbstractButton):
    """A button that paints itself altogether; Enter presses it too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class DeskButton(QPushButton):
    """A button that paints itself from the theme: optional icon, text, optional key cap. Subclasses choose the looks.

    ``cap_first`` puts the cap before the text, as the key line does.
    """

    height_px = 36
    padding_px = 14
    bold = False

    def __init__(self, theme: Theme, text: str, *, icon: str = "", key: str = "", cap_first: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme, self._icon_name, self._key, self._cap_first = theme, icon, key, cap_first
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setFixedHeight(theme.px(self.height_px))
        self.setFont(theme.font(bold=self.bold))

    @property
    def key(self) -> str:
        """The key whose cap it bears; empty for none."""
        return self._key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for icon, text and cap."""
        px = self._theme.px
        width = 2 * px(self.padding_px) + self._content_width()
        return QSize(width, px(self.height_px))

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, content and ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, frame, ink = self._roles()
        area = QRectF(self.rect())
        if self.hasFocus():
            draw_ring(self._theme, painter, area)
        if fill or frame:
            inset = self._theme.px(4) if self.hasFocus() and fill.startswith("accent") else 0
            self._paint_frame(painter, area.adjusted(inset, inset, -inset, -inset), fill, "" if self.hasFocus() else frame)
        self._paint_content(painter, ink)

    def _roles(self) -> tuple[str, str, str]:
        """Return the roles of filling, frame and ink; an empty one is not painted."""
        if not self.isEnabled():
            return "", "line", "text_disabled"
        return "hover" if self.underMouse() or self.isDown() else "surface", "line_strong", "text"

    def _paint_frame(self, painter: QPainter, area: QRectF, fill: str, frame: str) -> None:
        radius = self._theme.px(6)
        painter.setPen(QPen(self._theme.colour(frame), 1) if frame else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        half = 0.5 if frame else (2 if not fill.startswith("accent") and self.hasFocus() else 0)
        painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius, radius)

    def _content_width(self) -> int:
        px = self._theme.px
        parts = [px(20)] if self._icon_name else []
        if self.text():
            parts.append(round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 1)
        if self._key:
            parts.append(cap_width(self._theme, self._key))
        return sum(parts) + px(GAP) * max(0, len(parts) - 1)

    def _icon_role(self, ink: str) -> str:
        """Return the role of the icon: the ink of the words, unless a subclass colours it."""
        return ink

    def _cap_roles(self, ink: str) -> tuple[str, str]:
        return "line_strong" if self.isEnabled() else "line", ink

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        px, theme = self._theme.px, self._theme
        left = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        frame, cap_ink = self._cap_roles(ink)
        if self._key and self._cap_first:
            paint_cap(theme, painter, left, middle, self._key, frame=frame, ink=cap_ink)
            left += cap_width(theme, self._key) + px(GAP)
        if self._icon_name:
            painter.drawPixmap(round(left), round(middle - px(10)), theme.pixmap(self._icon_name, self._icon_role(ink)))
            left += px(20) + px(GAP)
        painter.setFont(self.font())
        painter.setPen(theme.colour(ink))
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 2
        painter.drawText(QRectF(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key and not self._cap_first:
            paint_cap(theme, painter, left + width - 1 + px(GAP), middle, self._key, frame=frame, ink=cap_ink)


class SecondaryButton(DeskButton):
    """White, framed: everything a page offers besides its main act."""


class PrimaryButton(DeskButton):
    """Filled with the accent: the page's main act, at most one on the screen."""

    bold = True
    padding_px = 10

    def _roles(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "sunken", "", "text_disabled"
        if self.isDown():
            return "accent_pressed", "", "on_accent"
        return "accent_hover" if self.underMouse() else "accent", "", "on_accent"

    def _cap_roles(self, ink: str) -> tuple[str, str]:
        return ink, ink


class DangerButton(DeskButton):
    """For an act with a reason that can't be taken back; only in a confirmation."""

    def _roles(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "", "line", "text_disabled"
        return "danger_tint" if self.underMouse() else "surface", "danger_line", "danger"


class LinkButton(DeskButton):
    """Underlined accent text that acts."""

    padding_px = 2
    height_px = 28

    def __init__(self, theme: Theme, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, parent=parent)
        font = theme.font()
        font.setUnderline(True)
        self.setFont(font)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _roles(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "", "", "text_disabled"
        return "", "", "accent_hover" if self.underMouse() else "accent"


class IconButton(PaintedButton):
    """An icon alone, 36 by 36; its name is for those who can't see it and is the tool tip too."""

    def __init__(self, theme: Theme, icon: str, name: str, *, role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name, self._role = theme, icon, role
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(theme.px(36), theme.px(36))

    def show_icon(self, icon: str, name: str) -> None:
        """Show another icon with another name."""
        self._icon_name = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint with the pointer on it."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, hover and ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._theme.px
        if self.isEnabled() and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(self.rect(), px(6), px(6))
        role = self._role if self.isEnabled() else "text_disabled"
        painter.drawPixmap((self.width() - px(20)) // 2, (self.height() - px(20)) // 2, self._theme.pixmap(self._icon_name, role))
        if self.hasFocus():
            draw_ring(self._theme, painter, QRectF(self.rect()))
