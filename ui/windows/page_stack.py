"""The open pages: made when they are first opened, told when they come and go, refreshed when what they show was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.context import DeskContext
from ui.pages.base import Page

if TYPE_CHECKING:
    from counter_app.services.changes import Changes

FOLD_BELOW = 760
"""Effective pixels: in less room the columns of a table no longer stand side by side."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the program: its id, the action that opens it (empty: only by way of another page), how it is made, and its place."""

    page_id: str
    action_id: str
    make: Callable[[DeskContext], Page]
    below_divider: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A page with the arguments it was opened with; a stack of these is the way back."""

    page_id: str
    arguments: dict[str, object]


class PageStack(QStackedWidget):
    """Holds the pages. ``opened`` carries the page that is shown now."""

    opened = Signal(object)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = {entry.page_id: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, Changes] = {}
        self._visits: list[Visit] = []
        self._context: DeskContext | None = None
        self._narrow = self._folded = False

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._visits[-1].page_id) if self._visits else None

    @property
    def visit(self) -> Visit | None:
        """What is shown, and how it was opened."""
        return self._visits[-1] if self._visits else None

    def start(self, context: DeskContext) -> None:
        """Make pages with this bundle from now on."""
        self._context = context

    def has(self, page_id: str) -> bool:
        """Tell whether the program has this page."""
        return page_id in self._entries

    def open(self, page_id: str, arguments: dict[str, object]) -> None:
        """Show a page; it becomes the newest step of the way back."""
        self._leave()
        if self._visits and self._visits[-1].page_id == page_id:
            self._visits.pop()
        self._visits = [*self._visits[-20:], Visit(page_id, arguments)]
        self._show()

    def back(self) -> bool:
        """Return to the page before; False where there is none."""
        if len(self._visits) < 2:
            return False
        self._leave()
        self._visits.pop()
        self._show()
        return True

    def note(self, changes: Changes) -> None:
        """Refresh the page that is shown; the others when they come again."""
        for page_id, page in self._pages.items():
            if page is self.page:
                page.refresh(changes)
            else:
                self._stale[page_id] = self._stale[page_id] | changes if page_id in self._stale else changes

    def set_narrow(self, narrow: bool) -> None:
        """Tell every page how much room there is."""
        self._narrow = narrow
        for page in self._pages.values():
            page.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell every page when tables have to fold: the room decides, not what a page would like to have."""
        super().resizeEvent(event)
        folded = self._context is not None and self.width() * 100 / self._context.theme.percent < FOLD_BELOW
        if folded != self._folded:
            self._folded = folded
            for page in self._pages.values():
                page.set_folded(folded)

    def leave(self) -> None:
        """The window goes away: let the open page keep what was typed."""
        self._leave()

    def _leave(self) -> None:
        if self.page is not None:
            self.page.leave()

    def _show(self) -> None:
        visit = self._visits[-1]
        page = self._pages.get(visit.page_id) or self._make(visit.page_id)
        self.setCurrentIndex(list(self._pages).index(visit.page_id))
        if visit.page_id in self._stale:
            page.refresh(self._stale.pop(visit.page_id))
        page.activate(**visit.arguments)
        self.opened.emit(page)

    def _make(self, page_id: str) -> Page:
        if self._context is None:
            raise RuntimeError("the stack was not started")
        page = self._entries[page_id].make(self._context)
        self._pages[page_id] = page
        self.addWidget(self._in_scroll_area(page))
        page.set_narrow(self._narrow)
        if self._folded:
            page.set_folded(folded=True)
        return page

    @staticmethod
    def _in_scroll_area(page: Page) -> QScrollArea:
        """A window too small for what a page needs at least scrolls; nothing is squeezed over its neighbour."""
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(page)
        page.setAutoFillBackground(False)
        return area
