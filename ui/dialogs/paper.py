"""A paper in full size: the PDF as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from counter_app.services.whole_files import whole_file
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.widgets.buttons import SecondaryButton
from ui.widgets.paper_view import A5_RATIO, PaperView
from ui.widgets.sheet import label


class PaperDialog(DeskDialog):
    """Closes with Esc. With a file's name ``save_as`` it is what there is instead of a viewer: the paper can be saved from it."""

    def __init__(self, context: DeskContext, pdf: bytes, title: str, parent: QWidget, save_as: str = "") -> None:
        super().__init__(context.theme, title, parent, width=640)
        self._context, self._pdf, self._save_as = context, pdf, save_as
        view = PaperView(context.theme, context.tasks, title)
        wide = min(context.theme.px(760), parent.window().width() - context.theme.px(120))
        view.setFixedSize(wide, round(wide * A5_RATIO))
        area = QScrollArea()
        area.setAccessibleName(title)
        area.setWidget(view)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(area)
        if save_as:
            self._add_ways_out()
        close = SecondaryButton(context.theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)
        self.resize(wide + context.theme.px(84), parent.window().height() - context.theme.px(48))
        view.show_pdf(pdf)
        area.setFocus()

    def _add_ways_out(self) -> None:
        words = self.tr("This PC has no program for PDF files. Save the paper, or choose a printer (Ctrl+,) and print it again.")
        self.body.addWidget(label(self._context.theme, words, tone="muted", wrap=True))
        save = SecondaryButton(self._context.theme, self.tr("Save the PDF…"))
        save.clicked.connect(self._ask_file)
        self.add_button(save)

    def _ask_file(self) -> None:
        dialog = SaveFileDialog(self._context, self.windowTitle(), self._save_as, (("PDF", ".pdf"),), self)
        dialog.chosen.connect(self._save)
        dialog.open()

    def _save(self, path: Path) -> None:
        self._context.tasks.run_slow(_write, path, self._pdf, done=self._tell_saved)

    def _tell_saved(self, path: Path) -> None:
        self._context.notices.say(self.tr("Saved as {path}.").format(path=path))

    @classmethod
    def show_over(cls, parent: QWidget, context: DeskContext, pdf: bytes, title: str, save_as: str = "") -> PaperDialog:
        """Open over a page, without blocking it."""
        dialog = cls(context, pdf, title, parent, save_as)
        dialog.open()
        return dialog


def _write(path: Path, pdf: bytes) -> Path:
    """Run by a worker."""
    with whole_file(path) as part:
        part.write_bytes(pdf)
    return path
