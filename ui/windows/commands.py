"""What the keys that hold everywhere do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.actions import ACTION_BY_ID, ACTIONS, EVERYWHERE, Action
from ui.dialogs.keys import KeysDialog
from ui.dialogs.notices import NoticesDialog
from ui.dialogs.palette import Palette
from ui.help import topics
from ui.widgets.banner import focus_first

if TYPE_CHECKING:
    from ui.windows.frame import Frame

STANDING_FOR = frozenset({"main_act"})
"""Actions that do what another one does that is listed itself, and bears their key."""


class Commands(QObject):
    """One method for each action of the page "everywhere"; ``asked`` passes on those that concern the whole program."""

    asked = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._methods: dict[str, Callable[[], object]] = {
            "scan_field": self._focus_scan_field, "help": self._show_help, "keys": self._show_keys, "palette": self._show_palette,
            "notices": self._show_notices, "next_pane": self._go_to_next_pane, "back": frame.back,
            "text_larger": self._enlarge, "text_smaller": self._shrink, "scan_stack": self._open_scanning,
        }

    def trigger(self, action_id: str) -> None:
        """Do an action: a page to open, a method of ours, or a wish to the program."""
        if action_id.startswith("go_"):
            self._frame.open(action_id.removeprefix("go_"))
        elif action_id in self._methods:
            self._methods[action_id]()
        elif action_id.startswith("theme_"):
            self._frame.context.theme.choose(action_id.removeprefix("theme_"))
        else:
            self.asked.emit(action_id)

    def available(self) -> list[str]:
        """Return the ids of everything that can be asked for now, for palette and keys sheet: this page's own first."""
        page = self._frame.stack.page
        own = [action.id for action in ACTIONS if page is not None and action.page == page.page_id and page.offers(action.id)]
        everywhere = [action.id for action in ACTIONS if action.page == EVERYWHERE and self._has(action.id)]
        return own + everywhere

    def _offered(self) -> list[Action]:
        """Return what the palette lists, as the page shows it; an act that only stands for another one is not named twice."""
        page = self._frame.stack.page
        found = [ACTION_BY_ID[action_id] if page is None else page.shown_action(action_id) for action_id in self.available()]
        return [action for action in found if action.id not in STANDING_FOR]

    def _has(self, action_id: str) -> bool:
        page = "scanning" if action_id == "scan_stack" else action_id.removeprefix("go_") if action_id.startswith("go_") else ""
        return not page or self._frame.stack.has(page)

    def _focus_scan_field(self) -> None:
        field = self._frame.top_bar.scan_field
        field.setFocus()
        field.selectAll()

    def _open_scanning(self) -> None:
        """F12 from anywhere; from a dossier its papers are scanned."""
        visit = self._frame.visit()
        code = visit.arguments.get("code") if visit is not None and visit.page_id == "dossier" else None
        self._frame.open("scanning", **({"code": code} if code else {}))

    def _enlarge(self) -> None:
        self._frame.context.theme.step(1)

    def _shrink(self) -> None:
        self._frame.context.theme.step(-1)

    def _show_help(self) -> None:
        topics.ask(self._frame)

    def _show_keys(self) -> None:
        KeysDialog(self._frame.context.theme, self.available(), self._frame).open()

    def _show_notices(self) -> None:
        NoticesDialog(self._frame.context.theme, self._frame.context.notices.kept, self._frame).open()

    def _show_palette(self) -> None:
        palette = Palette(self._frame.context.theme, self._offered(), self._frame)
        palette.chosen.connect(self._frame.trigger)
        palette.searched.connect(self._frame.search)
        palette.open()

    def _go_to_next_pane(self) -> None:
        """Go round the top bar and the page; a page with panes of its own has its own F6."""
        page = self._frame.stack.page
        if page is not None and not page.isAncestorOf(self._frame.focusWidget()):
            focus_first(page)
        else:
            self._focus_scan_field()
