"""Opens stored papers outside the window: the way out where no printer helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from counter_app.services.documents.slips import code_on
from ui import paper_folder
from ui.actions import ACTION_BY_ID
from ui.context import DeskContext
from ui.dialogs.paper import PaperDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_app.domain.archive import DigitalPaper
    from counter_app.domain.registers import PrintedForm


_Kept = tuple[Path, str, bytes]
"""A paper in the folder for viewers: its file, its title and what is in it."""


def open_word() -> str:
    """Return what the button is called."""
    return QCoreApplication.translate("Papers", "Open the PDF")


class Papers(QObject):
    """Belongs to a widget, over which a paper is shown where the system has no viewer for it."""

    def __init__(self, context: DeskContext, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._over = context, over

    def open(self, print_id: str) -> None:
        """Open a stored print; the look is recorded, a refusal told as a notice."""
        self._context.tasks.run(self._take_out, print_id, done=self._show)

    def open_scan(self, paper: DigitalPaper) -> None:
        """Open the file of a digitised paper; the look is recorded, a refusal told as a notice."""
        self._context.tasks.run(self._unseal, paper, done=self._show_kept)

    def show_made(self, name: str, title: str, pdf: bytes) -> None:
        """Show a paper that was just made and is not stored: ``name`` is its file's, ``title`` for people. Neither names a person."""
        self._context.tasks.run_slow(_kept, name, title, pdf, done=self._show_kept)

    def show_separator(self) -> None:
        """Make and show the sheet that parts the dossiers of a stack; a refusal is told as a notice."""
        separator, actor = self._context.counter.paper.lists.separator, self._context.session.actor
        self._context.tasks.run(separator, actor, done=self._show_separator)

    def _show_separator(self, pdf: bytes) -> None:
        self.show_made("to-phan-cach", ACTION_BY_ID["separator_sheet"].title, pdf)

    def _show_kept(self, found: _Kept) -> None:
        path, title, pdf = found
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            PaperDialog.show_over(self._over, self._context, pdf, title, save_as=path.stem)

    def _unseal(self, paper: DigitalPaper) -> _Kept:
        path = paper_folder.place(paper.op_id)
        self._context.counter.paper.library.look(paper.op_id, path, self._context.session.actor)
        return path, paper.paper, path.read_bytes()

    def _take_out(self, print_id: str) -> tuple[PrintedForm, Path]:
        form = self._context.counter.slips.look_at(print_id, self._context.session.actor)
        return form, paper_folder.put(form)

    def _show(self, found: tuple[PrintedForm, Path]) -> None:
        form, path = found
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            PaperDialog.show_over(self._over, self._context, form.pdf, code_on(form), save_as=path.stem)


def _kept(name: str, title: str, pdf: bytes) -> _Kept:
    """Run by a worker."""
    return paper_folder.keep(name, pdf), title, pdf
