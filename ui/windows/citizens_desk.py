"""What the room of a clerk has to do with citizens besides their dossiers: its dialogs, today's reminders, the hint at the day's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.actions import ACTION_BY_ID
from ui.context import Tools
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.complaints import ComplaintsDialog
from ui.dialogs.day_page import DayPageDialog
from ui.dialogs.message_settings import MessageSettingsDialog
from ui.dialogs.rating import PaperRatingDialog
from ui.dialogs.typing_list import TypingListDialog
from ui.papers import Papers
from ui.windows.frame import Frame
from ui.windows.typing_panel import TypingPanel

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.citizens.messages import Writing
    from counter_app.services.exchange.typing_tasks import HandOver
    from counter_app.services.people.login import Session

EVENING, LOOK_EVERY = 16, 10 * 60_000
"""The hour from which on the page of the day is asked for, and how often that is looked at."""


class CitizensDesk(QObject):
    """Opens what the palette asks for, over the frame that is shown."""

    def __init__(self, tools: Tools, counter: Counter, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._counter, self._session = tools, counter, session
        self._frame: Frame | None = None
        self._told_on = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.actions = {
            "messages": self.show_messages, "complaints": self.show_complaints, "typing": self.show_typing, "ratings": self.show_ratings,
            "day_page": self.show_day_page, "poster_list": self.show_poster_list, "message_settings": self.show_message_settings}

    def attach(self, frame: Frame) -> None:
        """Open over this frame from now on."""
        self._frame = frame

    def close(self) -> None:
        """Remind of nothing more."""
        self._timer.stop()

    def show_messages(self) -> None:
        """Open who is still to be told."""
        if self._frame is not None:
            CallListDialog(self._frame.context, self._frame).open()

    def show_message_settings(self) -> None:
        """Ask how citizens are told, and open it to be changed."""
        self._tools.tasks.run(self._counter.citizens.messages.writing, done=self._open_message_settings, key="message-settings")

    def _open_message_settings(self, writing: Writing) -> None:
        if self._frame is not None:
            dialog = MessageSettingsDialog(self._frame.context, writing, self._frame)
            dialog.saved.connect(self._note_saved)
            dialog.open()

    def _note_saved(self) -> None:
        self._tools.notices.say(self.tr("Saved. Messages that wait already stay as they are."), "accent")

    def show_complaints(self) -> None:
        """Open the complaints."""
        if self._frame is not None:
            ComplaintsDialog(self._frame.context, self._frame).open()

    def show_ratings(self) -> None:
        """Open the ratings on paper."""
        if self._frame is not None:
            PaperRatingDialog(self._frame.context, self._frame).open()

    def show_day_page(self) -> None:
        """Open the end of the day."""
        if self._frame is not None:
            DayPageDialog(self._frame.context, self._frame).open()

    def show_typing(self) -> None:
        """Open what is still to be typed."""
        if self._frame is not None:
            dialog = TypingListDialog(self._frame.context, self._frame)
            dialog.handed.connect(self._open_panel)
            dialog.open()

    def show_poster_list(self) -> None:
        """Make the list of all procedures for the wall."""
        posters = self._counter.citizens.posters
        self._tools.tasks.run(posters.everything, self._session.actor, done=self._open_list)

    def _open_list(self, pdf: bytes) -> None:
        if self._frame is not None:
            Papers(self._frame.context, self._frame).show_made("danh-muc-thu-tuc", ACTION_BY_ID["poster_list"].title, pdf)

    def _open_panel(self, handed: HandOver) -> None:
        if self._frame is not None:
            panel = TypingPanel(self._frame.context, handed, self._frame)
            panel.done.connect(self.show_typing)
            panel.show()

    def _look(self) -> None:
        """Say once an evening that the page of the day is still to be made."""
        now = self._counter.clock.now()
        if now.hour >= EVENING and self._told_on != f"{now:%Y%m%d}":
            self._told_on = f"{now:%Y%m%d}"
            self._tools.tasks.run(self._counter.citizens.day_pages.made_today, self._counter.desk.device, done=self._hint)

    def _hint(self, made: int) -> None:
        if not made:
            words = self.tr("The page of today is not made yet.")
            self._tools.notices.say(words, undo=self.show_day_page, undo_text=self.tr("End of the day"))
