"""What every section of the page Quản trị has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import DeskContext

if TYPE_CHECKING:
    from counter_app.services.changes import Changes


class Section(QWidget):
    """One section: subclasses set ``section_id``, fill ``self.body`` and write ``do_<action id>`` for their actions.

    ``asked`` carries the id of an act that was pressed in the section, ``told`` says that :attr:`summary`, the words beside the page's
    title, or what is possible changed.
    """

    section_id: ClassVar[str] = ""
    asked = Signal(str)
    told = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.narrow = False
        self.summary = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(context.theme.px(12))

    @staticmethod
    def title() -> str:
        """Return the word on the tab, which stands before the section is made."""
        raise NotImplementedError

    def keys(self) -> tuple[str, ...]:
        """Return the ids of the key line, the section's main act first."""
        return ()

    def why_not(self, action_id: str) -> str | None:
        """Return why an act is not possible now, in words; None when it is."""
        del action_id
        return None

    def activate(self) -> None:
        """The section was opened: load what it shows."""

    def leave(self) -> None:
        """Another section or page comes."""

    def refresh(self, changes: Changes) -> None:
        """Something was written: load again what this section shows of it."""

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for less than 1180 effective pixels, or for more."""
        self.narrow = narrow

    def take_focus(self) -> None:
        """Put the focus where work begins."""
        self.setFocus()

    def to_next_pane(self) -> bool:
        """Go on to the next pane of the section; False where there is none behind the one with the focus."""
        return False

    def say(self, summary: str) -> None:
        """Put other words beside the page's title."""
        self.summary = summary
        self.told.emit()
