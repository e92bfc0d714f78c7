"""How are we doing? One report of one period; every figure opens its dossiers; frozen when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.people import Actor, Permission
from counter_app.domain.report_periods import Period, PeriodKind, containing, last_ended, neighbour, place
from counter_app.services.changes import Changes
from counter_app.services.reports.makers import Content
from counter_app.services.reports.service import MovedDossier, Report, ReportFile
from counter_app.services.reports.values import tables_of
from counter_app.services.repositories.reports import FrozenReport
from ui.context import DeskContext
from ui.dialogs.save_file import SaveFileDialog
from ui.models.report_lines import ReportLinesModel
from ui.pages.base import Page
from ui.pages.reports.panels import ReportPanels
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.report_sheet import ReportSheet
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Column, Sheet, label, row
from ui.widgets.tabs import TabLine

OFFICIAL, SCORE, WEEKLY = "II.06a", "766", "weekly"
LOSING = "losing"
Sent = tuple[FrozenReport, list[MovedDossier]]


class ReportsPage(Page):
    """Báo cáo. ``activate(name=…)`` opens one report."""

    page_id = "reports"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._name, self._kind = OFFICIAL, PeriodKind.MONTH
        self._period = last_ended(self._kind, self._today)
        self._shown: Report | None = None
        self._score: Report | None = None
        self._sent: Sent | None = None
        self._title, self._days = label(theme, kind="title"), label(theme, tone="muted")
        kinds = ((self.tr("Week"), PeriodKind.WEEK), (self.tr("Month"), PeriodKind.MONTH), (self.tr("Quarter"), PeriodKind.QUARTER),
                 (self.tr("Year"), PeriodKind.YEAR))
        self._kinds = SegmentedChoice[PeriodKind](theme, self.tr("Length of the period"), kinds)
        self._kinds.choose(self._kind)
        self._kinds.chosen.connect(self._choose_kind)
        before, after = IconButton(theme, "chevron-left", self.tr("Period before")), IconButton(
            theme, "chevron-right", self.tr("Next period"))
        before.clicked.connect(self._turn_back)
        after.clicked.connect(self._turn_on)
        self._place = label(theme)
        self.body.addLayout(row(self._title, self._days, None, self._kinds, theme.px(4), before, self._place, after, spacing=theme.px(8)))
        tabs = [("II.06a/VPCP", OFFICIAL), ("07a/BTP", "07a"), (self.tr("In time"), "timeliness"), (self.tr("766 score"), SCORE),
                (self.tr("Weekly sheet"), "weekly"), (self.tr("On the spot"), "on-the-spot"), (self.tr("Units"), "units"),
                (self.tr("Load"), "load"), (self.tr("Digitised"), "digital")]
        self._tabs = TabLine(theme, self.tr("Reports"), tabs)
        self._tabs.chosen.connect(self._choose_report)
        self.body.addWidget(self._tabs)
        self._told, self._differ = label(theme, tone="muted"), LinkButton(theme, "")
        self._differ.clicked.connect(self._open_differences)
        self.body.addLayout(row(self._told, self._differ, None))
        self._tables = Column(theme.px(16))
        self.body.addWidget(self._tables)
        self._panels = ReportPanels(theme)
        self._panels.wanted.connect(self._open_score_item)
        self.body.addWidget(self._panels)
        self.body.addStretch(1)
        self._show_frozen(None)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: freeze first."""
        return ("freeze_report", "export_report", "open_figure", "turn_period", "next_pane")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id in ("freeze_report", "export_report") and not self.context.session.actor.may(Permission.EXPORT):
            return self.tr("Your role prints and exports nothing.")
        if action_id == "freeze_report" and self._period.end >= self._today:
            return self.tr("The period is not over. Export it until then.")
        if action_id == "open_figure" and not (self._sheets() and self._sheets()[0].currentIndex().isValid()):
            return self.tr("Choose a figure first.")
        return None

    def activate(self, *_: object, **arguments: object) -> None:
        """Count the period anew."""
        if "name" in arguments:
            self._name = str(arguments["name"])
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Count again when dossiers, payments or complaints changed."""
        if changes.touch("dossiers", "payments", "complaints", "reports") and self.isVisible():
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """The table keeps its columns and scrolls along them; the charts stand one above the other."""
        super().set_narrow(narrow)
        self._panels.set_narrow(narrow)

    def set_folded(self, folded: bool) -> None:
        """The days of the period take the whole line where there is no room for its name beside them."""
        super().set_folded(folded)
        self._title.setVisible(not folded)
        self._place.setVisible(not folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn the period."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._turn(step)
        else:
            super().keyPressEvent(event)

    @property
    def _today(self) -> date:
        return self.context.counter.clock.now().date()

    @property
    def _counted(self) -> Period:
        """The period as far as it has gone: nothing is overdue of days that have not come."""
        return Period(self._period.start, max(self._period.start, min(self._period.end, self._today)))

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_turn_period(self) -> None:
        """The key line's button goes back, where the reports are."""
        self._turn(-1)

    def do_open_figure(self) -> None:
        """Open the dossiers of the chosen figure."""
        sheet = next((each for each in self._sheets() if each.hasFocus()), self._sheets()[0])
        self._open(sheet.lines, sheet.currentIndex())

    def do_next_pane(self) -> None:
        """F6: the tabs, then each table in turn."""
        stops: list[QWidget] = [self._tabs, *self._sheets()]
        at = next((number for number, each in enumerate(stops) if each.hasFocus() or each.isAncestorOf(self.focusWidget())), -1)
        stops[(at + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def do_export_report(self) -> None:
        """Write the report as Excel, PDF or JSON."""
        self._ask(self.tr("Export the report"), (("Excel", ".xlsx"), ("PDF", ".pdf"), ("JSON", ".json")), self._export)

    def do_freeze_report(self) -> None:
        """Keep the report as it is sent, and write it to be printed."""
        self._ask(self.tr("Freeze and print"), (("PDF", ".pdf"),), self._freeze)

    def _ask(self, title: str, kinds: Sequence[tuple[str, str]], then: Callable[[Path], None]) -> None:
        name = f"bao-cao-{self._name}-{self._counted.end:%Y-%m-%d}"
        dialog = SaveFileDialog(self.context, title, name, kinds, self)
        dialog.chosen.connect(then)
        dialog.open()

    def _export(self, out: Path) -> None:
        write, actor = self.context.counter.reports.write, self.context.session.actor
        self.context.tasks.run_slow(write, self._name, self._counted, out, actor, done=self._written)

    def _freeze(self, out: Path) -> None:
        freeze, actor = self.context.counter.reports.freeze, self.context.session.actor
        self.context.tasks.run_slow(freeze, self._name, self._period, out, actor, done=self._written)

    def _written(self, done: ReportFile) -> None:
        words = self.tr("Frozen, check mark {mark}: {name}.") if done.mark else self.tr("The report was written to {name}.")
        self.context.notices.say(words.format(mark=done.mark, name=done.out.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(done.out)))

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _choose_kind(self, kind: PeriodKind) -> None:
        """Show the period of another length that the shown one ends in."""
        self._set_kind(kind, min(self._period.end, self._today))
        self._load()

    def _choose_report(self, name: str) -> None:
        """Show another report; the weekly sheet begins with the week that is over."""
        self._name = name
        if name == WEEKLY and self._kind is not PeriodKind.WEEK:
            self._set_kind(PeriodKind.WEEK, self._today)
            self._period = neighbour(PeriodKind.WEEK, self._period, -1)
        elif name != WEEKLY and self._kind is PeriodKind.WEEK:
            self._set_kind(PeriodKind.MONTH, self._today)
            self._period = neighbour(PeriodKind.MONTH, self._period, -1)
        self._load()

    def _set_kind(self, kind: PeriodKind, day: date) -> None:
        self._kind = kind
        self._kinds.choose(kind)
        self._period = containing(kind, day, last_weekday=self.context.counter.reports.settings().week_ends_on)

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._period = neighbour(self._kind, self._period, step)
        self._load()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._show_place()
        reports, actor, run = self.context.counter.reports, self.context.session.actor, self.context.tasks.run_slow
        self._panels.setVisible(self._name == OFFICIAL)
        self.actions_changed.emit()
        run(reports.make, self._name, self._counted, actor, done=self._show, key="report")
        run(self._look_for_sent, self._name, self._counted, done=self._show_frozen, key="report-sent")
        if self._name == OFFICIAL:
            run(self._count_panels, self._counted, actor, done=self._show_panels, key="report-panels")

    def _count_panels(self, period: Period, actor: Actor) -> tuple[Report, list[Content], int]:
        """Run beside the window, one after the other for the memory: the score, twelve months, and the share in time that is wanted."""
        reports = self.context.counter.reports
        return reports.make(SCORE, period, actor), reports.months(period, actor), reports.settings().on_time_target

    def _look_for_sent(self, name: str, period: Period) -> Sent | None:
        """Run beside the window: the newest report that was sent, and what differs from it today."""
        reports, actor = self.context.counter.reports, self.context.session.actor
        sent = reports.frozen(name, period, actor)
        return (sent[0], reports.differences(sent[0], actor)) if sent else None

    def _show_place(self) -> None:
        start, end = self._counted.start, self._counted.end
        self._days.setText(self.tr("{start} to {end}").format(start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}"))
        if self._kind is PeriodKind.WEEK:
            self._title.setText(self.tr("Report of the week"))
            self._place.setText(f"{self._period.end:%d/%m/%Y}")
            return
        year, number = place(self._kind, self._period)
        words = {PeriodKind.MONTH: self.tr("Report of month {number}"), PeriodKind.QUARTER: self.tr("Report of quarter {number}"),
                 PeriodKind.YEAR: self.tr("Report of {year}")}[self._kind]
        self._title.setText(words.format(number=number, year=year))
        self._place.setText(str(year) if self._kind is PeriodKind.YEAR else f"{number}/{year}")

    def _show(self, report: Report) -> None:
        self._shown = report
        self._clear()
        theme = self.context.theme
        for table in tables_of(report.words, report.content):
            sheet = Sheet(theme, padding=(0, 0), spacing=0)
            if table.title:
                title = label(theme, table.title, bold=True)
                title.setContentsMargins(theme.px(12), theme.px(8), 0, theme.px(4))
                sheet.body.addWidget(title)
            if table.rows or table.total:
                view = ReportSheet(theme, table.title or report.words.say("short"), ReportLinesModel(table), sheet)
                view.opened.connect(self._open)
                view.selectionModel().currentChanged.connect(self._note_chosen)
                sheet.body.addWidget(view)
            else:
                nothing = label(theme, self.tr("Nothing in this period."), tone="muted")
                nothing.setContentsMargins(theme.px(12), theme.px(8), 0, theme.px(8))
                sheet.body.addWidget(nothing)
            self._tables.body.addWidget(sheet)
        if sheets := self._sheets():
            sheets[0].setFocus()
        self.actions_changed.emit()

    def _clear(self) -> None:
        layout = self._tables.body
        while layout.count():
            item = layout.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _sheets(self) -> list[ReportSheet]:
        items = [self._tables.body.itemAt(at) for at in range(self._tables.body.count())]
        parts = [item.widget() for item in items if item is not None]
        return [sheet for part in parts if part is not None for sheet in part.findChildren(ReportSheet)]

    def _show_panels(self, counted: tuple[Report, list[Content], int]) -> None:
        self._score, months, target = counted
        self._panels.show_months(months, target)
        self._panels.show_score(self._score)

    def _show_frozen(self, sent: Sent | None) -> None:
        self._sent = sent
        self._told.setVisible(sent is not None)
        self._differ.setVisible(bool(sent and sent[1]))
        if sent is None:
            return
        moment, mark = f"{sent[0].frozen_at:%H:%M %d/%m/%Y}", sent[0].sha256[:8].upper()
        same = self.tr("Frozen {moment}, check mark {mark}. Nothing has changed since.")
        self._told.setText((self.tr("Frozen {moment}, check mark {mark}.") if sent[1] else same).format(moment=moment, mark=mark))
        self._differ.setText(self.tr("{count} dossiers count otherwise today").format(count=len(sent[1])))
        self._differ.updateGeometry()

    # --- dossiers behind a figure -------------------------------------------------------------------------------------

    def _note_chosen(self) -> None:
        self.actions_changed.emit()

    def _open(self, model: ReportLinesModel, index: QModelIndex) -> None:
        line, cell = model.line(index.row()), model.cell(index)
        if "code" in line:
            self.context.navigator.open("dossier", code=line["code"])
        elif self._shown is not None and cell is not None:
            where, column = cell
            self._open_numbers(self._shown.tally.numbers(where, LOSING if self._name == SCORE else column))

    def _open_score_item(self, item: str) -> None:
        if self._score is not None:
            self._open_numbers(self._score.tally.numbers(item, LOSING))

    def _open_differences(self) -> None:
        if self._sent is not None:
            self._open_numbers([each.number for each in self._sent[1]])

    def _open_numbers(self, numbers: Sequence[int]) -> None:
        if not numbers:
            self.context.notices.say(self.tr("No dossiers stand behind this figure."))
            return
        self.context.navigator.open("dossiers", numbers=tuple(numbers))
