"""The lines of a table of a report, the total last, and how its figures look."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from counter_app.services.reports.values import WORDS, ReportTable, kind_of, shown
from ui.widgets.rows import LOOK_ROLE, CellLook

SUMS = frozenset({"c3", "c7", "c11", "received", "resolved", "pending", "total"})
"""Columns that add others up."""
_Index = QModelIndex | QPersistentModelIndex


class ReportLinesModel(QAbstractTableModel):
    """Shows one table; titles of groups are the header's business."""

    def __init__(self, table: ReportTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._lines = tuple(table.lines())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many lines there are, the total among them."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column, with its group for those who listen."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(column["title"])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (str(column.get("group", "")), str(column["title"]))))
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, look and alignment of a cell."""
        if not index.isValid():
            return None
        column, line = self.table.columns[index.column()], self._lines[index.row()]
        key, kind = str(column["key"]), kind_of(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(line[key], kind) if key in line else ""
        if role == LOOK_ROLE:
            return self._look(line.get(key), key, kind, total=line is self.table.total)
        if role == Qt.ItemDataRole.TextAlignmentRole and kind not in WORDS:
            return int(Qt.AlignmentFlag.AlignRight)
        return None

    def cell(self, index: _Index) -> tuple[str | None, str] | None:
        """Return row and column of a figure as a tally knows them, None as the row of the total; None where dossiers can't be told."""
        if not index.isValid():
            return None
        line, first = self._lines[index.row()], str(self.table.columns[0]["key"])
        column = str(self.table.columns[index.column()]["key"])
        if line is self.table.total:
            return None, column
        return str(line.get("row", "" if line.get(first) is None else line[first])), column

    def line(self, row: int) -> dict[str, object]:
        """Return one line."""
        return dict(self._lines[row])

    def _look(self, value: object, key: str, kind: str, *, total: bool) -> CellLook:
        if kind in WORDS:
            return CellLook(bold=total)
        alarming = key in self.table.alarm and bool(value)
        bold = total or alarming or key in SUMS
        return CellLook(tone="danger" if alarming else "text" if value else "text_muted", bold=bold)
