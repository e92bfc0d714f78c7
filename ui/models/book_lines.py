"""Lines of a register as the page of the book shows them: exactly its printed columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from counter_app.domain.books import Column, Register, Value
from counter_app.domain.moments import VIETNAM
from counter_app.domain.registers import BookLine
from ui.widgets.book_sheet import BookColumn
from ui.widgets.rows import LOOK_ROLE, CellLook

PX_PER_MM = 4
"""How wide a column is drawn that names no width of its own for the screen."""
_DAY, _WITH_TIME = "%d/%m", "%d/%m\n%H:%M"
_Index = QModelIndex | QPersistentModelIndex


def book_columns(register: Register) -> tuple[BookColumn, ...]:
    """Return the columns with their printed titles: words of the form, the same in every language of the window."""
    return tuple(
        BookColumn(column.short or column.title, column.screen or round(column.width * PX_PER_MM), column.align, column.group)
        for column in register.columns)


class BookLinesModel(QAbstractTableModel):
    """One page of lines."""

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._lines: tuple[BookLine, ...] = ()

    def show_lines(self, register: Register, lines: Sequence[BookLine]) -> None:
        """Show another page, perhaps of another register."""
        self.beginResetModel()
        self._register, self._lines = register, tuple(lines)
        self.endResetModel()

    def line(self, at: int) -> BookLine | None:
        """Return a line by its row."""
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many lines the page has."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the printed columns."""
        return 0 if parent.isValid() else len(self._register.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the titles for those who listen; the sheet paints them."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._register.columns[section].title
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text and look of a cell; a struck line keeps its last column, with the reason, readable."""
        line, last = self._lines[index.row()], index.column() == self.columnCount() - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if last and line.struck_on is not None:
                return _struck(line.struck_on, line.struck_reason)
            return screen_text(self._register.columns[index.column()], self._register.values(line)[index.column()])
        if role == LOOK_ROLE:
            return CellLook(struck=line.struck_on is not None and not last)
        return None


def screen_text(column: Column, value: Value) -> str:
    """Return what a value is shown as: days without their year, which the volume has."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):{_WITH_TIME if column.time else _DAY}}"
    if isinstance(value, date):
        return f"{value:%d/%m}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if column.kind == "money" else f"{value:0{column.digits}d}"
    if column.key == "code":
        return _breakable(value)
    return column.words.get(value, value) if column.words else value


def _struck(on: date, reason: str) -> str:
    words = QCoreApplication.translate("BookLines", "struck on {day}: {reason}")
    return words.format(day=f"{on:%d/%m}", reason=reason)


def _breakable(code: str) -> str:
    """A code is broken after its agency, never in the middle of a number."""
    agency, dash, rest = code.partition("-")
    return f"{agency}{dash}\u200b{rest}"
