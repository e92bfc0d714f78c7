"""The keys of the page and of the whole desk, from the action table; with F1, in front of them, what the page is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.actions import ACTION_BY_ID, EVERYWHERE
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import label, row

HELP = {
    "home": QT_TRANSLATE_NOOP("Help", "What must be done now. Every figure opens its list; the table shows the dossiers taken in last."),
    "intake": QT_TRANSLATE_NOOP(
        "Help", "Take a dossier in. Type three letters of the procedure, scan the citizen's card, tick the papers with Space or F7, and F9 "
        "receives and prints. What you type is kept at once: after a power cut the form comes back."),
    "dossiers": QT_TRANSLATE_NOOP(
        "Help", "Find a dossier: by any words of the name, the code, the phone or the identity number, accents or not. "
        "The most urgent come first."),
    "dossier": QT_TRANSLATE_NOOP("Help", "One dossier: where it stands, what happened, what can be done now and why the rest can't."),
    "scanning": QT_TRANSLATE_NOOP(
        "Help", "Scan a stack: F12 scans, and the code on each slip begins the set of its dossier. Look at the pages, turn, delete and "
        "split them; F9 files every set that knows its dossier, the others wait. Nothing that was scanned is lost before it is filed."),
    "returning": QT_TRANSLATE_NOOP(
        "Help", "Scan the slip or the card; four steps are ticked as they are done. "
        "F10 returns the result, or goes where something is missing."),
    "hand_over": QT_TRANSLATE_NOOP(
        "Help", "Scan slip after slip into a batch. F9 records all of them at once and prints one list to sign; "
        "or none, where one may not go."),
    "certification": QT_TRANSLATE_NOOP(
        "Help", "Certified copies, signatures and contracts: one line for each paper, fee and number as you type. F9 does everything."),
    "reports": QT_TRANSLATE_NOOP(
        "Help", "The reports of a period, from the dossiers themselves; what was sent stays as it was."),
    "books": QT_TRANSLATE_NOOP(
        "Help", "The registers as they are printed, page by page. A line is never deleted: it is struck through with a reason."),
    "sync": QT_TRANSLATE_NOOP(
        "Help", "Did it arrive? This PC sends and fetches by itself; here stands what waits, what needs a person, and what became of every "
        "exchange. Without a line everything goes on, and is sent later."),
    "catalogue": QT_TRANSLATE_NOOP(
        "Help", "The procedures in force with their papers, time limits and fees, and the calendar that appointments are counted by."),
    "admin": QT_TRANSLATE_NOOP(
        "Help", "Who has an account here and what each role may do; an administrator adds people, gives new passwords, closes accounts."),
}


class KeysDialog(DeskDialog):
    """Two columns of keys. ``page_id`` adds the page's help in front; ``action_ids`` are those that can be used now."""

    def __init__(self, theme: Theme, action_ids: Sequence[str], page_id: str, parent: QWidget) -> None:
        title = QCoreApplication.translate("KeysDialog", "Help") if page_id else QCoreApplication.translate("KeysDialog", "All keys")
        super().__init__(theme, title, parent, width=760)
        if page_id in HELP:
            self.body.addWidget(label(theme, QCoreApplication.translate("Help", str(HELP[page_id])), wrap=True))
        actions = [ACTION_BY_ID[action_id] for action_id in action_ids if ACTION_BY_ID[action_id].keys]
        own = [action for action in actions if action.page != EVERYWHERE]
        if own:
            self._add_block(self.tr("On this page"), [(action.keys, action.title) for action in own])
        self._add_block(self.tr("Everywhere"), [(action.keys, action.title) for action in actions if action.page == EVERYWHERE])
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)

    def _add_block(self, heading: str, lines: Sequence[tuple[Sequence[str], str]]) -> None:
        px = self.theme.px
        self.body.addWidget(label(self.theme, heading, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        half = (len(lines) + 1) // 2
        for at, (keys, title) in enumerate(lines):
            caps = row(None, *(KeyCap(self.theme, key) for key in keys[:2]), spacing=px(4))
            column = 2 * (at // half)
            grid.addLayout(caps, at % half, column)
            grid.addWidget(label(self.theme, title), at % half, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
