"""What is asked before something is done to digitised papers: a shelf, a day, a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.acts.description import Field
from ui.dialogs.acts.inputs import read_all, widget_of
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import DangerButton, PrimaryButton, SecondaryButton
from ui.widgets.form import Form
from ui.widgets.sheet import label


@dataclass(frozen=True, slots=True)
class PaperAct:
    """One act: what it is called, what it does, what is asked. ``final``: it can't be taken back, and its button shows that."""

    title: str
    words: str
    fields: tuple[Field, ...]
    final: bool = False


class PaperActDialog(DeskDialog):
    """``agreed`` carries what was read from the fields, by name."""

    agreed = Signal(object)

    def __init__(self, theme: Theme, act: PaperAct, today: date, parent: QWidget) -> None:
        super().__init__(theme, act.title.rstrip("…"), parent)
        self._today = today
        self.body.addWidget(label(theme, act.words, wrap=True))
        self.form = Form(theme, submits=True)
        self.fields = tuple((field, widget_of(theme, field)) for field in act.fields)
        for field, widget in self.fields:
            self.form.add_row(field.text, widget, field.name, hint=field.hint)
        self.form.submitted.connect(self._agree)
        self.body.addWidget(self.form)
        self.yes = (DangerButton if act.final else PrimaryButton)(theme, act.title.rstrip("…"), key="F9")
        self.yes.setShortcut(Qt.Key.Key_F9)
        self.yes.clicked.connect(self._agree)
        no = SecondaryButton(theme, self.tr("Leave it"), key="Esc")
        no.clicked.connect(self.reject)
        self.add_button(self.yes)
        self.add_button(no)
        self.fields[0][1].setFocus()

    def _agree(self) -> None:
        read, wrong = read_all(self.fields, self._today)
        self.form.show_problems(wrong)
        if not wrong:
            self.agreed.emit(read)
            self.accept()
