"""The audit trail, for those who answer for the desk: by day, person, kind of act and dossier; and samples drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.moments import VIETNAM
from counter_app.services.people.users import UserLine
from counter_app.services.trail.looking import ActKind, Sample, SampleLine, Trail, TrailLine, TrailWish
from ui.context import DeskContext
from ui.dialogs.acts.description import Field, FieldKind
from ui.dialogs.acts.inputs import fill, read_all, widget_of
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.models.states import status_word
from ui.models.trail_words import act_word, kind_word, who_word
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import Form
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label, row

translate = QCoreApplication.translate
COLUMNS, LEAST, HEIGHT = 5, 110, 640


class AskedList(DeskDialog):
    """Fields to ask with, a table of what was found; Enter in the table opens the dossier of a line."""

    def __init__(self, context: DeskContext, title: str, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(context.theme, title, parent, width=1000)
        self.context, theme = context, context.theme
        self.banner, self.told = Banner(theme), label(theme, tone="muted", wrap=True)
        self.form = Form(theme, submits=True)
        self.fields = tuple((field, widget_of(theme, field)) for field in fields)
        for at, (field, widget) in enumerate(self.fields):
            self.form.add_row(field.text, widget, field.name, at=divmod(at, COLUMNS))
            self.form.grid.setColumnStretch(at % COLUMNS, 1)
        self.form.submitted.connect(self.ask)
        self.table = DeskTable(theme, title)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.resize(self.minimumWidth(), min(theme.px(HEIGHT), parent.window().height() - theme.px(48)))

    def show_in(self, model: RowsModel[Any], widths: tuple[int, ...], empty: str, *, stretch: int) -> None:
        """Show a model in the table."""
        self.table.setModel(model)
        self.table.set_widths(widths, stretch=stretch)
        self.table.setMinimumHeight(self.theme.px(LEAST))
        EmptyState(self.theme, self.table, "list-details", empty)

    def add_buttons(self, word: str) -> None:
        """Add the main button and the way out."""
        self.go = PrimaryButton(self.theme, word, key="F9")
        self.go.setShortcut("F9")
        close = SecondaryButton(self.theme, self.tr("Close"), key="Esc")
        for button, slot in ((self.go, self.ask), (close, self.reject)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)

    def ask(self) -> None:
        """Ask with what stands in the fields, where it can be read."""
        read, wrong = read_all(self.fields, self.context.counter.clock.now().date())
        for name in ("first", "last"):
            if read.get(name, "") is None:
                wrong[name] = self.tr("Write a day, like 27/11/2026.")
        self.form.show_problems(wrong)
        self.banner.hide()
        if not wrong:
            self.look(read)

    def look(self, read: dict[str, object]) -> None:
        """Ask for it; of each list its own."""
        raise NotImplementedError

    def open_dossier(self, code: str) -> None:
        """Leave for the dossier of a line, where it has one."""
        if code:
            self.accept()
            self.context.navigator.open("dossier", code=code)

    def refuse(self, error: DeskError) -> None:
        """Say what is wrong at its field."""
        if not self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems}):
            self.banner.say("danger", sentences_of(error))


class TrailDialog(AskedList):
    """Asks for today at once. The people are those with an account."""

    def __init__(self, context: DeskContext, people: Sequence[UserLine], parent: QWidget) -> None:
        today = datetime.combine(context.counter.clock.now().date(), time(), VIETNAM)
        everybody = (translate("TrailDialog", "everybody"), "")
        kinds = ((translate("TrailDialog", "all kinds"), None), *((kind_word(kind), kind) for kind in ActKind))
        super().__init__(context, translate("TrailDialog", "Audit trail"), (
            Field("first", translate("TrailDialog", "From day"), FieldKind.DAY, today),
            Field("last", translate("TrailDialog", "To day"), FieldKind.DAY, today),
            Field("user_id", translate("TrailDialog", "Person"), FieldKind.CHOICE, "", (
                everybody, *((person.full_name, person.user_id) for person in people))),
            Field("kind", translate("TrailDialog", "Kind of act"), FieldKind.CHOICE, None, kinds),
            Field("code", translate("TrailDialog", "Code of a dossier"), value="")), parent)
        self._over = parent
        self.model: RowsModel[TrailLine] = RowsModel(_trail_columns(), self)
        self.show_in(self.model, (150, 220, 330, 230), self.tr("Nothing on the trail fits."), stretch=2)
        self.table.opened.connect(self._open)
        sample = LinkButton(self.theme, self.tr("Draw a sample…"))
        sample.clicked.connect(self._ask_sample)
        self.body.addLayout(row(sample, None))
        self.add_buttons(self.tr("Look"))
        self.ask()

    def take_scan(self, text: str) -> None:
        """A scanned slip asks for its dossier."""
        field, widget = self.fields[-1]
        fill(widget, replace(field, value=text))
        self.ask()

    def look(self, read: dict[str, object]) -> None:
        """Ask for the acts."""
        wish = TrailWish(
            _day(read["first"]), _day(read["last"]), str(read["user_id"]), ActKind(str(read["kind"])) if read["kind"] else None,
            str(read["code"]))
        look, actor = self.context.counter.trail.look, self.context.session.actor
        self.context.tasks.run(look, wish, actor, done=self._show, failed=self.refuse, key="trail")

    def _show(self, trail: Trail) -> None:
        self.model.show_rows(trail.lines)
        words = self.tr("{count} acts. This look is on the trail too.")
        if trail.found > len(trail.lines):
            words = self.tr("The newest {shown} of {count} acts. This look is on the trail too.")
        self.told.setText(words.format(shown=len(trail.lines), count=trail.found))

    def _open(self, at: int) -> None:
        self.open_dossier(self.model.rows[at].code)

    def _ask_sample(self) -> None:
        self.accept()
        SampleDialog(self.context, self._over).open()


class SampleDialog(AskedList):
    """Dossiers drawn at random from a period, this year's at first."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        now = context.counter.clock.now()
        today = datetime.combine(now.date(), time(), VIETNAM)
        super().__init__(context, translate("SampleDialog", "Random sample of dossiers"), (
            Field("first", translate("SampleDialog", "Received from"), FieldKind.DAY, today.replace(month=1, day=1)),
            Field("last", translate("SampleDialog", "To day"), FieldKind.DAY, today),
            Field("count", translate("SampleDialog", "How many"), FieldKind.NUMBER, 20),
            Field("seed", translate("SampleDialog", "Number of a draw before"), FieldKind.NUMBER)), parent)
        self.model: RowsModel[SampleLine] = RowsModel(_sample_columns(), self)
        self.show_in(self.model, (230, 330, 150, 190), self.tr("No sample was drawn yet."), stretch=1)
        self.table.opened.connect(self._open)
        self.told.setText(self.tr(
            "Every dossier of the period is as likely as any other. The draw is on the audit trail; its number draws the same again."))
        self.add_buttons(self.tr("Draw"))

    def look(self, read: dict[str, object]) -> None:
        """Draw; a long period takes its time and holds nobody up."""
        count, seed = (value if isinstance(value, int) else None for value in (read["count"], read["seed"]))
        if count is None:
            self.form.show_problems({"count": self.tr("Write a whole number, like 12.")})
            return
        self.go.setEnabled(False)
        draw = partial(self.context.counter.trail.sample, seed=seed)
        self.context.tasks.run_slow(
            draw, _day(read["first"]), _day(read["last"]), count, self.context.session.actor, done=self._show, failed=self._refuse)

    def _show(self, sample: Sample) -> None:
        self.go.setEnabled(True)
        self.model.show_rows(sample.lines)
        words = self.tr("{count} of {total} dossiers. Number of this draw: {seed}. Enter opens a dossier.")
        self.told.setText(words.format(count=len(sample.lines), total=sample.total, seed=sample.seed))

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.refuse(error)

    def _open(self, at: int) -> None:
        self.open_dossier(self.model.rows[at].code)


def _day(value: object) -> date:
    """Return the day of a field that was read."""
    if not isinstance(value, datetime):
        raise TypeError(value)
    return value.date()


def _trail_columns() -> tuple[Column[TrailLine], ...]:
    return (
        Column(translate("TrailDialog", "When"), _moment), Column(translate("TrailDialog", "Who"), _who),
        Column(translate("TrailDialog", "What"), _act), Column(translate("TrailDialog", "Dossier"), _code))


def _sample_columns() -> tuple[Column[SampleLine], ...]:
    return (
        Column(translate("SampleDialog", "Dossier"), _code), Column(translate("SampleDialog", "Procedure"), _procedure),
        Column(translate("SampleDialog", "Received"), _received), Column(translate("SampleDialog", "State"), _status))


def _moment(line: TrailLine) -> str:
    return f"{line.at:%H:%M %d/%m/%Y}"


def _who(line: TrailLine) -> str:
    return who_word(line.who)


def _act(line: TrailLine) -> str:
    return act_word(line.action)


def _code(line: TrailLine | SampleLine) -> str:
    return line.code


def _procedure(line: SampleLine) -> str:
    return line.procedure


def _received(line: SampleLine) -> str:
    return f"{line.received_at:%H:%M %d/%m/%Y}"


def _status(line: SampleLine) -> str:
    return status_word(line.status)
