"""The scan field of the top bar: F2 from anywhere; takes what a reader types or a clerk searches."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.form import TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import IconLabel

PAUSE_MS, WIDE, NARROW = 150, 640, 320


class ScanField(TextField):
    """``entered`` for Enter, ``typed`` a moment after the last letter, ``left_down`` for the arrow down, ``cleared`` for Esc."""

    entered = Signal(str)
    typed = Signal(str)
    left_down = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setPlaceholderText(self.tr("Scan a code, or search dossiers, names, identity numbers…"))
        self.setAccessibleName(self.tr("Scan or search"))
        self.setObjectName("scan_field")
        self.setMaximumWidth(theme.px(WIDE))
        self.setMinimumWidth(theme.px(NARROW))
        self.setFixedHeight(theme.px(40))
        self._icon = IconLabel(theme, "barcode", "accent")
        self._icon.setParent(self)
        self.put_at_end(KeyCap(theme, "F2"))
        margins = self.textMargins()
        self.setTextMargins(theme.px(30), 0, margins.right(), 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell_typed)
        self.textEdited.connect(self._wait)

    def sizeHint(self) -> QSize:
        """Return the wide form; the top bar shrinks it."""
        return QSize(self.maximumWidth(), self.height())

    def resizeEvent(self, event: object) -> None:
        """Keep the icon at the left."""
        super().resizeEvent(event)
        self._icon.move(self._theme.px(14), (self.height() - self._icon.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter hands the text on, Down goes to the page, Esc clears."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._pause.stop()
            self.clear()
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _wait(self) -> None:
        self._pause.start()

    def _tell_typed(self) -> None:
        self.typed.emit(self.text())
