"""The manual's window beside the work: contents and search at the left, the chapter at the right, the keys of the page below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QRect, QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from counter_app.support.paths import document_path
from ui.actions import Action
from ui.help.book import FIRST, Book, Chapter, Passage
from ui.help.topics import Topic
from ui.help.view import ManualView
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.flow import FlowLayout
from ui.widgets.form import TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import Column, Line, label, paint_sheet, row
from ui.widgets.suggestions import Suggestion, SuggestionDelegate, suggestion_model

WIDTH, HEIGHT, CONTENTS, KEYS_HEIGHT, MOST_HITS = 820, 700, 264, 92, 60
"""Pixels at 100 %: the window, the contents, the most that the keys take; and how many hits of a search are listed."""
WHOLE, CARDS = document_path("pdf/huong-dan.pdf"), document_path("pdf/the-phim.pdf")
"""What ``make manual`` writes, and the installed program has."""


class HelpWindow(QWidget):
    """``topic`` is what it was opened for. Esc closes, Ctrl+F searches, Alt+Left goes back."""

    def __init__(self, theme: Theme, book: Book | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._theme, self.book = theme, book or Book()
        self.topic = Topic(FIRST)
        self._visited: list[tuple[str, str]] = []
        self.setWindowTitle(self.tr("Help"))
        self.setWindowIcon(theme.icon("help", "accent", 32))
        self.view = ManualView(theme)
        self.view.setAccessibleName(self.tr("Chapter"))
        self.view.followed.connect(self._follow)
        self.field = TextField(theme, placeholder=self.tr("Search the manual"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.put_at_end(KeyCap(theme, "Ctrl+F"))
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._take_first)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Contents"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offered = suggestion_model(self)
        self.list.setModel(self._offered)
        self.list.setItemDelegate(SuggestionDelegate(theme, self))
        self.list.selectionModel().currentChanged.connect(self._take)
        self._lay_out()
        for keys, method in (("Ctrl+F", self._focus_search), ("Alt+Left", self.back)):
            QShortcut(QKeySequence(keys), self).activated.connect(method)
        theme.changed.connect(self.view.renew)
        self._search("")

    def show_topic(self, topic: Topic) -> None:
        """Show the place of a topic, with the sentence and the keys of its page, in front of all windows."""
        self.topic = topic
        self.field.clear()
        self.sentence.setText(topic.sentence)
        self.sentence.setVisible(bool(topic.sentence))
        self._show_keys(topic.actions)
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.open(topic.place)
        self.view.setFocus()

    def open(self, place: str, words: str = "") -> None:
        """Open ``chapter`` or ``chapter#heading``, with the words marked that were searched for."""
        name, _, anchor = place.partition("#")
        chapter = self.book.chapter(name)
        self._visited.append((chapter.name, anchor))
        self.view.show_chapter(chapter, anchor, words)
        if not self.field.text().strip():
            self._mark_in_contents(chapter)

    def back(self) -> None:
        """Go where the reader came from."""
        if len(self._visited) > 1:
            self._visited.pop()
            name, anchor = self._visited.pop()
            self.open(f"{name}#{anchor}")

    def stand_beside(self, window: QWidget) -> None:
        """Stand at the right edge of the screen, over as little of ``window`` as there is room for."""
        self.stand_within(window.screen().availableGeometry())

    def stand_within(self, room: QRect) -> None:
        """Stand at the right edge of a part of the screen; some of the work beside it stays in sight."""
        width, height = min(self._theme.px(WIDTH), room.width() * 3 // 4), min(self._theme.px(HEIGHT), room.height() * 9 // 10)
        self.setGeometry(room.right() + 1 - width, room.top() + (room.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes a search away, then closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.field.text():
            self.field.clear()
        else:
            self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the keys the lines that they need at this width."""
        super().resizeEvent(event)
        self._fit_keys()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on a white sheet with a thin frame, as dialogs do."""
        paint_sheet(self, self._theme, event)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        px = self._theme.px
        left = QVBoxLayout()
        left.setContentsMargins(px(16), px(16), px(8), px(16))
        left.setSpacing(px(8))
        left.addWidget(self.field)
        left.addWidget(self.list, 1)
        for button in self._make_papers():
            left.addWidget(button)
        holder = QWidget()
        holder.setFixedWidth(px(CONTENTS))
        holder.setLayout(left)
        self.sentence = label(self._theme, tone="muted", wrap=True)
        self.sentence.setContentsMargins(px(16), px(16), px(16), 0)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self.sentence)
        right.addWidget(self.view, 1)
        right.addWidget(self._make_keys())
        right.addLayout(self._make_buttons())
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.setSpacing(0)
        line.addWidget(holder)
        line.addWidget(Line(self._theme, vertical=True))
        line.addLayout(right, 1)

    def _make_keys(self) -> QScrollArea:
        self._keys = Column()
        self._keys.body.setContentsMargins(self._theme.px(16), 0, self._theme.px(16), 0)
        self.keys_area = QScrollArea()
        self.keys_area.setWidget(self._keys)
        self.keys_area.setWidgetResizable(True)
        self.keys_area.setFrameShape(QFrame.Shape.NoFrame)
        self.keys_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.keys_area.setAccessibleName(self.tr("Keys of this page"))
        self._show_keys(())
        return self.keys_area

    def _show_keys(self, actions: tuple[Action, ...]) -> None:
        while (item := self._keys.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        flow = FlowLayout(self._theme.px(10))
        for action in actions:
            pair = QWidget()
            pair.setLayout(row(KeyCap(self._theme, action.keys[0]), label(self._theme, action.title), spacing=self._theme.px(6)))
            flow.addWidget(pair)
        self._flow = QWidget()
        self._flow.setLayout(flow)
        self._keys.body.addWidget(self._flow)
        self.keys_area.setVisible(bool(actions))
        self._fit_keys()

    def _fit_keys(self) -> None:
        """Be as high as the keys need, up to three lines; more scroll."""
        needed = self._flow.heightForWidth(self.keys_area.viewport().width() - 2 * self._theme.px(16))
        self.keys_area.setFixedHeight(min(needed, self._theme.px(KEYS_HEIGHT)))

    def _make_papers(self) -> tuple[SecondaryButton, SecondaryButton]:
        """Return the buttons for what can be printed; a checkout has it after ``make manual``."""
        self.whole = SecondaryButton(self._theme, self.tr("Whole manual as PDF"), icon="printer")
        self.whole.clicked.connect(self._open_whole)
        self.cards = SecondaryButton(self._theme, self.tr("Cards with the keys"), icon="printer")
        self.cards.clicked.connect(self._open_cards)
        for button, path in ((self.whole, WHOLE), (self.cards, CARDS)):
            button.setEnabled(path.is_file())
            button.setToolTip("" if path.is_file() else self.tr("The PDF comes with the installed program."))
        return self.whole, self.cards

    def _make_buttons(self) -> QHBoxLayout:
        back = SecondaryButton(self._theme, self.tr("Back"), key="Alt+Left")
        back.clicked.connect(self.back)
        close = SecondaryButton(self._theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        buttons = row(back, None, close, spacing=self._theme.px(8))
        margin = self._theme.px(16)
        buttons.setContentsMargins(margin, 0, margin, margin)
        return buttons

    # --- moves ------------------------------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        """List what has the words; without words, the chapters."""
        with QSignalBlocker(self.list.selectionModel()):
            if words.strip():
                self._offered.show_items([self._hit(passage) for passage in self.book.find(words)[:MOST_HITS]])
            else:
                self._offered.show_items([Suggestion(chapter.title, "", chapter.name) for chapter in self.book.chapters])

    def _hit(self, passage: Passage) -> Suggestion:
        title = self.book.chapter(passage.chapter).title
        number = title.partition(".")[0]
        return Suggestion(passage.heading, number if passage.level > 1 and number.isdigit() else "", f"{passage.chapter}#{passage.anchor}")

    def _take(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid():
            self.open(str(self._offered.items[index.row()].value), self.field.text())

    def _take_first(self) -> None:
        self.list.setCurrentIndex(self._offered.index(0))

    def _mark_in_contents(self, chapter: Chapter) -> None:
        rows = [at for at, item in enumerate(self._offered.items) if item.value == chapter.name]
        with QSignalBlocker(self.list.selectionModel()):
            self.list.setCurrentIndex(self._offered.index(rows[0]) if rows else QModelIndex())
        self.list.viewport().update()

    def _follow(self, link: str) -> None:
        found = self.book.follow(self.book.chapter(self._visited[-1][0]), link)
        if found is not None:
            self.open(f"{found[0].name}#{found[1]}")

    def _focus_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _open_whole(self) -> None:
        _show(WHOLE)

    def _open_cards(self) -> None:
        _show(CARDS)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
