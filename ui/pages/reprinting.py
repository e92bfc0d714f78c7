"""Printing a slip again: the same content, marked as a reprint; on the printer of the desk, or shown where there is none."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.registers import PrintedForm
from ui.context import DeskContext
from ui.dialogs.paper import PaperDialog


class Reprinter(QObject):
    """Belongs to a page; ``reprinted`` comes when the reprint is stored and on its way."""

    reprinted = Signal()

    def __init__(self, context: DeskContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def reprint(self, code: str) -> None:
        """Print the slip of a dossier again; a refusal is told as a notice."""
        paper, actor = self._context.counter.desk.paper, self._context.session.actor
        self._context.tasks.run(self._context.counter.slips.reprint, code, paper, actor, done=self._send)

    def _send(self, form: PrintedForm) -> None:
        printer = self._context.counter.desk.printer
        if printer:
            self._context.tasks.run(self._context.counter.print_queue.add, form.print_id, printer)
            self._context.notices.say(self.tr("The slip is printed again on {printer}.").format(printer=printer))
        else:
            PaperDialog.show_over(self._page, self._context, form.pdf, self.tr("Receipt slip, printed again"))
        self.reprinted.emit()
