"""Papers go from hand to hand by scanning: slip after slip into a batch, then one list and one record for all of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import DeskError
from counter_app.domain.life import Direction
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.people import Permission
from counter_app.domain.scan import ScanKind
from counter_app.services.acts.acting import Done
from counter_app.services.acts.hand_overs import HandOverDossiers, sheets
from counter_app.services.people.offices import Unit
from ui.context import DeskContext
from ui.dialogs.acts.description import ActDesk, Field, FieldKind
from ui.dialogs.acts.dialog import Carried, carry_out, tell
from ui.dialogs.acts.inputs import OfferedField, widget_of
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of
from ui.pages.base import Page
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import Form
from ui.widgets.rows import DeskTable
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Sheet, label, row

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.domain.scan import ScanMeaning

WIDTHS, FOLDED_WIDTHS = (210, 280, 190, 70), (210, 200, 60)


class HandOverPage(Page):
    """What was scanned stays in the batch until it is recorded or taken out; scanning a slip twice changes nothing."""

    page_id = "hand_over"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._busy = False
        self._units: tuple[Unit, ...] = ()
        self._count = label(theme, tone="muted")
        self.body.addLayout(row(label(theme, self.tr("Hand over by scanning"), kind="title"), self._count, None, spacing=theme.px(12)))
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._make_form())
        self.body.addWidget(self._make_table(), 1)
        self._look()

    def _make_form(self) -> Sheet:
        theme = self.context.theme
        sheet = Sheet(theme)
        self.direction = SegmentedChoice[Direction](theme, self.tr("Which way"), (
            (self.tr("From the desk to a unit"), Direction.TO_SPECIALIST), (self.tr("Back to the desk, with results"), Direction.TO_DESK)))
        self.direction.chosen.connect(self._look)
        line: QHBoxLayout = row(self.direction, None)
        sheet.body.addLayout(line)
        self.form = Form(theme)
        self.unit, self.person = OfferedField(theme), widget_of(theme, Field("received_by", "", FieldKind.OFFERED))
        self.form.add_row(self.tr("Unit"), self.unit, "to_unit", at=(0, 0))
        self.form.add_row(self.tr("Who receives it"), self.person, "received_by", at=(0, 1))
        for column in range(2):
            self.form.grid.setColumnStretch(column, 1)
        self.unit.currentTextChanged.connect(self._name_head)
        sheet.body.addWidget(self.form)
        return sheet

    def _make_table(self) -> Sheet:
        theme = self.context.theme
        sheet = Sheet(theme, padding=(0, 0), spacing=0)
        self._model = RowsModel[Dossier](self._columns(), self)
        self.table = DeskTable(theme, self.tr("Scanned dossiers"))
        self.table.setModel(self._model)
        self.table.set_widths(WIDTHS, stretch=1)
        self._empty = EmptyState(theme, self.table, "barcode", self.tr("Scan the slips one after the other. F9 records them all at once."))
        sheet.body.addWidget(self.table, 1)
        return sheet

    def _columns(self) -> tuple[Column[Dossier], ...]:
        return (
            Column(self.tr("Code"), lambda each: each.code), Column(self.tr("Procedure"), lambda each: each.procedure_name),
            Column(self.tr("Applicant"), lambda each: each.applicant.full_name), self._sheets_column(),
        )

    def _sheets_column(self) -> Column[Dossier]:
        return Column(self.tr("Sheets"), lambda each: str(sheets(each)), right=True)

    def set_folded(self, folded: bool) -> None:
        """Leave the procedure out where there is no room for four columns."""
        super().set_folded(folded)
        columns = self._columns()
        self._model.show_columns((columns[0], columns[2], columns[3]) if folded else columns)
        self.table.set_widths(FOLDED_WIDTHS if folded else WIDTHS, stretch=1)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: record first."""
        return ("record_batch", "scan_field", "take_out", "empty_batch", "next_pane", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id == "record_batch" and not self.context.session.actor.may(Permission.RECEIVE):
            return self.tr("Your role hands nothing over.")
        if action_id == "record_batch" and self._busy:
            return self.tr("It is being recorded.")
        if action_id in ("record_batch", "take_out", "empty_batch") and not self._model.rows:
            return self.tr("Scan a slip first.")
        if action_id == "take_out" and self.table.currentIndex().row() < 0:
            return self.tr("Choose a line first.")
        return None

    def activate(self, *_: object, **arguments: object) -> None:
        """Offer the units; with ``code`` begin with a dossier."""
        counter = self.context.counter
        self.context.tasks.run(_offered, counter, done=self._offer, key="units")
        if "code" in arguments:
            self._add(str(arguments["code"]))
        self.unit.setFocus()

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """A slip joins the batch; everything else is for the window."""
        if meaning.kind is not ScanKind.CODE:
            return False
        self._add(meaning.code)
        return True

    def do_next_pane(self) -> None:
        """F6: the batch, or back to the unit."""
        (self.unit if self.table.hasFocus() else self.table).setFocus()

    def do_record_batch(self) -> None:
        """F9: one record and one list for all of them."""
        self._busy = True
        self.form.show_problems({})
        self.actions_changed.emit()
        back = self.direction.value is Direction.TO_DESK
        unit, person = self.unit.currentText().strip(), self.person.currentText().strip() if isinstance(self.person, OfferedField) else ""
        command = HandOverDossiers(
            tuple(each.code for each in self._model.rows), "" if back else unit, person, self.direction.value,
            from_unit=unit if back else "")
        self.context.tasks.run(carry_out, self.context, partial(_record, command), done=self._finish, failed=self._refuse)

    def do_take_out(self) -> None:
        """Take the chosen line out of the batch."""
        at = self.table.currentIndex().row()
        self._model.show_rows([each for index, each in enumerate(self._model.rows) if index != at])
        self._look()

    def do_empty_batch(self) -> None:
        """Begin anew."""
        self._model.show_rows(())
        self.banner.hide()
        self._look()

    # --- within -------------------------------------------------------------------------------------------------------

    def _add(self, code: str) -> None:
        if any(code in (other.code for other in each.codes) or code == each.code for each in self._model.rows):
            return
        counter, actor = self.context.counter, self.context.session.actor
        self.context.tasks.run(counter.dossiers.of_code, code, actor, done=self._join)

    def _join(self, dossier: Dossier) -> None:
        problem = why_not(dossier, Verb.HAND_OVER)
        if problem is not None:
            self.context.notices.say(f"{dossier.code}: {sentence_of(problem)}", "warning")
        elif dossier.dossier_id not in {each.dossier_id for each in self._model.rows}:
            self._model.show_rows((*self._model.rows, dossier))
            self.table.selectRow(len(self._model.rows) - 1)
            self.banner.hide()
        self._look()

    def _offer(self, offered: tuple[tuple[Unit, ...], tuple[str, ...]]) -> None:
        self._units, people = offered
        for field, names in ((self.unit, [unit.name for unit in self._units]), (self.person, list(people))):
            if isinstance(field, OfferedField):
                kept = field.currentText()
                field.clear()
                field.addItems(names)
                field.setCurrentText(kept or (names[0] if field is self.unit and names else ""))

    def _name_head(self, unit: str) -> None:
        """Offer who answers for the unit as the receiver."""
        head = next((each.head for each in self._units if each.name == unit), "")
        if head and self.direction.value is Direction.TO_SPECIALIST and isinstance(self.person, OfferedField):
            self.person.setCurrentText(head)

    def _look(self, *_: object) -> None:
        count = len(self._model.rows)
        self._count.setText(self.tr("{count} dossiers").format(count=count) if count else "")
        back = self.direction.value is Direction.TO_DESK
        self.form.row("to_unit").label.setText(self.tr("From which unit") if back else self.tr("To which unit"))
        self.form.row("received_by").label.setText(self.tr("Who receives it (empty: you)") if back else self.tr("Who receives it"))
        self.actions_changed.emit()

    def _finish(self, carried: Carried) -> None:
        self._busy = False
        words = self.tr("{count} dossiers were handed over.").format(count=len(carried.done.dossiers))
        tell(self.context, self, words, carried)
        self.do_empty_batch()

    def _refuse(self, error: DeskError) -> None:
        """Name the dossier that each problem is about, or show it at its field."""
        self._busy = False
        codes = [each.code for each in self._model.rows]
        fields, others = {}, []
        for problem in error.problems:
            place, _, index = (problem.field or "").partition(".")
            if place == "codes" and index.isdigit():
                others.append(f"{codes[int(index)]}: {sentence_of(problem)}")
            elif place in self.form.names():
                fields[place] = sentence_of(problem)
            else:
                others.append(sentence_of(problem))
        found = self.form.show_problems(fields)
        if others:
            self.banner.say("danger", " ".join(others))
        if found:
            self.form.focus_on(found[0])
        self.actions_changed.emit()


def _record(command: HandOverDossiers, desk: ActDesk) -> Done:
    """Record the batch with the paper and printer of this desk; runs on the data thread."""
    return desk.counter.life.hand_overs.hand_over(replace(command, **desk.how), desk.actor)


def _offered(counter: Counter) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """Return the units and the people of this desk; runs on the data thread."""
    return counter.offices.units(), tuple(card.full_name for card in counter.login.people())
