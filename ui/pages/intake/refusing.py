"""A form that can't be taken in: looked at first, then refused in writing, with its reason, code and form 03, or left as it stands."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.acts.refusals import RefuseAtCounter
from ui.context import DeskContext
from ui.dialogs.acts.asking import refuse_at_counter
from ui.dialogs.acts.dialog import ActDialog
from ui.pages.intake.drafts import FormDrafts
from ui.pages.intake.form import IntakeForm


class Refusing(QObject):
    """``refused`` comes when the refusal is on record; ``hindered`` carries what is wrong with procedure or people before."""

    refused = Signal()
    hindered = Signal(object)

    def __init__(self, context: DeskContext, form: IntakeForm, drafts: FormDrafts, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._form, self._drafts, self._page = context, form, drafts, page

    def ask(self) -> None:
        """Ask why, where procedure and people are right; the draft was handed over to be kept."""
        typed = self._form.command()
        command = RefuseAtCounter(
            typed.procedure_code, typed.applicant, "", submitter=typed.submitter, documents=typed.documents or (), channel=typed.channel)
        self._context.tasks.run(self._look, command, done=self._open, failed=self._tell_hindered, key="intake-refuse")

    def _look(self, command: RefuseAtCounter) -> tuple[RefuseAtCounter, str]:
        """Run on the data thread, after the draft was kept: by then its id is known."""
        self._context.counter.life.refusals.check_at_counter(command)
        return command, self._drafts.draft_id

    def _open(self, looked: tuple[RefuseAtCounter, str]) -> None:
        dialog = ActDialog(self._context, refuse_at_counter(*looked), self._page)
        dialog.carried.connect(self._finish)
        dialog.open()

    def _finish(self, _: object) -> None:
        self._context.tasks.run(self._drafts.received)
        self.refused.emit()

    def _tell_hindered(self, error: DeskError) -> None:
        self.hindered.emit(error)
