"""The print queue: which papers have not come out, why, and what can be done about each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.registers import FAILED, PRINTING
from counter_app.services.changes import Changes
from counter_app.services.documents.print_queue import QueueLine
from ui.context import DeskContext
from ui.dates import short_time
from ui.dialogs.base import DeskDialog
from ui.notices import sentences_of
from ui.papers import Papers, open_word
from ui.print_worker import PrintWorker
from ui.widgets.badge import BadgeLook
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import LOOK_ROLE, CellLook, DeskTable
from ui.widgets.sheet import label, row

_Index = QModelIndex | QPersistentModelIndex
STATE = 2


class _Acted:
    """The answer of an act on a job: the window hears that the queue was touched."""

    changes = Changes.of("prints")


class QueueModel(QAbstractTableModel):
    """One line for each paper: queued at, code, state, tries, printer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[QueueLine, ...] = ()
        self._titles = (self.tr("Time"), self.tr("Dossier"), self.tr("State"), self.tr("Tries"), self.tr("Printer"))

    def show_lines(self, lines: tuple[QueueLine, ...]) -> None:
        """Show these papers."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many papers there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text or look of a cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == LOOK_ROLE and index.column() == STATE:
            return CellLook(badge=self._badge(line))
        return None

    def _text(self, line: QueueLine, column: int) -> str:
        if column == STATE:
            return self._badge(line).word
        code = line.code if line.issue == 1 else self.tr("{code}, print {issue}").format(code=line.code, issue=line.issue)
        return {0: short_time(line.job.queued_at), 1: code, 3: str(line.job.tries)}.get(column) or self._printer(line)

    def _printer(self, line: QueueLine) -> str:
        return line.job.printer or self.tr("the system's own")

    def _badge(self, line: QueueLine) -> BadgeLook:
        if line.job.state == FAILED:
            return BadgeLook("danger", "alert-circle", self.tr("not printed"))
        if line.job.state == PRINTING:
            return BadgeLook("accent", "printer", self.tr("printing"))
        if line.job.message:
            return BadgeLook("warning", "alert-triangle", self.tr("is tried again"))
        return BadgeLook("neutral", "clock-hour-4", self.tr("waiting"))


class PrintQueueDialog(DeskDialog):
    """Retry, open or give up each paper. ``settings_wanted`` when another printer is to be chosen."""

    settings_wanted = Signal()

    def __init__(self, context: DeskContext, worker: PrintWorker, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("PrintQueueDialog", "Print queue"), parent, width=760)
        self._context, self._worker = context, worker
        self._papers = Papers(context, self)
        theme = context.theme
        self._banner = Banner(theme)
        self.model = QueueModel(self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.setModel(self.model)
        self.table.set_widths((72, 240, 160, 64, 160), stretch=4)
        self.table.setMinimumHeight(theme.px(220))
        nothing = self.tr("No paper waits. What the printer does not take stands here until it has come out.")
        EmptyState(theme, self.table, "printer", nothing)
        self._message = label(theme, tone="danger", wrap=True)
        choose = LinkButton(theme, self.tr("Choose another printer"))
        choose.clicked.connect(self._choose_printer)
        self.body.addWidget(self._banner)
        self.body.addWidget(self.table)
        self.body.addWidget(self._message)
        self.body.addLayout(row(choose, None))
        self._add_buttons()
        self.table.selectionModel().currentRowChanged.connect(self._look)
        self.table.opened.connect(self._open)
        worker.changed.connect(self.show_lines)
        self.show_lines(worker.lines)
        worker.refresh()
        self.table.setFocus()

    def show_lines(self, lines: tuple[QueueLine, ...]) -> None:
        """Show what is in the queue now; the chosen paper stays chosen."""
        chosen = self.chosen
        self.model.show_lines(lines)
        ids = [line.job.job_id for line in lines]
        at = ids.index(chosen.job.job_id) if chosen is not None and chosen.job.job_id in ids else 0
        if lines:
            self.table.selectRow(at)
        self._look()

    @property
    def chosen(self) -> QueueLine | None:
        """The paper of the selected row."""
        at = self.table.currentIndex().row()
        return self.model.lines[at] if 0 <= at < len(self.model.lines) else None

    def _add_buttons(self) -> None:
        theme = self.theme
        self.retry = PrimaryButton(theme, self.tr("Print again"))
        self.open_pdf = SecondaryButton(theme, open_word())
        self.give_up = SecondaryButton(theme, self.tr("Do not print"))
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, slot in ((self.retry, self._retry), (self.open_pdf, self._open), (self.give_up, self._give_up), (close, self.close)):
            button.clicked.connect(slot)
            self.add_button(button)

    def _look(self) -> None:
        line = self.chosen
        self._message.setText(line.job.message if line else "")
        self._message.setVisible(bool(line and line.job.message))
        for button in (self.open_pdf, self.give_up):
            button.setEnabled(line is not None)
        self.retry.setEnabled(line is not None and line.job.state != PRINTING)

    def _retry(self) -> None:
        self._act(self._retry_now)

    def _retry_now(self, job_id: str) -> _Acted:
        """Run on the data thread: to the printer that is chosen now, if one is."""
        counter = self._context.counter
        counter.print_queue.retry(job_id, counter.settings.profile().printer)
        return _Acted()

    def _give_up(self) -> None:
        self._act(self._cancel_now)

    def _cancel_now(self, job_id: str) -> _Acted:
        self._context.counter.print_queue.cancel(job_id)
        return _Acted()

    def _act(self, act: Callable[[str], _Acted]) -> None:
        if (line := self.chosen) is not None:
            self._banner.hide()
            self._context.tasks.run(act, line.job.job_id, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self._banner.say("danger", sentences_of(error))
        self._worker.refresh()

    def _open(self) -> None:
        if (line := self.chosen) is not None:
            self._papers.open(line.job.print_id)

    def _choose_printer(self) -> None:
        self.close()
        self.settings_wanted.emit()
