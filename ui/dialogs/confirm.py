"""A question before something that can't be taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import DangerButton, SecondaryButton
from ui.widgets.sheet import label


class ConfirmDialog(DeskDialog):
    """``agreed`` when the act is wanted; the safe answer has the focus."""

    agreed = Signal()

    def __init__(self, theme: Theme, title: str, words: str, act: str, parent: QWidget) -> None:
        super().__init__(theme, title, parent, width=480)
        self.body.addWidget(label(theme, words, wrap=True))
        yes = DangerButton(theme, act)
        yes.clicked.connect(self._agree)
        no = SecondaryButton(theme, self.tr("Leave it"), key="Esc")
        no.clicked.connect(self.reject)
        no.setDefault(True)
        self.add_button(yes)
        self.add_button(no)
        no.setFocus()

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()
