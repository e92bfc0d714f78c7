"""The empty state: what will be here, and the key that starts it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.theme import Theme


class EmptyState(QWidget):
    """Lies over a view while its model is empty: an icon and one sentence, centred. The pointer goes through it."""

    def __init__(self, theme: Theme, view: QAbstractItemView, icon: str, sentence: str) -> None:
        super().__init__(view)
        self._theme, self._view, self._icon, self._sentence = theme, view, icon, sentence
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(sentence)
        view.installEventFilter(self)
        model = view.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(self.look)
        self.look()

    def say(self, icon: str, sentence: str) -> None:
        """Show another sentence."""
        self._icon, self._sentence = icon, sentence
        self.setAccessibleName(sentence)
        self.update()

    def look(self) -> None:
        """Show or hide after the model changed."""
        self.setVisible(self._view.model().rowCount() == 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the view."""
        if watched is self._view and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(self._view.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and sentence."""
        del event
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        middle = self.rect().center()
        painter.drawPixmap(middle.x() - px(10), middle.y() - px(30), theme.pixmap(self._icon, "text_muted"))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text_muted"))
        area = QRect(px(24), middle.y(), self.width() - 2 * px(24), self.height() - middle.y())
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._sentence)
