"""The second person: another officer agrees to an export of many dossiers, with their own password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from counter_app.domain.errors import DeskError
from counter_app.domain.people import PERMISSIONS, Permission
from counter_app.services.people.second_person import Second
from counter_app.services.people.users import UserLine
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form
from ui.widgets.password_field import PasswordField
from ui.widgets.sheet import label

WHO = {"second": "login"}
"""Fields of refusals that stand at another one here."""


class SecondPersonDialog(DeskDialog):
    """``agreed`` carries a :class:`Second`; the dialog stays until :meth:`QDialog.accept`, and says what was wrong with it."""

    agreed = Signal(object)

    def __init__(self, context: DeskContext, why: str, people: Sequence[UserLine], parent: QWidget) -> None:
        theme = context.theme
        super().__init__(theme, QCoreApplication.translate("SecondPersonDialog", "A second person agrees"), parent, width=480)
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.body.addWidget(label(theme, why, wrap=True))
        self.person, self.password = ChoiceField(theme), PasswordField(theme)
        for each in people:
            self.person.addItem(each.full_name, each.login)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Who agrees"), self.person, "login")
        self.form.add_row(self.tr("Their password"), self.password, "password")
        self.form.submitted.connect(self._agree)
        self.body.addWidget(self.form)
        self.go = PrimaryButton(theme, self.tr("Agree and write the file"), key="Enter")
        self.go.clicked.connect(self._agree)
        self.go.setEnabled(bool(people))
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(self.go)
        self.add_button(cancel)
        self.password.setFocus()

    def refuse(self, error: DeskError) -> None:
        """Say at its field what is wrong; another try may follow."""
        self.go.setEnabled(True)
        self.password.clear()
        told = {WHO.get(problem.field or "", problem.field or ""): sentence_of(problem) for problem in error.problems}
        if not self.form.show_problems(told):
            self.banner.say("danger", sentences_of(error))

    def _agree(self) -> None:
        self.go.setEnabled(False)
        self.form.show_problems({})
        self.agreed.emit(Second(str(self.person.currentData()), self.password.text()))


class Seconded(QObject):
    """Runs an export beside the window; where it needs a second person, asks for one and runs it again with them."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._over = context, parent
        self._write: Callable[..., Any] | None = None
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[DeskError], None] | None = None
        self._why = ""
        self._dialog: SecondPersonDialog | None = None

    def run(self, write: Callable[..., Any], done: Callable[[Any], None], failed: Callable[[DeskError], None] | None = None) -> None:
        """Run ``write``, which takes ``second=``; ``done`` gets its answer, ``failed`` every refusal of the first try."""
        self._write, self._done, self._failed = write, done, failed
        self._context.tasks.run_slow(write, done=done, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        if self._failed is not None:
            self._failed(error)
        elif error.code != "SECOND_NEEDED":
            self._context.tasks.refused.emit(error)
        if error.code != "SECOND_NEEDED":
            return
        self._why = sentences_of(error)
        self._context.tasks.run(self._context.counter.users.list, done=self._ask, key="second-person")

    def _ask(self, people: Sequence[UserLine]) -> None:
        mine = self._context.session.actor.user_id
        others = [each for each in people if each.user_id != mine and _may_agree(each)]
        self._dialog = SecondPersonDialog(self._context, self._why, others, self._over)
        self._dialog.agreed.connect(self._go_on)
        self._dialog.open()

    def _go_on(self, second: Second) -> None:
        if self._write is not None and self._dialog is not None:
            write = partial(self._write, second=second)
            self._context.tasks.run_slow(write, done=self._finish, failed=self._dialog.refuse)

    def _finish(self, answer: object) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        if self._done is not None:
            self._done(answer)


def _may_agree(person: UserLine) -> bool:
    return not (person.disabled or person.must_change_password) and Permission.EXPORT in PERMISSIONS[person.role]
