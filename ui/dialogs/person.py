"""A person of the desk: to add one, or to correct name, role and post; and the password that was made, shown once."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Role, suggested_login
from counter_app.services.changes import Changes
from counter_app.services.people.users import NewUser, Password, UserLine
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.people import role_word
from ui.notices import sentence_of, sentences_of
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label

USERS_CHANGED = Changes.of("users")


class PersonDialog(DeskDialog):
    """With ``person`` that one is corrected, else one is added. ``saved`` carries the password that was made, None where there is none."""

    saved = Signal(object)

    def __init__(self, context: DeskContext, taken: Collection[str], parent: QWidget, *, person: UserLine | None = None) -> None:
        translate = QCoreApplication.translate
        title = translate("PersonDialog", "Add a person") if person is None else translate("PersonDialog", "Change {name}")
        super().__init__(context.theme, title.format(name=person.full_name if person else ""), parent, width=560)
        self._context, self._taken, self._person = context, taken, person
        self._own_login = False
        theme = context.theme
        self.banner = Banner(theme)
        self.name, self.role, self.post, self.login = TextField(theme), ChoiceField(theme), TextField(theme), TextField(theme)
        for role in Role:
            self.role.addItem(role_word(role), role)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Full name"), self.name, "full_name", at=(0, 0))
        self.form.add_row(self.tr("Role"), self.role, "role", at=(0, 1))
        self.form.add_row(self.tr("Post, as shown at login"), self.post, "title", at=(1, 0))
        self.form.add_row(self.tr("Login name, without accents"), self.login, "login", at=(1, 1))
        self.form.submitted.connect(self._save)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self._fill(person)
        self.save = PrimaryButton(theme, self.tr("Save"), key="Enter")
        self.save.clicked.connect(self._save)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(self.save)
        self.add_button(cancel)
        self.name.setFocus()

    def _fill(self, person: UserLine | None) -> None:
        if person is None:
            self.name.textEdited.connect(self._suggest_login)
            self.login.textEdited.connect(self._note_own_login)
            words = self.tr("A first password is made and shown once. It is changed at the first login.")
            self.body.addWidget(label(self.theme, words, tone="muted", wrap=True))
            return
        self.name.setText(person.full_name)
        self.role.setCurrentIndex(self.role.findData(person.role))
        self.post.setText(person.title)
        self.login.setText(person.login)
        self.login.setEnabled(False)  # past acts are told by it

    def _suggest_login(self, name: str) -> None:
        if not self._own_login:
            self.login.setText(suggested_login(name, self._taken))

    def _note_own_login(self, login: str) -> None:
        self._own_login = bool(login)

    def _save(self) -> None:
        self.form.show_problems({})
        self.banner.hide()
        self.save.setEnabled(False)
        self._context.tasks.run(self._write, self.name.text(), Role(self.role.currentData()), self.post.text(), self.login.text(),
                                done=self._finish, failed=self._refuse)

    def _write(self, name: str, role: Role, post: str, login: str) -> Password | None:
        """Run on the data thread."""
        users, actor = self._context.counter.users, self._context.session.actor
        if self._person is None:
            return users.add(NewUser(login, name, role, post), actor)
        users.change(self._person.login, actor, full_name=name, role=role, title=post)
        return None

    def _finish(self, made: Password | None) -> None:
        self._context.tasks.changed.emit(USERS_CHANGED)
        self.saved.emit(made)
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        found = self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems})
        if not found:
            self.banner.say("danger", sentences_of(error))


class FirstPasswordDialog(DeskDialog):
    """A password that was made: nobody can read it again."""

    def __init__(self, theme: Theme, made: Password, parent: QWidget) -> None:
        super().__init__(theme, QCoreApplication.translate("FirstPasswordDialog", "Password of {login}").format(login=made.login), parent,
                         width=480)
        shown = label(theme, made.password, kind="title")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(made.password)
        self.body.addWidget(shown)
        words = self.tr("Write it down and hand it over: it is not shown again. At the next login it is changed.")
        self.body.addWidget(label(theme, words, wrap=True))
        done = PrimaryButton(theme, self.tr("It is written down"))
        done.clicked.connect(self.accept)
        self.add_button(done)
        done.setFocus()
