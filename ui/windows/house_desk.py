"""What the commune keeps of its own house: units, signers and steps, each list in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Tools
from ui.dialogs.listed_settings import ListedSettingsDialog, ListForm
from ui.dialogs.office_lists import process_form, signers_form, units_form
from ui.windows.frame import Frame

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter


class HouseDesk(QObject):
    """Opens what the palette and the settings ask for, over the frame that is shown."""

    def __init__(self, tools: Tools, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._counter = tools, counter
        self._frame: Frame | None = None
        lists = {"units_settings": units_form, "signers_settings": signers_form, "process_settings": process_form}
        self.actions: dict[str, Callable[[], None]] = {name: partial(self._ask, describe) for name, describe in lists.items()}

    def attach(self, frame: Frame) -> None:
        """Open over this frame from now on."""
        self._frame = frame

    def _ask(self, describe: Callable[[Counter], ListForm]) -> None:
        self._tools.tasks.run(describe, self._counter, done=self._open_list, key="listed-settings")

    def _open_list(self, described: ListForm) -> None:
        if self._frame is not None:
            dialog = ListedSettingsDialog(self._frame.context, described, self._frame)
            dialog.saved.connect(self._note_saved)
            dialog.open()

    def _note_saved(self) -> None:
        self._tools.notices.say(self.tr("Saved. It holds from the next act on."), "accent")
