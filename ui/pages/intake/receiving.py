"""F9 on its way: said at once, the fields held when the disk is slow, so that nothing is typed into a dossier that is already written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import DeskError
from counter_app.services.intake.terms import Received, ReceiveDossier
from ui.context import DeskContext
from ui.pages.intake.drafts import FormDrafts
from ui.pages.intake.form import IntakeForm

HOLD_MS = 300
"""A usual disk is done by then: the fields need not flicker."""


class Receiving(QObject):
    """``received`` carries what was received, ``refused`` the error: then the form stands as it was and takes keys again."""

    received = Signal(object)
    refused = Signal(object)

    def __init__(self, context: DeskContext, form: IntakeForm, drafts: FormDrafts) -> None:
        super().__init__(form)
        self._context, self._form, self._drafts = context, form, drafts
        self.is_busy = False
        self._hold_later = QTimer(self)
        self._hold_later.setSingleShot(True)
        self._hold_later.setInterval(HOLD_MS)
        self._hold_later.timeout.connect(self._hold)

    def start(self, command: ReceiveDossier) -> None:
        """Receive a form whose draft was handed over to be kept."""
        self.is_busy = True
        self._hold_later.start()
        self._context.tasks.run(self._receive, command, done=self._tell_received, failed=self._tell_refused)

    def _receive(self, command: ReceiveDossier) -> Received:
        """Run on the data thread, after the draft was kept: by then its id is known. Paper and printer are those of now."""
        counter, profile = self._context.counter, self._context.counter.settings.profile()
        command = replace(command, draft_id=self._drafts.draft_id, paper=profile.paper, print=bool(profile.printer))
        received = counter.intake.receive(command, self._context.session.actor)
        self._drafts.received()
        return received

    def _hold(self) -> None:
        self._form.set_held(True)

    def _end(self) -> None:
        self.is_busy = False
        self._hold_later.stop()
        self._form.set_held(False)

    def _tell_received(self, received: Received) -> None:
        self._end()
        self.received.emit(received)

    def _tell_refused(self, error: DeskError) -> None:
        self._end()
        self.refused.emit(error)
