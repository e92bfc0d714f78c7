"""The one dialog of all verbs: the fields of a description, checked by the service, done by a worker, told in a toast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.errors import DeskError, Problem
from counter_app.services.acts.acting import Done
from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.dialogs.acts.description import ActDesk, ActForm, Field, FieldKind
from ui.dialogs.acts.inputs import NoSuchValueError, read_all, widget_of
from ui.dialogs.base import ScrollingDialog
from ui.notices import sentence_of
from ui.papers import Papers, open_word
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form

COLUMNS = 2


class ActDialog(ScrollingDialog):
    """``carried`` brings the :class:`Done` when the act is on record; until then the dialog stays open with what was typed."""

    carried = Signal(object)

    def __init__(self, context: DeskContext, form: ActForm, parent: QWidget, *, width: int = 620) -> None:
        super().__init__(context.theme, form.title, parent, width=width)
        self.context, self.described = context, form
        self._fields: dict[str, tuple[Field, QWidget]] = {}
        self._line = self._times = 0
        self._half_taken = False
        self.banner = Banner(context.theme)
        self.form = Form(context.theme, submits=True)
        self.form.submitted.connect(self.carry_out)
        for column in range(COLUMNS):
            self.form.grid.setColumnStretch(column, 1)
        self.inside.body.addWidget(self.form)
        self.inside.body.addStretch(1)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.area, 1)
        for field in form.fields:
            self._add(field)
        if form.more:
            self.ask_more()
        if form.note:
            self.banner.say("warning" if form.warns else "neutral", form.note)
        self._add_buttons(form)
        if self._fields:
            next(iter(self._fields.values()))[1].setFocus()

    def field(self, name: str) -> QWidget:
        """Return the widget of a field.

        Raises:
            KeyError: no such field.
        """
        return self._fields[name][1]

    def values(self) -> Mapping[str, Any]:
        """Return the answers by name; those that can't be read are told at their fields.

        Raises:
            NoSuchValueError: some answer is no such value; nothing is to be done with the others then.
        """
        read, wrong = read_all(self._fields.values(), self.context.counter.clock.now().date())
        self.form.show_problems(wrong)
        if wrong:
            self.fit()
            self._lead_to(next(iter(wrong)))
            raise NoSuchValueError(next(iter(wrong.values())))
        return read

    def carry_out(self) -> None:
        """Do what the dialog is for."""
        if not self.go.isEnabled():
            return
        try:
            values = self.values()
        except NoSuchValueError:
            return
        self.go.setEnabled(False)
        self.context.tasks.run(self._act, values, done=self._finish, failed=self.refuse)

    def ask_more(self) -> None:
        """Ask for the repeated fields once more."""
        for field in self.described.more:
            self._add(replace(field, name=field.name.format(at=self._times)))
        self._times += 1
        self.fit()

    def refuse(self, error: DeskError) -> None:
        """Say what is wrong at its field, the rest above them."""
        self.go.setEnabled(True)
        at_fields: dict[str, str] = {}
        others: list[str] = []
        for problem in error.problems:
            name = self._name_of(problem)
            if name:
                at_fields.setdefault(name, sentence_of(problem))
            else:
                others.append(sentence_of(problem))
        found = self.form.show_problems(at_fields)
        if others:
            self.banner.say("danger", " ".join(others))
        self.fit()
        if found:
            self._lead_to(found[0])

    def _lead_to(self, name: str) -> None:
        """Put the focus into a field, and show it with its sentence when that has got its room."""
        self.form.focus_on(name)
        QTimer.singleShot(0, self, partial(self.area.ensureWidgetVisible, self.form.row(name)))

    def _name_of(self, problem: Problem) -> str:
        """Return the field that a problem is about: its own, or that of the list that its line belongs to."""
        wanted = problem.field or ""
        while wanted and wanted not in self._fields:
            wanted = wanted.rpartition(".")[0]
        return wanted

    def _act(self, values: Mapping[str, Any]) -> Carried:
        """Run on the data thread, with paper and printer as they are chosen now."""
        return carry_out(self.context, partial(_answered, self.described, values))

    def _finish(self, carried: Carried) -> None:
        tell(self.context, self._over, self.described.told, carried)
        self.carried.emit(carried.done)
        self.accept()

    def _add(self, field: Field) -> None:
        widget = widget_of(self.theme, field)
        share = field.half and self._half_taken
        at = (self._line - 1 if share else self._line, 1 if share else 0)
        made = self.form.add_row(field.text, widget, field.name, at=at, span=1 if field.half else COLUMNS, hint=field.hint)
        if isinstance(widget, QCheckBox):
            made.label.hide()
        if field.hint and field.kind is not FieldKind.TICK:
            widget.setToolTip(field.hint)
        self._half_taken = field.half and not share
        self._line += 0 if share else 1
        self._fields[field.name] = field, widget

    def _add_buttons(self, form: ActForm) -> None:
        self.go = PrimaryButton(self.theme, form.button, key="F9")
        self.go.setShortcut(Qt.Key.Key_F9)
        self.go.clicked.connect(self.carry_out)
        self.add_button(self.go)
        if form.more:
            more = SecondaryButton(self.theme, form.more_word)
            more.clicked.connect(self.ask_more)
            self.add_button(more)
        cancel = SecondaryButton(self.theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(cancel)


def _answered(form: ActForm, values: Mapping[str, Any], desk: ActDesk) -> Done:
    return form.act(desk, values)


@dataclass(frozen=True, slots=True)
class Carried:
    """An act that is on record, and whether its forms went to a printer; everybody hears of it by ``changes``."""

    done: Done
    printed: bool
    changes: Changes


def carry_out(context: DeskContext, act: Callable[[ActDesk], Done]) -> Carried:
    """Carry out an act on the data thread, with paper and printer as they are chosen now; raises as the act."""
    counter = context.counter
    profile = counter.settings.profile()
    done = act(ActDesk(counter, context.session.actor, profile))
    return Carried(done, bool(profile.printer), done.changes)


def tell(context: DeskContext, over: QWidget, words: str, carried: Carried) -> None:
    """Say that an act is on record, with its warnings; where nothing prints its form, offer the PDF."""
    done = carried.done
    warnings = [sentence_of(warning) for warning in done.warnings]
    said = " ".join((words.format(code=done.dossier.code), *warnings))
    kind = "warning" if warnings else "accent"
    if done.print_ids and not carried.printed:
        context.notices.say(said, kind, undo=partial(_open, context, over, done.print_ids[0]), undo_text=open_word())
    else:
        context.notices.say(said, kind)


def _open(context: DeskContext, over: QWidget, print_id: str) -> None:
    Papers(context, over).open(print_id)
