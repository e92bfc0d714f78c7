"""Today: what must be done now. Six figures that open lists, the dossiers just received, and how the day goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from counter_app.domain.dossier import DossierRow
from counter_app.services.dossiers.home import HomeFigures
from counter_app.services.helping.doctor import Finding, State
from counter_app.services.ports import ListFilter
from ui.context import DeskContext
from ui.dates import day_heading, day_name
from ui.dialogs.number_help import NumberHelpDialog
from ui.models.dossier_columns import applicant_and_due, code_and_procedure
from ui.models.rows import Column, RowsModel
from ui.models.states import due_text, late_words, sync_look, sync_word
from ui.notices import sentence_of
from ui.pages.base import Page
from ui.pages.home_column import DayColumn
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_cell import Figure, FigureCell
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import ElidedLabel, IconLabel, Line, Sheet, label, row

CELLS: tuple[tuple[ListFilter, str], ...] = (
    (ListFilter.OVERDUE, "alert-triangle"), (ListFilter.DUE_TODAY, "calendar-due"), (ListFilter.DUE_SOON, "clock-hour-4"),
    (ListFilter.RESULT_WAITING, "file-export"), (ListFilter.SUPPLEMENT_OPEN, "file-alert"), (ListFilter.ATTENTION, "alert-circle"),
)
WIDTHS, FOLDED_WIDTHS = (66, 192, 200, 172, 128, 54), (66, 200, 172, 54)


class HomePage(Page):
    """The page that the day begins on."""

    page_id = "home"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._cells: dict[ListFilter, FigureCell] = {}
        self._lines: list[Line] = []
        self._title = label(theme, kind="title")
        self._title.setMinimumHeight(theme.px(36))
        self._off_icon = IconLabel(theme, "calendar-off", "text_muted")
        self._off = ElidedLabel()
        self._off.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._off.setProperty("tone", "muted")
        self.body.addLayout(row(self._title, None, self._off_icon, self._off, spacing=theme.px(8)))
        self.hindrances = Banner(theme)
        self.hindrances.acted.connect(self._show_numbers)
        self.body.addWidget(self.hindrances)
        self.body.addWidget(self._make_strip())
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        self._table_sheet = self._make_table()
        columns.addWidget(self._table_sheet, 1)
        self._column = DayColumn(theme)
        columns.addWidget(self._column)
        self.body.addLayout(columns, 1)
        self.set_narrow(False)

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: intake first."""
        return ("go_intake", "go_dossiers", "go_returning", "go_books", "scan_field", "next_pane", "palette", "help")

    def activate(self, **arguments: object) -> None:
        """Begin at the table; the figures come from the frame."""
        del arguments
        self._table.setFocus()

    def show_figures(self, figures: HomeFigures) -> None:
        """Show the day as it is now; nothing is painted before all of it stands there."""
        self.setUpdatesEnabled(False)
        self._show_day(figures)
        self._show_cells(figures)
        self._model.show_rows(figures.recent)
        self._all.setText(self.tr("All {count} dossiers of today").format(count=figures.received_today))
        self._all.setVisible(figures.received_today > len(figures.recent))
        self._column.show_figures(figures, self.context.counter.clock.now().hour)
        self.setUpdatesEnabled(True)

    def show_hindrances(self, found: Sequence[Finding]) -> None:
        """Say what stands in the way of the next dossier; where it is its number, one button opens what helps."""
        self.hindrances.setVisible(bool(found))
        if found:
            kind = "danger" if any(each.state is State.BAD for each in found) else "warning"
            numbers = any(each.name == "guard" for each in found)
            words = " ".join(sentence_of(each.problem) for each in found)
            self.hindrances.say(kind, words, action=self.tr("Dossier numbers") if numbers else "")

    def _show_numbers(self) -> None:
        NumberHelpDialog(self.context, self).open()

    def _make_strip(self) -> Sheet:
        theme = self.context.theme
        strip = Sheet(theme, padding=(0, 0), spacing=0)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        strip.body.addLayout(self._grid)
        for at, (which, icon) in enumerate(CELLS):
            cell = FigureCell(theme, Figure(self._label(which), icon, 0, ""), first=at == 0)
            cell.setObjectName(which.value)
            cell.clicked.connect(self._open_list)
            self._cells[which] = cell
            self._lines.append(Line(theme, vertical=True))
        return strip

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the figures stand in rows, and the column is a second pane (F6)."""
        super().set_narrow(narrow)
        self._stand_cells()
        self._column.set_wide(narrow)
        self._column.setVisible(not narrow)
        self._table_sheet.setVisible(True)

    def _stand_cells(self) -> None:
        """Stand the six figures in one row, in a narrow window in two, in a folded page in three."""
        across = 2 if self.folded else 3 if self.narrow else len(self._cells)
        for at, (cell, line) in enumerate(zip(self._cells.values(), self._lines, strict=True)):
            cell.set_low(across < len(self._cells))
            self._grid.addWidget(cell, at // across, at % across * 2)
            self._grid.addWidget(line, at // across, at % across * 2 + 1)
            line.setVisible(at % across < across - 1)
        for column in range(2 * len(self._cells)):
            self._grid.setColumnStretch(column, 0 if column % 2 or column >= 2 * across else 108 if column == 0 else 100)

    def set_folded(self, folded: bool) -> None:
        """Show rows of two lines, and two figures beside each other, where there is no room for more."""
        super().set_folded(folded)
        self._stand_cells()
        self._model.show_columns(self._folded_columns() if folded else self._columns())
        self._table.set_widths(FOLDED_WIDTHS if folded else WIDTHS, stretch=1 if folded else 2)
        self._table.set_high(high=folded)

    def do_next_pane(self) -> None:
        """F6: the figures, the table; in a narrow window also the day's numbers."""
        if self.narrow and self._table_sheet.isVisible() and self._table.hasFocus():
            self._table_sheet.hide()
            self._column.show()
            self._cells[CELLS[0][0]].setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self.narrow:
            self._column.hide()
            self._table_sheet.show()
        target = self._cells[CELLS[0][0]] if self._table.hasFocus() else self._table
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.reveal(target)

    def _label(self, which: ListFilter) -> str:
        return {
            ListFilter.OVERDUE: self.tr("Overdue"), ListFilter.DUE_TODAY: self.tr("Due today"), ListFilter.DUE_SOON: self.tr("Due soon"),
            ListFilter.RESULT_WAITING: self.tr("Results waiting"), ListFilter.SUPPLEMENT_OPEN: self.tr("Awaiting papers"),
            ListFilter.ATTENTION: self.tr("Needs action"),
        }[which]

    def _make_table(self) -> Sheet:
        theme = self.context.theme
        sheet = Sheet(theme, padding=(0, 0), spacing=0)
        self._all = LinkButton(theme, "")
        self._all.clicked.connect(self._open_today)
        head = row(theme.px(12), label(theme, self.tr("The ten dossiers just received"), bold=True), None, self._all, theme.px(10))
        head.setContentsMargins(0, theme.px(6), 0, 0)
        sheet.body.addLayout(head)
        self._model = RowsModel[DossierRow](self._columns(), self)
        self._table = DeskTable(theme, self.tr("The ten dossiers just received"))
        self._table.setModel(self._model)
        self._table.set_widths(WIDTHS, stretch=2)
        self._table.opened.connect(self._open_row)
        self._empty = EmptyState(theme, self._table, "file-plus", self.tr("No dossier yet today. Alt+2 takes one in."))
        sheet.body.addWidget(self._table, 1)
        sheet.body.addSpacing(theme.px(6))
        return sheet

    def _columns(self) -> tuple[Column[DossierRow], ...]:
        return (
            self._time_column(),
            Column(self.tr("Code"), lambda r: r.code),
            Column(self.tr("Procedure"), lambda r: r.procedure_name),
            Column(self.tr("Applicant"), lambda r: r.applicant),
            Column(self.tr("Due"), _due),
            self._sent_column(),
        )

    def _folded_columns(self) -> tuple[Column[DossierRow], ...]:
        return self._time_column(), code_and_procedure(), applicant_and_due(_due), self._sent_column()

    def _time_column(self) -> Column[DossierRow]:
        return Column(self.tr("Time"), lambda r: f"{r.received_at:%H:%M}")

    def _sent_column(self) -> Column[DossierRow]:
        theme = self.context.theme
        return Column(self.tr("Sent"), lambda _: "", lambda r: sync_look(theme, r.sync_state), spoken=lambda r: sync_word(r.sync_state))

    def _show_day(self, figures: HomeFigures) -> None:
        today = self.context.counter.clock.now().date()
        self._title.setText(self.tr("Today, {day}").format(day=day_heading(today)))
        off = figures.next_day_off
        shown = off is not None and (off.day - today).days <= 10
        self._off_icon.setVisible(shown)
        self._off.setVisible(shown)
        if off is not None:
            words = self.tr("{weekday} {date} closed: {name}")
            self._off.show_text(words.format(weekday=day_name(off.day, start=True), date=f"{off.day:%d/%m}", name=off.name))

    def _show_cells(self, figures: HomeFigures) -> None:
        for which, figure in self._figures(figures).items():
            self._cells[which].show_figure(figure)

    def _figures(self, seen: HomeFigures) -> dict[ListFilter, Figure]:
        worst = self.tr("at worst {time}").format(time=late_words(seen.overdue_worst_days)) if seen.overdue else self.tr("none")
        if seen.overdue_alarm:
            worst = self.tr("alarm: {share} % of all").format(share=QLocale().toString(seen.overdue_permille / 10, "f", 1))
        until = self.tr("until {weekday} {date}").format(weekday=day_name(seen.soon_until), date=f"{seen.soon_until:%d/%m}")
        by_post = self.tr("{count} by post").format(count=seen.result_postal) if seen.result_postal else self.tr("to hand over")
        papers = self.tr("clock is stopped")
        if seen.supplement_late:
            papers = self.tr("{count} not brought in time").format(count=seen.supplement_late)
        return {
            which: Figure(self._label(which), icon, number, line, tone) for (which, icon), (number, line, tone) in zip(CELLS, (
                (seen.overdue, worst, "danger"),
                (seen.due_today, self.tr("{count} have a result").format(count=seen.due_today_ready), "text"),
                (seen.due_soon, until, "warning"),
                (seen.result_waiting, by_post, "text"),
                (seen.supplement_open, papers, "warning" if seen.supplement_late else "text"),
                (seen.attention, self.tr("a person must look"), "warning"),
            ), strict=True)
        }

    def _open_list(self) -> None:
        self.context.navigator.open("dossiers", which=self.sender().objectName())

    def _open_today(self) -> None:
        self.context.navigator.open("dossiers", which=ListFilter.RECEIVED_TODAY.value)

    def _open_row(self, at: int) -> None:
        self.context.navigator.open("dossier", code=self._model.rows[at].code)


def _due(seen: DossierRow) -> str:
    return due_text(seen, seen.received_at)
