"""The recovery sheet after the set-up: the only way back to the data when this PC is lost. It leaves the screen on paper or as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from ui.context import Tools
from ui.dialogs.save_file import SaveFileDialog
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.sheet import Sheet, label, row
from ui.windows.bottom_line import BottomLine
from ui.windows.welcome import WelcomePanel, lay_beside, middle

FORM = 560


class RecoveryScreen(QWidget):
    """``saved_to`` carries where the sheet is to be written, ``finished`` that it was put away."""

    saved_to = Signal(Path)
    finished = Signal()

    def __init__(self, tools: Tools, secret: str, warnings: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools, self._theme = tools, tools.theme
        theme = tools.theme
        self.secret_text = secret
        self.welcome = WelcomePanel(theme)
        self.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("The desk is ready"))
        self.welcome.show_day(self.tr("Step {step} of {steps}").format(step=4, steps=4), "")
        self.banner = Banner(theme)
        if warnings:
            self.banner.say("warning", " ".join(warnings))
        self.secret = label(theme, _lines(secret), kind="title")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(theme.font("title").pointSizeF())
        self.secret.setFont(fixed)
        self.secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.secret.setAccessibleName(self.tr("Recovery secret"))
        self.save = SecondaryButton(theme, self.tr("Save the sheet as PDF to print…"), icon="printer")
        self.save.clicked.connect(self._ask_where)
        self.kept = QCheckBox(self.tr("The sheet is printed and locked away, not on this PC"))
        self.kept.setAccessibleName(self.kept.text())
        self.kept.toggled.connect(self._note_kept)
        self.done = PrimaryButton(theme, self.tr("Start work"), key="F9", cap_first=True)
        self.done.setShortcut("F9")
        self.done.setEnabled(False)
        self.done.setToolTip(self.tr("First put the sheet away and tick the box."))
        self.done.clicked.connect(self.finished)
        self._lay_out()
        self.save.setFocus()

    def note_saved(self, path: Path) -> None:
        """The sheet was written: show it, so that it can be printed."""
        words = self.tr("The sheet was saved: {name}. Print it, lock it away and delete the file.")
        self.banner.say("neutral", words.format(name=path.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def refuse(self, error: DeskError) -> None:
        """The sheet could not be written."""
        self.banner.say("danger", sentences_of(error))

    def _note_kept(self, kept: bool) -> None:
        self.done.setEnabled(kept)
        self.done.setToolTip("" if kept else self.tr("First put the sheet away and tick the box."))

    def _ask_where(self) -> None:
        dialog = SaveFileDialog(self._tools, self.tr("Save the recovery sheet"), self.tr("recovery-sheet"), (("PDF", ".pdf"),), self)
        dialog.chosen.connect(self.saved_to)
        dialog.open()

    def _lay_out(self) -> None:
        px = self._theme.px
        sheet = Sheet(self._theme, padding=(24, 16))
        sheet.body.addWidget(self.secret)
        form = QWidget()
        form.setFixedWidth(px(FORM))
        column = QVBoxLayout(form)
        column.setSpacing(px(16))
        column.addWidget(self.banner)
        column.addWidget(label(self._theme, self.tr("The recovery sheet"), kind="title"))
        words = self.tr("The data on this PC is encrypted. If the PC breaks or is stolen, this secret opens a copy of the data on another "
                        "one. It is shown only now. Whoever has it and a copy can read everything: treat it like the seal.")
        column.addWidget(label(self._theme, words, tone="muted", wrap=True))
        column.addWidget(sheet)
        column.addLayout(row(self.save, None))
        column.addWidget(self.kept)
        bottom = BottomLine(self._theme)
        bottom.fill([self.done], [])
        lay_beside(self, self.welcome, middle(form, bottom))


def _lines(secret: str) -> str:
    """Return the groups of the secret in two lines."""
    groups = secret.split("-")
    half = (len(groups) + 1) // 2
    return "  ".join(groups[:half]) + "\n" + "  ".join(groups[half:])
