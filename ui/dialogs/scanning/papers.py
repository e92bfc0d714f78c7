"""What is digitised of a dossier: each paper and result with its state and record; look, use again, correct, take out, scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.dossier import Dossier
from counter_app.domain.people import Actor, Permission
from ui.context import DeskContext
from ui.dialogs.acts.description import ActForm
from ui.dialogs.acts.dialog import ActDialog
from ui.dialogs.base import DeskDialog
from ui.dialogs.scanning.describing import Offered, correct_form, offered, take_out_form
from ui.dialogs.scanning.reusing import ReuseDialog
from ui.dialogs.scanning.signatures import SignaturesDialog
from ui.dialogs.scanning.signing import SignDialog
from ui.models.digital_papers import PaperAct, PaperLine, acts_on, count_words, lines_of, number_words, record_of
from ui.models.rows import Column, RowsModel
from ui.papers import Papers
from ui.widgets.buttons import DeskButton, PrimaryButton, SecondaryButton
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import ElidedLabel, Line, label

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

WIDTHS = (330, 250, 200, 84)
RECORD_ROWS = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """What the dialog shows, and what its questions offer."""

    dossier: Dossier
    papers: tuple[DigitalPaper, ...]
    offer: Offered


class DigitalPapersDialog(DeskDialog):
    """Stays open while papers are looked at and changed; shows what is on record after each act."""

    def __init__(self, context: DeskContext, code: str, parent: QWidget) -> None:
        title = QCoreApplication.translate("DigitalPapersDialog", "Digitised papers of {code}").format(code=code)
        super().__init__(context.theme, title, parent, width=960)
        self._context, self._code = context, code
        self._papers = Papers(context, self)
        self._found: _Found | None = None
        theme = context.theme
        self._count = label(theme, tone="muted")
        self._add_top()
        self.model: RowsModel[PaperLine] = RowsModel((
            Column(self.tr("Paper, result"), lambda line: line.name),
            Column(self.tr("State"), lambda line: line.word, lambda line: CellLook(line.role, icon=line.icon)),
            Column(self.tr("Number, day"), lambda line: number_words(line.file)),
            Column(self.tr("Pages"), lambda line: str(line.file.pages) if line.file else "", right=True),
        ), self)
        self.table = DeskTable(theme, title)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=0)
        self.table.setMinimumHeight(self.list_height(210, 320))
        self.table.opened.connect(self._open_row)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Line(theme))
        self._record = QGridLayout()
        self._record.setHorizontalSpacing(theme.px(16))
        self._record.setVerticalSpacing(theme.px(4))
        self.body.addLayout(self._record)
        self._add_buttons()
        self._load()

    @classmethod
    def show_over(cls, parent: QWidget, context: DeskContext, code: str) -> DigitalPapersDialog:
        """Open over a page, without blocking it."""
        dialog = cls(context, code, parent)
        dialog.open()
        return dialog

    def _add_top(self) -> None:
        """How far the dossier is, and its signatures."""
        top = QHBoxLayout()
        top.setSpacing(self.theme.px(8))
        top.addWidget(self._count, 1)
        self.sign = SecondaryButton(self.theme, self.tr("Sign…"), key="F7")
        self.check = SecondaryButton(self.theme, self.tr("Signatures…"), key="F8")
        for button, act, key in ((self.sign, self._sign, "F7"), (self.check, self._check, "F8")):
            button.clicked.connect(act)
            button.setShortcut(key)
            button.setAutoDefault(False)
            top.addWidget(button)
        self.body.addLayout(top)

    def _add_buttons(self) -> None:
        theme = self._context.theme
        self.look: DeskButton = PrimaryButton(theme, self.tr("Look at it"), key="Enter")
        self.scan = SecondaryButton(theme, self.tr("Scan"), key="F12")
        self.again = SecondaryButton(theme, self.tr("Use an earlier one…"), key="F3")
        self.mend, self.out = SecondaryButton(theme, self.tr("Correct…"), key="F4"), SecondaryButton(theme, self.tr("Take out…"), key="Del")
        self._buttons_of = {
            PaperAct.LOOK: self.look, PaperAct.REUSE: self.again, PaperAct.CORRECT: self.mend, PaperAct.TAKE_OUT: self.out}
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        acts = (
            (self.look, self._look, ""), (self.scan, self._scan, "F12"), (self.again, self._reuse, "F3"), (self.mend, self._correct, "F4"),
            (self.out, self._take_out, "Del"), (close, self.reject, ""))
        for button, act, key in acts:
            button.clicked.connect(act)
            if key:
                button.setShortcut(key)
            self.add_button(button)
        self._show_line()

    def _load(self, *_: object) -> None:
        self._context.tasks.run(
            _read, self._context.counter, self._code, self._context.session.actor, done=self._show, key="papers of a dossier")

    def _show(self, found: _Found) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self._found = found
        self.model.show_rows(lines_of(found.dossier, found.papers))
        self._count.setText(count_words(found.dossier))
        self.table.selectRow(min(at, len(self.model.rows) - 1))
        self.table.setFocus()
        self._show_line()

    def _chosen(self) -> PaperLine | None:
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _show_line(self, *_: object) -> None:
        """Show the record of the chosen paper, and offer what is possible with it."""
        line, actor = self._chosen(), self._context.session.actor
        may, possible = actor.may(Permission.RECEIVE), acts_on(line, actor)
        self.scan.setEnabled(may)
        for act, button in self._buttons_of.items():
            button.setEnabled(act in possible)
        self.sign.setEnabled(may and any(each.paper is not None and each.paper.waits_for_signature for each in self.model.rows))
        self.check.setEnabled(line is not None and line.paper is not None)
        self._show_record(record_of(line) if line else ())

    def _show_record(self, told: tuple[tuple[str, str], ...]) -> None:
        while self._record.count():
            item = self._record.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for at, (name, value) in enumerate(told):
            row, column = at % RECORD_ROWS, at // RECORD_ROWS * 2
            self._record.addWidget(label(self._context.theme, name, tone="muted"), row, column)
            self._record.addWidget(ElidedLabel(value), row, column + 1)
            self._record.setColumnStretch(column + 1, 1)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _open_row(self, at: int) -> None:
        paper = self.model.rows[at].paper
        if paper is not None and self.look.isEnabled():
            self._papers.open_scan(paper)

    def _look(self) -> None:
        self._open_row(self.table.currentIndex().row())

    def _scan(self) -> None:
        self.accept()
        self._context.navigator.open("scanning", code=self._code)

    def _reuse(self) -> None:
        if (line := self._chosen()) is not None:
            dialog = ReuseDialog(self._context, self._code, line, self)
            dialog.reused.connect(self._load)
            dialog.open()

    def _correct(self) -> None:
        if (line := self._chosen()) is not None and self._found is not None:
            self._open(correct_form(self._code, line, self._found.offer))

    def _take_out(self) -> None:
        if (line := self._chosen()) is not None:
            self._open(take_out_form(self._code, line))

    def _sign(self) -> None:
        dialog = SignDialog(self._context, self, self._code)
        dialog.signed.connect(self._load)
        dialog.open()

    def _check(self) -> None:
        if (line := self._chosen()) is not None and line.paper is not None:
            SignaturesDialog(self._context, self, line.paper).open()

    def _open(self, form: ActForm) -> None:
        dialog = ActDialog(self._context, form, self)
        dialog.carried.connect(self._load)
        dialog.open()


def _read(counter: Counter, code: str, actor: Actor) -> _Found:
    """Run on the data thread; both looks are recorded."""
    dossier = counter.dossiers.of_code(code, actor)
    return _Found(dossier, counter.paper.library.of_dossier(code, actor), offered(counter, dossier))
