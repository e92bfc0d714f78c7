"""A moment after the last key the form is checked and its slip is drawn: by workers, and only the newest answer counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import DeskError
from counter_app.services.intake.terms import IntakeCheck
from ui.background import Task
from ui.context import DeskContext
from ui.pages.intake.form import IntakeForm

LOOK_MS = 200


class FormLook(QObject):
    """``checked`` carries the check, ``drawn`` the PDF of the slip, ``failed`` the error where the clock or the database is not well."""

    checked = Signal(object)
    drawn = Signal(bytes)
    failed = Signal(object)

    def __init__(self, context: DeskContext, form: IntakeForm) -> None:
        super().__init__(form)
        self._context, self._form = context, form
        self._running: tuple[Task, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_MS)
        self._later.timeout.connect(self.now)

    def soon(self) -> None:
        """Look when nothing was changed for a moment."""
        self._later.start()

    def stop(self) -> None:
        """Don't look, and forget what was looked at: the form is on its way, or another one comes."""
        self._later.stop()
        for task in self._running:
            task.cancel()
        self._running = ()

    def now(self) -> None:
        """Look at the form as it is."""
        run, intake, command = self._context.tasks.run_slow, self._context.counter.intake, self._form.command()
        actor = self._context.session.actor
        self._running = (
            run(intake.check, command, done=self._tell_check, failed=self._tell_failure, key="intake-check"),
            run(intake.preview, command, actor, done=self._tell_slip, failed=self._tell_failure, key="intake-preview"),
        )

    def _tell_check(self, check: IntakeCheck) -> None:
        self.checked.emit(check)

    def _tell_slip(self, pdf: bytes) -> None:
        self.drawn.emit(pdf)

    def _tell_failure(self, error: DeskError) -> None:
        self.failed.emit(error)
