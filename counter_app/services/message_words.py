"""The words of messages to citizens, versioned data, and the commune's wishes about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DeliveryMethod, Dossier
from counter_app.domain.message import MessageChannel, Occasion, fitted
from counter_app.domain.text import tidy
from counter_app.support.resources import shipped_json

KEY = "messages"
"""The settings document of the commune's wishes."""
SHIPPED = "messages_to_citizens/messages.json"
_MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """How the commune tells its citizens.

    ``remind_after_days``: days after which a result that nobody collected is told again; 0: never.
    """

    channel: MessageChannel = MessageChannel.SMS
    without_accents: bool = True
    remind_after_days: int = 7
    occasions: tuple[Occasion, ...] = tuple(each for each in Occasion if each is not Occasion.RECEIVED)


def from_stored(stored: Mapping[str, Any] | None) -> MessageSettings:
    """Return the settings from their stored members; those of the program where none were stored."""
    if stored is None:
        return MessageSettings()
    return MessageSettings(
        MessageChannel(stored["channel"]), bool(stored["without_accents"]), int(stored["remind_after_days"]),
        tuple(Occasion(each) for each in stored["occasions"]))


def to_stored(settings: MessageSettings) -> dict[str, Any]:
    """Return the settings as they are stored.

    Raises:
        ValueError: a reminder after less than no or more than 365 days.
    """
    if not 0 <= settings.remind_after_days <= _MOST_DAYS:
        raise ValueError(settings.remind_after_days)
    return {
        "channel": settings.channel.value, "without_accents": settings.without_accents, "remind_after_days": settings.remind_after_days,
        "occasions": [each.value for each in settings.occasions]}


@dataclass(frozen=True, slots=True)
class MessageWords:
    """One version of the templates."""

    version: str
    place: str
    occasions: Mapping[str, Mapping[str, Any]]

    def title(self, occasion: Occasion) -> str:
        """Return the occasion in a few words, for lists."""
        return str(self.occasions[occasion]["title"])

    def lasts(self, occasion: Occasion) -> timedelta:
        """Return how long a message of this occasion is worth telling."""
        return timedelta(days=int(self.occasions[occasion]["expires_after_days"]))

    def write(
        self, occasion: Occasion, dossier: Dossier, procedure: Procedure | None, commune: str, hours: str, *, without_accents: bool,
    ) -> str:
        """Return the text for a dossier, at most an SMS long where it goes without accents."""
        template = self.occasions[occasion]
        text = template["text_postal"] if dossier.delivery is DeliveryMethod.POSTAL and "text_postal" in template else template["text"]
        name = procedure.label if procedure else dossier.procedure_name
        return fitted(
            str(text), tidy(name), without_accents=without_accents, code=dossier.code, place=self.place.format(commune=tidy(commune)),
            hours=hours)


def words_in_force(on: date) -> MessageWords:
    """Return the templates for messages of a day; the first version for any day before it."""
    versions = shipped_json(SHIPPED)["versions"]
    begun = [version for version in versions if date.fromisoformat(version["effective_from"]) <= on]
    chosen = begun[-1] if begun else versions[0]
    return MessageWords(chosen["version"], chosen["place"], chosen["occasions"])


def short_hours(calendar: WorkCalendar, on: date) -> str:
    """Return the hours of the next reception day as briefly as they are written in a text message: ``07:30-11:30, 13:30-17:30``."""
    day = on
    for _ in range(_MOST_DAYS):
        day += timedelta(days=1)
        if calendar.is_reception_day(day):
            return ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in calendar.hours(day))
    return ""
