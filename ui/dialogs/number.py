"""Asks for one number between two others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form, TextField


class NumberDialog(DeskDialog):
    """``chosen`` carries the number, which lies between ``first`` and ``last``, both included."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, title: str, first: int, last: int, parent: QWidget) -> None:
        super().__init__(theme, title, parent, width=400)
        self._first, self._last = first, last
        self.field = TextField(theme, placeholder=str(last))
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Number {first} to {last}").format(first=first, last=last), self.field, "number")
        self.form.submitted.connect(self._take)
        self.body.addWidget(self.form)
        go = PrimaryButton(theme, self.tr("Show it"), key="Enter")
        go.clicked.connect(self._take)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(go)
        self.add_button(cancel)
        self.field.setFocus()

    def _take(self) -> None:
        text = self.field.text().strip()
        if text.isdecimal() and self._first <= int(text) <= self._last:
            self.chosen.emit(int(text))
            self.accept()
        else:
            words = self.tr("Type a number from {first} to {last}.").format(first=self._first, last=self._last)
            self.form.show_problems({"number": words})
