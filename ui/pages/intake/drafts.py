"""The drafts of a form of one kind, intake or certification: kept after every change, parked for the next citizen, taken up again."""

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
    """Keeps one form. ``kept`` carries the draft, ``parked`` too, ``recalled`` one to show.

    ``not_kept`` carries the error of a draft that could not be written; ``ready`` comes when the draft of before was looked for.
    All work is on the data thread, in order, and only there ``draft_id`` is read and written: whatever was kept before is known.
    The form in hand is this window's alone; what the same clerk fills in at another desk stays there until it is fetched with F5.
    """

    kept = Signal(object)
    not_kept = Signal(object)
    ready = Signal()
    parked = Signal(object)
    recalled = Signal(object)

    def __init__(self, context: DeskContext, page: QWidget, kind: str = KIND) -> None:
        super().__init__(page)
        self._context, self._page, self._kind = context, page, kind
        self.draft_id = ""
        self.is_taking_up = False

    def take_up(self) -> None:
        """Ask for the form that was being filled when the program ended."""
        self.is_taking_up = True
        self._run(self._current, done=self._found, failed=self._not_found)

    def keep(self, content: dict[str, Any], label: str) -> None:
        """Keep the form as it is."""
        self._run(self._save, content, label, done=self._tell_kept, failed=self._tell_not_kept)

    def park(self) -> None:
        """Put the kept form aside."""
        self._run(self._park, done=self._tell_parked)

    def drop(self) -> None:
        """Give the kept form up."""
        self._run(self._drop)

    def received(self) -> None:
        """The form was received, and its draft went with it. Called on the data thread."""
        self.draft_id = ""

    def offer_parked(self) -> None:
        """Show the parked forms to choose from."""
        self._run(self._offered, done=self._offer)

    @property
    def _owner(self) -> str:
        return self._context.session.actor.user_id

    @property
    def _window(self) -> str:
        """A device has one window."""
        return self._context.counter.desk.device

    def _run(self, function: Any, *arguments: object, done: Any = None, failed: Any = None) -> None:  # noqa: ANN401  (services' methods)
        self._context.tasks.run(function, *arguments, done=done, failed=failed)

    # --- on the data thread -------------------------------------------------------------------------------------------

    def _current(self) -> Draft | None:
        return self._remember(self._context.counter.drafts.take_up(self._owner, self._kind, self._window))

    def _save(self, content: dict[str, Any], label: str) -> Draft | None:
        return self._remember(self._context.counter.drafts.save(self._owner, self._kind, content, label, self._window, self.draft_id))

    def _recalled(self, draft_id: str) -> Draft | None:
        return self._remember(self._context.counter.drafts.recall(self._owner, draft_id, self._window, self.draft_id))

    def _offered(self) -> list[Draft]:
        return self._context.counter.drafts.offered(self._owner, self._kind, self.draft_id)

    def _park(self) -> Draft:
        draft = self._context.counter.drafts.park(self._owner, self.draft_id)
        self.draft_id = ""
        return draft

    def _drop(self) -> None:
        draft_id, self.draft_id = self.draft_id, ""
        if draft_id:
            self._context.counter.drafts.discard(self._owner, draft_id)

    def _remember(self, draft: Draft | None) -> Draft | None:
        if draft is not None:
            self.draft_id = draft.draft_id
        return draft

    # --- on the window's thread ---------------------------------------------------------------------------------------

    def _found(self, draft: Draft | None) -> None:
        self.is_taking_up = False
        if draft is not None:
            self.recalled.emit(draft)
        self.ready.emit()

    def _not_found(self, error: DeskError) -> None:
        self.is_taking_up = False
        self.not_kept.emit(error)
        self.ready.emit()

    def _tell_kept(self, draft: Draft) -> None:
        self.kept.emit(draft)

    def _tell_not_kept(self, error: DeskError) -> None:
        self.not_kept.emit(error)

    def _tell_parked(self, draft: Draft) -> None:
        self.parked.emit(draft)

    def _tell_recalled(self, draft: Draft) -> None:
        self.recalled.emit(draft)

    def _offer(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._context.notices.say(self.tr("No form is parked."))
            return
        menu = QMenu(self._page)
        for draft in drafts:
            elsewhere = "" if draft.parked else self.tr(" · not parked, of another window")
            menu.addAction(f"{draft.saved_at:%H:%M} · {draft.label}{elsewhere}").setData(draft.draft_id)
        menu.triggered.connect(self._recall)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._page.mapToGlobal(self._page.rect().center()))
        menu.setActiveAction(menu.actions()[0])

    def _recall(self, action: QAction) -> None:
        self._run(self._recalled, action.data(), done=self._tell_recalled)
