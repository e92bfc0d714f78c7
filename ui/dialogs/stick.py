"""The exchange with the province by a stick: one file out, its answer in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.errors import DeskError, broken
from counter_app.services.line.province import Ticket, ticket_of
from counter_app.services.line.stick import StickRead, StickWritten
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.dialogs.enrol import read_ticket_file
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label, row


class StickDialog(DeskDialog):
    """Writes and reads in the folder that stands in it. ``enrolled`` False asks for a ticket beside it, for whoever may enrol."""

    def __init__(self, context: DeskContext, parent: QWidget, *, enrolled: bool) -> None:
        super().__init__(context.theme, QCoreApplication.translate("StickDialog", "Exchange by a USB stick"), parent, width=620)
        theme = context.theme
        self._context, self._tasks = context, context.tasks
        self.banner = Banner(theme)
        explanation = self.tr(
            "Without a line: write one file to the stick, have it carried to the province, and take the province's answer at this PC "
            "again. Only the province can read the file. A lost stick costs nothing: write another file.")
        self.folder, self.ticket, self.form = TextField(theme), TextField(theme), Form(theme, submits=True)
        self.form.add_row(self.tr("Folder on the stick"), self.folder, "folder", at=(0, 0))
        self.form.add_row(self.tr("Ticket of the province"), self.ticket, "ticket", at=(1, 0))
        self.form.row("ticket").setVisible(not enrolled)
        self.form.submitted.connect(self._write)
        choose, choose_ticket = SecondaryButton(theme, self.tr("Other folder…")), SecondaryButton(theme, self.tr("File of the ticket…"))
        choose.clicked.connect(self._look_for_folder)
        choose_ticket.clicked.connect(self._look_for_ticket)
        choose_ticket.setVisible(not enrolled)
        self.body.addWidget(self.banner)
        self.body.addWidget(label(theme, explanation, wrap=True))
        self.body.addWidget(self.form)
        self.body.addLayout(row(choose, choose_ticket, None))
        self.out = PrimaryButton(theme, self.tr("Write to the stick"), key="F9")
        self.out.setShortcut(Qt.Key.Key_F9)
        self.out.clicked.connect(self._write)
        self.back = SecondaryButton(theme, self.tr("Take the answer"), key="F11")
        self.back.setShortcut(Qt.Key.Key_F11)
        self.back.clicked.connect(self._read)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        for button in (self.out, self.back, close):
            self.add_button(button)
        self.folder.setText(context.preferences.save_folder)
        self.folder.setFocus()

    def take_scan(self, text: str) -> None:
        """Take the QR code of a ticket."""
        self.ticket.setText(text)

    def _look_for_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Other folder…"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.folder.setText)
        chooser.open()

    def _look_for_ticket(self) -> None:
        chooser = QFileDialog(self, self.tr("File of the ticket…"), self.folder.text(), "JSON (*.json);;* (*)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._take_ticket)
        chooser.open()

    def _take_ticket(self, path: str) -> None:
        self._tasks.run(read_ticket_file, Path(path), done=self.take_scan, failed=self.refuse)

    def _write(self) -> None:
        if self._begins(self.tr("Writing to the stick…")):
            work = partial(self._written, self.folder.text().strip(), self.ticket.text().strip())
            self._tasks.run_slow(work, done=self._note_written, failed=self.refuse)

    def _read(self) -> None:
        if self._begins(self.tr("Taking the answer…")):
            self._tasks.run_slow(partial(self._taken, self.folder.text().strip()), done=self._note_read, failed=self.refuse)

    def _begins(self, words: str) -> bool:
        """Tell whether nothing is under way, and let nothing else begin."""
        if not self.out.isEnabled():
            return False
        self.form.show_problems({})
        self.banner.say("neutral", words)
        self._enable(at_rest=False)
        return True

    def _enable(self, *, at_rest: bool) -> None:
        self.out.setEnabled(at_rest)
        self.back.setEnabled(at_rest)

    def _written(self, folder: str, typed: str) -> StickWritten:
        ticket = ticket_of(typed) if typed else None
        if not (ticket is None or isinstance(ticket, Ticket)):
            raise broken("STICK_NO_KEY")
        return self._context.counter.stick.write(_folder(folder), self._context.session.actor, ticket=ticket)

    def _taken(self, folder: str) -> StickRead:
        return self._context.counter.stick.read(_folder(folder), self._context.session.actor)

    def _note_written(self, done: StickWritten) -> None:
        words = self.tr(
            "{ops} items and {files} scans stand in {name}. Take the stick out in order and have it carried to the province.")
        self._say(words.format(ops=done.ops, files=done.files, name=done.file.name))

    def _note_read(self, done: StickRead) -> None:
        words = self.tr("The province has recorded {sent} items and holds {uploaded} scans; {received} changes came in.")
        self._say(words.format(sent=done.sent, uploaded=done.uploaded, received=done.received))

    def _say(self, words: str) -> None:
        self._enable(at_rest=True)
        self.banner.say("accent", words)

    def refuse(self, error: DeskError) -> None:
        """Say at the folder, or at the ticket, what is wrong and what to do."""
        self._enable(at_rest=True)
        self.banner.hide()
        at_ticket = error.problems[0].code.startswith(("TICKET", "ENROL")) and not self.form.row("ticket").isHidden()
        self.form.show_problems({"ticket" if at_ticket else "folder": sentences_of(error)})
        self.folder.setFocus()


def _folder(text: str) -> Path:
    """Return the folder that was typed; raises RuleBrokenError STICK_FOLDER_NEEDED for none."""
    if not text:
        raise broken("STICK_FOLDER_NEEDED", "folder")
    return Path(text)
