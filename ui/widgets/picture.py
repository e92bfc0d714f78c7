"""A scanned page, as large as it fits, centred on the desk; never inverted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme


class Picture(QWidget):
    """One picture; the old one stays until there is another. ``held`` while the pointer is down on it."""

    held = Signal(bool)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(120), theme.px(120))

    @property
    def image(self) -> QImage:
        """What is shown; a null image where nothing is."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show another picture; a null one leaves the desk empty."""
        self._image = image
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer goes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.held.emit(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pointer is up again."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.held.emit(False)

    def sizeHint(self) -> QSize:
        """Return the size of the design."""
        return QSize(self._theme.px(372), self._theme.px(430))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk and the paper on it; in the dark theme a little dimmer."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("desk"))
        if self._image.isNull():
            return
        margin = self._theme.px(16)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        place = QRect(room.topLeft(), self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.9 if self._theme.name == "dark" else 1.0)
        painter.drawImage(place, self._image)
        painter.setOpacity(1.0)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
