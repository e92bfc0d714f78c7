"""Who works here: everybody with an account, what each may do, and what an administrator can do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.people import Permission
from counter_app.services.changes import Changes
from counter_app.services.people.users import Password, UserLine
from ui.context import DeskContext
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.person import USERS_CHANGED, FirstPasswordDialog, PersonDialog
from ui.models.people import role_word
from ui.models.rows import Column, RowsModel
from ui.pages.admin.person import VERBS, PersonSheet
from ui.pages.admin.section import Section
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import FREE, Sheet

LIST = 432


class PeopleSection(Section):
    """The list of people at the left, the chosen one with what can be done at the right."""

    section_id = "people"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.model = RowsModel[UserLine]((
            Column(self.tr("Person"), lambda p: p.full_name, self._look, spoken=lambda p: f"{p.full_name}, {p.login}"),
            Column(self.tr("Role"), lambda p: role_word(p.role), self._role_look),
        ), self)
        self.table = DeskTable(theme, self.tr("People with an account"))
        self.table.setModel(self.model)
        self.table.set_widths((200, 232), stretch=1)
        self.table.set_high(high=True)
        self.table.opened.connect(self._open_row)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self._list = Sheet(theme, padding=(0, 0), spacing=0)
        self._list.body.addWidget(self.table, 1)
        self._list.body.addSpacing(theme.px(6))
        self.person = PersonSheet(theme)
        self.person.asked.connect(self.asked)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        columns.addWidget(self._list, 1)
        columns.addWidget(self.person, 1)
        self.body.addLayout(columns, 1)
        self.set_narrow(narrow=False)

    @staticmethod
    def _look(person: UserLine) -> CellLook:
        return CellLook(tone="text_muted" if person.disabled else "text", struck=person.disabled, below=person.login)

    def _role_look(self, person: UserLine) -> CellLook:
        below = self.tr("account closed") if person.disabled else person.title
        return CellLook(tone="text_muted" if person.disabled else "text", below=below)

    # --- the section's life -------------------------------------------------------------------------------------------

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("PeopleSection", "People")

    def keys(self) -> tuple[str, ...]:
        """Return the key line: adding first."""
        chosen = self.chosen
        return ("add_person", "change_person", "new_password", "open_account" if chosen and chosen.disabled else "close_account")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if not self.context.session.actor.may(Permission.MANAGE_USERS):
            return self.tr("Only an administrator changes who works here.")
        return None if action_id == "add_person" else self._why_not_to(self.chosen, action_id)

    def _why_not_to(self, chosen: UserLine | None, action_id: str) -> str | None:
        """Say why an act on a person is not possible."""
        if chosen is None:
            return self.tr("Choose a person first.")
        if action_id == "close_account" and chosen.user_id == self.context.session.actor.user_id:
            return self.tr("Nobody closes the own account.")
        if action_id == "close_account" and chosen.disabled:
            return self.tr("This account is closed.")
        return self.tr("This account is open.") if action_id == "open_account" and not chosen.disabled else None

    def activate(self) -> None:
        """Load everybody anew."""
        self._load()

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Load again when somebody was added or changed."""
        if changes.touch("users"):
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the person is a second pane (F6)."""
        super().set_narrow(narrow)
        self._list.setMaximumWidth(FREE if narrow else self.context.theme.px(LIST))
        self._list.setVisible(True)
        self.person.setVisible(not narrow)

    def to_next_pane(self) -> bool:
        """F6: what can be done, then back to the list."""
        to_person = self.table.hasFocus()
        if self.narrow:
            self._list.setVisible(not to_person)
            self.person.setVisible(to_person)
        if to_person:
            self.person.take_focus()
        return to_person

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_add_person(self) -> None:
        """Add a person."""
        self._ask_person(None)

    def do_change_person(self) -> None:
        """Correct the chosen person."""
        self._ask_person(self.chosen)

    def do_new_password(self) -> None:
        """Give the chosen person another password, after a question."""
        words = self.tr("The password of {name} stops working; a new one is made and shown once.")
        self._ask(self.tr("Give a new password"), words, self._reset)

    def do_close_account(self) -> None:
        """Close the account of the chosen person, after a question."""
        words = self.tr("{name} can no longer log in. What was done with the account stays, and it can be opened again.")
        self._ask(self.tr("Close the account"), words, self._close_account)

    def do_open_account(self) -> None:
        """Open a closed account again."""
        if (chosen := self.chosen) is not None:
            self.context.tasks.run(self.context.counter.users.enable, chosen.login, self.context.session.actor, done=self._note_changed)

    def _ask_person(self, person: UserLine | None) -> None:
        taken = {each.login for each in self.model.rows}
        dialog = PersonDialog(self.context, taken, self, person=person)
        dialog.saved.connect(self._show_password)
        dialog.open()

    def _ask(self, title: str, words: str, agreed: Callable[[], None]) -> None:
        if (chosen := self.chosen) is not None:
            dialog = ConfirmDialog(self.context.theme, title, words.format(name=chosen.full_name), title, self)
            dialog.agreed.connect(agreed)
            dialog.open()

    def _reset(self) -> None:
        if (chosen := self.chosen) is not None:
            self.context.tasks.run(self.context.counter.users.reset, chosen.login, self.context.session.actor, done=self._note_reset)

    def _note_reset(self, made: Password) -> None:
        self._note_changed(None)
        self._show_password(made)

    def _close_account(self) -> None:
        if (chosen := self.chosen) is not None:
            self.context.tasks.run(self.context.counter.users.disable, chosen.login, self.context.session.actor, done=self._note_changed)

    def _note_changed(self, _: object) -> None:
        self.context.tasks.changed.emit(USERS_CHANGED)

    def _show_password(self, made: Password | None) -> None:
        if made is not None:
            FirstPasswordDialog(self.context.theme, made, self).open()

    # --- showing ------------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> UserLine | None:
        """The person of the selected row."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _load(self) -> None:
        self.context.tasks.run(self.context.counter.users.list, done=self._show_people, key="people")

    def _show_people(self, people: Sequence[UserLine]) -> None:
        before = self.chosen.user_id if self.chosen else ""
        self.model.show_rows(people)
        self.say(self.tr("{count} people with an account").format(count=len(people)))
        self.table.selectRow(next((at for at, each in enumerate(people) if each.user_id == before), 0))
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.person.show_person(self.chosen, {name: self.why_not(name) for name in VERBS})
        self.told.emit()

    def _open_row(self, _: int) -> None:
        self.asked.emit("change_person")
