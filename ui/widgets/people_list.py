"""The list of people who may log in: initials, name, what they are; the chosen one is tinted and ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import Theme
from ui.widgets.person import paint_initials

ROW = 60
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list."""

    login: str
    name: str
    what: str
    initials: str


class _PeopleModel(QAbstractListModel):
    """The people on offer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.people: Sequence[Person] = ()

    def show_people(self, people: Sequence[Person]) -> None:
        """Replace everybody."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, both lines for those who listen, or the person."""
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{person.name}, {person.what}"
        return person if role == Qt.ItemDataRole.UserRole else None


class _PersonDelegate(QStyledItemDelegate):
    """Paints one person in two lines."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the fixed height."""
        del option, index
        return QSize(0, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw circle, name, what they are, tick."""
        person: Person = index.data(Qt.ItemDataRole.UserRole)
        theme, px = self._theme, self._theme.px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area = QRectF(option.rect).adjusted(0, px(1), 0, -px(1))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.colour("accent_line"), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_tint" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        paint_initials(theme, painter, area.left() + px(12), area.center().y(), person.initials, chosen=chosen)
        text = area.adjusted(px(56), px(8), -px(48), -px(8))
        lines = (Qt.AlignmentFlag.AlignTop, person.name, "text", chosen), (Qt.AlignmentFlag.AlignBottom, person.what, "text_muted", False)
        for alignment, words, role, bold in lines:
            painter.setFont(theme.font(bold=bold))
            painter.setPen(theme.colour(role))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(text.width()))
            painter.drawText(text, alignment, shown)
        if chosen:
            painter.drawPixmap(round(area.right() - px(32)), round(area.center().y() - px(10)), theme.pixmap("check", "accent"))
        painter.restore()


class PeopleList(QListView):
    """``person_changed`` carries the person who is chosen now."""

    person_changed = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people = _PeopleModel(self)
        self.setAccessibleName(name)
        self.setModel(self._people)
        self.setItemDelegate(_PersonDelegate(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        index = self.currentIndex()
        return self._people.people[index.row()] if index.isValid() else None

    def show_people(self, people: Sequence[Person], chosen: str = "") -> None:
        """Show everybody, with the one of this login chosen, else the first. Four are seen at once."""
        self._people.show_people(people)
        rows = [at for at, person in enumerate(people) if person.login == chosen]
        self.setCurrentIndex(self._people.index(rows[0] if rows else 0))
        self.setFixedHeight(self._theme.px(ROW) * min(max(len(people), 1), 4))

    def step(self, direction: int) -> None:
        """Choose the next or the one before."""
        row = min(max(self.currentIndex().row() + direction, 0), self._people.rowCount() - 1)
        self.setCurrentIndex(self._people.index(row))

    def _tell(self) -> None:
        if self.person is not None:
            self.person_changed.emit(self.person)
