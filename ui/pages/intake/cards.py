"""A card that was read while a form is filled: taken at once, or when the form is ready; who stood there before can be brought back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.domain.card import CardReading
from counter_app.domain.errors import Problem
from counter_app.domain.scan import meaning as meaning_of
from ui.context import DeskContext
from ui.notices import sentence_of
from ui.pages.intake.drafts import FormDrafts
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.receiving import Receiving
from ui.pages.intake.restoring import Restoring

NAME = "applicant.full_name"


class CardFeed(QObject):
    """``unreadable`` carries the sentence about a card, ``displaced`` the form before and the name of who takes the place in it."""

    unreadable = Signal(str)
    displaced = Signal(object, str)
    taken = Signal()

    def __init__(self, context: DeskContext, form: IntakeForm, drafts: FormDrafts, restoring: Restoring, receiving: Receiving) -> None:
        super().__init__(form)
        self._context, self._form = context, form
        self._drafts, self._restoring, self._receiving = drafts, restoring, receiving
        self._waiting: CardReading | None = None
        form.applicant.left.connect(self._take_slow)
        for signal in (restoring.ready, drafts.ready):
            signal.connect(self.take_waiting)

    def take(self, reading: CardReading) -> None:
        """Fill in a card; while a form is on its way in or out it waits."""
        if self._is_busy():
            self._waiting = reading
            return
        if reading.value is None:
            self.unreadable.emit(sentence_of(Problem(str(reading.error), "card")))
            return
        self.taken.emit()
        before = self._form.applicant.applicant()
        if before.id_number and before.id_number != reading.value.id_number:
            self.displaced.emit(self._form.content(), reading.value.full_name)
        self._form.applicant.fill_card(reading.value, self._context.counter.clock.now(), reading.warnings)
        self._form.focus_first()

    def take_waiting(self) -> None:
        """Take the card that waited, where nothing keeps it waiting any more."""
        if self._waiting is not None and not self._is_busy():
            reading, self._waiting = self._waiting, None
            self.take(reading)

    def _is_busy(self) -> bool:
        """Tell whether the form is on its way in or out."""
        return self._receiving.is_busy or self._restoring.is_busy or self._drafts.is_taking_up

    def _take_slow(self, name: str) -> None:
        """Take a card that came as slowly as a person types, so that it stands in the field of the name."""
        text = self._form.applicant.text(NAME) if name == NAME else ""
        if "|" in text:  # which no name holds, and every card
            found = meaning_of(text, self._context.counter.clock.now().date())
            if found.card is not None and found.card.value is not None:
                self._form.applicant.set_text(NAME, "")
                self.take(found.card)
