"""The keys of the page and of the whole desk, from the action table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.actions import ACTION_BY_ID, EVERYWHERE
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import label, row


class KeysDialog(DeskDialog):
    """Two columns of keys; ``action_ids`` are those that can be used now."""

    def __init__(self, theme: Theme, action_ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(theme, self.tr("All keys"), parent, width=760)
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
