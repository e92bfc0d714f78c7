"""Messages of the province to the people of the desk: shown until their day has gone by (province contract 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from counter_app.domain.text import tidy
from counter_app.services.ports import UnitOfWork

_KEY = "province/messages"
SHOWN_FOR = timedelta(days=30)
"""How long a message stands that names no day."""
MOST = 20
"""Messages that are kept; with more, the oldest go."""
LONGEST = 1000
_LEVELS = ("info", "warning", "urgent")


@dataclass(frozen=True, slots=True)
class ProvinceMessage:
    """One message. ``level`` is info, warning or urgent; ``until`` its last day, ``YYYY-MM-DD``."""

    message_id: str
    level: str
    text: str
    unit: str
    until: str


def keep_message(uow: UnitOfWork, message_id: str, data: Mapping[str, Any], today: date) -> None:
    """Keep a message in this transaction; raises LookupError or ValueError for another shape than the contract's."""
    until = date.fromisoformat(data["valid_until"]) if data.get("valid_until") else today + SHOWN_FOR
    level = data["level"] if data["level"] in _LEVELS else _LEVELS[0]
    message = ProvinceMessage(message_id, level, tidy(data["text_vi"])[:LONGEST], tidy(data["from_unit"])[:LONGEST], until.isoformat())
    kept = [each for each in messages(uow, today) if each.message_id != message_id]
    uow.settings.put(_KEY, [asdict(each) for each in [*kept, message][-MOST:]])


def messages(uow: UnitOfWork, today: date) -> list[ProvinceMessage]:
    """Return the messages that still hold on a day, the oldest first."""
    kept = [ProvinceMessage(**each) for each in uow.settings.get(_KEY) or ()]
    return [each for each in kept if each.until >= today.isoformat()]
