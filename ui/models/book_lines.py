"""Lines of the register as the page of the book shows them: the thirteen columns of form 07."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from counter_app.domain.registers import BookLine
from ui.widgets.book_sheet import BookColumn
from ui.widgets.rows import LOOK_ROLE, CellLook

NOTE_COLUMN = 12
DELIVERY_WORDS = {"desk": "Tại quầy", "postal": "Bưu chính", "online": "Trực tuyến"}
"""Column 11 in the words of the form."""
_Index = QModelIndex | QPersistentModelIndex


def book_columns() -> tuple[BookColumn, ...]:
    """Return the columns with their printed titles: words of the form, the same in every language of the window."""
    group = "Nhận và trả kết quả"
    return (
        BookColumn("TT", 50, centred=True), BookColumn("Mã hồ sơ", 102), BookColumn("Tên thủ tục", 128),
        BookColumn("Số bộ", 44, centred=True),
        BookColumn("Cá nhân, tổ chức", 112), BookColumn("Địa chỉ, điện thoại", 112), BookColumn("Cơ quan chủ trì", 72),
        BookColumn("Nhận", 62, centred=True, group=group), BookColumn("Hẹn trả", 62, centred=True, group=group),
        BookColumn("Trả", 62, centred=True, group=group), BookColumn("Phương thức", 82, centred=True, group=group),
        BookColumn("Ký nhận", 80, group=group), BookColumn("Ghi chú", 139, group=group),
    )


class BookLinesModel(QAbstractTableModel):
    """One page of lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[BookLine, ...] = ()

    def show_lines(self, lines: Sequence[BookLine]) -> None:
        """Show another page."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, at: int) -> BookLine | None:
        """Return a line by its row."""
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many lines the page has."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the thirteen columns."""
        return 0 if parent.isValid() else NOTE_COLUMN + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the titles for those who listen; the sheet paints them."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return book_columns()[section].title
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text and look of a cell; a struck line keeps its note readable."""
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(line, index.column())
        if role == LOOK_ROLE:
            return CellLook(struck=line.struck_on is not None and index.column() != NOTE_COLUMN)
        return None

    def _text(self, line: BookLine, column: int) -> str:
        texts = (
            f"{line.place.ordinal:02d}", _breakable(line.code), line.procedure_name, str(line.sets), line.applicant,
            "\n".join(part for part in (line.address, line.phone) if part), line.handled_by, _day(line.received_at), _day(line.due_at),
            _day(line.returned_at), DELIVERY_WORDS.get(line.delivery, line.delivery), line.signed, self._note(line),
        )
        return texts[column]

    def _note(self, line: BookLine) -> str:
        if line.struck_on is None:
            return line.note
        words = QCoreApplication.translate("BookLines", "struck on {day}: {reason}")
        return words.format(day=f"{line.struck_on:%d/%m}", reason=line.struck_reason)


def _day(moment: datetime | None) -> str:
    return f"{moment:%d/%m}" if moment else ""


def _breakable(code: str) -> str:
    """A code is broken after its agency, never in the middle of a number."""
    agency, dash, rest = code.partition("-")
    return f"{agency}{dash}\u200b{rest}"
