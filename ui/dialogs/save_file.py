"""Where a file is to be written: its kind, its name, its folder. Nothing that is there is replaced unasked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import DeskContext, Tools
from ui.dialogs.base import DeskDialog
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import row

FORBIDDEN = frozenset('<>:"/\\|?*')
"""Signs that Windows takes in no file name."""


class SaveFileDialog(DeskDialog):
    """``chosen`` carries the path. ``kinds`` are words and suffixes, the usual one first; the folder is the last one used."""

    chosen = Signal(object)

    def __init__(self, context: Tools | DeskContext, title: str, name: str, kinds: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(context.theme, title, parent, width=560)
        theme = context.theme
        self._preferences = context.preferences
        self._asked: Path | None = None
        """The file that is there already and was asked about."""
        self.kind, self.name, self.folder = ChoiceField(theme), TextField(theme), TextField(theme)
        for words, suffix in kinds:
            self.kind.addItem(words, suffix)
        self.name.setText(name)
        self.folder.setText(self._preferences.save_folder or documents())
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Kind of file"), self.kind, "kind")
        self.form.row("kind").setVisible(len(kinds) > 1)
        self.form.add_row(self.tr("Name"), self.name, "name")
        self.form.add_row(self.tr("Folder"), self.folder, "folder")
        self.form.submitted.connect(self._take)
        self.body.addWidget(self.form)
        other = SecondaryButton(theme, self.tr("Other folder…"))
        other.clicked.connect(self._look_for_folder)
        self.body.addLayout(row(other, None))
        self.save = PrimaryButton(theme, self.tr("Save"), key="Enter")
        self.save.clicked.connect(self._take)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(self.save)
        self.add_button(cancel)
        self.name.setFocus()
        self.name.selectAll()

    @property
    def path(self) -> Path:
        """The file as the fields name it."""
        name, suffix = self.name.text().strip(), str(self.kind.currentData())
        return Path(self.folder.text().strip()) / (name.removesuffix(suffix) + suffix)

    def _take(self) -> None:
        path, problems = self.path, self._problems()
        self.form.show_problems(problems)
        if problems:
            return
        if path.exists() and path != self._asked:
            self._asked = path
            words = self.tr("This file is there already. Press the button again to replace it, or give another name.")
            self.form.row("name").show_problem(words, tone="warning")
            self.save.setText(self.tr("Replace it"))
            self.save.updateGeometry()
            return
        self._preferences.save_folder = str(path.parent)
        self.chosen.emit(path)
        self.accept()

    def _problems(self) -> dict[str, str]:
        problems, name, folder = {}, self.name.text().strip(), self.folder.text().strip()
        if not name or FORBIDDEN & set(name):
            problems["name"] = self.tr('Give a name without < > : " / \\ | ? *')
        if not folder or not Path(folder).is_dir():
            problems["folder"] = self.tr("There is no such folder. Choose another one.")
        return problems

    def _look_for_folder(self) -> None:
        """The system's own chooser, which does not block the window."""
        chooser = QFileDialog(self, self.tr("Other folder…"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.folder.setText)
        chooser.open()


def documents() -> str:
    """Return the folder where this person's documents are, else the home folder."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return folder if folder and Path(folder).is_dir() else str(Path.home())
