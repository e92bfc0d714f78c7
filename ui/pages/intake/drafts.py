"""The drafts of the intake form: kept after every change, parked for the next citizen, taken up again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.registers import Draft
from ui.context import DeskContext

KIND = "intake"


class FormDrafts(QObject):
    """Keeps one form. ``kept`` carries the draft, ``parked`` too, ``recalled`` one to show; all work is on the data thread, in order.

    ``not_kept`` carries the error of a draft that could not be written; ``ready`` comes when the draft of before was looked for.
    """

    kept = Signal(object)
    not_kept = Signal(object)
    ready = Signal()
    parked = Signal(object)
    recalled = Signal(object)

    def __init__(self, context: DeskContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.draft_id = ""
        self.is_taking_up = False

    def take_up(self) -> None:
        """Ask for the form that was being filled when the program ended."""
        self.is_taking_up = True
        self._run(self._context.counter.drafts.current, self._owner, KIND, done=self._found, failed=self._not_found)

    def keep(self, content: dict[str, Any], label: str) -> None:
        """Keep the form as it is."""
        self._run(self._context.counter.drafts.save, self._owner, KIND, content, label, done=self._kept, failed=self.not_kept.emit)

    def park(self) -> None:
        """Put the kept form aside."""
        self._run(self._park, done=self._parked)

    def drop(self) -> None:
        """Give the kept form up."""
        self._run(self._drop)

    def received(self) -> None:
        """The form was received; its draft went with it."""
        self.draft_id = ""

    def offer_parked(self) -> None:
        """Show the parked forms to choose from."""
        self._run(self._context.counter.drafts.parked, self._owner, KIND, done=self._offer)

    @property
    def _owner(self) -> str:
        return self._context.session.actor.user_id

    def _run(self, function: Any, *arguments: object, done: Any = None, failed: Any = None) -> None:  # noqa: ANN401  (services' methods)
        self._context.tasks.run(function, *arguments, done=done, failed=failed)

    def _found(self, draft: Draft | None) -> None:
        self.is_taking_up = False
        self._taken_up(draft)
        self.ready.emit()

    def _not_found(self, error: DeskError) -> None:
        self.is_taking_up = False
        self.not_kept.emit(error)
        self.ready.emit()

    def _taken_up(self, draft: Draft | None) -> None:
        if draft is not None:
            self.draft_id = draft.draft_id
            self.recalled.emit(draft)

    def _kept(self, draft: Draft) -> None:
        self.draft_id = draft.draft_id
        self.kept.emit(draft)

    def _park(self) -> Draft:
        return self._context.counter.drafts.park(self.draft_id)

    def _parked(self, draft: Draft) -> None:
        self.draft_id = ""
        self.parked.emit(draft)

    def _drop(self) -> None:
        draft_id, self.draft_id = self.draft_id, ""
        if draft_id:
            self._context.counter.drafts.discard(draft_id)

    def _offer(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._context.notices.say(self.tr("No form is parked."))
            return
        menu = QMenu(self._page)
        for draft in drafts:
            menu.addAction(f"{draft.saved_at:%H:%M} · {draft.label}").setData(draft.draft_id)
        menu.triggered.connect(self._recall)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._page.mapToGlobal(self._page.rect().center()))
        menu.setActiveAction(menu.actions()[0])

    def _recall(self, action: QAction) -> None:
        self._run(self._context.counter.drafts.recall, action.data(), done=self._taken_up)
