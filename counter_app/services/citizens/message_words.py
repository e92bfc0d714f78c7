"""The words of messages to citizens, versioned data, and the commune's wishes about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from string import Formatter
from typing import Any

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DeliveryMethod, Dossier
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.message import SMS_LENGTH, MessageChannel, Occasion, fitted
from counter_app.domain.text import tidy
from counter_app.support.resources import shipped_json

KEY = "messages"
"""The settings document of the commune's wishes."""
SHIPPED = "messages_to_citizens/messages.json"
PLACEHOLDERS = frozenset({"code", "procedure", "place", "hours"})
"""All that a message may name (domain guide 13): no identity number, nothing of the result."""
_MOST_DAYS = 365
_POSTAL = "text_postal"
_LIKELY_CODE = "H36.50.05-261120-0007"
"""What a text is measured with: a code of the usual length."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the commune writes on an occasion; an empty text and no days leave the program's."""

    occasion: Occasion
    text: str = ""
    text_postal: str = ""
    """For a result that goes by post, where the program has words of its own for that."""
    expires_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """How the commune tells its citizens.

    ``remind_after_days``: days after which a result that nobody collected is told again; 0: never. ``own`` are texts of the commune's.
    """

    channel: MessageChannel = MessageChannel.SMS
    without_accents: bool = True
    remind_after_days: int = 7
    occasions: tuple[Occasion, ...] = tuple(each for each in Occasion if each is not Occasion.RECEIVED)
    own: tuple[OwnWords, ...] = ()


def from_stored(stored: Mapping[str, Any] | None) -> MessageSettings:
    """Return the settings from their stored members; those of the program where none were stored."""
    if stored is None:
        return MessageSettings()
    return MessageSettings(
        MessageChannel(stored["channel"]), bool(stored["without_accents"]), int(stored["remind_after_days"]),
        tuple(Occasion(each) for each in stored["occasions"]),
        tuple(OwnWords(**{**each, "occasion": Occasion(each["occasion"])}) for each in stored.get("own", ())))


def to_stored(settings: MessageSettings) -> dict[str, Any]:
    """Return the settings as they are stored."""
    return {
        "channel": settings.channel.value, "without_accents": settings.without_accents, "remind_after_days": settings.remind_after_days,
        "occasions": [each.value for each in settings.occasions],
        "own": [{**asdict(each), "occasion": each.occasion.value} for each in settings.own]}


def problems_of(settings: MessageSettings, place: str, hours: str) -> list[Problem]:
    """Return what is wrong with settings for a commune that calls its desk ``place`` and has these hours.

    REMINDER_DAYS_IMPOSSIBLE at ``remind_after_days``; at ``own.<occasion>.<member>``: MESSAGE_DAYS_IMPOSSIBLE, MESSAGE_WORD_UNKNOWN (a
    name in braces that a message may not say, or braces that don't close), MESSAGE_TOO_LONG (no SMS, even without the procedure's name).
    """
    problems = []
    if not 0 <= settings.remind_after_days <= _MOST_DAYS:
        problems.append(Problem("REMINDER_DAYS_IMPOSSIBLE", "remind_after_days"))
    for own in settings.own:
        at = f"own.{own.occasion.value}."
        if own.expires_after_days is not None and not 1 <= own.expires_after_days <= _MOST_DAYS:
            problems.append(Problem("MESSAGE_DAYS_IMPOSSIBLE", at + "expires_after_days", {"most": _MOST_DAYS}))
        for member in ("text", _POSTAL):
            try:
                example(getattr(own, member), place, hours, without_accents=settings.without_accents)
            except RuleBrokenError as error:
                problems += [replace(problem, field=at + member) for problem in error.problems]
    return problems


def example(text: str, place: str, hours: str, procedure: str = "", *, without_accents: bool) -> str:
    """Return a text as it would be sent about a dossier with a code of the usual length.

    Raises:
        RuleBrokenError: MESSAGE_WORD_UNKNOWN, MESSAGE_TOO_LONG.
    """
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        parts = [("", "", "", "")]
    if any(name is not None and (name not in PLACEHOLDERS or spec or conversion) for _, name, spec, conversion in parts):
        raise broken("MESSAGE_WORD_UNKNOWN", None, known=", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)))
    try:
        return fitted(text, procedure, without_accents=without_accents, code=_LIKELY_CODE, place=place, hours=hours)
    except ValueError:
        raise broken("MESSAGE_TOO_LONG", None, most=SMS_LENGTH) from None


@dataclass(frozen=True, slots=True)
class MessageWords:
    """One version of the templates."""

    version: str
    place: str
    occasions: Mapping[str, Mapping[str, Any]]
    own: Mapping[Occasion, OwnWords] = field(default_factory=dict)

    def with_own(self, own: Iterable[OwnWords]) -> MessageWords:
        """Return these words with what the commune writes in their place."""
        return replace(self, own={each.occasion: each for each in own})

    def place_of(self, commune: str) -> str:
        """Return what a message calls the desk of a commune."""
        return self.place.format(commune=tidy(commune))

    def has_postal(self, occasion: Occasion) -> bool:
        """Tell whether there are words of their own for a result that goes by post."""
        return _POSTAL in self.occasions[occasion]

    def text(self, occasion: Occasion, *, postal: bool = False) -> str:
        """Return the program's text of an occasion, with its names in braces."""
        words = self.occasions[occasion]
        return str(words[_POSTAL] if postal and _POSTAL in words else words["text"])

    def title(self, occasion: Occasion) -> str:
        """Return the occasion in a few words, for lists."""
        return str(self.occasions[occasion]["title"])

    def lasts(self, occasion: Occasion) -> timedelta:
        """Return how long a message of this occasion is worth telling."""
        own = self.own.get(occasion)
        return timedelta(days=(own and own.expires_after_days) or self.usual_days(occasion))

    def usual_days(self, occasion: Occasion) -> int:
        """Return the program's days after which a message of this occasion expires."""
        return int(self.occasions[occasion]["expires_after_days"])

    def write(
        self, occasion: Occasion, dossier: Dossier, procedure: Procedure | None, commune: str, hours: str, *, without_accents: bool,
    ) -> str:
        """Return the text for a dossier, at most an SMS long; where longer hours left the commune's words no room, the program's."""
        postal = dossier.delivery is DeliveryMethod.POSTAL and self.has_postal(occasion)
        own, name = self.own.get(occasion), procedure.label if procedure else dossier.procedure_name
        fill = partial(
            fitted, procedure=tidy(name), without_accents=without_accents, code=dossier.code,
            place=self.place_of(commune), hours=hours)
        mine = (own.text_postal if postal else own.text) if own else ""
        try:
            return fill(mine or self.text(occasion, postal=postal))
        except ValueError:
            return fill(self.text(occasion, postal=postal))


def words_in_force(on: date) -> MessageWords:
    """Return the templates for messages of a day; the first version for any day before it."""
    versions = shipped_json(SHIPPED)["versions"]
    begun = [version for version in versions if date.fromisoformat(version["effective_from"]) <= on]
    chosen = begun[-1] if begun else versions[0]
    return MessageWords(chosen["version"], chosen["place"], chosen["occasions"])


def source() -> tuple[str, str]:
    """Return where the program's texts come from, and how sure that is, in Vietnamese words."""
    told = shipped_json(SHIPPED)
    return told["source"], told["confidence"]


def short_hours(calendar: WorkCalendar, on: date) -> str:
    """Return the hours of the next reception day as briefly as they are written in a text message: ``07:30-11:30, 13:30-17:30``."""
    day = on
    for _ in range(_MOST_DAYS):
        day += timedelta(days=1)
        if calendar.is_reception_day(day):
            return ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in calendar.hours(day))
    return ""
