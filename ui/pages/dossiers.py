"""Where is it? Search, filters, the most urgent first; a pane beside the table says the most about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from counter_app.domain.dossier import DossierRow, Status
from counter_app.domain.people import Actor, Permission
from counter_app.domain.scan_words import SeenInScan
from counter_app.domain.text import words
from counter_app.services.changes import Changes
from counter_app.services.dossiers.service import Page as RowPage
from counter_app.services.exchange.exporting import Exported
from counter_app.services.ports import ListFilter, SearchResult
from ui.context import DeskContext
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import Seconded
from ui.models.dossier_columns import applicant_and_due, code_and_procedure
from ui.models.matching import matched_ranges
from ui.models.rows import Column, RowsModel
from ui.models.states import Today, due_text, lacks_papers, state_badge, urgency, urgency_rank
from ui.pages.base import Page
from ui.pages.dossier_pane import DossierPane
from ui.reprinting import Reprinter
from ui.widgets.badge import BadgeLook, FilterChip
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import Sheet, label, row

MOST = 300
WIDTHS, FOLDED_WIDTHS = (192, 190, 170, 126, 172), (200, 170, 172)
CHIPS: tuple[tuple[ListFilter, str, str], ...] = (
    (ListFilter.ALL, "", "text"), (ListFilter.RECEIVED_TODAY, "", "text"), (ListFilter.OVERDUE, "alert-triangle", "danger"),
    (ListFilter.DUE_TODAY, "", "text"), (ListFilter.DUE_SOON, "clock-hour-4", "warning"),
    (ListFilter.SUPPLEMENT_OPEN, "", "text"), (ListFilter.SUPPLEMENT_LATE, "file-alert", "warning"),
    (ListFilter.ONLINE_NEW, "", "text"), (ListFilter.RESULT_WAITING, "", "text"), (ListFilter.RETURNED, "", "text"),
    (ListFilter.NOT_DIGITISED, "scan", "text"), (ListFilter.ATTENTION, "alert-circle", "warning"),
)
BY_STATUS = {
    ListFilter.SUPPLEMENT_OPEN: Status.AWAITING_SUPPLEMENT, ListFilter.RESULT_WAITING: Status.RESULT_READY,
    ListFilter.RETURNED: Status.RETURNED, ListFilter.ONLINE_NEW: Status.SUBMITTED_ONLINE,
}


class DossiersPage(Page):
    """The list. ``activate(query=…)`` searches, ``which=…`` opens one of the lists, ``numbers=…`` the dossiers behind a figure."""

    page_id = "dossiers"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._query, self._which = "", ListFilter.ALL
        self._on_screen: ListFilter | None = None
        self._seconded = Seconded(context, self)
        self._behind: tuple[int, ...] = ()
        """The dossiers of a figure of a report, by number; empty where the list is one of the desk's own."""
        self._today: Today | None = None
        self._found: tuple[DossierRow, ...] | None = None
        self._seen: Mapping[str, SeenInScan] = {}
        """Where the dossiers were found that only their scans were found by."""
        self._reprinter = Reprinter(context, self)
        self._words = label(theme, tone="muted")
        self._export = SecondaryButton(theme, self.tr("Export to Excel"), icon="file-spreadsheet")
        self._export.clicked.connect(self.do_export_rows)
        self._export.setVisible(context.session.actor.may(Permission.EXPORT))
        batch = SecondaryButton(theme, self.tr("Hand over by scanning"), icon="transfer")
        batch.clicked.connect(self._open_batch)
        batch.setVisible(context.session.actor.may(Permission.RECEIVE))
        title = label(theme, self.tr("Dossiers"), kind="title")
        self.body.addLayout(row(title, self._words, None, batch, self._export, spacing=theme.px(12)))
        self.body.addLayout(self._make_chips())
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        self._sheet = self._make_table()
        columns.addWidget(self._sheet, 1)
        self._pane = DossierPane(context)
        columns.addWidget(self._pane)
        self.body.addLayout(columns, 1)

    def _make_chips(self) -> FlowLayout:
        self._chips: dict[ListFilter, FilterChip] = {}
        group = QButtonGroup(self)
        line = FlowLayout(self.context.theme.px(8))
        for which, icon, tone in CHIPS:
            chip = FilterChip(self.context.theme, self._chip_word(which), icon=icon, tone=tone)
            chip.setObjectName(which.value)
            chip.clicked.connect(self._choose_chip)
            group.addButton(chip)
            line.addWidget(chip)
            self._chips[which] = chip
        self._chips[ListFilter.ALL].setChecked(True)
        return line

    def _chip_word(self, which: ListFilter) -> str:
        return {
            ListFilter.ALL: self.tr("All"), ListFilter.RECEIVED_TODAY: self.tr("Received today"), ListFilter.OVERDUE: self.tr("Overdue"),
            ListFilter.DUE_TODAY: self.tr("Due today"), ListFilter.DUE_SOON: self.tr("Due soon"),
            ListFilter.SUPPLEMENT_OPEN: self.tr("Awaiting papers"),
            ListFilter.SUPPLEMENT_LATE: self.tr("Papers not brought in time"), ListFilter.RESULT_WAITING: self.tr("Result ready"),
            ListFilter.RETURNED: self.tr("Returned"), ListFilter.ATTENTION: self.tr("Needs action"),
            ListFilter.NOT_DIGITISED: self.tr("Not digitised"), ListFilter.ONLINE_NEW: self.tr("Online, to be taken in"),
        }[which]

    def _make_table(self) -> Sheet:
        theme = self.context.theme
        sheet = Sheet(theme, padding=(0, 0), spacing=0)
        self._model = RowsModel[DossierRow](self._columns(), self)
        self._table = DeskTable(theme, self.tr("Dossiers"))
        self._table.setModel(self._model)
        self._table.set_widths(WIDTHS, stretch=1)
        self._table.opened.connect(self._open_row)
        self._table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self._empty = EmptyState(theme, self._table, "folder-search", self.tr("No dossier here. F2 searches, Alt+2 takes one in."))
        sheet.body.addWidget(self._table, 1)
        sheet.body.addSpacing(theme.px(6))
        return sheet

    def _open_batch(self) -> None:
        self.context.navigator.open("hand_over")

    def _columns(self) -> tuple[Column[DossierRow], ...]:
        return (
            Column(self.tr("Code"), lambda r: r.code),
            Column(self.tr("Procedure"), lambda r: r.procedure_name, lambda r: CellLook(below=self._seen_words(r)),
                   spoken=lambda r: " ".join(filter(None, (r.procedure_name, self._seen_words(r))))),
            Column(self.tr("Applicant"), lambda r: r.applicant, lambda r: CellLook(bold_ranges=self._matched(r))),
            Column(self.tr("Due"), self._due),
            self._state_column(),
        )

    def _folded_columns(self) -> tuple[Column[DossierRow], ...]:
        return code_and_procedure(self._seen_words), applicant_and_due(self._due, self._matched), self._state_column()

    def _state_column(self) -> Column[DossierRow]:
        return Column(self.tr("State"), lambda r: self._badge(r).word, lambda r: CellLook(badge=self._badge(r)),
                      spoken=lambda r: self._badge(r, in_full=True).word)

    def _badge(self, seen: DossierRow, *, in_full: bool = False) -> BadgeLook:
        return state_badge(self.context.theme, seen, self._now, in_full=in_full)

    def _due(self, seen: DossierRow) -> str:
        return due_text(seen, self._now.at.now)

    def _matched(self, seen: DossierRow) -> tuple[tuple[int, int], ...]:
        return matched_ranges(seen.applicant, words(self._query))

    def _seen_words(self, row: DossierRow) -> str:
        """Say where a dossier was found that nothing on record was found by; the page first, for a narrow column cuts the rest off."""
        where = self._seen.get(row.dossier_id)
        return self.tr("Scan, page {page}: {paper}").format(paper=where.paper, page=where.page) if where else ""

    @property
    def _now(self) -> Today:
        """What the rows are judged by; it comes with the first rows."""
        if self._today is None:
            raise RuntimeError("no list was loaded yet")
        return self._today

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: open first."""
        return ("open", "reprint_row", "export_rows", "next_pane", "clear_search")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id in ("open", "reprint_row") and self._chosen() is None:
            return self.tr("Choose a dossier first.")
        if action_id == "reprint_row" and not self.context.session.actor.may(Permission.RECEIVE):
            return self.tr("Your role prints no slips.")
        if action_id == "export_rows" and not self.context.session.actor.may(Permission.EXPORT):
            return self.tr("Your role exports nothing.")
        return None

    def activate(self, *_: object, **arguments: object) -> None:
        """Search, open a list, or load the present one again."""
        if "query" in arguments:
            self._query, self._behind = str(arguments["query"]), ()
            self._which = ListFilter.ALL
        elif "which" in arguments:
            self._query, self._behind, self._which = "", (), ListFilter(str(arguments["which"]))
        elif isinstance(numbers := arguments.get("numbers"), tuple):
            self._query, self._behind, self._which = "", numbers, ListFilter.ALL
        self._chips[self._which].setChecked(True)
        self._on_screen = None
        self._load()
        self._table.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Load again when dossiers changed."""
        if changes.touch("dossiers", "outbox", "calendar") and self.isVisible():
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the pane is a second one (F6)."""
        super().set_narrow(narrow)
        self._pane.set_wide(narrow)
        self._pane.setVisible(not narrow)
        self._sheet.setVisible(True)

    def set_folded(self, folded: bool) -> None:
        """Show rows of two lines where five columns have no room."""
        super().set_folded(folded)
        chosen = self._table.currentIndex().row()
        self._model.show_columns(self._folded_columns() if folded else self._columns())
        self._table.set_widths(FOLDED_WIDTHS if folded else WIDTHS, stretch=0 if folded else 1)
        self._table.set_high(high=folded or bool(self._seen))
        self._choose(chosen)

    def do_next_pane(self) -> None:
        """F6: the filters, then the table again; in a narrow window the pane in its place between them."""
        to_pane = self.narrow and self._table.hasFocus()
        if self.narrow:
            self._pane.setVisible(to_pane)
            self._sheet.setVisible(not to_pane)
        if self._table.hasFocus() or to_pane:
            self._chips[self._which].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Open the chosen dossier."""
        if (chosen := self._chosen()) is not None:
            self.context.navigator.open("dossier", code=chosen.code)

    def do_reprint_row(self) -> None:
        """Print the slip of the chosen dossier again."""
        if (chosen := self._chosen()) is not None:
            self._reprinter.reprint(chosen.code)

    def do_clear_search(self) -> None:
        """Show everything again; where nothing was searched, go back."""
        if not self._behind and (self._query or self._which is not ListFilter.ALL):
            self.activate(query="")
        else:
            self.context.navigator.back()

    def do_export_rows(self) -> None:
        """Write the dossiers of this year to an Excel file that the import reads again."""
        today = self.context.counter.clock.now().date()
        kinds = (("Excel", ".xlsx"), ("JSON Lines", ".jsonl"))
        dialog = SaveFileDialog(self.context, self.tr("Export to Excel"), f"ho-so-{today:%Y-%m-%d}", kinds, self)
        dialog.chosen.connect(self._export_to)
        dialog.open()

    def _export_to(self, out: Path) -> None:
        today = self.context.counter.clock.now().date()
        export = partial(self.context.counter.exporting.run, date(today.year, 1, 1), today, out, self.context.session.actor)
        self._seconded.run(export, self._exported)

    def _exported(self, done: Exported) -> None:
        self.context.notices.say(self.tr("{count} dossiers written to {name}.").format(count=done.dossiers, name=done.out.name))

    # --- loading ------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        run, counter, actor = self.context.tasks.run, self.context.counter, self.context.session.actor
        if self._behind:
            run(self._list_behind, self._behind, actor, done=self._show_behind, key="dossiers")
        elif self._query:
            run(self._search, self._query, actor, done=self._show_found, key="dossiers")
        else:
            run(self._list, self._which, actor, self._which is not self._on_screen, done=self._show_page, key="dossiers")
            run(self._count, counter.dossiers.list, actor, done=self._show_counts, key="dossiers-counts")

    def _search(self, query: str, actor: Actor) -> tuple[Today, SearchResult]:
        """Run on the data thread."""
        return self._look_at_today(), self.context.counter.dossiers.search(query, actor, MOST)

    def _list(self, which: ListFilter, actor: Actor, opened: bool) -> tuple[Today, RowPage]:
        """Run on the data thread; everything begins with what presses."""
        dossiers, today = self.context.counter.dossiers, self._look_at_today()
        everything = which is ListFilter.ALL
        return today, dossiers.most_urgent(actor, MOST, opened=opened) if everything else dossiers.list(which, actor, MOST, opened=opened)

    def _list_behind(self, numbers: tuple[int, ...], actor: Actor) -> tuple[Today, RowPage]:
        """Run on the data thread: the dossiers of a figure, in the order of entry."""
        return self._look_at_today(), self.context.counter.reports.rows(numbers, actor)

    def _look_at_today(self) -> Today:
        calendar = self.context.counter.calendar
        return Today(calendar.list_moment(), calendar.calendar())

    def _count(self, ask: Callable[[ListFilter, Actor, int], RowPage], actor: Actor) -> dict[ListFilter, int]:
        """Run on the data thread."""
        return {which: ask(which, actor, 1).total for which, _, _ in CHIPS}

    def _show_behind(self, found: tuple[Today, RowPage]) -> None:
        """The chips choose among the dossiers of the figure."""
        self._today, page = found
        self._found, self._seen = page.rows, {}
        self._show_counts({which: sum(self._belongs(each, which) for each in page.rows) for which, _, _ in CHIPS})
        self._words.setText(self.tr("{total} dossiers of the report").format(total=page.total))
        self._show_rows(self._of_chip(page.rows))

    def _show_page(self, found: tuple[Today, RowPage]) -> None:
        self._today, page = found
        self._found, self._seen, self._on_screen = None, {}, self._which
        self._show_rows(page.rows)
        self._words.setText(self._count_words(len(page.rows), page.total))

    def _count_words(self, shown: int, total: int) -> str:
        if shown < total:
            return self.tr("the first {shown} of {total}").format(shown=shown, total=total)
        return self.tr("{total} dossiers").format(total=total)

    def _show_found(self, found: tuple[Today, SearchResult]) -> None:
        self._today, result = found
        self._found, self._seen = result.rows, result.seen
        more = "+" if result.capped else ""
        self._words.setText(self.tr("{total}{more} dossiers match “{query}”").format(total=result.total, more=more, query=self._query))
        counts = {which: sum(self._belongs(each, which) for each in result.rows) for which, _, _ in CHIPS}
        self._show_counts(counts | {ListFilter.ALL: len(result.rows)})
        self._show_rows(self._of_chip(result.rows))

    def _of_chip(self, rows: tuple[DossierRow, ...]) -> tuple[DossierRow, ...]:
        """Return the found rows of the chosen chip, the most urgent first, behind them those that only a scan was found by.

        Equals stay in the order of the search.
        """
        at = self._now.at
        mine = [each for each in rows if self._belongs(each, self._which)]
        return tuple(sorted(mine, key=lambda each: (each.dossier_id in self._seen, urgency_rank(each, at))))

    def _belongs(self, seen: DossierRow, which: ListFilter) -> bool:
        """Tell whether a found dossier belongs to a chip."""
        at = self._now.at
        if which is ListFilter.ALL:
            return True
        if which is ListFilter.RECEIVED_TODAY:
            return seen.received_at.date() == at.now.date() and seen.status is not Status.SUBMITTED_ONLINE
        if which is ListFilter.ATTENTION:
            return seen.sync_state == "attention"
        if which is ListFilter.SUPPLEMENT_LATE:
            return lacks_papers(seen, at)
        if which is ListFilter.NOT_DIGITISED:
            return seen.lacks_scans
        return seen.status is BY_STATUS.get(which) or urgency(seen.status, seen.due_at, at) == which.value

    def _show_counts(self, counts: dict[ListFilter, int]) -> None:
        for which, count in counts.items():
            self._chips[which].show_count(self._chip_word(which), count)

    def _show_rows(self, rows: tuple[DossierRow, ...]) -> None:
        before = self._chosen()
        self._table.set_high(high=self.folded or bool(self._seen))
        self._model.show_rows(rows)
        at = next((index for index, each in enumerate(rows) if before is not None and each.dossier_id == before.dossier_id), 0)
        self._choose(at)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._model.rows):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(self._model.index(at, 0), flags)
        self._show_chosen()

    def _choose_chip(self) -> None:
        self._which = ListFilter(self.sender().objectName())
        if self._found is not None:
            self._show_rows(self._of_chip(self._found))
        else:
            self._load()

    def _chosen(self) -> DossierRow | None:
        at = self._table.currentIndex().row()
        return self._model.rows[at] if 0 <= at < len(self._model.rows) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self._pane.show_row(chosen, self._today, self._seen.get(chosen.dossier_id) if chosen else None)
        self.actions_changed.emit()

    def _open_row(self, at: int) -> None:
        self.context.navigator.open("dossier", code=self._model.rows[at].code)
