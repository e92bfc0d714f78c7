"""The life cycle of a dossier as one table: every verb of the desk, the event it records, and from where to where it leads.

Source: domain guide 6 and the province contract 4.2 (``resources/contract/event_rules.json``; a test holds both against this table).
The desk emits its own transitions only: asking for a payment (6), reopening a result (9 to 4) and the like come from the province.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain import events as e
from counter_app.domain.deadline_input import read_options
from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.errors import Problem
from counter_app.domain.people import Permission

S = Status


class Verb(StrEnum):
    """What the desk can do to a dossier that is on its books; the words of the headless ``event`` command with ``_`` for ``-``."""

    REQUEST_SUPPLEMENT = "request_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    COMPLETE_STEP = "complete_step"
    EXTEND = "extend"
    HALT = "halt"
    WITHDRAW = "withdraw"
    RESULT_READY = "result_ready"
    RETURN = "return"
    CORRECT = "correct"
    COLLECT_FEE = "collect_fee"
    REVERSE_FEE = "reverse_fee"
    NOTE = "note"
    RATE = "rate"
    ACCEPT = "accept"


ANY = frozenset(Status)
_WORKED_ON = frozenset({S.RECEIVED, S.PROCESSING})
_RUNNING = _WORKED_ON | {S.AWAITING_SUPPLEMENT, S.AWAITING_PAYMENT}


@dataclass(frozen=True, slots=True)
class Move:
    """One row: the event of a verb, the statuses it is legal in, the status after it, and who may do it.

    ``target`` None: the status stays, or depends on the dossier; :func:`status_after` knows which.
    """

    event: str
    sources: frozenset[Status]
    target: Status | None = None
    permission: Permission = Permission.RECEIVE
    form: str = ""
    """The form that the act prints; empty for none."""


MOVES: dict[Verb, Move] = {
    Verb.REQUEST_SUPPLEMENT: Move(e.SUPPLEMENT_REQUESTED, _WORKED_ON | {S.SUBMITTED_ONLINE}, S.AWAITING_SUPPLEMENT, form="02"),
    Verb.RECEIVE_SUPPLEMENT: Move(e.SUPPLEMENT_RECEIVED, frozenset({S.AWAITING_SUPPLEMENT})),
    Verb.REFUSE: Move(e.DOSSIER_REFUSED, _WORKED_ON | {S.SUBMITTED_ONLINE, S.AWAITING_SUPPLEMENT}, S.NOT_ACCEPTED, form="03"),
    Verb.HAND_OVER: Move(e.DOSSIER_HANDED_OVER, _WORKED_ON | {S.RESULT_READY}),
    Verb.COMPLETE_STEP: Move(e.STEP_COMPLETED, _RUNNING | {S.RESULT_READY}),
    Verb.EXTEND: Move(e.DEADLINE_EXTENDED, _RUNNING, form="04"),
    Verb.HALT: Move(e.DOSSIER_HALTED, _RUNNING, S.HALTED, form="05"),
    Verb.WITHDRAW: Move(e.DOSSIER_WITHDRAWN, _RUNNING | {S.SUBMITTED_ONLINE}, S.WITHDRAWN, form="05"),
    Verb.RESULT_READY: Move(e.RESULT_READY, _WORKED_ON, S.RESULT_READY),
    Verb.RETURN: Move(e.RESULT_RETURNED, frozenset({S.RESULT_READY}), S.RETURNED, form="result"),
    Verb.CORRECT: Move(e.DOSSIER_CORRECTED, ANY),
    Verb.COLLECT_FEE: Move(e.FEE_COLLECTED, ANY),
    Verb.REVERSE_FEE: Move(e.FEE_REVERSED, ANY),
    Verb.NOTE: Move(e.NOTE_ADDED, ANY),
    Verb.RATE: Move(e.SATISFACTION_RECORDED, frozenset({S.RETURNED})),
    Verb.ACCEPT: Move(e.DOSSIER_RECEIVED, frozenset({S.SUBMITTED_ONLINE}), S.RECEIVED, form="01"),
}


def status_after(dossier: Dossier, verb: Verb, *, settles_obligation: bool = False) -> Status:
    """Return the status that a legal act leads to.

    ``settles_obligation``: a fee that was the last one owed of a dossier that waits for payment.
    """
    if verb is Verb.RECEIVE_SUPPLEMENT:
        if dossier.awaiting_acceptance:
            return S.SUBMITTED_ONLINE
        return S.PROCESSING if dossier.hand_overs else S.RECEIVED
    if verb is Verb.HAND_OVER and dossier.status in _WORKED_ON:
        return S.PROCESSING
    if verb is Verb.COLLECT_FEE and dossier.status is S.AWAITING_PAYMENT and settles_obligation:
        return S.PROCESSING
    return MOVES[verb].target or dossier.status


def why_not(dossier: Dossier, verb: Verb) -> Problem | None:
    """Return why an act is not legal now, None where it is; the button that is off says this sentence.

    ``<VERB>_NOT_NOW`` says when the act is legal; the others are rules of their own: RESULT_NOT_READY, EXTENSION_WITHOUT_DUE,
    EXTENSION_LIMIT, ALREADY_RATED, NO_FEE_OWED, NO_FEE_PAID; GIVEN_AWAY for every act on a dossier that another commune has now.
    """
    if dossier.given_to:
        return given_away(dossier)
    if dossier.status not in MOVES[verb].sources:
        if verb is Verb.RETURN and dossier.status in _RUNNING:
            return Problem("RESULT_NOT_READY")
        return Problem(f"{verb.name}_NOT_NOW")
    if verb is Verb.EXTEND:
        return _extension_objection(dossier)
    if verb is Verb.RATE and dossier.rating is not None:
        return Problem("ALREADY_RATED")
    return _money_objection(dossier, verb)


def given_away(dossier: Dossier) -> Problem:
    """Return the refusal of every act on a dossier that another commune has now."""
    return Problem("GIVEN_AWAY", None, {"agency": dossier.given_to})


def _extension_objection(dossier: Dossier) -> Problem | None:
    """Whether it is too late is a matter of the calendar: :func:`counter_app.domain.deadline.extended` says so."""
    if dossier.due_at is None:
        return Problem("EXTENSION_WITHOUT_DUE")
    most = read_options(dossier.options).extension_limit
    return Problem("EXTENSION_LIMIT", None, {"most": most}) if dossier.extension_count >= most else None


def _money_objection(dossier: Dossier, verb: Verb) -> Problem | None:
    if verb is Verb.COLLECT_FEE and not any(line.is_owed for line in dossier.fees):
        return Problem("NO_FEE_OWED")
    if verb is Verb.REVERSE_FEE and not any(line.is_paid for line in dossier.fees):
        return Problem("NO_FEE_PAID")
    return None
