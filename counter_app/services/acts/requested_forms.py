"""Forms that the province decided on and the desk prints (``print.requested``, contract 7): papers asked for, refused, more time, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import PRINT_REQUESTED, Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import NOTE_ADDED, PROVINCE_PREFIX, SLIP_PRINTED, Event
from counter_app.domain.facts import note_added
from counter_app.domain.ids import new_id
from counter_app.domain.life import Ending, Extension, Supplement
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import read_local
from counter_app.domain.people import Actor
from counter_app.domain.text import tidy
from counter_app.services.acts.acting import Act, Acting, Done, Printing
from counter_app.services.documents import form_content
from counter_app.support.messages import text

COPIES = 2
BY_HAND = ""
"""Who decided may be an office: whoever signs for the head of the agency writes the name."""
_DECIDED = frozenset({"02", "03", "04", "05"})


@dataclass(frozen=True, slots=True)
class PrintRequested(Printing):
    """Print what the province asks for of the dossier with this code."""

    code: str


class RequestedFormService:
    """The act *print what the province asks for*."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def print_forms(self, command: PrintRequested, actor: Actor) -> Done:
        """Print each form that the province decided on and nobody has printed since, with a number of the desk, and take off the mark.

        The appointment on a form 04 is the printed one from then on. The desk decides nothing: the province's entry changed the
        dossier before, and the op of the print answers it.

        Raises:
            RuleBrokenError: NOTHING_REQUESTED at ``code``; EXTENSION_WITHOUT_DUE, no appointment to apologise for; as
                :meth:`.Transaction.take` and :meth:`.Act.print_form`.
        """
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.NOTE)
            if PRINT_REQUESTED not in act.dossier.attention:
                raise broken("NOTHING_REQUESTED", "code")
            history = tx.uow.events.of_dossier(act.dossier.dossier_id)
            for form, told in _waiting(history).items():
                content = _content(act, form, told, history)
                if form == "04":
                    act.dossier = replace(act.dossier, printed_due_at=_new_due(act.dossier, told))
                act.print_form(content, command, copies=COPIES)
            rest = tuple(mark for mark in act.dossier.attention if mark != PRINT_REQUESTED)
            act.record(replace(act.dossier, attention=rest), note_added(text("REQUESTED_PRINTED", "vi")), NOTE_ADDED)
        return tx.done()


def _waiting(history: list[Event]) -> dict[str, Mapping[str, Any]]:
    """Return the newest request for each form that was neither printed nor marked as seen after it.

    One that no form is known for stays a note.
    """
    waiting: dict[str, Mapping[str, Any]] = {}
    for event in history:
        form = str(event.facts.get("form", ""))
        if event.type == PROVINCE_PREFIX + PRINT_REQUESTED and form in _DECIDED:
            waiting[form] = event.facts
        elif event.type == SLIP_PRINTED:
            waiting.pop(form, None)
        elif event.type == NOTE_ADDED and event.facts.get("text") == text("LOOKED_AT", "vi"):
            waiting.clear()
    return waiting


def _content(act: Act, form: str, told: Mapping[str, Any], history: list[Event]) -> dict[str, Any]:
    tx, dossier = act.transaction, act.dossier
    words, number = tx.form(form), tx.form_number(form, dossier.dossier_id)
    reason, decided_by = tidy(str(told.get("reason", ""))), tidy(str(told.get("decided_by", "")))
    if form == "02":
        asked = Supplement(new_id(tx.now), tx.now, tx.clerk(), _items(dossier, told) or (reason,), reason, number)
        return form_content.supplement_request(dossier, asked, tx.profile, words, clerk=tx.clerk())
    if form == "04":
        new_due, old_due = _new_due(dossier, told), dossier.printed_due_at or dossier.due_at
        if new_due is None or old_due is None:
            raise broken("EXTENSION_WITHOUT_DUE")
        ordinal = 1 + sum(each.type == SLIP_PRINTED and (each.facts["form"], each.facts["issue"]) == ("04", 1) for each in history)
        later = Extension(tx.now, old_due, new_due, reason, ordinal, number, decided_by)
        return form_content.apology(dossier, later, tx.profile, words, signer=BY_HAND, signer_title="")
    ending = Ending(tx.now, reason, number, decided_by=decided_by)
    if form == "03":
        return form_content.refusal(dossier, ending, tx.profile, words, clerk=tx.clerk())
    return form_content.halt_notice(dossier, ending, tx.profile, words, signer=BY_HAND, signer_title="")


def _items(dossier: Dossier, told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the papers that are missing: those of the request, else those of the province's newest entry in the record."""
    asked = tuple(filter(None, (tidy(str(each)) for each in told.get("items") or ())))
    return asked or (dossier.supplements[-1].items if dossier.supplements else ())


def _new_due(dossier: Dossier, told: Mapping[str, Any]) -> datetime | None:
    """Return the appointment that the province decided on; what can't be read gives way to that of the record."""
    try:
        return read_local(str(told["new_due"]))
    except (KeyError, ValueError):
        return dossier.due_at
