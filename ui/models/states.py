"""How a dossier's state, due time and sending state look and read in tables and panes: one place for words, icons and colours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import CLOSED, DossierRow, Status
from counter_app.services.ports import ListMoment
from ui.theme import Theme
from ui.widgets.badge import BadgeLook, badge_of_state
from ui.widgets.rows import CellLook

_STATUS_WORDS = {
    Status.SUBMITTED_ONLINE: ("processing", QT_TRANSLATE_NOOP("States", "Filed online")),
    Status.RECEIVED: ("processing", QT_TRANSLATE_NOOP("States", "Received")),
    Status.NOT_ACCEPTED: ("not_accepted", QT_TRANSLATE_NOOP("States", "Not accepted")),
    Status.PROCESSING: ("processing", QT_TRANSLATE_NOOP("States", "Processing")),
    Status.AWAITING_SUPPLEMENT: ("awaiting_supplement", QT_TRANSLATE_NOOP("States", "Awaiting papers")),
    Status.AWAITING_PAYMENT: ("awaiting_supplement", QT_TRANSLATE_NOOP("States", "Awaiting payment")),
    Status.WITHDRAWN: ("withdrawn", QT_TRANSLATE_NOOP("States", "Withdrawn")),
    Status.HALTED: ("halted", QT_TRANSLATE_NOOP("States", "Halted")),
    Status.RESULT_READY: ("result_ready", QT_TRANSLATE_NOOP("States", "Result ready")),
    Status.RETURNED: ("returned", QT_TRANSLATE_NOOP("States", "Returned")),
}
_SYNC_WORDS = {
    "saved": ("saved_here", QT_TRANSLATE_NOOP("States", "Saved on this PC")),
    "sending": ("sending", QT_TRANSLATE_NOOP("States", "Sending")),
    "province_has": ("received_by_province", QT_TRANSLATE_NOOP("States", "The province has it")),
    "attention": ("needs_attention", QT_TRANSLATE_NOOP("States", "Needs action")),
}


@dataclass(frozen=True, slots=True)
class Today:
    """What a dossier's state is judged by: the moments that the lists are cut at, and the calendar that counts how late one is."""

    at: ListMoment
    calendar: WorkCalendar

    def days_late(self, due_at: datetime) -> int:
        """Return how many working days have gone by since the due day, as the home page counts them."""
        return self.calendar.counting_days_between(due_at.date(), self.at.now.date())


def _words(source: object) -> str:
    return QCoreApplication.translate("States", str(source))


def status_word(status: Status) -> str:
    """Return the word of a status."""
    return _words(_STATUS_WORDS[status][1])


def sync_word(state: str) -> str:
    """Return one of the four words."""
    return _words(_SYNC_WORDS[state][1])


def urgency(status: Status, due_at: datetime | None, at: ListMoment) -> str:
    """Return overdue, due_today, due_soon, or empty where nothing presses. Days decide, as in the lists."""
    waits = status in CLOSED or status in (Status.RESULT_READY, Status.AWAITING_SUPPLEMENT)
    if due_at is None or waits:
        return ""
    if due_at.date() < at.now.date():
        return "overdue"
    if due_at <= at.today_end:
        return "due_today"
    return "due_soon" if due_at <= at.soon_end else ""


def urgency_rank(row: DossierRow, at: ListMoment) -> int:
    """Return where a row belongs in a list that begins with the most urgent: pressing, waiting for somebody, in work, closed."""
    pressing = urgency(row.status, row.due_at, at)
    if pressing:
        return ("overdue", "due_today", "due_soon").index(pressing)
    if row.status in (Status.RESULT_READY, Status.AWAITING_SUPPLEMENT):
        return 3
    return 5 if row.status in CLOSED else 4


def lacks_papers(row: DossierRow, at: ListMoment) -> bool:
    """Tell whether the day is over until which the missing papers were to be brought."""
    return row.status is Status.AWAITING_SUPPLEMENT and row.papers_until is not None and row.papers_until.date() < at.now.date()


def late_words(days: int) -> str:
    """Return how late something is, in full: ``5 ngày làm việc``."""
    if not days:
        return _words(QT_TRANSLATE_NOOP("States", "less than a working day"))
    return _words(QT_TRANSLATE_NOOP("States", "{days} working days")).format(days=days)


def state_badge(theme: Theme, row: DossierRow, today: Today, *, in_full: bool = False) -> BadgeLook:
    """Return the badge that says where a dossier stands, the pressing thing first; ``in_full`` names the days late as working days."""
    pressing = urgency(row.status, row.due_at, today.at)
    if pressing == "overdue" and row.due_at is not None:
        return badge_of_state(theme, "overdue", _overdue_word(today.days_late(row.due_at), in_full=in_full))
    if pressing == "due_today":
        return badge_of_state(theme, "due_today", _words(QT_TRANSLATE_NOOP("States", "Due today")))
    if pressing == "due_soon":
        return badge_of_state(theme, "due_soon", _words(QT_TRANSLATE_NOOP("States", "Due soon")))
    if lacks_papers(row, today.at):
        return badge_of_state(theme, "due_soon", _words(QT_TRANSLATE_NOOP("States", "Papers not brought in time")))
    look, status_source = _STATUS_WORDS[row.status]
    word = _words(status_source)
    if row.status is Status.RETURNED and row.returned_at is not None:
        word = f"{word} {row.returned_at:%d/%m}"
    return badge_of_state(theme, look, word)


def _overdue_word(days: int, *, in_full: bool) -> str:
    if in_full:
        return _words(QT_TRANSLATE_NOOP("States", "Overdue {time}")).format(time=late_words(days))
    source = QT_TRANSLATE_NOOP("States", "Overdue {days} days") if days else QT_TRANSLATE_NOOP("States", "Overdue")
    return _words(source).format(days=days)


def sync_look(theme: Theme, state: str) -> CellLook:
    """Return the icon of a sending state, for a narrow column."""
    look = theme.state(_SYNC_WORDS[state][0])
    return CellLook(tone=look.role, icon=look.icon)


def due_text(row: DossierRow, today: datetime) -> str:
    """Return the appointment as a table shows it: ``26/11 09:41``, ``hôm nay 17:30``, ``không hẹn``."""
    if row.status is Status.AWAITING_SUPPLEMENT:
        return _words(QT_TRANSLATE_NOOP("States", "paused"))
    if row.due_at is None:
        return _words(QT_TRANSLATE_NOOP("States", "no date"))
    if row.due_at.date() == today.date():
        return _words(QT_TRANSLATE_NOOP("States", "today {time}")).format(time=f"{row.due_at:%H:%M}")
    if row.due_at.year != today.year:
        return f"{row.due_at:%d/%m/%Y}"
    return f"{row.due_at:%d/%m %H:%M}"
