"""A desk made of a copy, on a computer without one: which copy, the code of the recovery sheet, then what came back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from ui import opening
from ui.context import Tools
from ui.dates import short_date
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label, row
from ui.windows.bottom_line import BottomLine
from ui.windows.welcome import WelcomePanel, lay_beside, middle

if TYPE_CHECKING:
    from counter_app.bootstrap import Restored
    from counter_app.services.keeping.records import CopyFile

FORM = 560


def disks() -> list[Path]:
    """Return the roots of the disks that a copy may lie on: not the one that the system itself starts from on Linux."""
    volumes = (volume for volume in QStorageInfo.mountedVolumes() if volume.isValid() and volume.isReady())
    roots = [Path(volume.rootPath()) for volume in volumes]
    return [root for root in roots if root.drive or root.parts[:2] in (("/", "media"), ("/", "mnt"), ("/", "run"))]


def copies_on_disks() -> list[CopyFile]:
    """Return the newest copies on the disks of this computer; a disk that does not answer keeps whoever asks waiting."""
    return opening.find_copies(disks())


def _is_of_server(copy: CopyFile) -> bool:
    return not copy.facts.database_bytes


class RestoreScreen(QWidget):
    """``look_wanted`` asks for copies on the disks, ``restore_wanted`` carries a file and the sheet's code; ``finished`` leads on."""

    look_wanted = Signal()
    restore_wanted = Signal(Path, str)
    left = Signal()
    finished = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = tools.theme
        self._done = False
        self.welcome = WelcomePanel(theme)
        self.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("A desk from its copy"))
        self.banner = Banner(theme)
        self.copy = ChoiceField(theme)
        self.recovery = TextField(theme, placeholder=self.tr("Leave it empty where this computer had the desk before."))
        self.form = Form(theme, spacing=(12, 10), submits=True)
        self.form.add_row(self.tr("Copy"), self.copy, "copy")
        self.form.add_row(self.tr("Recovery code: the eight groups on the recovery sheet"), self.recovery, "recovery")
        self.form.submitted.connect(self._go)
        self.file = SecondaryButton(theme, self.tr("Another file…"))
        self.file.clicked.connect(self._choose_file)
        self.again = SecondaryButton(theme, self.tr("Look again"))
        self.again.clicked.connect(self.look)
        self.go = PrimaryButton(theme, self.tr("Restore"), key="F9", cap_first=True)
        self.go.setShortcut("F9")
        self.go.clicked.connect(self._go)
        self.back = LinkButton(theme, self.tr("Back to setting up a new desk"))
        self.back.clicked.connect(self.left)
        self._lay_out()

    def look(self) -> None:
        """Ask for the copies that are there now."""
        self._work(self.tr("Looking for copies on the disks of this computer…"))
        self.look_wanted.emit()

    def show_copies(self, copies: Sequence[CopyFile]) -> None:
        """Offer what was found, the newest first; whole desks before the copies of a desk on a server, which hold scans only."""
        self._rest()
        self.copy.clear()
        for copy in sorted(copies, key=_is_of_server):
            self.copy.addItem(self._words_of(copy), str(copy.path))
        if copies:
            self.banner.hide()
        else:
            self.banner.say("neutral", self.tr("No copy was found. Plug in the disk with the copies and look again, or name the file."))
        (self.copy if copies else self.file).setFocus()

    def refuse(self, error: DeskError) -> None:
        """Show at its field what is wrong; the rest stands above the form. Nothing was changed."""
        self._rest()
        at = {problem.field or "": sentence_of(problem) for problem in error.problems}
        if not self.form.show_problems({"recovery": at["recovery"]} if "recovery" in at else {}):
            self.banner.say("danger", sentences_of(error))
        self.recovery.setFocus()

    def note_restored(self, done: Restored) -> None:
        """Say what came back, and what a person has to do now."""
        self._rest()
        self._done = True
        for part in (self.form, self.file, self.again, self.back):
            part.hide()
        if not done.facts.database_bytes:
            words = self.tr("{files} scans came back. This desk works with a server: the server restores its database, and the desk is "
                            "joined to it by the command counter init --database.")
        else:
            words = self.tr("{dossiers} dossiers and {files} scans came back, as they were on {day} at {time}. What was done after that is "
                            "not among them.")
        made = done.facts.made_at
        told = words.format(dossiers=done.facts.dossiers, files=done.files, day=short_date(made.date()), time=f"{made:%H:%M}")
        self._heading.setText(self.tr("The desk is restored."))
        self._words.setText(told)
        if tasks := self._tasks(done):
            self.banner.say("warning", "\n\n".join(tasks))
        self.go.setText(self.tr("Open the desk"))
        self.go.setShortcut("F9")
        self.go.setFocus()

    def _tasks(self, done: Restored) -> list[str]:
        tasks = []
        if done.missing:
            tasks.append(self.tr("{count} scans were not beside the copy or are damaged. Look for the folder that the copy came from: it "
                                 "holds them. The page Administration names them.").format(count=len(done.missing)))
        if done.numbers is not None:
            tasks.append(sentence_of(done.numbers))
        if done.enrol_again:
            tasks.append(self.tr("The line to the province needs a new ticket: ask for one, then enrol on the page Exchange. What waits to "
                                 "be sent is kept."))
        return tasks

    def _words_of(self, copy: CopyFile) -> str:
        made, facts = copy.facts.made_at, copy.facts
        words = self.tr("{day} {time} · {agency} · {dossiers} dossiers · {folder}")
        return words.format(day=short_date(made.date()), time=f"{made:%H:%M}", agency=facts.agency, dossiers=facts.dossiers,
                            folder=copy.path.parent.parent)

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose the copy…"), "", "*.qmc")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.take_file)
        chooser.open()

    def take_file(self, path: str) -> None:
        """Offer a file that a person chose."""
        self.copy.insertItem(0, path, path)
        self.copy.setCurrentIndex(0)
        self.recovery.setFocus()

    def _go(self) -> None:
        if self._done:
            self.finished.emit()
        elif not self.go.isEnabled():
            return
        elif (file := self.copy.currentData()) is None:
            self.banner.say("warning", self.tr("First choose a copy."))
        else:
            self.form.show_problems({})
            self._work(self.tr("Restoring: this may take some minutes. Leave the disk plugged in."))
            self.restore_wanted.emit(Path(file), self.recovery.text())

    def _buttons(self) -> tuple[QWidget, ...]:
        return self.go, self.again, self.file, self.back

    def _work(self, words: str) -> None:
        self.banner.say("neutral", words)
        for part in self._buttons():
            part.setEnabled(False)

    def _rest(self) -> None:
        self.banner.hide()
        for part in self._buttons():
            part.setEnabled(True)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        self._heading = label(theme, self.tr("Restore from a copy"), kind="title")
        self._words = label(theme, self.tr(
            "After a broken disk, or on a new computer. Choose the newest copy; nothing on its disk is changed, and this computer holds no "
            "desk yet that could be lost."), tone="muted", wrap=True)
        form = QWidget()
        form.setFixedWidth(px(FORM))
        column = QVBoxLayout(form)
        column.setSpacing(px(16))
        for part in (self.banner, self._heading, self._words, self.form):
            column.addWidget(part)
        column.addLayout(row(self.file, self.again, None))
        bottom = BottomLine(theme)
        bottom.fill([self.go], [self.back])
        lay_beside(self, self.welcome, middle(form, bottom))
