"""The list of people who may log in: initials, name, what they are; the chosen one is tinted and ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from ui.theme import Theme
from ui.widgets.items import ITEM_ROLE, ItemDelegate, ItemsModel
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


class _PersonDelegate(ItemDelegate):
    """Paints one person in two lines."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw circle, name, what they are, tick."""
        person: Person = index.data(ITEM_ROLE)
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
        self._people = ItemsModel[Person](lambda person: person.name, lambda person: f"{person.name}, {person.what}", self)
        self.setAccessibleName(name)
        self.setModel(self._people)
        self.setItemDelegate(_PersonDelegate(theme, ROW, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        index = self.currentIndex()
        return self._people.items[index.row()] if index.isValid() else None

    def show_people(self, people: Sequence[Person], chosen: str = "") -> None:
        """Show everybody, with the one of this login chosen, else the first. Four are seen at once."""
        self._people.show_items(people)
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
