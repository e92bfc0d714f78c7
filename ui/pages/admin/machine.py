"""This PC: what works, what to do about the rest, and the file for those who help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.services.helping.diagnostics import Diagnosed
from counter_app.services.helping.doctor import Finding, State
from ui.context import DeskContext
from ui.dialogs.save_file import SaveFileDialog
from ui.models.findings import found_lines
from ui.pages.admin.section import Section
from ui.widgets.buttons import SecondaryButton
from ui.widgets.findings import FindingsList
from ui.widgets.sheet import label, row

ALIKE = "doctor"
"""Of rounds that are asked for at once only the last one is shown."""


class MachineSection(Section):
    """The doctor's list. Opening it makes a quick round; the thorough one reads the whole database, and is asked for."""

    section_id = "machine"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.again = SecondaryButton(theme, self.tr("Examine thoroughly"), icon="zoom-in")
        self.give = SecondaryButton(theme, self.tr("Diagnostics file…"), icon="file-export")
        self.again.clicked.connect(self._ask_to_examine)
        self.give.clicked.connect(self._ask_for_diagnostics)
        self._told = label(theme, self.tr(
            "The diagnostics file holds no personal data, is plain text to look into, and is sent by nobody: you give it away yourself."),
            tone="muted", wrap=True)
        head = row(self._told, self.again, self.give, spacing=theme.px(12))
        head.setStretch(0, 1)
        self.list = FindingsList(theme, self.tr("State of this PC"))
        self.body.addLayout(head)
        self.body.addWidget(self.list.on_sheet(), 1)

    # --- the section's life -------------------------------------------------------------------------------------------

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("MachineSection", "This PC")

    def keys(self) -> tuple[str, ...]:
        """Return the key line."""
        return ("examine_pc", "save_diagnostics")

    def activate(self) -> None:
        """Look at what is quick to look at."""
        self._examine(thorough=False)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_examine_pc(self) -> None:
        """Read the whole database and audit trail too; the work at the desk goes on meanwhile."""
        self._examine(thorough=True)

    def do_save_diagnostics(self) -> None:
        """Ask where to, and write the file for those who help."""
        name = f"chan-doan-{self.context.counter.clock.now():%Y-%m-%d}"
        dialog = SaveFileDialog(self.context, self.tr("Diagnostics file"), name, (("ZIP", ".zip"),), self)
        dialog.chosen.connect(self._write)
        dialog.open()

    def _ask_to_examine(self) -> None:
        self.asked.emit("examine_pc")

    def _ask_for_diagnostics(self) -> None:
        self.asked.emit("save_diagnostics")

    def _examine(self, *, thorough: bool) -> None:
        self.say(self.tr("Examining…"))
        examine = partial(self.context.counter.doctor.examine, thorough=thorough, reader_port=self.context.preferences.reader_port)
        self.context.tasks.run_slow(examine, done=self._show, key=ALIKE)

    def _show(self, findings: Sequence[Finding]) -> None:
        self.list.show_lines(found_lines(findings))
        bad = sum(each.state is State.BAD for each in findings)
        looks = sum(each.state is State.WARNING for each in findings)
        if bad or looks:
            self.say(self.tr("{bad} must be mended, {looks} should be looked at").format(bad=bad, looks=looks))
        else:
            self.say(self.tr("Everything is in order"))

    def _write(self, out: Path) -> None:
        self.say(self.tr("Writing the diagnostics file…"))
        write = partial(self.context.counter.diagnostics.write, out, reader_port=self.context.preferences.reader_port)
        self.context.tasks.run_slow(write, done=self._note_written)

    def _note_written(self, made: Diagnosed) -> None:
        self.say("")
        words = self.tr("Written: {name}. Look into it, then give it to those who help.")
        self.context.notices.say(words.format(name=made.out.name), "accent")
