"""What is said after F9: the dossier is in, or why no number could be had, each with the way on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.deadlines.wording import long_time
from counter_app.services.intake.terms import Received
from ui.context import DeskContext
from ui.dialogs.number_help import NumberHelpDialog, helps_with
from ui.notices import language, sentences_of
from ui.papers import Papers, open_word
from ui.widgets.banner import Banner

AT_ONCE = "decide_at_once"


class Outcome(QObject):
    """Belongs to the page of intake and speaks in its banner, and in toasts."""

    def __init__(self, context: DeskContext, banner: Banner, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._banner, self._page = context, banner, page
        self._papers = Papers(context, page)
        banner.acted.connect(self._show_numbers)

    def tell(self, received: Received) -> None:
        """Say that a dossier was received; offer the slip that nothing prints, else to decide at once where its procedure allows it."""
        due = long_time(received.due_at, language()) if received.due_at else self.tr("no date")
        words = self.tr("Received {code}. Due {due}.").format(code=received.code, due=due)
        if not received.queued:
            words = self.tr("{words} No printer is chosen: Ctrl+, chooses one.").format(words=words)
        if not received.queued:
            self._context.notices.say(words, "accent", undo=partial(self._papers.open, received.print_id), undo_text=open_word())
        elif received.on_the_spot:
            deciding = partial(self._context.navigator.open, "dossier", code=received.code, act=AT_ONCE)
            self._context.notices.say(words, "accent", undo=deciding, undo_text=self.tr("Decide and return at once"))
        else:
            self._context.notices.say(words, "accent")

    def refuse(self, error: DeskError) -> None:
        """Say in the banner what failed; where it is the number, with the way to it."""
        self._banner.say("danger", sentences_of(error), action=self.tr("Dossier numbers") if helps_with(error) else "")

    def _show_numbers(self) -> None:
        NumberHelpDialog(self._context, self._page).open()
