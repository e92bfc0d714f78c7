"""What can be done with an opened dossier: in which order, why not, and what each act would mean now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from counter_app.domain.corrections import must_ask
from counter_app.domain.dossier import PRINT_REQUESTED, DeliveryMethod, Status
from counter_app.domain.errors import Problem
from counter_app.domain.events import SLIP_PRINTED
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import money
from ui.dates import day_name
from ui.dialogs.acts.description import ActFacts
from ui.models.digital_papers import count_words
from ui.models.history_kinds import type_word
from ui.notices import sentence_of

translate = QCoreApplication.translate

VERBS: dict[str, Verb] = {
    "accept_online": Verb.ACCEPT, "print_requested": Verb.NOTE,
    "result_ready": Verb.RESULT_READY, "request_supplement": Verb.REQUEST_SUPPLEMENT, "receive_supplement": Verb.RECEIVE_SUPPLEMENT,
    "hand_over": Verb.HAND_OVER, "complete_step": Verb.COMPLETE_STEP, "decide_at_once": Verb.RESULT_READY, "return_result": Verb.RETURN,
    "send_by_post": Verb.RETURN, "delivered": Verb.RETURN, "reverse_fee": Verb.REVERSE_FEE,
    "extend": Verb.EXTEND, "correct": Verb.CORRECT, "refuse": Verb.REFUSE, "halt": Verb.HALT, "withdraw": Verb.WITHDRAW, "rate": Verb.RATE,
}
"""The verb of the life cycle behind an action; a fee that nobody foresaw can be taken at any time, so collecting is none of them."""
ORDER = (
    "accept_online", "print_requested", "result_ready", "receive_supplement", "return_result", "decide_at_once", "request_supplement",
    "hand_over", "complete_step", "extend", "collect_fee", "correct", "refuse", "halt", "withdraw", "send_by_post", "delivered",
    "reverse_fee", "rate", "undo_act", "link", "add_code", "digital_papers", "forms", "reprint", "note", "reveal",
)
READING = frozenset({"digital_papers", "forms", "reveal"})
"""What changes nothing."""
_MAIN = {
    Status.RECEIVED: "hand_over", Status.SUBMITTED_ONLINE: "accept_online", Status.PROCESSING: "result_ready",
    Status.AWAITING_SUPPLEMENT: "receive_supplement", Status.AWAITING_PAYMENT: "collect_fee", Status.RESULT_READY: "return_result",
    Status.RETURNED: "rate",
}


def main_act(facts: ActFacts, actor: Actor) -> str:
    """Return the act that comes next, which F9 does; the slip again where nothing comes next."""
    status = facts.dossier.status
    wanted = _MAIN.get(status, "reprint")
    if PRINT_REQUESTED in facts.dossier.attention:
        wanted = "print_requested"
    elif status is Status.RECEIVED and facts.procedure is not None and facts.procedure.on_the_spot:
        wanted = "decide_at_once"
    return wanted if objection(facts, wanted, actor) is None else "reprint"


def objection(facts: ActFacts, action_id: str, actor: Actor) -> str | None:
    """Return why an act is not possible now, in words; None where it is."""
    if action_id not in READING and not actor.may(Permission.RECEIVE):
        return translate("Verbs", "Your role reads dossiers and changes nothing.")
    if action_id == "reprint" and not any(event.type == SLIP_PRINTED for event in facts.view.events):
        return translate("Verbs", "Entered from older records: there is no slip of this desk.")
    if action_id == "reveal" and not facts.dossier.applicant.id_number:
        return translate("Verbs", "No identity number was recorded.")
    problem = _problem(facts, action_id)
    return sentence_of(problem) if problem else None


def _problem(facts: ActFacts, action_id: str) -> Problem | None:
    """Return the rule that forbids an act: that of the life cycle, else one of the act's own."""
    problem = why_not(facts.dossier, VERBS[action_id]) if action_id in VERBS else None
    own = _OWN.get(action_id)
    return problem or (own(facts) if own else None)


def _not_requested(facts: ActFacts) -> Problem | None:
    return None if PRINT_REQUESTED in facts.dossier.attention else Problem("NOTHING_REQUESTED")


def _cannot_undo(facts: ActFacts) -> Problem | None:
    return facts.undo.problem if facts.undo else Problem("NOTHING_TO_UNDO")


def _not_at_once(facts: ActFacts) -> Problem | None:
    return None if facts.procedure is not None and facts.procedure.on_the_spot else Problem("NOT_ON_THE_SPOT")


def _no_step(facts: ActFacts) -> Problem | None:
    done = {each.code for each in facts.dossier.steps}
    left = facts.dossier.step is not None or any(each.code not in done for each in facts.process)
    return None if left else Problem("NO_STEP_LEFT")


def _too_late(facts: ActFacts) -> Problem | None:
    in_time = facts.last_extension is not None and facts.now.date() <= facts.last_extension
    return None if in_time else Problem("EXTENSION_TOO_LATE")


def _posted(facts: ActFacts) -> Problem | None:
    parcel = facts.dossier.parcel
    return Problem("ALREADY_POSTED", None, {"consignment": parcel.consignment}) if parcel else None


def _not_posted(facts: ActFacts) -> Problem | None:
    return None if facts.dossier.parcel else Problem("NOT_POSTED")


_OWN: dict[str, Callable[[ActFacts], Problem | None]] = {
    "undo_act": _cannot_undo, "decide_at_once": _not_at_once, "complete_step": _no_step, "extend": _too_late, "send_by_post": _posted,
    "delivered": _not_posted, "print_requested": _not_requested,
}
"""What an act asks beyond its verb."""


def line_of(facts: ActFacts, action_id: str) -> str:
    """Return what an act would mean now, in a few words."""
    dossier = facts.dossier
    owed = sum(line.amount_vnd for line in dossier.fees if line.is_owed)
    paid = sum(line.amount_vnd for line in dossier.fees if line.is_paid)
    plain = {
        "accept_online": translate("Verbs", "register, appointment, slip"),
        "print_requested": translate("Verbs", "as the province decided, with this desk's number"),
        "result_ready": translate("Verbs", "number and date of the paper"),
        "decide_at_once": translate("Verbs", "received, decided, signed and returned in one go"),
        "halt": translate("Verbs", "the papers were not brought in time: a person decides") if facts.papers_late else translate(
            "Verbs", "by decision, with form 05"),
        "refuse": translate("Verbs", "in writing, with form 03"),
        "withdraw": translate("Verbs", "because the applicant wants so, form 05"),
        "receive_supplement": translate("Verbs", "the appointment is counted anew"),
        "delivered": translate("Verbs", "ends the dossier"), "rate": translate("Verbs", "what the citizen thought"),
        "add_code": translate("Verbs", "the code that a ministry's program gave"),
        "digital_papers": count_words(dossier),
        "forms": translate("Verbs", "open, print again, strike"), "note": translate("Verbs", "stays with the dossier"),
        "reprint": translate("Verbs", "the same content, marked as a reprint"), "reveal": translate("Verbs", "the look is recorded"),
        "collect_fee": translate("Verbs", "{amount} is owed").format(amount=money(owed)) if owed else translate(
            "Verbs", "nothing is owed; another fee can be named"),
        "reverse_fee": translate("Verbs", "{amount} was paid").format(amount=money(paid)),
        "correct": translate("Verbs", "handed over: asked of the province") if must_ask(dossier) else translate(
            "Verbs", "a corrected slip takes the place of the first"),
        "request_supplement": translate("Verbs", "the second time: it counts as late") if dossier.supplement_count else translate(
            "Verbs", "once and in full; time stands still"),
        "undo_act": type_word(facts.undo.type) if facts.undo else "",
        "link": ", ".join(facts.linked) or translate("Verbs", "dossiers that belong together"),
    }
    return plain[action_id] if action_id in plain else _moving_line(facts, action_id)


def _moving_line(facts: ActFacts, action_id: str) -> str:
    dossier = facts.dossier
    if action_id == "extend" and facts.last_extension is not None:
        day = f"{day_name(facts.last_extension)} {facts.last_extension:%d/%m}"
        return translate("Verbs", "only once, until the end of {day}").format(day=day)
    if action_id == "complete_step":
        return _next_step(facts)
    by_post = dossier.delivery is DeliveryMethod.POSTAL
    held = translate("Verbs", "the paper is with {who}").format(who=dossier.holder)
    return {
        "hand_over": held if dossier.hand_overs else translate("Verbs", "control sheet and list are printed"),
        "return_result": translate("Verbs", "who collects, what comes back, who signs"),
        "send_by_post": "" if by_post else translate("Verbs", "the applicant wanted to collect it"),
    }.get(action_id, "")


def _next_step(facts: ActFacts) -> str:
    """Return the name of the step that runs, else of the one that comes next."""
    done = {step.code for step in facts.dossier.steps}
    following = next((step.name for step in facts.process if step.code not in done), "")
    return facts.dossier.step.name if facts.dossier.step else following
