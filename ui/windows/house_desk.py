"""What the commune keeps of its own house, each in a window of its own: units, signers, steps, and the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_app.domain.people import Permission
from counter_app.services.people.users import UserLine
from ui.context import Tools
from ui.dialogs.listed_settings import ListedSettingsDialog, ListForm
from ui.dialogs.office_lists import process_form, signers_form, units_form
from ui.dialogs.scanning.scanners import ScannersDialog
from ui.dialogs.trail import TrailDialog
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
        self.actions["trail"] = self.show_trail
        self.actions["scanners"] = self.show_scanners

    def attach(self, frame: Frame) -> None:
        """Open over this frame from now on."""
        self._frame = frame

    def show_trail(self) -> None:
        """Open the audit trail for whoever may read it."""
        if self._frame is not None and not self._frame.context.session.actor.may(Permission.INSPECT):
            self._tools.notices.say(self.tr("Only the head, an administrator or an inspector reads the audit trail."), "warning")
        else:
            self._tools.tasks.run(self._counter.users.list, done=self._open_trail, key="trail-people")

    def show_scanners(self) -> None:
        """Open the scanners of this PC."""
        if self._frame is not None:
            ScannersDialog(self._frame.context, self._frame).open()

    def _open_trail(self, people: Sequence[UserLine]) -> None:
        if self._frame is not None:
            TrailDialog(self._frame.context, people, self._frame).open()

    def _ask(self, describe: Callable[[Counter], ListForm]) -> None:
        self._tools.tasks.run(describe, self._counter, done=self._open_list, key="listed-settings")

    def _open_list(self, described: ListForm) -> None:
        if self._frame is not None:
            dialog = ListedSettingsDialog(self._frame.context, described, self._frame)
            dialog.saved.connect(self._note_saved)
            dialog.open()

    def _note_saved(self) -> None:
        self._tools.notices.say(self.tr("Saved. It holds from the next act on."), "accent")
