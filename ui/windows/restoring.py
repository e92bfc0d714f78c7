"""A desk made of a copy, on a computer without one: which copy, the code of the recovery sheet, then what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.keeping.records import CopyFile, Doubt, Facts
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
    from counter_app.services.ports import Clock

FORM = 560
LONGEST_NAME = 40
"""Of what a copy says of itself no more is shown: anybody may have written it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The roots of the disks that were looked through, and the copies on them."""

    disks: Sequence[Path]
    copies: Sequence[CopyFile]


def disks() -> list[Path]:
    """Return the roots of the disks that a copy may lie on: not the one that the system itself starts from on Linux, and no memory."""
    ready = (volume for volume in QStorageInfo.mountedVolumes() if volume.isValid() and volume.isReady())
    volumes = (volume for volume in ready if volume.fileSystemType().data() != b"tmpfs")
    roots = [Path(volume.rootPath()) for volume in volumes]
    return [root for root in roots if root.drive or root.parts[:2] in (("/", "media"), ("/", "mnt"), ("/", "run"))]


def look_on_disks(clock: Clock | None) -> Found:
    """Return the newest copies on the disks of this computer; a disk that does not answer keeps whoever asks waiting."""
    roots = disks()
    return Found(roots, opening.find_copies(roots, clock))


def _is_of_server(copy: CopyFile) -> bool:
    return not copy.facts.database_bytes


def _goes_behind(copy: CopyFile) -> tuple[bool, bool]:
    return copy.doubt is not None, _is_of_server(copy)


def _named(text: str) -> str:
    return " ".join(text.split())[:LONGEST_NAME]


class RestoreScreen(QWidget):
    """``look_wanted`` asks for copies on the disks, ``restore_wanted`` carries a file and the sheet's code; ``finished`` leads on."""

    look_wanted = Signal()
    restore_wanted = Signal(Path, str)
    left = Signal()
    finished = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = tools.theme
        self._done: Restored | None = None
        self._found = Found((), ())
        self.welcome = WelcomePanel(theme)
        self.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("A desk from its copy"))
        self.banner = Banner(theme)
        self.copy = ChoiceField(theme)
        self.copy.currentIndexChanged.connect(self._note_choice)
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

    def show_found(self, found: Found) -> None:
        """Offer what was found, the newest first; whole desks before the scans of a desk on a server, and what is in doubt last."""
        self._rest()
        copies = sorted(found.copies, key=_goes_behind)
        self._found = Found(found.disks, copies)
        self.copy.clear()
        for copy in copies:
            self.copy.addItem(self._words_of(copy), str(copy.path))
        if not copies:
            self._tell("neutral", self.tr("No copy was found. Plug in the disk with the copies and look again, or name the file."))
        (self.copy if copies else self.file).setFocus()

    def refuse(self, error: DeskError) -> None:
        """Show at its field what is wrong; the rest stands above the form. Nothing was changed."""
        self._rest()
        at = {problem.field or "": sentence_of(problem) for problem in error.problems}
        if not self.form.show_problems({"recovery": at["recovery"]} if "recovery" in at else {}):
            self._tell("danger", sentences_of(error))
        self.recovery.setFocus()

    def note_restored(self, done: Restored) -> None:
        """Say what came back, and what a person has to do now."""
        self._rest()
        self._done = done
        for part in (self.form, self.file, self.again, self.back):
            part.hide()
        made = done.facts.made_at
        if done.facts.database_bytes:
            heading, go = self.tr("The desk is restored."), self.tr("Open the desk")
            words = self.tr("{dossiers} dossiers and {files} scans came back, as they were on {day} at {time}. What was done after that is "
                            "not among them.")
        else:
            heading, go = self.tr("The scans are back, the desk is not."), self.tr("Close the program")
            words = self.tr("{files} scans came back, as they were on {day} at {time}. The data of this desk lies on its server: no copy "
                            "here holds it.")
        told = words.format(dossiers=done.facts.dossiers, files=done.files, day=short_date(made.date()), time=f"{made:%H:%M}")
        self._heading.setText(heading)
        self._words.setText(told)
        if tasks := self._tasks(done):
            self.banner.say("warning", "\n\n".join(tasks))
        self.go.setText(go)
        self.go.setShortcut("F9")
        self.go.setFocus()

    def _tasks(self, done: Restored) -> list[str]:
        tasks = []
        if not done.facts.database_bytes:
            tasks.append(self.tr("First let whoever looks after the server bring the data back there, from the server's own copies. Then "
                                 "close this program and join this computer by the command counter init --database, with a range of "
                                 "numbers that no computer had before."))
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
        doubts = {Doubt.AHEAD: self.tr("day still to come"), Doubt.INCOMPLETE: self.tr("data missing")}
        holds = self.tr("scans of a server's desk") if _is_of_server(copy) else self.tr("{count} dossiers").format(count=facts.dossiers)
        parts = (f"{short_date(made.date())} {made:%H:%M}", doubts[copy.doubt] if copy.doubt else "", self._desk_of(facts), holds,
                 str(copy.path.parent.parent))
        return " · ".join(filter(None, parts))

    def _desk_of(self, facts: Facts) -> str:
        """Return whose desk a copy is of; one of before says only which agency's."""
        if not facts.commune:
            return _named(facts.agency)
        return self.tr("counter {desk}, {commune}").format(commune=_named(facts.commune), desk=_named(facts.desk))

    def _note_choice(self) -> None:
        """Say of the copy that is chosen what a person should know before it is restored."""
        if not self.go.isEnabled():
            return
        chosen = next((each for each in self._found.copies if str(each.path) == self.copy.currentData()), None)
        words = self._caution(chosen) if chosen is not None else ""
        if words:
            self._tell("warning", words)
        else:
            self._be_silent()

    def _caution(self, copy: CopyFile) -> str:
        if copy.doubt is Doubt.AHEAD:
            return self.tr("By the clock of this computer the day of this copy is still to come. Set the clock right and look again. If "
                           "it is right, this copy was made with a wrong clock or is not yours: choose another one.")
        if copy.doubt is Doubt.INCOMPLETE:
            return self.tr("The data of this copy does not lie beside it. Bring the whole folder QuayMotCua-… and look again, or choose "
                           "another copy.")
        if _is_of_server(copy):
            return self.tr("This copy holds only the scans of a desk whose data lies on a server. It makes no desk: whoever looks after "
                           "the server brings the data back from the server's own copies.")
        return ""

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose the copy…"), str(self.folder_shown_first()), "*.qmc")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.take_file)
        chooser.open()

    def folder_shown_first(self) -> Path:
        """Return where a copy most likely lies: beside the one that is chosen, on another disk than this person's files, else at home."""
        home, chosen = Path.home(), self.copy.currentData()
        beside = [Path(chosen).parent] if chosen else []
        others = [disk for disk in self._found.disks if not home.is_relative_to(disk)]
        return next((each for each in (*beside, *others) if each.is_dir()), home)

    def take_file(self, path: str) -> None:
        """Offer a file that a person chose."""
        self.copy.insertItem(0, path, path)
        self.copy.setCurrentIndex(0)
        self.recovery.setFocus()

    def _go(self) -> None:
        if self._done is not None and self._done.facts.database_bytes:
            self.finished.emit()
        elif self._done is not None:
            self.window().close()
        elif not self.go.isEnabled():
            return
        elif (file := self.copy.currentData()) is None:
            self._tell("warning", self.tr("First choose a copy."))
        else:
            self.form.show_problems({})
            self._work(self.tr("Restoring: this may take some minutes. Leave the disk plugged in."))
            self.restore_wanted.emit(Path(file), self.recovery.text())

    def _buttons(self) -> tuple[QWidget, ...]:
        return self.go, self.again, self.file, self.back

    def _work(self, words: str) -> None:
        self._tell("neutral", words)
        for part in self._buttons():
            part.setEnabled(False)

    def _tell(self, kind: str, words: str) -> None:
        """Say something in the place of what is said to everybody: a small screen has no room for both."""
        self.banner.say(kind, words)
        self._words.hide()

    def _be_silent(self) -> None:
        self.banner.hide()
        self._words.show()

    def _rest(self) -> None:
        self._be_silent()
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
