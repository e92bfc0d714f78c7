"""Are the rules right? The procedures in force with papers, limits and fees, and the calendar that appointments are counted by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from counter_app.domain.catalogue_overrides import national_code
from counter_app.domain.people import Permission
from counter_app.domain.text import fold
from counter_app.services.desk.catalogue import none_in_force
from ui.actions import ACTION_BY_ID
from ui.context import DeskContext
from ui.notices import sentences_of
from ui.pages.base import Page
from ui.pages.catalogue_calendar import CalendarView
from ui.pages.catalogue_detail import ProcedureDetail
from ui.papers import Papers
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import TextField
from ui.widgets.rows import LOOK_ROLE, CellLook, DeskTable
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Sheet, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.domain.catalogue import Procedure, ProcedureOverride
    from counter_app.services.changes import Changes
    from counter_app.services.deadlines.calendar import CalendarYear

_Index = QModelIndex | QPersistentModelIndex
LIST = 432


class ProceduresModel(QAbstractTableModel):
    """Name and code of each procedure that fits the filter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: Sequence[tuple[str, Procedure]] = ()
        self.shown: Sequence[Procedure] = ()

    def show_procedures(self, procedures: Sequence[Procedure]) -> None:
        """Hold these; the filter is applied anew."""
        self._all = [(fold(f"{each.code} {each.name} {each.short_name} {each.field_name}"), each) for each in procedures]
        self.filter("")

    def filter(self, text: str) -> None:
        """Show those of which every folded word of the text begins some word."""
        wanted = fold(text).split()
        self.beginResetModel()
        self.shown = [each for folded, each in self._all if all(f" {part}" in f" {folded}" for part in wanted)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many fit."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return two: name and code."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr("Procedure") if section == 0 else self.tr("Code")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the label or the code."""
        procedure = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return procedure.label if index.column() == 0 else procedure.code
        return CellLook(tone="text_muted") if role == LOOK_ROLE and index.column() == 1 else None


class CataloguePage(Page):
    """Two views under one title: procedures with their detail, and the year."""

    page_id = "catalogue"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._year = context.counter.clock.now().year
        self._count = label(theme, tone="muted")
        self._view = SegmentedChoice(theme, self.tr("View"), [(self.tr("Procedures"), 0), (self.tr("Calendar"), 1)])
        self._view.chosen.connect(self._show_view)
        title = row(label(theme, self.tr("Catalogue"), kind="title"), self._count, None, self._view, spacing=theme.px(12))
        self.body.addLayout(title)
        self.model = ProceduresModel(self)
        self.filter = TextField(theme, placeholder=self.tr("Words of the name, a code, or a field of work"))
        self.filter.setAccessibleName(self.tr("Find a procedure"))
        self.filter.textEdited.connect(self._filter)
        self.table = DeskTable(theme, self.tr("Procedures"))
        self.table.setModel(self.model)
        self.table.set_widths((280, 132), stretch=0)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self._empty = EmptyState(theme, self.table, "list-details", "")
        self.detail = ProcedureDetail(theme)
        self.calendar = CalendarView(theme)
        self.calendar.turned.connect(self._turn)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._procedures())
        self._stack.addWidget(self.calendar)
        self.body.addWidget(self._stack, 1)
        self._papers = Papers(context, self)
        self._decisions: Sequence[ProcedureOverride] = ()
        self._loaded = False

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line."""
        update = "update_catalogue" if self._view.value == 0 else "update_calendar"
        return ("find_procedure", "poster", "other_view", update, "turn_year", "next_pane", "back")

    def why_not(self, action_id: str) -> str | None:
        """The year is turned where it is seen; rules are changed by an administrator."""
        if action_id in ("update_catalogue", "update_calendar") and not self.context.session.actor.may(Permission.MANAGE_CATALOGUE):
            return self.tr("Only an administrator changes the rules.")
        if action_id == "poster" and (self._view.value or not self.table.currentIndex().isValid()):
            return self.tr("Choose a procedure first.")
        return self.tr("Open the calendar first.") if action_id == "turn_year" and self._view.value == 0 else None

    def activate(self, *_: object, **__: object) -> None:
        """Load once; the focus goes to the filter."""
        if not self._loaded:
            self._loaded = True
            self._load()
        self.do_find_procedure()

    def refresh(self, changes: Changes) -> None:
        """Another catalogue or calendar came into force."""
        if changes.touch("catalogue", "calendar"):
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the list or the detail, F6 between them."""
        super().set_narrow(narrow)
        self._list.setVisible(True)
        self.detail.setVisible(not narrow)
        self.calendar.set_narrow(narrow)
        self._list.setMaximumWidth(16_777_215 if narrow else self.context.theme.px(LIST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the year in the calendar."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is not None and self._view.value == 1:
            self._turn(step)
        else:
            super().keyPressEvent(event)

    def do_find_procedure(self) -> None:
        """Put the focus into the filter."""
        self._view.choose(0)
        self._show_view(0)
        self.filter.setFocus()
        self.filter.selectAll()

    def do_poster(self) -> None:
        """Show the posting sheet of the chosen procedure, ready for the printer."""
        at = self.table.currentIndex()
        if not self._view.value and at.isValid():
            code, sheet = self.model.shown[at.row()].code, self.context.counter.citizens.posters.sheet
            show = partial(self._papers.show_made, f"niem-yet-{code}", ACTION_BY_ID["poster"].title)
            self.context.tasks.run(sheet, code, self.context.session.actor, done=show)

    def do_other_view(self) -> None:
        """Go from the procedures to the calendar and back."""
        self._view.choose(1 - self._view.value)
        self._show_view(self._view.value)

    def do_turn_year(self) -> None:
        """Show the next year; PgUp shows the one before."""
        self._turn(1)

    def do_next_pane(self) -> None:
        """Go from the filter to the list; in a narrow window from the list to the detail and back."""
        if self._view.value == 1:
            if self.narrow:
                self.calendar.turn_pane()
            self.calendar.setFocus()
            return
        if self.narrow:
            to_detail = self._list.isVisible()
            self._list.setVisible(not to_detail)
            self.detail.setVisible(to_detail)
        (self.filter if self.table.hasFocus() and not self.narrow else self.table).setFocus()

    def _procedures(self) -> QWidget:
        px = self.context.theme.px
        self._list = Sheet(self.context.theme, padding=(0, 12))
        search = QHBoxLayout()
        search.setContentsMargins(px(12), 0, px(12), 0)
        search.addWidget(self.filter)
        self._list.body.addLayout(search)
        self._list.body.addWidget(self.table, 1)
        self._list.setMaximumWidth(px(LIST))
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(16))
        line.addWidget(self._list, 1)
        line.addWidget(self.detail, 1)
        return both

    def _load(self) -> None:
        counter, run = self.context.counter, self.context.tasks.run
        run(counter.catalogue.overrides, done=self._take_decisions, key="decisions")
        run(counter.catalogue.in_force, counter.clock.now().date(), done=self._take_procedures, key="catalogue")
        self._turn(0)

    def _take_decisions(self, decisions: Sequence[ProcedureOverride]) -> None:
        self._decisions = decisions

    def _take_procedures(self, procedures: Sequence[Procedure]) -> None:
        none_fits = self.tr("No procedure in force fits these words. Type fewer letters, or the code.")
        none_at_all = sentences_of(none_in_force(self.context.counter.clock.now().date()))
        self._empty.say("list-details", none_fits if procedures else none_at_all)
        self.model.show_procedures(procedures)
        self._count.setText(self.tr("{count} procedures in force").format(count=len(procedures)))
        self._filter(self.filter.text())

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        if self.model.shown:
            self.table.selectRow(0)
        else:
            self._show_detail(QModelIndex())

    def _show_detail(self, current: QModelIndex) -> None:
        procedure = self.model.shown[current.row()] if current.isValid() else None
        self.detail.show_procedure(procedure, self._decisions_on(procedure) if procedure is not None else ())
        self.actions_changed.emit()

    def _decisions_on(self, procedure: Procedure) -> list[ProcedureOverride]:
        """Return the decisions that the procedure names as applied."""
        codes = {procedure.code, national_code(procedure.code)}
        return [each for each in self._decisions if each.decision_number in procedure.overridden_by and each.procedure_code in codes]

    def _show_view(self, view: int) -> None:
        self._stack.setCurrentIndex(view)
        self._count.setVisible(view == 0)
        (self.calendar if view else self.table).setFocus()
        self.actions_changed.emit()

    def _turn(self, step: int) -> None:
        self._year += step
        self.context.tasks.run(self.context.counter.calendar.show, self._year, done=self._take_year, key="calendar year")

    def _take_year(self, year: CalendarYear) -> None:
        self.calendar.show_year(year, self.context.counter.clock.now().date())
