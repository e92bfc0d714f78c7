"""Remarks about a dossier, and what the citizen thought of the service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain import life_facts, projection
from counter_app.domain.facts import note_added
from counter_app.domain.life import Rating
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done
from counter_app.services.acts.texts import REASON, Texts

LONGEST_NOTE = 4000
LOWEST, HIGHEST = 1, 5


class NoteKind(StrEnum):
    """What a remark is about, in the contract's words: a note, or a talk with the citizen."""

    NOTE = "ghi_chu"
    CONTACT = "lien_he_nguoi_dan"


class Audience(StrEnum):
    """For whom a remark is."""

    DESK = "desk"
    PROVINCE = "province"


class RatingChannel(StrEnum):
    """How a rating was given, in the contract's words: at the desk, at a kiosk, on paper."""

    DESK = "tai_quay"
    KIOSK = "kiosk"
    PAPER = "giay"


@dataclass(frozen=True, slots=True)
class AddNote:
    """A remark to keep with a dossier."""

    code: str
    text: str
    kind: NoteKind = NoteKind.NOTE
    audience: Audience = Audience.DESK


@dataclass(frozen=True, slots=True)
class Rate:
    """1 (very bad) to 5 (very good), and whatever else was said."""

    code: str
    score: int
    channel: RatingChannel = RatingChannel.DESK
    comment: str = ""


class NoteService:
    """The verb *note*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def note(self, command: AddNote, actor: Actor) -> Done:
        """Keep a remark; it changes nothing of the dossier.

        Raises:
            RuleBrokenError: TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE at ``text``; as :meth:`Transaction.take`.
        """
        texts = Texts()
        said = texts.need(command.text, "text", LONGEST_NOTE)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.NOTE)
            act.record(act.dossier, {**note_added(said), "kind": command.kind.value, "audience": command.audience.value})
        return tx.done()


class RatingService:
    """The verb *rate*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def rate(self, command: Rate, actor: Actor) -> Done:
        """Keep what the citizen thought; once for each dossier.

        Raises:
            RuleBrokenError: SCORE_IMPOSSIBLE at ``score``; what is wrong with the comment; ALREADY_RATED; as :meth:`Transaction.take`.
        """
        texts = Texts()
        comment = texts.may(command.comment, "comment", REASON)
        check_score(command.score, texts)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.RATE)
            rate_in(act, Rating(tx.now, command.score, command.channel.value, comment))
        return tx.done()


def check_score(score: int, texts: Texts) -> None:
    """Found: SCORE_IMPOSSIBLE at ``score``."""
    if not LOWEST <= score <= HIGHEST:
        texts.forbid("SCORE_IMPOSSIBLE", "score", least=LOWEST, most=HIGHEST)


def rate_in(act: Act, rating: Rating) -> None:
    """Keep a rating in a transaction that is open already."""
    act.record(projection.rated(act.dossier, rating), life_facts.rated(rating))
