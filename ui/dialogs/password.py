"""A new password for oneself: by wish, or because an administrator gave a first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from ui.background import TaskRunner
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of
from ui.theme import Theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form
from ui.widgets.password_field import PasswordField
from ui.widgets.sheet import label

if TYPE_CHECKING:
    from counter_app.services.people.login import LoginService, Session

_FIELDS = {"password": "old_password", "old": "old_password"}


class PasswordDialog(DeskDialog):
    """``changed_password`` comes when the new one is in force."""

    changed_password = Signal()

    def __init__(self, theme: Theme, tasks: TaskRunner, login: LoginService, session: Session, parent: QWidget) -> None:
        super().__init__(theme, QCoreApplication.translate("PasswordDialog", "Change password"), parent, width=440)
        self._tasks, self._login, self._session = tasks, login, session
        if session.user.must_change_password:
            given = self.tr("Your password was given to you. Choose one that only you know.")
            self.body.addWidget(label(theme, given, tone="muted", wrap=True))
        self._old, self._new, self._again = PasswordField(theme), PasswordField(theme), PasswordField(theme)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Password until now"), self._old, "old_password")
        self.form.add_row(self.tr("New password, at least 8 signs"), self._new, "new_password")
        self.form.add_row(self.tr("The new password once more"), self._again, "again")
        self.form.submitted.connect(self._save)
        self.body.addWidget(self.form)
        self._done = PrimaryButton(theme, self.tr("Change password"), key="Enter")
        self._done.clicked.connect(self._save)
        self.add_button(self._done)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(cancel)
        self._old.setFocus()

    def _save(self) -> None:
        if self._new.text() != self._again.text():
            self.form.show_problems({"again": self.tr("The two new passwords differ. Type the new one twice.")})
            return
        self.form.show_problems({})
        self._done.setEnabled(False)
        self._tasks.run(self._login.change_password, self._session.actor, self._old.text(), self._new.text(),
                        done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.changed_password.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        self._done.setEnabled(True)
        names = self.form.names()
        sentences = {_FIELDS.get(problem.field or "", problem.field or ""): sentence_of(problem) for problem in error.problems}
        found = self.form.show_problems(sentences)
        if not found:
            self.form.show_problems({names[0]: " ".join(sentences.values())})
