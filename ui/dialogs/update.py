"""A dialog that compares a file of rules with those in force before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import Form, TextField
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label, row

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Updated:
    """The answer of an update: what is said about it, and what was written."""

    words: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class UpdateWords:
    """What an update dialog is called, what its button says, and what will stand in its empty table."""

    title: str
    act: str
    nothing: str


class UpdateDialog(DeskDialog, Generic[Found]):
    """File, comparison, act. Subclasses compare a file and put it in force; only an administrator may do the latter."""

    def __init__(self, context: DeskContext, words: UpdateWords, widths: tuple[int, ...], parent: QWidget) -> None:
        super().__init__(context.theme, words.title, parent, width=900)
        theme = context.theme
        self.context = context
        self.banner, self.file, self.form = Banner(theme), TextField(theme), Form(theme, submits=True)
        self.file.setReadOnly(True)
        choose = SecondaryButton(theme, self.tr("Choose a file…"))
        choose.clicked.connect(self._look_for_file)
        self.said = label(theme, tone="muted", wrap=True)
        self.model = RowsModel[Found](self.columns(), self)
        self.table = DeskTable(theme, words.title)
        self.table.setModel(self.model)
        self.table.set_widths(widths, stretch=len(widths) - 1)
        self.table.set_high(high=True)
        self.table.setMinimumHeight(theme.px(96))
        EmptyState(theme, self.table, "git-compare", words.nothing)
        self.form.add_row(self.tr("File"), self.file, "file", at=(0, 0))
        self.form.submitted.connect(self._apply)
        for part in (self.banner, self.form):
            self.body.addWidget(part)
        chosen = row(choose, self.said, spacing=theme.px(12))
        chosen.setStretch(1, 1)
        self.body.addLayout(chosen)
        self.body.addWidget(self.table, 1)
        self.use = PrimaryButton(theme, words.act)
        self.use.clicked.connect(self._apply)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.add_button(self.use)
        self.add_button(close)
        self.use.setEnabled(False)
        self.use.setToolTip(self.tr("Choose a file first."))
        self.may = context.session.actor.may(Permission.MANAGE_CATALOGUE)
        if not self.may:
            self.banner.say("neutral", self.tr("You can look at what a file would change. Only an administrator puts it in force."))
        self.resize(self.minimumWidth(), min(theme.px(560), parent.window().height() - theme.px(32)))
        choose.setFocus()

    def columns(self) -> tuple[Column[Any], ...]:
        """Return the columns of the comparison."""
        raise NotImplementedError

    def compare(self, path: Path) -> list[Found]:
        """Run on the data thread: return what the file would change."""
        raise NotImplementedError

    def put_in_force(self, path: Path, day: str) -> Updated:
        """Run on the data thread: use the file, a catalogue from ``day`` (as it was typed) on."""
        raise NotImplementedError

    def words_for(self, found: list[Found]) -> str:
        """Say in one sentence what was found."""
        raise NotImplementedError

    def show_file(self, path: str) -> None:
        """Compare a file with what is in force."""
        self.file.setText(path)
        self.form.show_problems({})
        self.use.setEnabled(False)
        self.context.tasks.run(self.compare, Path(path), done=self._show, failed=self._refuse, key="compare rules")

    def day(self) -> str:
        """Return the day that was typed, empty where none is asked for."""
        return ""

    def _look_for_file(self) -> None:
        """The system's own chooser, which does not block the window."""
        chooser = QFileDialog(self, self.tr("Choose a file…"), self.context.preferences.save_folder, "JSON (*.json)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.show_file)
        chooser.open()

    def _show(self, found: list[Found]) -> None:
        self.model.show_rows(found)
        self.said.setText(self.words_for(found))
        self.use.setEnabled(self.may)
        self.use.setToolTip("" if self.may else self.tr("Only an administrator changes the rules."))

    def _apply(self) -> None:
        if self.use.isEnabled():
            self.use.setEnabled(False)
            self.context.tasks.run(self.put_in_force, Path(self.file.text()), self.day(), done=self._finish, failed=self._refuse_use)

    def _finish(self, done: Updated) -> None:
        self.context.notices.say(done.words, "accent")
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        """The file can't be read, or holds no rules."""
        self.model.show_rows(())
        self.said.setText("")
        self.form.show_problems({"file": sentences_of(error)})

    def _refuse_use(self, error: DeskError) -> None:
        self.use.setEnabled(True)
        found = self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems})
        if not found:
            self.form.show_problems({"file": sentences_of(error)})
