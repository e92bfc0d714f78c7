"""The frame of the desk: top bar, side bar, pages, key line, and everything that moves between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.scan import ScanKind, ScanMeaning, meaning
from ui.actions import ACTION_BY_ID, ACTIONS, EVERYWHERE, actions_of
from ui.context import DeskContext, Tools
from ui.help.book import FIRST
from ui.help.topics import Topic, topic_of_page
from ui.models.keeping import only_one_words, strip_words
from ui.pages.base import Page
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton
from ui.widgets.key_line import KeyItem, KeyLine
from ui.widgets.sheet import Line
from ui.widgets.state_words import StateWords
from ui.widgets.toast import ToastArea
from ui.windows.commands import Commands
from ui.windows.page_stack import PageEntry, PageStack, Visit
from ui.windows.side_bar import SideBar
from ui.windows.top_bar import TopBar

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.changes import Changes
    from counter_app.services.dossiers.home import HomeFigures
    from counter_app.services.helping.doctor import Finding
    from counter_app.services.keeping.records import KeepingStanding
    from counter_app.services.line.keeper import LineNews
    from counter_app.services.line.province import Trouble
    from counter_app.services.people.login import Session
    from ui.pages.scanning.seat import ScanSeat

NARROW_BELOW = 1180
"""Effective pixels: the window's width at the size of the text."""
OF_LIST = {"dossier": "dossiers", "hand_over": "dossiers"}
"""Pages without a place in the side bar, and the page whose mark they keep."""
TICK_MS = 10_000
LEAST_SEARCH = 2


class Frame(QWidget):
    """The window of one logged-in clerk; the navigator of its pages. ``asked`` carries what concerns the whole program (lock …)."""

    asked = Signal(str)

    def __init__(self, tools: Tools, counter: Counter, session: Session, entries: Sequence[PageEntry],
                 parent: QWidget | None = None, *, scans: ScanSeat | None = None) -> None:
        super().__init__(parent)
        theme = tools.theme
        self.context = DeskContext(counter, session, tools.tasks, theme, tools.notices, self, tools.preferences, scans, tools.line,
                                   tools.keeping)
        self.top_bar = TopBar(theme, counter.desk, session.user.full_name)
        self.side_bar = SideBar(theme, [entry.action_id for entry in entries if entry.action_id and not entry.below_divider],
                                [entry.action_id for entry in entries if entry.action_id and entry.below_divider])
        self.stack = PageStack(entries)
        self.stack.start(self.context)
        self.key_line = KeyLine(theme, ACTION_BY_ID["keys"])
        self.state = StateWords(theme)
        self.copies = LinkButton(theme, "")
        self.copies.hide()
        self.key_line.state.addWidget(self.copies)
        self.key_line.state.addWidget(self.state)
        self.copies.clicked.connect(self._open_copies)
        self.state.clicked.connect(self._open_line)
        if tools.line.news is not None:
            self.state.show_line(tools.line.news)
        if tools.keeping.standing is not None:
            self._show_copies(tools.keeping.standing)
        self.toasts = ToastArea(theme, self, bottom=48)
        self.above = QWidget()
        self.banner = Banner(theme)
        self._banner_action = ""
        self.commands = Commands(self)
        self.narrow: bool | None = None
        self._page_shortcuts: list[tuple[str, QShortcut]] = []
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._tick()

    # --- navigation -------------------------------------------------------------------------------------------------

    def open(self, page_id: str, **arguments: object) -> None:
        """Show a page; what was scanned or searched for stays in the field only beside its own results."""
        if self.stack.has(page_id):
            if not arguments.get("query"):
                self.top_bar.scan_field.clear()
            self.stack.open(page_id, arguments)

    def back(self) -> None:
        """Return to the page before; at the first one, go home."""
        if not self.stack.back():
            self.open("home")

    def visit(self) -> Visit | None:
        """Return what is open, to open it again after the window is laid out anew."""
        return self.stack.visit

    def trigger(self, action_id: str) -> None:
        """Do an action by its id: the page's own first, then what holds everywhere."""
        page = self.stack.page
        if page is not None and page.offers(action_id):
            page.trigger(action_id)
            self._show_keys()
        else:
            self.commands.trigger(action_id)

    def search(self, text: str) -> None:
        """Take a text that was scanned, or typed into the scan field or the palette."""
        self.take_scan(meaning(text, self.context.counter.clock.now().date()))

    def take_scan(self, found: ScanMeaning) -> None:
        """Give what was read to the page; what it doesn't want opens the dossier, starts an intake or searches.

        A slip that was misread leaves the page as it is.
        """
        page = self.stack.page
        if found.kind is ScanKind.NOTHING or (page is not None and page.take_scan(found)):
            return
        if found.kind is ScanKind.CARD:
            self.open("intake")
            if self.stack.page is not None:
                self.stack.page.take_scan(found)  # not an argument of the visit: going back must not fill the card in again
        elif found.kind is ScanKind.CODE:
            self.open("dossier", code=found.code)
        elif found.misread:
            self.context.notices.say(self.tr("The reader misread a sign of this code. Please scan it again."), "warning")
        else:
            self.open("dossiers", query=found.query)

    def say_above(self, kind: str, sentence: str, *, action: str = "", action_id: str = "") -> None:
        """Keep a sentence above every page, with a button that does ``action_id``; an empty one takes it away."""
        self._banner_action = action_id
        self.above.setVisible(bool(sentence))
        if sentence:
            self.banner.say(kind, sentence, action=action)

    def help_topic(self) -> Topic:
        """Return what the manual says about the page that is open, with the keys that can be used there now."""
        page = self.stack.page
        if page is None:
            return Topic(FIRST)
        own = [page.shown_action(action.id) for action in actions_of(page.page_id) if action.keys and page.offers(action.id)]
        return topic_of_page(page.page_id, tuple(own), page.help_part)

    # --- life -------------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """The frame goes away: what was typed is kept."""
        self.stack.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when no field wanted it: the page's own meaning, else back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        page = self.stack.page
        own = [action.id for action in ACTIONS if page is not None and action.page == page.page_id and "Esc" in action.keys]
        self.trigger(own[0] if own else "back")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go narrow or wide with the effective width."""
        super().resizeEvent(event)
        narrow = self.width() * 100 / self.context.theme.percent < NARROW_BELOW
        if narrow != self.narrow:
            self.narrow = narrow
            for part in (self.top_bar, self.side_bar, self.stack):
                part.set_narrow(narrow)

    # --- within -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side_bar)
        middle.addWidget(Line(self.context.theme, vertical=True))
        middle.addLayout(self._make_centre(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.key_line)

    def _make_centre(self) -> QVBoxLayout:
        px = self.context.theme.px
        around = QVBoxLayout(self.above)
        around.setContentsMargins(px(24), px(12), px(24), 0)
        around.addWidget(self.banner)
        self.above.hide()
        self.banner.acted.connect(self._act_on_banner)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self.above)
        centre.addWidget(self.stack, 1)
        return centre

    def _connect(self) -> None:
        field = self.top_bar.scan_field
        field.entered.connect(self._enter_scan_field)
        field.typed.connect(self._search_while_typing)
        field.left_down.connect(self._focus_page)
        field.cleared.connect(self._focus_page)
        self.top_bar.asked.connect(self.trigger)
        self.side_bar.asked.connect(self.trigger)
        self.key_line.triggered.connect(self.trigger)
        self.commands.asked.connect(self.asked)
        self.stack.opened.connect(self._note_opened)
        self.context.notices.posted.connect(self.toasts.show_notice)
        self.context.tasks.changed.connect(self._note_changes)
        self.context.line.changed.connect(self._note_changes)
        self.context.line.told.connect(self._show_line)
        self.context.keeping.told.connect(self._show_copies)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()

    def _bind_keys(self) -> None:
        for action in ACTIONS:
            for key in action.bound_keys:
                if " " in key:
                    continue
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setProperty("action_id", action.id)
                shortcut.activated.connect(self._fire)
                shortcut.setEnabled(action.page == EVERYWHERE)
                if action.page != EVERYWHERE:
                    self._page_shortcuts.append((action.page, shortcut))

    def _fire(self) -> None:
        self.trigger(str(self.sender().property("action_id")))

    def _note_opened(self, page: Page) -> None:
        for page_id, shortcut in self._page_shortcuts:
            shortcut.setEnabled(page_id == page.page_id)
        self.side_bar.mark(f"go_{OF_LIST.get(page.page_id, page.page_id)}")
        page.actions_changed.connect(self._show_keys, Qt.ConnectionType.UniqueConnection)
        self._show_keys()
        self._ask_figures()

    def _show_keys(self) -> None:
        page = self.stack.page
        if page is not None:
            self.key_line.show_items([
                KeyItem(page.shown_action(each), page.why_not(each), page.busy_words(each)) for each in page.page_actions()])

    def _open_line(self) -> None:
        self.open("sync")

    def _open_copies(self) -> None:
        self.open("admin", section="keeping")

    def _act_on_banner(self) -> None:
        self.trigger(self._banner_action)

    def _enter_scan_field(self, text: str) -> None:
        self.search(text)
        self.top_bar.scan_field.selectAll()

    def _search_while_typing(self, text: str) -> None:
        """Results follow the typing on the page of dossiers; elsewhere Enter decides. The focus stays in the field."""
        page = self.stack.page
        if page is not None and page.page_id == "dossiers" and len(text.strip()) >= LEAST_SEARCH:
            self.open("dossiers", query=text.strip())
            self.top_bar.scan_field.setFocus()

    def _focus_page(self) -> None:
        self.commands.trigger("next_pane")

    def _tick(self) -> None:
        self.side_bar.clock.show_moment(self.context.counter.clock.now())

    def _note_changes(self, changes: Changes) -> None:
        self.stack.note(changes)
        self._ask_figures()

    def _ask_figures(self) -> None:
        self.context.tasks.run(self.context.counter.home.figures, done=self._show_figures, key="frame figures")
        self._ask_troubles()
        if self.stack.page is not None and self.stack.page.page_id == "home":
            self.context.tasks.run(self.context.counter.doctor.hindrances, done=self._show_hindrances, key="frame hindrances")

    def _show_hindrances(self, found: Sequence[Finding]) -> None:
        if self.stack.page is not None:
            self.stack.page.show_hindrances(found)

    def _ask_troubles(self) -> None:
        self.context.tasks.run(self.context.counter.line.troubles, done=self._show_troubles, key="frame troubles")

    def _show_line(self, news: LineNews) -> None:
        self.state.show_line(news)
        self.key_line.refit()
        self._ask_troubles()

    def _show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show the one count of what needs a person, below and at the side."""
        self.state.show_attention(len(troubles))
        self.key_line.refit()
        self._count("go_sync", len(troubles), self.tr("{count} need action"), "warning")

    def _show_copies(self, standing: KeepingStanding) -> None:
        """Say so where there is only one copy, or where somebody should look after the copies."""
        words = strip_words(standing)
        self.copies.setText(words)
        self.copies.setToolTip(only_one_words(standing) if standing.only_one else words)
        self.copies.setVisible(bool(words))
        self.key_line.refit()

    def _show_figures(self, figures: HomeFigures) -> None:
        if self.stack.page is not None:
            self.stack.page.show_figures(figures)
        self.state.show_counts(figures.outbox)
        self.key_line.refit()
        self._count("go_dossiers", figures.overdue, self.tr("{count} overdue"), "danger")
        self._count("go_returning", figures.result_waiting, self.tr("{count} results wait"))

    def _count(self, item_id: str, count: int, words: str, tone: str = "text_muted") -> None:
        """Show at a page of the side bar how much waits there; nothing for nothing."""
        if (item := self.side_bar.items.get(item_id)) is not None:
            item.show_count(str(count) if count else "", tone, words.format(count=count) if count else "")
