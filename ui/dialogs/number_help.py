"""Dossier numbers: what is known about those of today, and what an administrator can do where no number can be issued safely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError, RuleBrokenError
from counter_app.domain.people import Permission
from counter_app.domain.text import read_day, write_day
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import read_serials
from counter_app.services.numbering.standing import NumberStanding
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label

NUMBER_CODES = frozenset({"NUMBER_UNSAFE", "RANGE_USED_UP"})
"""Refusals that this dialog helps with."""
_TOUCHED = Changes.of("numbers", "settings")


def helps_with(error: DeskError) -> bool:
    """Tell whether a refusal is one that this dialog is for."""
    return any(problem.code in NUMBER_CODES for problem in error.problems)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Where the numbers stand after an act; the window hears what it touched."""

    standing: NumberStanding
    changes: Changes = _TOUCHED


class NumberHelpDialog(DeskDialog):
    """Everybody sees where the numbers stand; whoever manages the desk vouches for the newest slip and changes the range."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("NumberHelpDialog", "Dossier numbers"), parent, width=600)
        self._context = context
        self._standing: NumberStanding | None = None
        self._may = context.session.actor.may(Permission.MANAGE_DESK)
        theme = context.theme
        self.banner = Banner(theme)
        self.facts = label(theme, wrap=True)
        self.form = Form(theme)
        self._day, self._last, self._serials = TextField(theme, placeholder="dd/mm/yyyy"), TextField(theme), TextField(theme)
        self._last.setMaxLength(4)
        self._generation, self._fallback = ChoiceField(theme), ChoiceField(theme)
        self._add_rows()
        self.body.addWidget(self.banner)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.form)
        self._add_buttons()
        self.form.setVisible(self._may)
        self._show_acts()
        context.tasks.run(context.counter.numbering.standing, done=self.show_standing, failed=self._refuse)

    def _add_rows(self) -> None:
        self.form.add_row(self.tr("Date on the newest slip"), self._day, "day", at=(0, 0), span=2)
        self.form.add_row(self.tr("Highest number of that date (0: none)"), self._last, "serial", at=(1, 0), span=2)
        self.form.add_row(self.tr("Restore of the day that the province granted a range for"), self._generation, "generation",
                          at=(2, 0), span=2)
        self.form.add_row(self.tr("Range of this counter"), self._serials, "serials", at=(3, 0))
        self.form.add_row(self.tr("Where no official number is safe"), self._fallback, "fallback", at=(3, 1))
        self._fallback.addItem(self.tr("stop and say so"), False)
        self._fallback.addItem(self.tr("print provisional codes (TAM-…)"), True)

    def _add_buttons(self) -> None:
        theme = self.theme
        self.confirm = PrimaryButton(theme, self.tr("This is the newest slip"))
        self.allow = SecondaryButton(theme, self.tr("Open the recovery range"))
        self.save = SecondaryButton(theme, self.tr("Save the range"))
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, slot in ((self.confirm, self._confirm), (self.allow, self._allow), (self.save, self._save), (close, self.close)):
            button.clicked.connect(slot)
            self.add_button(button)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_standing(self, standing: NumberStanding) -> None:
        """Show where the numbers stand, and only the acts that make sense there."""
        self._standing = standing
        if standing.refusal is not None:
            self.banner.say("danger", sentence_of(standing.refusal))
        else:
            self.banner.say("neutral", self.tr("The next dossier gets {code}.").format(code=standing.next_code))
        self.facts.setText("\n".join(self._facts(standing)))
        self._serials.setText(f"{standing.serials.first}-{standing.serials.last}")
        self._fallback.setCurrentIndex(int(standing.fallback))
        self._generation.clear()
        for each in standing.recovery:
            if not each.opened:
                words = self.tr("restore {generation}: {first}–{last}")
                self._generation.addItem(words.format(generation=each.generation, first=each.serials.first, last=each.serials.last),
                                         each.generation)
        self._show_acts()

    def _facts(self, standing: NumberStanding) -> list[str]:
        day = write_day(standing.day)
        if standing.least:
            facts = [self.tr("Last number of {day} known on this PC: {last}.").format(day=day, last=standing.least)]
        else:
            facts = [self.tr("On this PC no number of {day} is known.").format(day=day)]
        if standing.suspect and standing.refusal is None:
            facts.append(self.tr("The data was restored or moved: once the newest slip is entered, the official numbers go on."))
        if standing.suspect and self._may:
            facts.append(self.tr("Find this counter's slip with the latest date, and of that date the highest number; a TAM code has none. "
                                 "Where no slip was ever printed: today's date and 0."))
        opened = [each for each in standing.recovery if each.opened]
        words = self.tr("Recovery range open today: {first}–{last}.")
        facts += [words.format(first=each.serials.first, last=each.serials.last) for each in opened]
        if not self._may:
            facts.append(self.tr("Only an administrator can vouch for a number or change the range."))
        return facts

    def _show_acts(self) -> None:
        suspect = self._standing is not None and self._standing.suspect
        vouching, allowing = self._may and suspect, self._may and suspect and self._generation.count() > 0
        for name in ("day", "serial"):
            self.form.row(name).setVisible(vouching)
        self.confirm.setVisible(vouching)
        self.form.row("generation").setVisible(allowing)
        self.allow.setVisible(allowing)
        self.save.setVisible(self._may and self._standing is not None)
        if vouching:
            self._day.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Take the height that the sentences and fields shown now need."""
        if (layout := self.layout()) is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        text = self._last.text().strip()
        if not (text.isascii() and text.isdigit()):
            words = self.tr("Type the last four digits of the slip's code as a number, 0 where no official code bears that date.")
            self._show_problems({"serial": words})
        elif (day := self._slip_day()) is not None:
            self._act(self._context.counter.numbering.confirm_last, day, int(text), self._context.session.actor)

    def _allow(self) -> None:
        if (day := self._slip_day()) is not None:
            generation = self._generation.currentData()
            self._act(self._context.counter.numbering.allow_recovery, generation, day, self._context.session.actor)

    def _slip_day(self) -> date | None:
        """Return the day that was typed; None where it is none, which is said at its field."""
        try:
            return read_day(self._day.text(), "day")
        except RuleBrokenError as error:
            self._refuse(error)
            return None

    def _save(self) -> None:
        self._act(self._save_range, self._serials.text(), bool(self._fallback.currentData()))

    def _save_range(self, serials: str, fallback: bool) -> None:
        """Run on the data thread, over the profile as it is now."""
        settings = self._context.counter.settings
        first, last = read_serials(serials)
        wanted = replace(settings.profile(), serial_first=first, serial_last=last, provisional_fallback=fallback)
        settings.save(wanted, self._context.session.actor)

    def _act(self, act: Callable[..., None], *arguments: object) -> None:
        self._show_problems({})
        self._context.tasks.run(self._act_and_look, act, arguments, done=self._answered, failed=self._refuse)

    def _act_and_look(self, act: Callable[..., None], arguments: tuple[object, ...]) -> _Answer:
        act(*arguments)
        return _Answer(self._context.counter.numbering.standing())

    def _answered(self, answer: _Answer) -> None:
        self._day.clear()
        self._last.clear()
        self.show_standing(answer.standing)

    def _refuse(self, error: DeskError) -> None:
        found = self._show_problems({problem.field or "": sentence_of(problem) for problem in error.problems})
        if not found:
            self.banner.say("danger", sentences_of(error))

    def _show_problems(self, problems: dict[str, str]) -> list[str]:
        """Show each sentence at its field and make room for it; return the names of the fields found."""
        found = self.form.show_problems(problems)
        self._fit()
        return found
