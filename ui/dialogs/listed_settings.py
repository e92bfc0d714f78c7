"""A list that the commune keeps of its own house: its lines as a table, the chosen one in fields below, all of it saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Actor, Permission
from ui.context import DeskContext
from ui.dialogs.acts.description import Field, Options
from ui.dialogs.acts.inputs import fill, read_all, widget_of
from ui.dialogs.base import ScrollingDialog
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import ChoiceField, Form
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label, row

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

LINES, COLUMNS = 176, 2
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListForm:
    """What a list is: the fields of a line, how lines are loaded and saved. ``path`` is what the service calls the list in its problems.

    ``keys`` are the lists to choose from where there are several, told by ``key_text``; each is loaded when it is chosen.
    """

    title: str
    note: str
    empty: str
    path: str
    fields: tuple[Field, ...]
    columns: tuple[Column[Values], ...]
    widths: tuple[int, ...]
    load: Callable[[Counter, str], Sequence[Values]]
    save: Callable[[Counter, str, Sequence[Values], Actor], None]
    key_text: str = ""
    keys: Options = ()


class ListedSettingsDialog(ScrollingDialog):
    """``saved`` when the list is stored; until then nothing of it is."""

    saved = Signal()

    def __init__(self, context: DeskContext, described: ListForm, parent: QWidget) -> None:
        super().__init__(context.theme, described.title, parent, width=820)
        self._context, self._described, self._at, self._key = context, described, -1, ""
        theme = context.theme
        self.banner = Banner(theme)
        self.key = ChoiceField(theme)
        self.model: RowsModel[Values] = RowsModel(described.columns, self)
        self.table = DeskTable(theme, described.title)
        self.table.setModel(self.model)
        self.table.set_widths(described.widths, stretch=0)
        self.table.setFixedHeight(theme.px(LINES))
        EmptyState(theme, self.table, "list-details", described.empty)
        self.table.selectionModel().currentRowChanged.connect(self._turn)
        self.form = Form(theme)
        self._fields = tuple((field, widget_of(theme, field)) for field in described.fields)
        self._lay_out()
        self._add_buttons()
        self.key.currentIndexChanged.connect(self._load)
        self._load()

    def _lay_out(self) -> None:
        inside, theme = self.inside.body, self.theme
        self.body.addWidget(self.banner)
        self.body.addWidget(self.area, 1)
        inside.addWidget(label(theme, self._described.note, tone="muted", wrap=True))
        for words, value in self._described.keys:
            self.key.addItem(words, value)
        chooser = Form(theme)
        chooser.add_row(self._described.key_text, self.key, "key", at=(0, 0))
        chooser.setVisible(bool(self._described.keys))
        inside.addWidget(chooser)
        inside.addWidget(self.table)
        titles = (self.tr("Add a line"), self.tr("Take the line out"), self.tr("Up"), self.tr("Down"))
        self.add, self.remove, self.up, self.down = links = [LinkButton(theme, each) for each in titles]
        for link, slot in zip(links, (self._add, self._remove, self._go_up, self._go_down), strict=True):
            link.clicked.connect(slot)
        inside.addLayout(row(*links, None, spacing=theme.px(20)))
        for at, (field, widget) in enumerate(self._fields):
            self.form.add_row(field.text, widget, field.name, at=divmod(at, COLUMNS), hint=field.hint)
            widget.setToolTip(field.hint)
            self.form.grid.setColumnStretch(at % COLUMNS, 1)
        self.form.left.connect(self._leave)
        inside.addWidget(self.form)
        inside.addStretch(1)

    def _add_buttons(self) -> None:
        self.save = PrimaryButton(self.theme, self.tr("Save"))
        cancel = SecondaryButton(self.theme, self.tr("Cancel"), key="Esc")
        for button, slot in ((self.save, self._save), (cancel, self.reject)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)
        self._may = self._context.session.actor.may(Permission.MANAGE_DESK)
        if not self._may:
            self.banner.say("neutral", self.tr("Only an administrator changes what the commune keeps of its own house."))

    # --- the lines ----------------------------------------------------------------------------------------------------

    def _load(self, _: int = 0) -> None:
        self._key = str(self.key.currentData() or "")
        self._context.tasks.run(
            self._described.load, self._context.counter, self._key, done=self._show, failed=self._refuse, key="listed-settings")

    def _show(self, lines: Sequence[Values]) -> None:
        self._show_lines(tuple(lines), 0)
        self.key.setEnabled(True)

    def _show_lines(self, lines: Sequence[Values], at: int) -> None:
        """Show other lines and choose one of them, the nearest where it is gone; the key waits until they are saved."""
        self._at = -1
        self.model.show_rows(lines)
        self.key.setEnabled(False)
        self.form.show_problems({})
        self.table.selectRow(min(at, len(lines) - 1))
        self._look()

    def _turn(self, now: QModelIndex) -> None:
        """Another line is chosen: its values go into the fields; where those before can't be read, they stay."""
        at = now.row()
        if at in (-1, self._at):
            return
        if not self._keep():
            self.table.selectRow(self._at)
            return
        self._at = at
        for field, widget in self._fields:
            fill(widget, replace(field, value=self.model.rows[at].get(field.name)))
        self._look()

    def _keep(self) -> bool:
        """Note what stands in the fields; False where it can't be read, which is said there."""
        if self._at < 0:
            return True
        read, wrong = read_all(self._fields, self._context.counter.clock.now().date())
        self.form.show_problems(wrong)
        if not wrong and read != self.model.rows[self._at]:
            self.model.show_row(self._at, read)
            self.key.setEnabled(False)
        return not wrong

    def _leave(self, _: str) -> None:
        self._keep()

    def _look(self) -> None:
        """Offer only what is possible."""
        last = len(self.model.rows) - 1
        for button, possible in ((self.add, True), (self.remove, last >= 0), (self.up, self._at > 0), (self.down, self._at < last)):
            button.setEnabled(self._may and possible)
        self.save.setEnabled(self._may)
        self.form.setEnabled(self._may and last >= 0)

    def _add(self) -> None:
        if self._keep():
            empty = {field.name: field.value for field, _ in self._fields}
            self._show_lines((*self.model.rows, empty), len(self.model.rows))
            self._fields[0][1].setFocus()

    def _remove(self) -> None:
        at = self._at
        self._show_lines((*self.model.rows[:at], *self.model.rows[at + 1:]), at)

    def _go_up(self) -> None:
        self._move(-1)

    def _go_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        if self._keep():
            lines, at = list(self.model.rows), self._at
            lines[at], lines[at + step] = lines[at + step], lines[at]
            self._show_lines(lines, at + step)

    # --- saving -------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if not self._keep():
            return
        self.save.setEnabled(False)
        self._context.tasks.run(
            self._described.save, self._context.counter, self._key, self.model.rows, self._context.session.actor,
            done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.saved.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        """Choose the first line that something is wrong with, each sentence at its field."""
        at = [(problem, (problem.field or "").split(".")) for problem in error.problems]
        mine = [(problem, int(parts[1]), parts[2]) for problem, parts in at if parts[0] == self._described.path and len(parts) > 2]
        if mine:
            self.table.selectRow(mine[0][1])
        self._look()
        here = {name: sentence_of(problem) for problem, line, name in reversed(mine) if line == mine[0][1]}
        if not self.form.show_problems(here):
            self.banner.say("danger", sentences_of(error))
        self.fit()
