"""One person with an account: who it is, what the role may do, and what can be done now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from counter_app.domain.people import PERMISSIONS, Permission
from counter_app.services.people.users import UserLine
from ui.models.people import role_word
from ui.theme import Theme
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.sheet import Column, Sheet, label, row
from ui.widgets.verb_row import VerbRow

VERBS = ("change_person", "new_password", "close_account", "open_account")


class PersonSheet(Sheet):
    """``asked`` carries the id of the act that was pressed."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 0), spacing=0, parent=parent)
        inside = Column(theme.px(8))
        inside.body.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self._name = label(theme, kind="title", wrap=True)
        self._what = label(theme, tone="muted", wrap=True)
        self._state = Badge(theme, BadgeLook("neutral", "circle-check", "…"))
        self._may = label(theme, wrap=True)
        for part in (self._name, self._what, self._may):
            part.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        inside.body.addWidget(self._name)
        inside.body.addWidget(self._what)
        inside.body.addLayout(row(theme.px(16), self._state, None, spacing=0))
        inside.body.addWidget(self._may)
        lines = {"change_person": self.tr("past acts keep the account they were done with"),
                 "new_password": self.tr("a lock-out ends with it"),
                 "close_account": self.tr("no login any more; nothing is deleted"), "open_account": self.tr("with the password of before")}
        self.verbs = {name: VerbRow(theme, name, lines[name]) for name in VERBS}
        acts = Column(0)
        for verb in self.verbs.values():
            acts.body.addWidget(verb)
            verb.clicked.connect(self._ask)
        inside.body.addWidget(acts)
        inside.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area)

    def take_focus(self) -> None:
        """Put the focus on the first act that is possible."""
        first = next((verb for verb in self.verbs.values() if verb.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_person(self, person: UserLine | None, reasons: Mapping[str, str | None]) -> None:
        """Show a person, None where nobody is chosen, and why an act is not possible."""
        for name, verb in self.verbs.items():
            verb.show_reason(reasons[name])
        self._state.setVisible(person is not None)
        if person is None:
            self._name.setText("")
            self._what.setText(self.tr("Choose a person at the left."))
            self._may.setText("")
            return
        self._name.setText(person.full_name)
        self._what.setText(" · ".join(part for part in (role_word(person.role), person.title, person.login) if part))
        self._state.show_look(self._badge(person))
        allowed = [word for permission, word in self._words().items() if permission in PERMISSIONS[person.role]]
        self._may.setText(self.tr("May: {list}.").format(list=", ".join(allowed)))

    def _badge(self, person: UserLine) -> BadgeLook:
        if person.disabled:
            return BadgeLook("neutral", "ban", self.tr("Account closed"))
        if person.must_change_password:
            return BadgeLook("warning", "lock", self.tr("Chooses a new password at the next login"))
        return BadgeLook("accent", "circle-check", self.tr("Logs in with an own password"))

    def _words(self) -> dict[Permission, str]:
        return {
            Permission.RECEIVE: self.tr("receive and change dossiers"), Permission.READ: self.tr("read dossiers"),
            Permission.EXPORT: self.tr("print and export"), Permission.IMPORT: self.tr("import older dossiers"),
            Permission.CLOSE_BOOK: self.tr("close books"), Permission.MANAGE_CATALOGUE: self.tr("change catalogue and calendar"),
            Permission.MANAGE_USERS: self.tr("manage accounts"), Permission.MANAGE_DESK: self.tr("change the settings of the desk"),
            Permission.SETTLE: self.tr("choose where the province judged otherwise"),
        }

    def _ask(self) -> None:
        verb = self.sender()
        if isinstance(verb, VerbRow):
            self.asked.emit(verb.action_id)
