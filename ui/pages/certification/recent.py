"""The visits of today, the newest first: print again, strike, hand back what was signed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.text import money
from counter_app.services.certification.terms import CertifiedDay, Visit
from ui.models.certified import REPRINT, STRIKE, VISIT_WIDTHS, visit_columns
from ui.models.rows import RowsModel
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import Sheet, label, row

HEIGHT = 178


class RecentVisits(Sheet):
    """``reprint`` and ``strike`` carry the visit whose words were clicked; ``chosen`` comes when another row was."""

    reprint = Signal(object)
    strike = Signal(object)
    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 8), spacing=2, parent=parent)
        self._day = label(theme, tone="muted")
        head = row(theme.px(12), label(theme, self.tr("Just certified"), bold=True), None, self._day, theme.px(12))
        self.body.addLayout(head)
        self.table = DeskTable(theme, self.tr("Just certified"))
        self._model: RowsModel[Visit] = RowsModel(visit_columns(), self)
        self.table.setModel(self._model)
        self.table.horizontalHeader().hide()
        self.table.set_widths(VISIT_WIDTHS, stretch=2)
        self.table.clicked.connect(self._click)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self.chosen)
        EmptyState(theme, self.table, "rubber-stamp", self.tr("Nothing was certified today. Type the name of a paper above."))
        self.body.addWidget(self.table, 1)
        self.setFixedHeight(theme.px(HEIGHT))

    @property
    def visit(self) -> Visit | None:
        """The chosen visit, the newest where none is chosen."""
        rows = self._model.rows
        at = self.table.currentIndex().row()
        return rows[at] if 0 <= at < len(rows) else rows[0] if rows else None

    @property
    def waiting(self) -> Visit | None:
        """The chosen visit where it waits to be signed, else the oldest that does."""
        if self.visit is not None and self.visit.is_waiting:
            return self.visit
        return next((visit for visit in reversed(self._model.rows) if visit.is_waiting), None)

    def show_day(self, day: CertifiedDay) -> None:
        """Show the visits of the day."""
        self._model.show_rows(day.visits)
        self._day.setText(self.tr("{count} visits today, {amount}").format(count=day.count, amount=money(day.total_vnd)))
        self.chosen.emit()

    def _click(self, index: QModelIndex) -> None:
        visit = self._model.rows[index.row()]
        if index.column() == REPRINT and visit.standing:
            self.reprint.emit(visit)
        elif index.column() == STRIKE and visit.standing:
            self.strike.emit(visit)

    def _open(self, at: int) -> None:
        visit = self._model.rows[at]
        if visit.standing:
            self.reprint.emit(visit)
