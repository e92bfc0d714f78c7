"""Why a dossier is taken in although something was warned of: asked for only then, in one short line that stays in the records."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import Problem
from counter_app.domain.text import tidy
from ui.context import DeskContext
from ui.notices import sentence_of
from ui.widgets.buttons import LinkButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import IconLabel, Sheet, label, row

FIELD = "warnings_accepted"


class AcceptBox(Sheet):
    """Hidden until :meth:`ask`, gone when nothing is warned of any more. ``edited`` comes after every change."""

    edited = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=6, parent=parent)
        theme = context.theme
        asked = sentence_of(Problem("WARNINGS_NOT_ACCEPTED"))
        line = row(IconLabel(theme, "alert-triangle", "warning"), label(theme, asked, bold=True, wrap=True), spacing=theme.px(8))
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self._sentences = label(theme, wrap=True)
        self.body.addWidget(self._sentences)
        self.form = Form(theme, spacing=(12, 6))
        self.field = TextField(theme, placeholder=self.tr("In a few words, then F9"))
        self.field.textEdited.connect(self._edit)
        self.form.add_row(self.tr("Why it is received all the same"), self.field, FIELD, hint=asked)
        self.body.addWidget(self.form)
        self._usual = [LinkButton(theme, words) for words in (
            self.tr("Will be brought later"), self.tr("The person has none"), self.tr("Checked, it is right"))]
        for button in self._usual:
            button.clicked.connect(self._take_usual)
        self.body.addLayout(row(*self._usual, None, spacing=theme.px(16)))
        self.hide()

    @property
    def reason(self) -> str:
        """The reason as it was typed, tidied."""
        return tidy(self.field.text())

    def restore(self, reason: str) -> None:
        """Show the reason that a draft kept; without one nothing is asked yet."""
        self.field.setText(reason)
        self.setVisible(bool(reason))

    def show_warnings(self, warnings: tuple[Problem, ...]) -> None:
        """Say what is warned of; where that is nothing any more, nothing is asked."""
        self._sentences.setText("\n".join(dict.fromkeys(sentence_of(each) for each in warnings)))
        if not warnings:
            self.hide()

    def ask(self) -> None:
        """Ask for the reason."""
        self.show()

    def _edit(self) -> None:
        self.edited.emit()

    def _take_usual(self) -> None:
        button = self.sender()
        if isinstance(button, LinkButton):
            self.field.setText(button.text())
            self.field.setFocus()
            self.edited.emit()
