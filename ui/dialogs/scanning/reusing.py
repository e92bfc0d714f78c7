"""Use a paper again that this person handed in before, instead of scanning it: looked at first, chosen, and taken back with a reason."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.errors import DeskError
from counter_app.services.acts.acting import Done
from counter_app.services.scanning.library import ReusePaper
from ui.context import DeskContext
from ui.dates import short_date
from ui.dialogs.base import DeskDialog
from ui.models.digital_papers import PaperLine, day_words, number_words
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.papers import Papers
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label

WIDTHS = (280, 190, 190, 110, 110)


class ReuseDialog(DeskDialog):
    """``reused`` brings the :class:`Done`. Papers of the same name stand first."""

    reused = Signal(object)

    def __init__(self, context: DeskContext, code: str, line: PaperLine, parent: QWidget) -> None:
        title = QCoreApplication.translate("ReuseDialog", "Use again: {paper}").format(paper=line.name)
        super().__init__(context.theme, title, parent, width=900)
        self._context, self._code, self._line = context, code, line
        self._papers = Papers(context, self)
        self.banner = Banner(context.theme)
        self.body.addWidget(self.banner)
        self.body.addWidget(label(context.theme, self.tr(
            "Papers of this person from other dossiers that still hold. Look at the paper before you take it: the look is recorded."),
            tone="muted", wrap=True))
        self.model: RowsModel[DigitalPaper] = RowsModel((
            Column(self.tr("Paper"), lambda paper: paper.paper), Column(self.tr("Number, day"), number_words),
            Column(self.tr("Issued by"), lambda paper: paper.issuer),
            Column(self.tr("Holds until"), lambda paper: day_words(paper.valid_to)),
            Column(self.tr("Filed"), lambda paper: short_date(paper.filed_at.date())),
        ), self)
        self.table = DeskTable(context.theme, title)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=0)
        self.table.setMinimumHeight(self.list_height(240, 165))
        EmptyState(context.theme, self.table, "file-text", self.tr("No earlier paper of this person is here. Scan it (F12)."))
        self.table.opened.connect(self._look_at)
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        self._load()

    def _add_buttons(self) -> None:
        theme = self._context.theme
        self.take, self.look = PrimaryButton(theme, self.tr("Use it"), key="F9"), SecondaryButton(theme, self.tr("Look at it"), key="Enter")
        self.take.setShortcut("F9")
        close = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        for button, act in ((self.take, self._take), (self.look, self._look), (close, self.reject)):
            button.clicked.connect(act)
            self.add_button(button)
        self._offer()

    def _load(self) -> None:
        reusable = self._context.counter.paper.library.reusable
        self._context.tasks.run(reusable, self._code, self._context.session.actor, done=self._show, failed=self._refuse)

    def _show(self, papers: tuple[DigitalPaper, ...]) -> None:
        self.model.show_rows(sorted(papers, key=self._is_other))
        self.table.selectRow(0)
        self.table.setFocus()
        self._offer()

    def _is_other(self, paper: DigitalPaper) -> bool:
        return paper.part != self._line.part and paper.paper != self._line.name

    def _chosen(self) -> DigitalPaper | None:
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _offer(self, *_: object) -> None:
        for button in (self.take, self.look):
            button.setEnabled(self._chosen() is not None)

    def _look(self) -> None:
        if (paper := self._chosen()) is not None:
            self._papers.open_scan(paper)

    def _look_at(self, at: int) -> None:
        self._papers.open_scan(self.model.rows[at])

    def _take(self) -> None:
        if (paper := self._chosen()) is not None:
            self.take.setEnabled(False)
            command = ReusePaper(self._code, self._line.part, paper.op_id)
            reuse = self._context.counter.paper.library.reuse
            self._context.tasks.run(reuse, command, self._context.session.actor, done=self._finish, failed=self._refuse)

    def _finish(self, done: Done) -> None:
        self._context.notices.say(self.tr("{paper}: the earlier file is used again.").format(paper=self._line.name), "accent")
        self.reused.emit(done)
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
        self._offer()
