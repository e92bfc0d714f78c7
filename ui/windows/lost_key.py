"""The desk's key is gone or damaged: the code of the recovery sheet puts it back. Nobody is let in by it; passwords stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from ui.context import Tools
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label
from ui.windows.bottom_line import BottomLine
from ui.windows.welcome import WelcomePanel, lay_beside, middle

LOST_KEY = frozenset({"KEY_MISSING", "KEY_DAMAGED", "KEYRING_CLOSED", "DATABASE_WRONG_KEY"})
"""The codes of the errors that the recovery sheet helps against."""
FORM = 560


class LostKeyScreen(QWidget):
    """``given`` carries the sheet's code; ``retried`` asks to open the desk with the key that is there now, if it came back by itself."""

    given = Signal(str)
    retried = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = tools.theme
        self.welcome = WelcomePanel(theme)
        self.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("The desk is not open"))
        self.banner = Banner(theme)
        self.code = TextField(theme)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Recovery code: the eight groups on the recovery sheet"), self.code, "recovery")
        self.form.submitted.connect(self._go)
        self.go = PrimaryButton(theme, self.tr("Open the desk"), key="F9", cap_first=True)
        self.go.setShortcut("F9")
        self.go.clicked.connect(self._go)
        self.again = LinkButton(theme, self.tr("Try again without the code"))
        self.again.clicked.connect(self.retried)
        self._lay_out()
        self.code.setFocus()

    def refuse(self, error: DeskError) -> None:
        """Say why the desk stays closed: at the field what was mistyped, above the form anything else."""
        self._allow(allowed=True)
        problem = error.problems[0]
        if problem.field is not None and self.form.show_problems({"recovery": sentence_of(problem)}):
            self.banner.hide()
        else:
            self.banner.say("danger", sentences_of(error))
        self.code.setFocus()

    def _go(self) -> None:
        if self.go.isEnabled():
            self.form.show_problems({})
            self._allow(allowed=False)
            self.given.emit(self.code.text())

    def _allow(self, *, allowed: bool) -> None:
        for part in (self.go, self.again):
            part.setEnabled(allowed)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        form = QWidget()
        form.setFixedWidth(px(FORM))
        column = QVBoxLayout(form)
        column.setSpacing(px(16))
        words = self.tr("The data on this PC is encrypted, and its key was not found or does not fit. Take the recovery sheet out of the "
                        "locked cupboard and type its code: the key is put back, and everybody logs in with the password as ever.")
        for part in (self.banner, label(theme, self.tr("The recovery sheet is needed"), kind="title"),
                     label(theme, words, tone="muted", wrap=True), self.form):
            column.addWidget(part)
        bottom = BottomLine(theme)
        bottom.fill([self.go], [self.again])
        lay_beside(self, self.welcome, middle(form, bottom))
