"""A paper in full size: the PDF as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.widgets.buttons import SecondaryButton
from ui.widgets.paper_view import A5_RATIO, PaperView


class PaperDialog(DeskDialog):
    """Closes with Esc."""

    def __init__(self, context: DeskContext, pdf: bytes, title: str, parent: QWidget) -> None:
        super().__init__(context.theme, title, parent, width=640)
        view = PaperView(context.theme, context.tasks, title)
        wide = min(context.theme.px(760), parent.window().width() - context.theme.px(120))
        view.setFixedSize(wide, round(wide * A5_RATIO))
        area = QScrollArea()
        area.setAccessibleName(title)
        area.setWidget(view)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(area)
        close = SecondaryButton(context.theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)
        self.resize(wide + context.theme.px(84), parent.window().height() - context.theme.px(48))
        view.show_pdf(pdf)
        area.setFocus()

    @classmethod
    def show_over(cls, parent: QWidget, context: DeskContext, pdf: bytes, title: str) -> PaperDialog:
        """Open over a page, without blocking it."""
        dialog = cls(context, pdf, title, parent)
        dialog.open()
        return dialog
