"""Messages to citizens: on what occasion, over which way, and what has become of each.

The desk never says that a message was *sent*: it stands in a queue until the province takes it, somebody calls the person, it is no longer
true, or its time is over (domain guide 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter_app.domain.dossier import RESOLVED, Dossier, Status
from counter_app.domain.text import unaccented

SMS_LENGTH = 160
"""Characters of one SMS in the GSM alphabet; a Vietnamese text fits only without its accents."""
_ELLIPSIS = "..."


class Occasion(StrEnum):
    """Why a citizen is told something."""

    RECEIVED = "received"
    SUPPLEMENT_WANTED = "supplement_wanted"
    DUE_TOMORROW = "due_tomorrow"
    EXTENDED = "extended"
    RESULT_READY = "result_ready"
    NOT_COLLECTED = "not_collected"


class MessageChannel(StrEnum):
    """Over which way; ``CALL`` is the list on paper."""

    SMS = "sms"
    EMAIL = "email"
    ZALO = "zalo"
    CALL = "call"


class MessageState(StrEnum):
    """What has become of it. ``HANDED_OVER``: the province has it, which is still no proof that the citizen read it."""

    WAITING = "waiting"
    CALLED = "called"
    HANDED_OVER = "handed_over"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Message:
    """One message with the address it goes to and its words as they were made."""

    message_id: str
    dossier_id: str
    occasion: Occasion
    channel: MessageChannel
    recipient: str
    body: str
    queued_at: datetime
    expires_at: datetime
    state: MessageState = MessageState.WAITING
    changed_at: datetime | None = None
    changed_by: str = ""
    note: str = ""


def still_true(occasion: Occasion, dossier: Dossier) -> bool:
    """Tell whether a message of this occasion still fits where the dossier stands."""
    if occasion is Occasion.SUPPLEMENT_WANTED:
        return dossier.status is Status.AWAITING_SUPPLEMENT
    if occasion in {Occasion.RESULT_READY, Occasion.NOT_COLLECTED}:
        return dossier.status is Status.RESULT_READY
    if occasion is Occasion.EXTENDED:
        return dossier.status not in RESOLVED and dossier.extension_count > 0
    return dossier.status not in RESOLVED


def address_of(dossier: Dossier, wanted: MessageChannel) -> tuple[MessageChannel, str] | None:
    """Return over which way and where the person of a dossier is told, None without consent or address.

    The one at the desk gave the consent: the submitter's telephone goes before the applicant's. Who left no telephone gets an e-mail, who
    left no e-mail address a call.
    """
    if not dossier.wants_message:
        return None
    phone = (dossier.submitter.phone if dossier.submitter else "") or dossier.applicant.phone
    email = dossier.applicant.email
    if wanted is MessageChannel.EMAIL:
        return (wanted, email) if email else (MessageChannel.CALL, phone) if phone else None
    return (wanted, phone) if phone else (MessageChannel.EMAIL, email) if email else None


def fitted(template: str, procedure: str, *, without_accents: bool, **words: str) -> str:
    """Return a template with its words filled in; where it comes out too long the procedure's name is cut short.

    Raises:
        ValueError: even without the name it is longer than a message may be (:data:`SMS_LENGTH`).
    """
    write = unaccented if without_accents else str
    whole = write(template.format(procedure=procedure, **words))
    if len(whole) <= SMS_LENGTH:
        return whole
    rest = len(write(template.format(procedure="", **words)))
    room = SMS_LENGTH - rest - len(_ELLIPSIS)
    if room < 0:
        raise ValueError(f"a message of {rest} characters and no room for the procedure")
    return write(template.format(procedure=write(procedure)[:room].rstrip() + _ELLIPSIS, **words))[:SMS_LENGTH]
