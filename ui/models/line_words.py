"""How the line to the province reads: sizes, ages, queues, what it does now, what became of a pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.errors import Problem
from counter_app.services.line.desk import LineView, Queue, QueueKind
from counter_app.services.line.keeper import Doing, LineNews
from counter_app.services.line.rhythm import Why
from counter_app.services.repositories.line import LinePass
from ui.notices import language, sentence_of

_UNITS = ("B", "KB", "MB", "GB")
_STEP = 1000
_QUEUES = {
    QueueKind.NEW: QT_TRANSLATE_NOOP("Line", "New dossiers"), QueueKind.RESULTS: QT_TRANSLATE_NOOP("Line", "Results and returns"),
    QueueKind.OTHER: QT_TRANSLATE_NOOP("Line", "Other work on dossiers"), QueueKind.FILES: QT_TRANSLATE_NOOP("Line", "Scanned papers"),
}
_DOING = {
    Doing.NOT_ENROLLED: QT_TRANSLATE_NOOP("Line", "This PC is not enrolled with the province"),
    Doing.PAUSED: QT_TRANSLATE_NOOP("Line", "Sending pauses"), Doing.WORKING: QT_TRANSLATE_NOOP("Line", "Exchanging with the province…"),
}
_WHY = {
    Why.RESTING: QT_TRANSLATE_NOOP("Line", "All quiet, looks again in {time}"),
    Why.GATHERING: QT_TRANSLATE_NOOP("Line", "Sends in {time}"),
    Why.FAILED: QT_TRANSLATE_NOOP("Line", "No line now, tries again in {time}"),
    Why.NEEDS_PERSON: QT_TRANSLATE_NOOP("Line", "Waits for a person, tries again in {time}"),
    Why.ELSEWHERE: QT_TRANSLATE_NOOP("Line", "Another window exchanges with the province"),
}


def _words(source: object) -> str:
    return QCoreApplication.translate("Line", str(source))


def size_words(size: float) -> str:
    """Return a number of bytes as people say it: ``812 B``, ``12 KB``, ``3,4 MB``."""
    at = 0
    while size >= _STEP and at < len(_UNITS) - 1:
        size, at = size / _STEP, at + 1
    text = f"{size:.1f}" if at > 1 and size < 100 else f"{size:.0f}"
    return f"{text.replace('.', ',') if language() == 'vi' else text} {_UNITS[at]}"


def time_words(seconds: float) -> str:
    """Return a length of time in at most two parts: ``40 giây``, ``25 phút``, ``1 giờ 10 phút``, ``2 ngày``."""
    seconds = max(0.0, seconds)
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86_400)
    if days >= 2:
        return _words(QT_TRANSLATE_NOOP("Line", "{days} days")).format(days=days)
    if hours:
        return _words(QT_TRANSLATE_NOOP("Line", "{hours} h {minutes} min")).format(hours=hours, minutes=minutes % 60)
    if minutes:
        return _words(QT_TRANSLATE_NOOP("Line", "{minutes} min")).format(minutes=minutes)
    return _words(QT_TRANSLATE_NOOP("Line", "{seconds} s")).format(seconds=int(seconds))


def age_words(since: datetime | None, now: datetime) -> str:
    """Return how long ago something was; a dash for nothing."""
    return "–" if since is None else time_words((now - since).total_seconds())


def moment_words(moment: datetime | None, now: datetime) -> str:
    """Return a moment as short as today allows: ``10:06``, ``19/11 16:30``; *not yet* for none."""
    if moment is None:
        return _words(QT_TRANSLATE_NOOP("Line", "not yet"))
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{moment:%d/%m %H:%M}" if moment.year == now.year else f"{moment:%d/%m/%Y}"


def news_words(news: LineNews | None) -> str:
    """Return in one line what the line does now."""
    if news is None:
        return ""
    if news.doing in _DOING:
        return _words(_DOING[news.doing])
    return _words(_WHY[news.why]).format(time=time_words(max(1.0, news.wait_s)))


def trouble_words(news: LineNews | None) -> str:
    """Return why there is no line now and what can be done about it, in full; empty while there is one."""
    if news is None or news.end is None or news.end.trouble is None:
        return ""
    return sentence_of(news.end.trouble) if news.doing is Doing.WAITING and news.why is Why.FAILED else ""


def queue_word(kind: QueueKind) -> str:
    """Return what a queue is called."""
    return _words(_QUEUES[kind])


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue as the table shows it; ``state`` is one of the four states, empty where nothing waits."""

    queue: Queue
    state: str
    progress: str


def queue_rows(view: LineView, *, working: bool) -> list[QueueRow]:
    """Return the queues in the order in which they go, each with what it waits for."""
    return [_queue_row(queue, view, working=working) for queue in view.queues]


def _queue_row(queue: Queue, view: LineView, *, working: bool) -> QueueRow:
    if not queue.count:
        return QueueRow(queue, "", _words(QT_TRANSLATE_NOOP("Line", "nothing waits")))
    if view.settings.paused:
        return QueueRow(queue, "saved", _words(QT_TRANSLATE_NOOP("Line", "saved on this PC, sending pauses")))
    if queue.kind is QueueKind.FILES and view.settings.metered:
        return QueueRow(queue, "saved", _words(QT_TRANSLATE_NOOP("Line", "saved on this PC, waits for an unmetered line")))
    if queue.kind is QueueKind.FILES and view.allowance == 0:
        return QueueRow(queue, "saved", _words(QT_TRANSLATE_NOOP("Line", "saved on this PC, goes on tomorrow")))
    if working:
        return QueueRow(queue, "sending", _words(QT_TRANSLATE_NOOP("Line", "sending")))
    return QueueRow(queue, "saved", _words(QT_TRANSLATE_NOOP("Line", "saved on this PC")))


def pass_times(each: LinePass, now: datetime) -> str:
    """Return when a pass was, or from when to when several were."""
    began, ended = moment_words(each.began_at, now), f"{each.ended_at:%H:%M}"
    return began if each.passes == 1 or began.endswith(ended) else f"{began} – {ended}"


def pass_words(each: LinePass) -> str:
    """Return what became of a pass."""
    moved = []
    if each.sent:
        moved.append(_words(QT_TRANSLATE_NOOP("Line", "sent {count}")).format(count=each.sent))
    if each.uploaded:
        moved.append(_words(QT_TRANSLATE_NOOP("Line", "files arrived: {count}")).format(count=each.uploaded))
    if each.received:
        moved.append(_words(QT_TRANSLATE_NOOP("Line", "received {count}")).format(count=each.received))
    if each.trouble:
        moved.append(sentence_of(Problem(each.trouble, None, {"code": each.trouble})))
    if moved:
        return " · ".join(moved)
    if each.passes > 1:
        return _words(QT_TRANSLATE_NOOP("Line", "in touch {count} times, nothing new")).format(count=each.passes)
    return _words(QT_TRANSLATE_NOOP("Line", "in touch, nothing new"))
