"""What every page has in common: its actions, its scans, its life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.actions import ACTION_BY_ID, Action
from ui.context import DeskContext

if TYPE_CHECKING:
    from counter_app.domain.scan import ScanMeaning
    from counter_app.services.changes import Changes
    from counter_app.services.dossiers.home import HomeFigures
    from counter_app.services.helping.doctor import Finding


class Page(QWidget):
    """A page of the stack. Subclasses set ``page_id``, fill ``self.body`` and write ``do_<action id>`` for their actions.

    ``actions_changed`` asks the key line to look again, ``title_changed`` the window.
    """

    page_id: ClassVar[str] = ""
    actions_changed = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.narrow = False
        self.folded = False
        self.setObjectName(self.page_id)
        self.body = QVBoxLayout(self)
        px = context.theme.px
        self.body.setContentsMargins(px(24), px(16), px(24), px(16))
        self.body.setSpacing(px(12))

    def heightForWidth(self, width: int) -> int:
        """Return the least height: the scroll area around a page squeezes it that far before it scrolls."""
        return self.body.totalMinimumHeightForWidth(width)

    def page_actions(self) -> tuple[str, ...]:
        """Return the ids of the key line, the page's main act first."""
        return ()

    def why_not(self, action_id: str) -> str | None:
        """Return why an action is not possible now, in words; None when it is."""
        del action_id
        return None

    def busy_words(self, action_id: str) -> str:
        """Return what stands in the place of an action's title while it is under way; empty when it is not."""
        del action_id
        return ""

    def offers(self, action_id: str) -> bool:
        """Tell whether this page has an action of its own of that name, possible now or not."""
        return hasattr(self, f"do_{action_id}")

    @property
    def help_part(self) -> str:
        """The part of the page that is in front, where the manual has a place for each; empty where a page has one chapter."""
        return ""

    def shown_action(self, action_id: str) -> Action:
        """Return an action as the key line shows it: a page may give it the key of the main act."""
        return ACTION_BY_ID[action_id]

    def trigger(self, action_id: str) -> bool:
        """Do an action of this page; False when the page has none of that name or it is not possible now."""
        if not self.offers(action_id):
            return False
        reason = self.why_not(action_id)
        if reason is not None:
            self.context.notices.say(reason, "warning")
            return False
        self.act(action_id)
        return True

    def act(self, action_id: str) -> None:
        """Do an action that is possible: the method of its name."""
        method: Callable[[], None] = getattr(self, f"do_{action_id}")
        method()

    def activate(self, *_: Any, **arguments: Any) -> None:  # noqa: ANN401  (each page names its own)
        """The page was opened: load what it shows and put the focus where work begins."""

    def leave(self) -> None:
        """Another page comes, the screen is locked or the window is laid out anew: keep what was typed."""

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """Take what a reader read; False passes it on to the window, which opens the dossier or starts an intake."""
        del meaning
        return False

    def refresh(self, changes: Changes) -> None:
        """Something was written: load again what this page shows of it."""

    def show_figures(self, figures: HomeFigures) -> None:
        """The frame counted the day anew, as it does when a page is opened and after every change."""

    def show_hindrances(self, found: Sequence[Finding]) -> None:
        """The frame asked what stands in the way of the next dossier, when the page was opened and after every change."""

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for less than 1180 effective pixels, or for more. Right columns become a second pane (F6)."""
        self.narrow = narrow

    def set_folded(self, folded: bool) -> None:
        """Lay tables out in rows of two lines, or of one: there is no room for all columns side by side, or there is."""
        self.folded = folded

    def reveal(self, part: QWidget) -> None:
        """Scroll to a part, in a window too low for the whole page."""
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(part, 0, 0)
