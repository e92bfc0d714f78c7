"""The apology with a new appointment: the days are counted before the clerk's eyes, before anything is on record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import DeskError
from counter_app.services.acts.acting import Done
from counter_app.services.acts.extensions import Extend, ExtensionLook
from counter_app.services.deadlines.wording import explain, long_time
from ui.context import DeskContext
from ui.dates import day_name
from ui.dialogs.acts.description import ActDesk, ActFacts, ActForm, Field, FieldKind, Values, first, reasons
from ui.dialogs.acts.dialog import ActDialog
from ui.notices import language, sentences_of
from ui.widgets.day_strip import DayStrip
from ui.widgets.form import ChoiceField, TextField
from ui.widgets.sheet import label

translate = QCoreApplication.translate
USUAL, UNITS = 3, (LimitUnit.WORKING_DAY, LimitUnit.DAY)


def extend(facts: ActFacts) -> ActForm:
    """Form 04: once, at the latest the last counting day before."""
    units = tuple(zip((translate("Acts", "working days"), translate("Acts", "days")), UNITS, strict=True))
    signers, titles = facts.signer_options, facts.title_options
    fields = (
        Field("amount", translate("Acts", "How much longer"), FieldKind.NUMBER, USUAL, half=True),
        Field("unit", translate("Acts", "Counted in"), FieldKind.CHOICE, LimitUnit.WORKING_DAY, units, half=True),
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("extend")),
        Field("decided_by", translate("Acts", "Who decided so"), FieldKind.OFFERED, first(signers), signers, half=True),
        Field("title", translate("Acts", "Title"), FieldKind.OFFERED, first(titles), titles, half=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Move the appointment on; an empty amount is refused as no limit at all."""
        by = Limit(values["amount"] or 0, values["unit"])
        command = Extend(facts.code, by, values["reason"], values["decided_by"], values["title"], **desk.how)
        return desk.counter.life.extensions.extend(command, desk.actor)

    return ActForm(
        translate("Acts", "Extend and apologise"), translate("Acts", "Extend and print form 04"), fields, act,
        translate("Acts", "{code} has a new appointment. Tell the citizen."))


class ExtendDialog(ActDialog):
    """Shows the new appointment with its strip of days for whatever is typed."""

    def __init__(self, context: DeskContext, form: ActForm, code: str, parent: QWidget) -> None:
        super().__init__(context, form, parent, width=680)
        self._code = code
        self.strip = DayStrip(context.theme)
        self.due = label(context.theme, bold=True, wrap=True)
        self.last = label(context.theme, tone="muted", wrap=True)
        self.inside.body.insertWidget(1, self.due)
        self.inside.body.insertWidget(2, self.strip)
        self.inside.body.insertWidget(3, self.last)
        amount, unit = self.field("amount"), self.field("unit")
        if isinstance(amount, TextField) and isinstance(unit, ChoiceField):
            amount.textEdited.connect(self.look)
            unit.currentIndexChanged.connect(self.look)
        self.look()

    def look(self, *_: object) -> None:
        """Ask what the appointment would be."""
        amount, unit = self.field("amount"), self.field("unit")
        text = amount.text().strip() if isinstance(amount, TextField) else ""
        if text.isascii() and text.isdigit() and isinstance(unit, ChoiceField):
            by = Limit(int(text), UNITS[unit.currentIndex()])
            look = partial(self.context.counter.life.extensions.look, self._code, by, self.context.session.actor)
            self.context.tasks.run(look, done=self._show, failed=self._cannot, key="extension look")

    def _show(self, found: ExtensionLook) -> None:
        appointment = found.appointment
        if appointment.due_at is None:
            return
        self.form.show_problems({})
        self.banner.hide()
        self.due.setText(self.tr("New appointment: {due}").format(due=long_time(appointment.due_at, language())))
        self.strip.show_days(appointment.days, explain(appointment, language()))
        if found.last_day is not None:
            day = f"{day_name(found.last_day)} {found.last_day:%d/%m/%Y}"
            self.last.setText(self.tr("Possible until {day}, once.").format(day=day))
        self.fit()

    def _cannot(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
