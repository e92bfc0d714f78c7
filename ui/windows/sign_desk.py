"""Signing from anywhere in the window: what waits for a signature, and the signatures of any PDF."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.dialogs.scanning.signatures import SignaturesDialog
from ui.dialogs.scanning.signing import SignDialog
from ui.windows.frame import Frame


class SignDesk(QObject):
    """Opens what keys and palette ask for, over the frame that is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self.actions = {"sign_papers": self.show_waiting, "check_signatures": self.show_signatures}

    def attach(self, frame: Frame) -> None:
        """Open over this frame from now on."""
        self._frame = frame

    def show_waiting(self) -> None:
        """Open the papers that wait for a signature."""
        if self._frame is not None:
            SignDialog(self._frame.context, self._frame).open()

    def show_signatures(self) -> None:
        """Open the signatures of a file that is to be chosen."""
        if self._frame is not None:
            SignaturesDialog(self._frame.context, self._frame).open()
