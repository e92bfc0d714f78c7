"""What can be done with an opened dossier: in which order, why not, and what each act would mean now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.corrections import must_ask
from counter_app.domain.dossier import DeliveryMethod, Status
from counter_app.domain.errors import Problem
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import money
from ui.dates import day_name
from ui.dialogs.acts.description import ActFacts
from ui.models.history_kinds import type_word
from ui.notices import sentence_of

translate = QCoreApplication.translate

VERBS: dict[str, Verb] = {
    "result_ready": Verb.RESULT_READY, "request_supplement": Verb.REQUEST_SUPPLEMENT, "receive_supplement": Verb.RECEIVE_SUPPLEMENT,
    "hand_over": Verb.HAND_OVER, "complete_step": Verb.COMPLETE_STEP, "decide_at_once": Verb.RESULT_READY, "return_result": Verb.RETURN,
    "send_by_post": Verb.RETURN, "delivered": Verb.RETURN, "reverse_fee": Verb.REVERSE_FEE,
    "extend": Verb.EXTEND, "correct": Verb.CORRECT, "refuse": Verb.REFUSE, "halt": Verb.HALT, "withdraw": Verb.WITHDRAW, "rate": Verb.RATE,
}
"""The verb of the life cycle behind an action; a fee that nobody foresaw can be taken at any time, so collecting is none of them."""
ORDER = (
    "result_ready", "receive_supplement", "return_result", "decide_at_once", "request_supplement", "hand_over", "complete_step", "extend",
    "collect_fee", "correct", "refuse", "halt", "withdraw", "send_by_post", "delivered", "reverse_fee", "rate", "undo_act", "link",
    "add_code", "forms", "reprint", "note", "reveal",
)
READING = frozenset({"forms", "reveal"})
"""What changes nothing."""
_MAIN = {
    Status.RECEIVED: "hand_over", Status.SUBMITTED_ONLINE: "request_supplement", Status.PROCESSING: "result_ready",
    Status.AWAITING_SUPPLEMENT: "receive_supplement", Status.AWAITING_PAYMENT: "collect_fee", Status.RESULT_READY: "return_result",
    Status.RETURNED: "rate",
}


def main_act(facts: ActFacts, actor: Actor) -> str:
    """Return the act that comes next, which F9 does; the slip again where nothing comes next."""
    status = facts.dossier.status
    wanted = _MAIN.get(status, "reprint")
    if status is Status.RECEIVED and facts.procedure is not None and facts.procedure.on_the_spot:
        wanted = "decide_at_once"
    return wanted if objection(facts, wanted, actor) is None else "reprint"


def objection(facts: ActFacts, action_id: str, actor: Actor) -> str | None:
    """Return why an act is not possible now, in words; None where it is."""
    if action_id not in READING and not actor.may(Permission.RECEIVE):
        return translate("Verbs", "Your role reads dossiers and changes nothing.")
    if action_id == "reprint" and not any(event.type == "slip.printed" for event in facts.view.events):
        return translate("Verbs", "Entered from older records: there is no slip of this desk.")
    if action_id == "reveal" and not facts.dossier.applicant.id_number:
        return translate("Verbs", "No identity number was recorded.")
    problem = why_not(facts.dossier, VERBS[action_id]) if action_id in VERBS else None
    problem = problem or _own_problem(facts, action_id)
    return sentence_of(problem) if problem else None


def _own_problem(facts: ActFacts, action_id: str) -> Problem | None:
    dossier, parcel = facts.dossier, facts.dossier.parcel
    if action_id == "undo_act":
        return facts.undo.problem if facts.undo else Problem("NOTHING_TO_UNDO")
    if action_id == "decide_at_once" and (facts.procedure is None or not facts.procedure.on_the_spot):
        return Problem("NOT_ON_THE_SPOT")
    if action_id == "complete_step" and dossier.step is None and {each.code for each in facts.process} <= {e.code for e in dossier.steps}:
        return Problem("NO_STEP_LEFT")
    if action_id == "extend" and (facts.last_extension is None or facts.now.date() > facts.last_extension):
        return Problem("EXTENSION_TOO_LATE")
    if action_id == "send_by_post" and parcel is not None:
        return Problem("ALREADY_POSTED", None, {"consignment": parcel.consignment})
    return Problem("NOT_POSTED") if action_id == "delivered" and parcel is None else None


def line_of(facts: ActFacts, action_id: str) -> str:
    """Return what an act would mean now, in a few words."""
    dossier = facts.dossier
    owed = sum(line.amount_vnd for line in dossier.fees if line.is_owed)
    paid = sum(line.amount_vnd for line in dossier.fees if line.is_paid)
    plain = {
        "result_ready": translate("Verbs", "number and date of the paper"),
        "decide_at_once": translate("Verbs", "received, decided, signed and returned in one go"),
        "halt": translate("Verbs", "by decision, with form 05"), "refuse": translate("Verbs", "in writing, with form 03"),
        "withdraw": translate("Verbs", "because the applicant wants so, form 05"),
        "receive_supplement": translate("Verbs", "the appointment is counted anew"),
        "delivered": translate("Verbs", "ends the dossier"), "rate": translate("Verbs", "what the citizen thought"),
        "add_code": translate("Verbs", "the code that a ministry's program gave"),
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
    if action_id == "hand_over":
        return translate("Verbs", "the paper is with {who}").format(who=dossier.holder) if dossier.hand_overs else translate(
            "Verbs", "control sheet and list are printed")
    if action_id == "complete_step":
        done = {step.code for step in dossier.steps}
        following = next((step.name for step in facts.process if step.code not in done), "")
        return dossier.step.name if dossier.step else following
    if action_id == "return_result":
        return translate("Verbs", "who collects, what comes back, who signs")
    if action_id == "send_by_post" and dossier.delivery is not DeliveryMethod.POSTAL:
        return translate("Verbs", "the applicant wanted to collect it")
    return ""
