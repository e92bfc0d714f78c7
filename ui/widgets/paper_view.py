"""The paper as it will print: the real PDF, drawn by pdfium at the screen's pixel ratio; never coloured, never inverted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.background import Task, TaskRunner
from ui.pdfium import page_image
from ui.theme import Theme

A5_RATIO = 210 / 148
WAIT_MS = 150
"""After the last change of the size; text is drawn when its maker says so."""


class PaperView(QWidget):
    """One page, as large as it fits, centred on the desk. ``opened`` when it is pressed."""

    opened = Signal()

    def __init__(self, theme: Theme, tasks: TaskRunner, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tasks = theme, tasks
        self._pdf, self._page = b"", 0
        self._image: QImage | None = None
        self._drawing: Task | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT_MS)
        self._later.timeout.connect(self._draw)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(120), theme.px(160))

    @property
    def pdf(self) -> bytes:
        """The document that is shown."""
        return self._pdf

    def show_pdf(self, pdf: bytes, page: int = 0) -> None:
        """Show another document; the old one stays until the new one is drawn."""
        if (pdf, page) != (self._pdf, self._page):
            self._pdf, self._page = pdf, page
            self._draw()

    def clear(self) -> None:
        """Lay an empty sheet down: what was shown holds no longer, and a drawing of it that is on its way comes too late."""
        if self._drawing is not None:
            self._drawing.cancel()
        self._pdf, self._image = b"", None
        self.update()

    def sizeHint(self) -> QSize:
        """Return the preview of the design."""
        return QSize(self._theme.px(278), self._theme.px(394))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw sharper or smaller a moment later."""
        super().resizeEvent(event)
        self._later.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens the paper."""
        if event.button() == Qt.MouseButton.LeftButton and self._pdf and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet with its edge; in the dark theme a little dimmer."""
        del event
        painter = QPainter(self)
        sheet = self._sheet()
        painter.fillRect(sheet, self._theme.colour("paper"))
        if self._image is not None:
            painter.setOpacity(0.9 if self._theme.name == "dark" else 1.0)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, self._image)
            painter.setOpacity(1.0)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))

    def _sheet(self) -> QRectF:
        """Return where the paper lies."""
        ratio = self._image.height() / self._image.width() if self._image is not None else A5_RATIO
        width = min(self.width(), self.height() / ratio)
        return QRectF(round((self.width() - width) / 2), round((self.height() - width * ratio) / 2), round(width), round(width * ratio))

    def _draw(self) -> None:
        if not self._pdf or self.width() < 2:
            return
        wide = round(self._sheet().width() * self.devicePixelRatioF())
        run, key = self._tasks.run_slow, f"paper-{id(self)}"
        self._drawing = run(page_image, self._pdf, self._page, max(wide, 2), done=self._show_image, key=key)

    def _show_image(self, image: QImage) -> None:
        self._image = image
        self.update()
