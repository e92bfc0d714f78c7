"""A kept form shown again: what was typed at once, its procedure with papers and fees when the catalogue has answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from counter_app.domain.catalogue import Procedure
from counter_app.domain.errors import DeskError
from ui.context import DeskContext
from ui.notices import sentences_of
from ui.pages.intake.form import IntakeForm


class Restoring(QObject):
    """``restored`` comes when the procedure is there; ``ready`` after it, and also where it went out of force and the rest stays."""

    restored = Signal()
    ready = Signal()

    def __init__(self, context: DeskContext, form: IntakeForm) -> None:
        super().__init__(form)
        self._context, self._form = context, form
        self._content: dict[str, Any] = {}
        self.is_busy = False

    def show(self, content: dict[str, Any]) -> None:
        """Show what a draft kept."""
        self._form.restore(content, None)
        self._content = content
        if code := content.get("procedure_code"):
            self.is_busy = True
            today, get = self._context.counter.clock.now().date(), self._context.counter.catalogue.get
            self._context.tasks.run(get, code, today, done=self._complete, failed=self._tell_gone, key="intake-restore")

    def _complete(self, procedure: Procedure) -> None:
        self.is_busy = False
        self._form.restore(self._content, procedure)
        self.restored.emit()
        self.ready.emit()

    def _tell_gone(self, error: DeskError) -> None:
        self.is_busy = False
        self._form.procedure.tell(sentences_of(error))
        self.ready.emit()
