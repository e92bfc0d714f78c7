"""The command palette: type a few letters of what you want, without accents if you like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QListView, QVBoxLayout, QWidget

from counter_app.domain.text import fold
from ui.actions import Action, key_text
from ui.theme import Theme
from ui.widgets.form import TextField
from ui.widgets.sheet import paint_sheet
from ui.widgets.suggestions import ROW, Suggestion, SuggestionDelegate, suggestion_model

WIDTH, ROWS, TOP = 560, 9, 64


class Palette(QDialog):
    """Lists the actions that match. ``chosen`` carries an action id, ``searched`` a text that is to be looked up among the dossiers."""

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, theme: Theme, actions: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme, self._actions = theme, actions
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        self.field = TextField(theme, placeholder=self.tr("A command, or words to search for"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._match)
        self.offered = suggestion_model(self)
        self.list = QListView()
        self.list.setModel(self.offered)
        self.list.setItemDelegate(SuggestionDelegate(theme, self))
        self.list.setAccessibleName(self.windowTitle())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(self.field)
        column.addWidget(self.list)
        window = parent.window()
        room = window.height() - theme.px(TOP + 16)
        self.setFixedSize(min(theme.px(WIDTH), window.width()), min(theme.px(36 + 28) + theme.px(ROW) * ROWS, room))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, theme.px(TOP))))
        self._match("")
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter takes."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = (self.list.currentIndex().row() + step) % max(self.offered.rowCount(), 1)
            self.list.setCurrentIndex(self.offered.index(row))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet with its frame."""
        paint_sheet(self, self._theme, event)

    def _match(self, text: str) -> None:
        phrase = fold(text).strip()
        fitting = [action for action in self._actions if any(_fits(title, phrase.split()) for title in _titles(action))]
        fitting.sort(key=partial(_looseness, phrase))
        found = [Suggestion(action.title, key_text(action.keys[0]) if action.keys else "", action.id) for action in fitting]
        if text.strip():
            search = self.tr("Search dossiers for “{words}”").format(words=text.strip())
            found.append(Suggestion(search, "" if found else "Enter", None))
        self.offered.show_items(found)
        self.list.setCurrentIndex(self.offered.index(0))

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        value = self.offered.items[index.row()].value
        text = self.field.text()
        self.close()
        if value is None:
            self.searched.emit(text)
        else:
            self.chosen.emit(str(value))


def _titles(action: Action) -> tuple[str, str]:
    """Return the folded title in the window's language and in English."""
    return fold(action.title), fold(action.source)


def _fits(title: str, wanted: Sequence[str]) -> bool:
    """Tell whether every folded word begins a word of the title."""
    words = title.split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _looseness(phrase: str, action: Action) -> int:
    """Return 0 for a title that begins with the words as they were typed, 1 for one that has them within, 2 for those apart or turned."""
    titles = _titles(action)
    if any(title.startswith(phrase) for title in titles):
        return 0
    return 1 if any(f" {phrase}" in f" {title}" for title in titles) else 2
