"""Settings of this desk: what its slips say and where they are printed, the reader, the lock. Only what works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.printing.thermal import address_of
from counter_app.services.documents.print_queue import THERMAL
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import row

if TYPE_CHECKING:
    from counter_app.services.desk.settings import DeskProfile

LOCKS = (0, 5, 10, 20, 60)


class SettingsDialog(DeskDialog):
    """Fields of the desk's profile (for whoever may manage the desk) and of this PC. ``saved`` when all is stored.

    ``wanted`` carries the action of another window with settings.
    """

    saved = Signal()
    wanted = Signal(str)

    def __init__(self, context: DeskContext, profile: DeskProfile, printers: Sequence[str], ports: Sequence[tuple[str, str]],
                 parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("SettingsDialog", "Settings of this desk"), parent, width=640)
        self._context, self._profile = context, profile
        self._may = context.session.actor.may(Permission.MANAGE_DESK)
        theme = context.theme
        self._banner = Banner(theme)
        self.body.addWidget(self._banner)
        self.form = Form(theme, submits=True)
        self.form.submitted.connect(self._save)
        self.body.addWidget(self.form)
        self._printer, self._paper, self._port, self._lock = (ChoiceField(theme) for _ in range(4))
        self._phone, self._address, self._roll = TextField(theme), TextField(theme), TextField(theme, placeholder="192.168.1.50")
        self._fill(printers, ports)
        self._add_rows()
        if not self._may:
            words = self.tr("Only an administrator changes what the slips say; the reader and the lock are yours to choose.")
            self._banner.say("neutral", words)
            for field in (self._printer, self._paper, self._roll, self._phone, self._address):
                field.setEnabled(False)
        self.body.addLayout(self._links())
        self._done = PrimaryButton(theme, self.tr("Save"), key="Enter")
        self._done.clicked.connect(self._save)
        self.add_button(self._done)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(cancel)

    def _fill(self, printers: Sequence[str], ports: Sequence[tuple[str, str]]) -> None:
        profile, preferences = self._profile, self._context.preferences
        roll = profile.printer if profile.printer.startswith(THERMAL) else ""
        offered = [(self.tr("None now, keep the PDF"), ""), *((name, name) for name in printers),
                   (self.tr("A receipt printer, by its address"), THERMAL)]
        _offer(self._printer, offered, THERMAL if roll else profile.printer)
        self._roll.setText(roll.removeprefix(THERMAL).removeprefix("//"))
        self._printer.currentIndexChanged.connect(self._ask_for_roll)
        papers = [(self.tr("A5, one slip a sheet"), "a5"), (self.tr("A4, two slips with a cutting line"), "a5x2"), (self.tr("A4"), "a4"),
                  (self.tr("80 mm roll"), "80mm")]
        _offer(self._paper, papers, profile.paper)
        _offer(self._port, [(self.tr("None: the reader types like a keyboard"), ""), *((f"{text} ({port})", port) for port, text in ports)],
               preferences.reader_port)
        offered_locks = LOCKS if self._may or not preferences.lock_minutes else tuple(filter(None, LOCKS))
        minutes = [
            (self.tr("After {minutes} minutes").format(minutes=count) if count else self.tr("Never"), count) for count in offered_locks]
        _offer(self._lock, minutes, preferences.lock_minutes)
        self._phone.setText(profile.phone)
        self._address.setText(profile.address)

    def _add_rows(self) -> None:
        self.form.add_row(self.tr("Printer"), self._printer, "printer", at=(0, 0))
        self.form.add_row(self.tr("Paper of the slips"), self._paper, "paper", at=(0, 1))
        words = self.tr("Address of the receipt printer: network address with port, or device such as /dev/usb/lp0")
        self.form.add_row(words, self._roll, "roll", at=(1, 0), span=2)
        self.form.add_row(self.tr("Telephone, printed on the slips"), self._phone, "phone", at=(2, 0))
        self.form.add_row(self.tr("Address of the office"), self._address, "address", at=(2, 1))
        self.form.add_row(self.tr("Barcode reader on a serial port"), self._port, "reader_port", at=(3, 0))
        self.form.add_row(self.tr("Lock the screen when nobody is here"), self._lock, "lock_minutes", at=(3, 1))
        self._ask_for_roll()

    def _ask_for_roll(self, _: int = 0) -> None:
        """Ask for the address only where the printer has one."""
        self.form.row("roll").setVisible(self._printer.currentData() == THERMAL)

    def _links(self) -> QHBoxLayout:
        """Return the ways to what is set in windows of its own."""
        words = {
            "message_settings": self.tr("Messages to citizens…"), "report_settings": self.tr("Reports…"),
            "units_settings": self.tr("Units…"), "signers_settings": self.tr("Who signs…"), "process_settings": self.tr("Steps…"),
            "scanners": self.tr("Scanners…")}
        links = []
        for action_id, text in words.items():
            links.append(LinkButton(self._context.theme, text))
            links[-1].setProperty("action_id", action_id)
            links[-1].clicked.connect(self._go_on)
        return row(*links, None, spacing=20)

    def _go_on(self) -> None:
        """To the window that the link names."""
        action_id = str(self.sender().property("action_id"))
        self.reject()
        self.wanted.emit(action_id)

    def _save(self) -> None:
        preferences = self._context.preferences
        preferences.reader_port = self._port.currentData()
        preferences.lock_minutes = self._lock.currentData()
        if not self._may:
            self._finish(None)
            return
        printer = self._printer.currentData()
        if printer == THERMAL:
            printer = address_of(self._roll.text())
            if printer is None:
                self.form.show_problems({"roll": self.tr("Write the printer's address, for example 192.168.1.50 or /dev/usb/lp0.")})
                return
        wanted = replace(self._profile, printer=printer, paper=self._paper.currentData(),
                         phone=self._phone.text().strip(), address=self._address.text().strip())
        self._done.setEnabled(False)
        save = self._context.counter.settings.save
        self._context.tasks.run(save, wanted, self._context.session.actor, done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.saved.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        self._done.setEnabled(True)
        found = self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems})
        if not found:
            self._banner.say("danger", sentences_of(error))


def _offer(field: ChoiceField, options: Sequence[tuple[str, object]], chosen: object) -> None:
    """Fill a choice; a chosen thing that is not there now (an unplugged printer) stays on offer."""
    for text, value in options:
        field.addItem(text, value)
    at = field.findData(chosen)
    if at < 0:
        field.addItem(str(chosen), chosen)
        at = field.count() - 1
    field.setCurrentIndex(at)
