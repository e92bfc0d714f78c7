"""Events as the timeline tells them: icon, title and one line of detail for each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from counter_app.domain.dossier import RESOLVED, Dossier
from counter_app.domain.moments import read_local
from counter_app.domain.text import money
from counter_app.services.dossier_views import EventRow
from ui.widgets.timeline import Moment

Facts = Mapping[str, Any]


def moments_of(events: tuple[EventRow, ...], dossier: Dossier) -> list[Moment]:
    """Return the entries of a timeline, what is expected next at the end."""
    told = [_moment(event) for event in events]
    if dossier.status not in RESOLVED and dossier.due_at is not None:
        words = QCoreApplication.translate("History", "before {time}").format(time=f"{dossier.due_at:%d/%m %H:%M}")
        promised = QCoreApplication.translate("History", "as promised on the slip")
        told.append(Moment("flag", QCoreApplication.translate("History", "Result"), promised, words, "expected"))
    return told


def _moment(event: EventRow) -> Moment:
    icon, title, detail = _KINDS.get(event.type, _other)(event)
    return Moment(icon, title, detail, f"{event.occurred_at:%d/%m %H:%M}", "warning" if event.state == "attention" else "past")


def _received(event: EventRow) -> tuple[str, str, str]:
    register = event.facts.get("register") or {}
    book = "/".join(reversed(str(register.get("book", "–")).split("/")))  # the contract's 2026/01; people and slips say 01/2026
    words = QCoreApplication.translate("History", "{who}. Book {book}, no. {number}").format(
        who=event.who, book=book, number=register.get("number", "–"))
    if reason := (event.facts.get("warnings_accepted") or {}).get("reason", ""):
        words += QCoreApplication.translate("History", ". Received all the same: {reason}").format(reason=reason)
    return "file-plus", QCoreApplication.translate("History", "Received"), words


def _imported(event: EventRow) -> tuple[str, str, str]:
    return "file-plus", QCoreApplication.translate("History", "Entered later, from older records"), event.who


def _printed(event: EventRow) -> tuple[str, str, str]:
    issue = int(event.facts.get("issue", 1))
    title = QCoreApplication.translate("History", "Slip made") if issue == 1 else QCoreApplication.translate(
        "History", "Slip made again, no. {count}").format(count=issue - 1)
    due = event.facts.get("printed_due")
    words = QCoreApplication.translate("History", "due on paper: {due}").format(due=_short(due)) if due else ""
    return "printer", title, ", ".join(part for part in (event.who, words) if part)


def _fee(event: EventRow) -> tuple[str, str, str]:
    receipt = " ".join(str(event.facts.get(name, "")) for name in ("receipt_series", "receipt_number")).strip()
    words = [money(int(event.facts.get("amount_vnd", 0))), receipt]
    return "cash", QCoreApplication.translate("History", "Fee collected"), ", ".join(word for word in words if word)


def _note(event: EventRow) -> tuple[str, str, str]:
    return "message", QCoreApplication.translate("History", "Note by {who}").format(who=event.who), str(event.facts.get("text", ""))


def _other(event: EventRow) -> tuple[str, str, str]:
    """A type that this version has no words for is shown by its name rather than hidden."""
    return "message", event.type, event.who


def _short(text: str) -> str:
    moment: datetime = read_local(text)
    return f"{moment:%H:%M %d/%m/%Y}"


_KINDS: dict[str, Callable[[EventRow], tuple[str, str, str]]] = {
    "dossier.received": _received, "dossier.imported": _imported, "slip.printed": _printed, "fee.collected": _fee, "note.added": _note,
}
