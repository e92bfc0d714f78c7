"""Say which paper each page of a set is: with figures, as the last dossier of the procedure was divided, or with the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.models.set_papers import PaperChoice, SetPage, as_before, named_from, torn
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label, row

WIDTHS = (90, 420)
MOST_FIGURES = 9
LONGEST_NAME = 560
"""Pixels: names of papers in the catalogue are sentences."""


class SetPapersDialog(DeskDialog):
    """``agreed`` brings the pages with their papers. A figure names the chosen page and those behind it; 0 is all papers in one file."""

    agreed = Signal(object)

    def __init__(self, theme: Theme, choice: PaperChoice, parent: QWidget) -> None:
        title = QCoreApplication.translate("SetPapersDialog", "Which paper is which page: {code}").format(code=choice.code)
        super().__init__(theme, title, parent, width=640)
        self._options, self._habit = choice.options, choice.habit
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.body.addWidget(label(theme, self.tr(
            "A figure says what the chosen page is, and the pages behind it that were the same paper."), tone="muted", wrap=True))
        self.body.addLayout(self._make_choices())
        self.model: RowsModel[SetPage] = RowsModel((
            Column(self.tr("Page"), lambda page: str(page.number), right=True),
            Column(self.tr("Paper"), lambda page: page.paper.name)), self)
        self.table = DeskTable(theme, title)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=1)
        self.table.setMinimumHeight(self.list_height(160, 260))
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        self.model.show_rows(choice.pages)
        if self._habit and choice.begin_as_before:
            self._divide_as_before()
        self.table.selectRow(0)
        self.table.setFocus()

    def _make_choices(self) -> QVBoxLayout:
        """One link for each paper, its figure before it."""
        column = QVBoxLayout()
        column.setSpacing(0)
        self.links: list[LinkButton] = []
        for at, option in enumerate(self._options[:MOST_FIGURES + 1]):
            link = LinkButton(self.theme, "")
            room = self.theme.px(LONGEST_NAME)
            link.setText(link.fontMetrics().elidedText(f"{at}  {option.name}", Qt.TextElideMode.ElideRight, room))
            link.setToolTip(option.name)
            link.setAccessibleName(option.name)
            link.setObjectName(str(at))
            link.clicked.connect(self._choose_link)
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.links.append(link)
            column.addLayout(row(link, None))
        return column

    def _add_buttons(self) -> None:
        done = PrimaryButton(self.theme, self.tr("Divide so"), key="F9")
        self.before = SecondaryButton(self.theme, self.tr("As last time"), key="L")
        close = SecondaryButton(self.theme, self.tr("Cancel"), key="Esc")
        done.setShortcut("F9")
        for button, act in ((done, self._agree), (self.before, self._divide_as_before), (close, self.reject)):
            button.clicked.connect(act)
            self.add_button(button)
        self.before.setEnabled(bool(self._habit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure names the chosen page, L divides as the last time."""
        figure = event.text()
        if figure.isascii() and figure.isdigit() and int(figure) < len(self._options):
            self._choose(int(figure))
        elif event.key() == Qt.Key.Key_L and self.before.isEnabled():
            self._divide_as_before()
        else:
            super().keyPressEvent(event)

    def _choose_link(self) -> None:
        sender = self.sender()
        if isinstance(sender, LinkButton):
            self._choose(int(sender.objectName()))

    def _choose(self, at: int) -> None:
        """The chosen page is this paper; then the next one is chosen."""
        here = max(self.table.currentIndex().row(), 0)
        self._show(named_from(self.model.rows, here, self._options[at]))
        self.table.selectRow(min(here + 1, len(self.model.rows) - 1))

    def _divide_as_before(self) -> None:
        told = ", ".join(f"{self._name(each.part)} ({each.pages})" for each in self._habit)
        divided = as_before(self.model.rows, self._habit, self._options)
        if sum(each.pages for each in self._habit) == len(divided):
            self.banner.say("neutral", self.tr("As last time: {papers}.").format(papers=told))
        else:
            self.banner.say("warning", self.tr("Last time it was {papers}: another number of pages.").format(papers=told))
        self._show(divided)

    def _name(self, part: str) -> str:
        return next((option.name for option in self._options if option.part == part), part)

    def _show(self, pages: Sequence[SetPage]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(pages)
        self.table.selectRow(at)

    def _agree(self) -> None:
        name = torn(self.model.rows)
        if name:
            words = self.tr("The pages of “{paper}” do not lie together. Close this and move them with Ctrl+Up or Ctrl+Down first.")
            self.banner.say("danger", words.format(paper=name))
            return
        self.agreed.emit(self.model.rows)
        self.accept()
