"""Making this PC a device of the province: with the ticket's file, or its QR code under the reader."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.changes import Changes
from counter_app.services.line.province import Relation, ticket_of
from counter_app.services.surroundings import disk_fault
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label, row

LARGEST = 65_536
"""A ticket has some hundred bytes; more is another file."""


class EnrolDialog(DeskDialog):
    """``enrolled`` when the province has taken this PC in. What goes wrong stands at the ticket, which may be tried again."""

    enrolled = Signal()

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("EnrolDialog", "Enrol this PC with the province"), parent, width=600)
        theme = context.theme
        self._context = context
        self.banner = Banner(theme)
        explanation = self.tr(
            "The province gives the commune a ticket for each PC: a small file, or a QR code on paper. Choose the file, or hold the QR "
            "code under the barcode reader. What was received before is sent afterwards, in order.")
        self.ticket, self.form = TextField(theme), Form(theme, submits=True)
        self.form.add_row(self.tr("Ticket"), self.ticket, "ticket", at=(0, 0))
        self.form.submitted.connect(self._enrol)
        choose = SecondaryButton(theme, self.tr("Choose the file…"))
        choose.clicked.connect(self._look_for_file)
        self.body.addWidget(self.banner)
        self.body.addWidget(label(theme, explanation, wrap=True))
        self.body.addWidget(self.form)
        self.body.addLayout(row(choose, None))
        self.go = PrimaryButton(theme, self.tr("Enrol"), key="F9")
        self.go.setShortcut(Qt.Key.Key_F9)
        self.go.clicked.connect(self._enrol)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.add_button(self.go)
        self.add_button(close)
        self.ticket.setFocus()

    def take_scan(self, text: str) -> None:
        """Take the QR code of a ticket."""
        self.ticket.setText(text)
        self._enrol()

    def show_file(self, path: str) -> None:
        """Take the file of a ticket."""
        self._context.tasks.run(read_ticket_file, Path(path), done=self.take_scan, failed=self.refuse)

    def _look_for_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose the file…"), self._context.preferences.save_folder, "JSON (*.json);;* (*)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.show_file)
        chooser.open()

    def _enrol(self) -> None:
        if not self.go.isEnabled():
            return
        self.form.show_problems({})
        self.go.setEnabled(False)
        self.banner.say("neutral", self.tr("Asking the province…"))
        self._context.tasks.run_slow(self._ask, self.ticket.text(), done=self._note_enrolled, failed=self.refuse)

    def _ask(self, text: str) -> Relation:
        return self._context.counter.line.enrol(ticket_of(text), self._context.session.actor)

    def _note_enrolled(self, relation: Relation) -> None:
        words = self.tr("This PC is enrolled with {name}. It sends by itself from now on.")
        self._context.notices.say(words.format(name=relation.agency_name or relation.agency), "accent")
        self._context.tasks.changed.emit(Changes.of("outbox", "numbers", "settings"))
        self.enrolled.emit()
        self.accept()

    def refuse(self, error: DeskError) -> None:
        """Say at the ticket what is wrong and what to do."""
        self.go.setEnabled(True)
        self.banner.hide()
        self.form.show_problems({"ticket": sentences_of(error)})
        self.ticket.setFocus()
        self.ticket.selectAll()


def read_ticket_file(path: Path) -> str:
    """Return the text of a ticket's file; what is too large for one is cut, and so is none."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig", "replace")
    except OSError as error:
        raise disk_fault(error, path) from error
