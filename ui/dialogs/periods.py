"""The province's figures beside ours for a period of the reports: sums by state, and the dossiers behind what differs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.report_periods import Period
from counter_app.services.line.day_counts import PeriodCompared
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.period_lines import CodeLine, SumLine, code_lines, periods, sum_lines
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import ChoiceField, Form
from ui.widgets.rows import CellLook, DeskTable

SUMS = 5


class PeriodDialog(DeskDialog):
    """Counts the chosen period on both sides; Enter on a dossier opens it."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("PeriodDialog", "Figures of a period on both sides"), parent, width=820)
        theme = context.theme
        self._context = context
        self._periods: tuple[Period, ...] = ()
        self.banner, self.choice, form = Banner(theme), ChoiceField(theme), Form(theme)
        form.add_row(self.tr("Period of the reports"), self.choice, "period", at=(0, 0))
        for words, period in periods(context.counter.clock.now().date()):
            self._periods += (period,)
            self.choice.addItem(words)
        self.choice.activated.connect(self.count)
        self._make_tables()
        for part in (self.banner, form, self.sum_table):
            self.body.addWidget(part)
        self.body.addWidget(self.code_table, 1)
        self.again = PrimaryButton(theme, self.tr("Count again"))
        self.again.clicked.connect(self.count)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.add_button(self.again)
        self.add_button(close)
        self.count()

    def _make_tables(self) -> None:
        theme = self.theme
        self.sums = RowsModel[SumLine]((
            Column(self.tr("State"), lambda s: s.word),
            Column(self.tr("At this desk"), lambda s: str(s.here), right=True),
            Column(self.tr("At the province"), lambda s: str(s.there), right=True),
            Column(self.tr("Difference"), lambda s: f"{s.here - s.there:+d}" if s.differs else "–", self._sum_look, right=True),
        ), self)
        self.sum_table = DeskTable(theme, self.tr("Dossiers by state"))
        self.sum_table.setModel(self.sums)
        self.sum_table.set_widths((300, 150, 150, 130), stretch=0)
        self.sum_table.setMinimumHeight(theme.px(34 + SUMS * 36))
        self.codes = RowsModel[CodeLine]((
            Column(self.tr("Received on"), lambda c: f"{c.day:%d/%m/%Y}"), Column(self.tr("Dossier"), lambda c: c.code),
            Column(self.tr("How it differs"), lambda c: c.words),
        ), self)
        self.code_table = DeskTable(theme, self.tr("Dossiers that differ"))
        self.code_table.setModel(self.codes)
        self.code_table.set_widths((130, 260, 330), stretch=2)
        self.code_table.setMinimumHeight(theme.px(34 + 4 * 36))
        self.code_table.opened.connect(self._open)
        EmptyState(theme, self.code_table, "git-compare", self.tr("Dossiers that differ will stand here."))

    @staticmethod
    def _sum_look(line: SumLine) -> CellLook:
        return CellLook(tone="warning" if line.differs else "text_muted", bold=line.differs)

    def count(self) -> None:
        """Count the chosen period on both sides; the desk goes on meanwhile."""
        period = self._periods[self.choice.currentIndex()]
        self.again.setEnabled(False)
        self.banner.say("neutral", self.tr("Asking the province…"))
        self._context.tasks.run_slow(
            self._context.counter.comparing.period, period.start, period.end, self._context.session.actor, done=self.show_period,
            failed=self.refuse, key="count period")

    def show_period(self, found: PeriodCompared) -> None:
        """Show what both sides count."""
        self.again.setEnabled(True)
        lines = code_lines(found)
        self.sums.show_rows(sum_lines(found))
        self.codes.show_rows(lines)
        if found.match:
            self.banner.say("accent", self.tr("Both sides count the same."))
            return
        words = self.tr("{count} dossiers are not the same on both sides.").format(count=len(lines))
        if found.pending:
            words += " " + self.tr("The province has changes that this PC has not read yet; count again after the next exchange.")
        self.banner.say("warning", words)

    def refuse(self, error: DeskError) -> None:
        """Say why the province's figures are not to be had now."""
        self.again.setEnabled(True)
        self.sums.show_rows(())
        self.codes.show_rows(())
        self.banner.say("warning", sentences_of(error))

    def _open(self, at: int) -> None:
        self._context.navigator.open("dossier", code=self.codes.rows[at].code)
        self.accept()
