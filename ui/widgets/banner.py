"""Banners stand above what they are about, with at most one button and one link, until the matter is solved."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import LinkButton, SecondaryButton
from ui.widgets.sheet import IconLabel, label

ICONS = {"danger": "alert-circle", "warning": "alert-triangle", "neutral": "message", "accent": "message"}


class Banner(QFrame):
    """Tint, line, icon, sentence, and perhaps a button; ``acted`` when the button is pressed. Hidden until :meth:`say`.

    A link leads to what the sentence is about: ``followed`` when it is.
    """

    acted = Signal()
    followed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._kind = theme, "neutral"
        self._icon = IconLabel(theme, ICONS["neutral"])
        self._sentence = label(theme, wrap=True)
        self._button = SecondaryButton(theme, "")
        self._button.clicked.connect(self.acted)
        self._link = LinkButton(theme, "")
        self._link.clicked.connect(self.followed)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        line.setSpacing(theme.px(10))
        line.addWidget(self._icon)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._link)
        line.addWidget(self._button)
        self.setMinimumHeight(theme.px(40))
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    def say(self, kind: str, sentence: str, *, action: str = "", link: str = "") -> None:
        """Show a sentence of a kind (danger, warning, neutral, accent); ``action`` is the word of the one button, ``link`` of the link."""
        self._kind = kind
        self._icon.show_icon(ICONS[kind], kind)
        self._sentence.setText(sentence)
        for part, word in ((self._button, action), (self._link, link)):
            part.setText(word)
            part.setVisible(bool(word))
            part.updateGeometry()
        self.setAccessibleName(sentence)
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tint and line of the kind."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(f"{self._kind}_line"), 1))
        painter.setBrush(self._theme.colour(f"{self._kind}_tint"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, self._theme.px(6), self._theme.px(6))


def focus_first(parent: QWidget) -> None:
    """Put the focus on the first widget inside that takes it by Tab."""
    for child in parent.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(parent) and child.isEnabled():
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return
