"""Parts of a page of which one is shown at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.banner import focus_first


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
        """Show this part in the place of the one before; the focus that was in that one goes on to this, and nowhere else."""
        before, self.shown = self.shown, part
        part.show()
        if before is not None and before is not part:
            if before.isAncestorOf(self.window().focusWidget()):
                part.setFocus()
                focus_first(part)
            before.hide()
