"""Printing a form again: the same content, marked as a reprint; on the printer of the desk, or shown where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.registers import PrintedForm
from counter_app.services.changes import Changes
from counter_app.services.documents.slip_content import FORM as SLIP
from ui.context import DeskContext
from ui.papers import Papers


@dataclass(frozen=True, slots=True)
class _Reprint:
    """A reprint and where it goes; the worker that prints hears of it by ``changes``."""

    form: PrintedForm
    printer: str
    changes: Changes


class Reprinter(QObject):
    """Belongs to a page; ``reprinted`` comes when the reprint is stored and on its way."""

    reprinted = Signal()

    def __init__(self, context: DeskContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._papers = context, Papers(context, page)

    def reprint(self, code: str, form: str = SLIP) -> None:
        """Print the slip of a dossier, or another of its forms, again; a refusal is told as a notice."""
        self._context.tasks.run(self._make, code, form, done=self._tell)

    def _make(self, code: str, name: str) -> _Reprint:
        """Run on the data thread, with paper and printer as they are chosen now."""
        counter, profile = self._context.counter, self._context.counter.settings.profile()
        form = counter.slips.reprint(code, profile.paper, self._context.session.actor, name)
        if profile.printer:
            counter.print_queue.add(form.print_id, profile.printer)
        return _Reprint(form, profile.printer, Changes.of("dossiers", "outbox", "prints"))

    def _tell(self, made: _Reprint) -> None:
        if made.printer:
            self._context.notices.say(self.tr("Printed again on {printer}.").format(printer=made.printer))
        else:
            self._context.notices.say(self.tr("No printer is chosen (Ctrl+,): it opens as a PDF."))
            self._papers.open(made.form.print_id)
        self.reprinted.emit()
