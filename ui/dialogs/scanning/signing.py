"""Signing digitised papers: which token, which certificate, the PIN for this batch, the files that wait, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.people import Permission
from counter_app.services.scanning.signing import Signed, SignPapers
from counter_app.services.scanning.signing_ports import SigningCertificate
from ui.background import TaskRunner
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.rows import RowsModel
from ui.models.signing import SignLine, after, certificate_details, certificate_word, sign_columns
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import ChoiceField, Form
from ui.widgets.password_field import PasswordField
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label

WIDTHS = (64, 230, 300, 96, 200)
_LIBRARY_CODES = frozenset({"TOKEN_LIBRARY_NOT_CHOSEN", "TOKEN_LIBRARY_MISSING", "TOKEN_LIBRARY_WRONG", "TOKEN_LIBRARY_WIDTH"})


class SignWatch(QObject):
    """Carries how far a batch is from its thread to the window: ``came_to`` with the number of a file and how many there are."""

    came_to = Signal(int, int)

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stopped = False

    def stop(self) -> None:
        """Sign no further file."""
        self._stopped = True

    def wanted(self) -> bool:
        """Tell whether to go on; asked on the thread of the batch."""
        return not (self._stopped or self._tasks.stopping)

    def signing(self, number: int, count: int) -> None:
        """Tell which file is worked on."""
        self.came_to.emit(number, count)


class SignDialog(DeskDialog):
    """Signs the papers of one dossier, or all that wait at this counter; ``signed`` comes after each batch."""

    signed = Signal()

    def __init__(self, context: DeskContext, parent: QWidget, code: str = "") -> None:
        super().__init__(context.theme, QCoreApplication.translate("SignDialog", "Sign digitised papers"), parent, width=940)
        self._context, self._code = context, code
        self._watch: SignWatch | None = None
        self._certificates: tuple[SigningCertificate, ...] = ()
        theme = context.theme
        self.banner = Banner(theme)
        self.banner.acted.connect(self._choose_library)
        self.body.addWidget(self.banner)
        self.certificate, self.pin = ChoiceField(theme), PasswordField(theme)
        self.certificate.currentIndexChanged.connect(self._show_certificate)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Certificate"), self.certificate, "certificate", at=(0, 0))
        self.form.add_row(self.tr("PIN of the token"), self.pin, "pin", at=(0, 1))
        self.form.grid.setColumnStretch(0, 3)
        self.form.grid.setColumnStretch(1, 1)
        self.form.submitted.connect(self._sign)
        self.body.addWidget(self.form)
        self._details = label(theme, tone="muted", wrap=True)
        self.body.addWidget(self._details)
        self._add_table()
        self._progress = label(theme, tone="muted")
        self.body.addWidget(self._progress)
        self._add_buttons()
        self._load()
        self._look_for_tokens()

    def _add_table(self) -> None:
        self.model: RowsModel[SignLine] = RowsModel(sign_columns(), self)
        self.table = DeskTable(self.theme, self.windowTitle())
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=4)
        self.table.setMinimumHeight(self.list_height(250, 260))
        self.table.opened.connect(self._tick)
        self.table.setToolTip(self.tr("Enter or Space: sign this file, or leave it out"))
        nothing = self.tr("No file waits for a signature. What is filed comes here by itself.")
        EmptyState(self.theme, self.table, "file-certificate", nothing)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._tick_current)
        self.body.addWidget(self.table, 1)

    def _add_buttons(self) -> None:
        theme = self.theme
        self.sign, self.stop = PrimaryButton(theme, self.tr("Sign"), key="F9"), SecondaryButton(theme, self.tr("Stop"), key="Esc")
        self.search = SecondaryButton(theme, self.tr("Look for tokens"), key="F5")
        self.library = SecondaryButton(theme, self.tr("Library…"), key="F4")
        self._close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, act, key in (
            (self.sign, self._sign, "F9"), (self.stop, self.reject, ""), (self.search, self._look_for_tokens, "F5"),
            (self.library, self._choose_library, "F4"), (self._close, self.reject, ""),
        ):
            button.clicked.connect(act)
            button.setAutoDefault(False)
            if key:
                button.setShortcut(key)
            self.add_button(button)
        self.library.setVisible(self._may_choose)
        self._show_work()

    @property
    def _may_choose(self) -> bool:
        return self._context.session.actor.may(Permission.MANAGE_DESK)

    def reject(self) -> None:
        """Esc while a batch is signed: stop it, and stay to show what was done; else close."""
        if self._watch is not None:
            self._watch.stop()
            self._progress.setText(self.tr("Stopping after this file…"))
        else:
            super().reject()

    # --- the files that wait ------------------------------------------------------------------------------------------

    def _load(self) -> None:
        waiting, actor = self._context.counter.signing.waiting, self._context.session.actor
        self._context.tasks.run(waiting, actor, self._code, done=self._show_waiting, failed=self._refuse, key="papers to sign")

    def _show_waiting(self, papers: Sequence[DigitalPaper]) -> None:
        self.model.show_rows([SignLine(paper) for paper in papers])
        if papers:
            self.table.selectRow(0)
        self._show_work()

    def _tick_current(self) -> None:
        self._tick(self.table.currentIndex().row())

    def _tick(self, at: int) -> None:
        if 0 <= at < len(self.model.rows) and self._watch is None and not self.model.rows[at].signed:
            line = self.model.rows[at]
            self.model.show_row(at, replace(line, ticked=not line.ticked))
            self._show_work()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(line.paper.op_id for line in self.model.rows if line.ticked)

    # --- tokens -------------------------------------------------------------------------------------------------------

    def _look_for_tokens(self) -> None:
        self._details.setText(self.tr("Looking for tokens…"))
        certificates, actor = self._context.counter.signing.certificates, self._context.session.actor
        self._context.tasks.run_slow(
            certificates, actor, done=self._show_certificates, failed=self._note_no_token, key="tokens")

    def _show_certificates(self, found: Sequence[SigningCertificate]) -> None:
        self.banner.hide()
        self._certificates = tuple(found)
        self.certificate.clear()
        self.certificate.addItems([certificate_word(each) for each in found])
        self._show_certificate()
        self._show_work()
        self.pin.setFocus()

    def _show_certificate(self, *_: object) -> None:
        chosen = self._chosen()
        self._details.setText(certificate_details(chosen) if chosen else "")

    def _chosen(self) -> SigningCertificate | None:
        at = self.certificate.currentIndex()
        return self._certificates[at] if 0 <= at < len(self._certificates) else None

    def _note_no_token(self, error: DeskError) -> None:
        self._certificates = ()
        self.certificate.clear()
        self._details.setText("")
        self._refuse(error)
        self._show_work()

    def _choose_library(self) -> None:
        chooser = QFileDialog(self, self.tr("Library of the token's vendor (PKCS#11)"), "", "*.dll *.so *.dylib")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._take_library)
        chooser.open()

    def _take_library(self, path: str) -> None:
        self._details.setText(self.tr("Looking for tokens…"))
        choose, actor = self._context.counter.signing.choose_library, self._context.session.actor
        self._context.tasks.run_slow(
            choose, Path(path), actor, done=self._show_certificates, failed=self._note_no_token, key="tokens")

    # --- the batch ----------------------------------------------------------------------------------------------------

    def _sign(self) -> None:
        certificate, wanted, pin = self._chosen(), self._ticked(), self.pin.text()
        if certificate is None or not wanted or self._watch is not None:
            return
        self.pin.clear()
        self.banner.hide()
        self.form.show_problems({})
        self._watch = SignWatch(self._context.tasks, self)
        self._watch.came_to.connect(self._show_progress)
        self._show_work()
        self._context.tasks.run_slow(
            self._context.counter.signing.sign, SignPapers(wanted, certificate, pin), self._context.session.actor, self._watch,
            done=self._note_signed, failed=self._note_refused)

    def _show_progress(self, number: int, count: int) -> None:
        self._progress.setText(self.tr("Signing file {number} of {count}…").format(number=number, count=count))

    def _note_signed(self, done: Signed) -> None:
        self._end_batch()
        self.model.show_rows(after(self.model.rows, done))
        words = self.tr("{signed} files are signed.").format(signed=len(done.papers))
        if done.unsigned:
            words += " " + self.tr("{left} still wait.").format(left=len(done.unsigned))
        self._progress.setText(words)
        if done.stopped is not None:
            self._say(done.stopped, "warning" if done.stopped.code == "SIGNING_STOPPED" else "danger")
        self._show_work()
        self.signed.emit()

    def _note_refused(self, error: DeskError) -> None:
        self._end_batch()
        told = {problem.field: sentence_of(problem) for problem in error.problems if problem.field}
        if not self.form.show_problems(told):
            self._refuse(error)
        self._show_work()
        self.pin.setFocus()

    def _end_batch(self) -> None:
        if self._watch is not None:
            self._watch.deleteLater()
        self._watch = None
        self._progress.setText("")

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show_work(self) -> None:
        busy, ready = self._watch is not None, self._chosen() is not None
        may = self._context.session.actor.may(Permission.RECEIVE)
        self.sign.setEnabled(not busy and ready and may and bool(self._ticked()))
        for part in (self.form, self.search, self.library):
            part.setEnabled(not busy)
        self.stop.setVisible(busy)
        self._close.setVisible(not busy)

    def _refuse(self, error: DeskError) -> None:
        action = self.tr("Choose the library…") if error.code in _LIBRARY_CODES and self._may_choose else ""
        self.banner.say("danger", sentences_of(error), action=action)

    def _say(self, problem: Problem, kind: str) -> None:
        self.banner.say(kind, sentence_of(problem))
