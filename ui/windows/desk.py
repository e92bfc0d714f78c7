"""The room of one logged-in clerk: the frame with its pages, the lock over it, the readers, the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.domain.errors import DeskError
from counter_app.domain.masking import initials
from counter_app.domain.people import Permission
from ui.context import Tools
from ui.desk_pages import ENTRIES
from ui.dialogs.base import TakesScans
from ui.dialogs.cash_count import CashCountDialog
from ui.dialogs.number_help import NumberHelpDialog
from ui.dialogs.password import PasswordDialog
from ui.dialogs.report_settings import ReportSettingsDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.update_rules import CalendarUpdateDialog, CatalogueUpdateDialog
from ui.idle import IdleWatch
from ui.pages.scanning.seat import ScanSeat
from ui.scanning.serial_reader import SerialReader, ports
from ui.scanning.wedge import WedgeFilter
from ui.text_worker import TextWorker
from ui.widgets.people_list import Person
from ui.windows.citizens_desk import CitizensDesk
from ui.windows.frame import Frame
from ui.windows.house_desk import HouseDesk
from ui.windows.login import LoginScreen
from ui.windows.print_desk import PrintDesk
from ui.windows.setup import printer_names
from ui.windows.sign_desk import SignDesk
from ui.windows.window import DeskWindow

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.desk.settings import DeskProfile
    from counter_app.services.people.login import Session
    from counter_app.services.reports.settings import ReportSettings


class DeskRoom(QObject):
    """Everything between login and log-out."""

    log_out_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, tools: Tools, counter: Counter, session: Session, window: DeskWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._counter, self._session, self._window = tools, counter, session, window
        self.frame: Frame | None = None
        self._lock: LoginScreen | None = None
        self._left_at: QWidget | None = None
        """Where the focus was when the screen was locked."""
        self.wedge = WedgeFilter(self)
        self.wedge.scanned.connect(self._take_scan)
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.lock)
        tools.tasks.account_closed.connect(self.lock)
        self.reader = SerialReader(self)
        self.reader.scanned.connect(self._take_scan)
        self.reader.lost.connect(self._note_reader_lost)
        self.reader.found.connect(self._note_reader_found)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.wedge)
            application.installEventFilter(self.idle)
        self._use_preferences()
        self.scans = ScanSeat(tools.tasks, self)
        self.printing = PrintDesk(tools, counter, self)
        self.printing.settings_wanted.connect(self._ask_settings)
        self.reading = TextWorker(counter.paper.reading, tools.tasks, session.actor, self)
        if session.actor.may(Permission.RECEIVE):
            self.reading.start()
        self.citizens = CitizensDesk(tools, counter, session, self)
        self.house = HouseDesk(tools, counter, self)
        self.signing = SignDesk(self)

    def show(self) -> None:
        """Show the frame; where it was shown already, make it anew with the same page open."""
        visit = None
        locked = self._lock is not None
        if self.frame is not None:
            visit = self.frame.visit()
            self.frame.leave()
        self.frame = Frame(self._tools, self._counter, self._session, ENTRIES, scans=self.scans)
        self.frame.asked.connect(self._do)
        self.printing.attach(self.frame)
        self.citizens.attach(self.frame)
        self.house.attach(self.frame)
        self.signing.attach(self.frame)
        self._window.show_screen(self.frame)
        self._lock = None
        if visit is None:
            self.frame.open("home")
        else:
            self.frame.open(visit.page_id, **visit.arguments)
        if locked:
            self.lock()
        elif self._session.user.must_change_password:
            self._change_password()

    def lock(self) -> None:
        """Cover the desk until the same person types the password."""
        if self.frame is None or self._lock is not None:
            return
        if self._counter.desk.practice:
            self._tools.notices.say(self.tr("The practice desk has no password: its screen is not locked."))
            return
        user = self._session.user
        self._lock = LoginScreen(self._tools, self.tr("The screen is locked"), self.tr("Log in as somebody else"))
        self._lock.submitted.connect(self._try_to_unlock)
        self._lock.other_wanted.connect(self.log_out_wanted)
        self._lock.welcome.show_place(self._counter.desk.commune, self.tr("Counter {number}").format(number=self._counter.desk.desk))
        self._left_at = QApplication.focusWidget()
        self._window.cover(self._lock)
        self._lock.show_people([Person(user.login, user.full_name, user.title or self.tr("at work"), initials(user.full_name))], user.login)
        self.idle.watch(0)

    def close(self) -> None:
        """Keep what was typed and let go of readers and printers."""
        self.scans.stop()
        self.printing.close()
        self.reading.stop()
        self.citizens.close()
        self.reader.stop()
        self.idle.watch(0)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.wedge)
            application.removeEventFilter(self.idle)
        if self.frame is not None:
            self.frame.leave()

    # --- lock -------------------------------------------------------------------------------------------------------

    def _try_to_unlock(self, _: str, password: str) -> None:
        verify = self._counter.login.verify
        self._tools.tasks.run(verify, self._session.actor, password, done=self._unlock, failed=self._refuse_unlock)

    def _unlock(self, _: object) -> None:
        if self._lock is not None:
            self._lock = None
            self._window.uncover()
            if self._left_at is not None and isValid(self._left_at) and self._left_at.isVisible():
                self._left_at.setFocus()
            self.idle.watch(self._tools.preferences.lock_minutes)

    def _refuse_unlock(self, error: DeskError) -> None:
        if self._lock is not None:
            self._lock.refuse(error)

    # --- readers ----------------------------------------------------------------------------------------------------

    def _take_scan(self, text: str) -> None:
        """A scan goes to the desk, or to the dialog that covers it and waits for scans; never to a lock."""
        if self.frame is None or self._lock is not None:
            return
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            self.frame.search(text)
        elif isinstance(dialog, TakesScans):
            dialog.take_scan(text)

    def _note_reader_lost(self, port: str) -> None:
        words = self.tr("The barcode reader on {port} does not answer. Plug it in; the desk finds it by itself.")
        self._tools.notices.say(words.format(port=port), "warning")

    def _note_reader_found(self, port: str) -> None:
        self._tools.notices.say(self.tr("The barcode reader on {port} is back.").format(port=port), "accent")

    def _use_preferences(self) -> None:
        self.idle.watch(self._tools.preferences.lock_minutes)
        self.reader.listen(self._tools.preferences.reader_port)

    # --- what concerns the whole program ----------------------------------------------------------------------------

    def _do(self, action_id: str) -> None:
        method = {**self.citizens.actions, **self.house.actions, **self.signing.actions,
                  "lock": self.lock, "log_out": self.log_out_wanted.emit, "language": self.language_wanted.emit,
                  "password": self._change_password, "settings": self._ask_settings,
                  "report_settings": self._ask_report_settings, "print_queue": self.printing.show_queue,
                  "numbers": self._show_numbers, "cash": self._show_cash, "update_catalogue": self._update_catalogue,
                  "update_calendar": self._update_calendar}.get(action_id)
        if method is not None:
            method()

    def _change_password(self) -> None:
        if self.frame is not None:
            dialog = PasswordDialog(self._tools.theme, self._tools.tasks, self._counter.login, self._session, self.frame)
            dialog.changed_password.connect(self._note_password)
            dialog.open()

    def _note_password(self) -> None:
        self._session = replace(self._session, user=replace(self._session.user, must_change_password=False))
        self._tools.notices.say(self.tr("Your new password is in force."), "accent")

    def _show_numbers(self) -> None:
        if self.frame is not None:
            NumberHelpDialog(self.frame.context, self.frame).open()

    def _show_cash(self) -> None:
        if self.frame is not None:
            CashCountDialog(self.frame.context, self.frame).open()

    def _update_catalogue(self) -> None:
        if self.frame is not None:
            CatalogueUpdateDialog(self.frame.context, self.frame).open()

    def _update_calendar(self) -> None:
        if self.frame is not None:
            CalendarUpdateDialog(self.frame.context, self.frame).open()

    def _ask_settings(self) -> None:
        self._tools.tasks.run(self._counter.settings.profile, done=self._look_for_devices, key="settings")

    def _look_for_devices(self, profile: DeskProfile) -> None:
        self._profile = profile
        self._tools.tasks.run_slow(_devices, done=self._show_settings, key="devices")

    def _show_settings(self, devices: tuple[list[str], list[tuple[str, str]]]) -> None:
        if self.frame is not None:
            dialog = SettingsDialog(self.frame.context, self._profile, *devices, self.frame)
            dialog.saved.connect(self._use_preferences)
            dialog.wanted.connect(self._do)
            dialog.open()

    def _ask_report_settings(self) -> None:
        self._tools.tasks.run(self._counter.reports.settings, done=self._show_report_settings, key="report-settings")

    def _show_report_settings(self, settings: ReportSettings) -> None:
        if self.frame is not None:
            ReportSettingsDialog(self.frame.context, settings, self.frame).open()


def _devices() -> tuple[list[str], list[tuple[str, str]]]:
    """Return the printers and the serial ports of this PC."""
    return printer_names(), ports()
