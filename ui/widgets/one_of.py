"""Parts of a page of which one is shown at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneOf(QWidget):
    """Shows one of its parts and asks for the room of that one alone, where a ``QStackedWidget`` asks for that of the largest.

    So a page with little to say doesn't scroll because another of its parts is long.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, part: QWidget) -> None:
        """Take a part; it stays hidden until it is asked for."""
        part.hide()
        self._column.addWidget(part)

    def show_part(self, part: QWidget) -> None:
        """Show this part in the place of the one before."""
        if part is not self.shown:
            if self.shown is not None:
                self.shown.hide()
            self.shown = part
            part.show()
