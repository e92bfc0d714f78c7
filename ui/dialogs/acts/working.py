"""Descriptions: the paper is handed over, a step is done, the result is there, sent by post, delivered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.life import Direction, ResultPaper
from counter_app.services.acts.acting import Done
from counter_app.services.acts.hand_overs import HandOverDossiers, sheets
from counter_app.services.acts.results import ParcelDelivered, ResultReady, SendByPost
from counter_app.services.acts.steps import CompleteStep
from ui.dialogs.acts.description import ActDesk, ActFacts, ActForm, Field, FieldKind, Values, first, same

translate = QCoreApplication.translate
POSTS = ("VNPost", "Viettel Post")


def hand_over(facts: ActFacts) -> ActForm:
    """One dossier goes to a unit, or comes back from it."""

    def act(desk: ActDesk, values: Values) -> Done:
        """Hand over, with the sheets that were counted; not counted: those of the receipt."""
        count = values["paper_counts"]
        command = HandOverDossiers(
            (facts.code,), values["to_unit"], values["received_by"], values["direction"], {} if count is None else {facts.code: count},
            **desk.how)
        return desk.counter.life.hand_overs.hand_over(command, desk.actor)

    return ActForm(
        translate("Acts", "Hand the dossier over"), translate("Acts", "Hand over and print"), _hand_over_fields(facts), act,
        translate("Acts", "{code} was handed over."),
        translate("Acts", "The list is printed for signing. Several at once: Ctrl+Alt+G and scan them."))


def _hand_over_fields(facts: ActFacts) -> tuple[Field, ...]:
    """Return the questions, with the answers that the process expects."""
    dossier = facts.dossier
    away = bool(dossier.hand_overs) and dossier.hand_overs[-1].direction is Direction.TO_SPECIALIST
    done = {each.code for each in dossier.steps}
    unit = "" if away else next((step.unit for step in facts.process if step.code not in done), "")
    head = next((each.head for each in facts.units if unit and each.name == unit), "")
    directions = (
        (translate("Acts", "from the desk to a unit"), Direction.TO_SPECIALIST), (translate("Acts", "back to the desk"), Direction.TO_DESK))
    return (
        Field("direction", translate("Acts", "Which way"), FieldKind.CHOICE, directions[away][1], directions),
        Field("to_unit", translate("Acts", "Unit (empty: this desk)"), FieldKind.OFFERED, unit, facts.unit_options, half=True),
        Field("received_by", translate("Acts", "Who receives it"), FieldKind.OFFERED, head, same(facts.people), half=True),
        Field("paper_counts", translate("Acts", "Sheets"), FieldKind.NUMBER, sheets(dossier)),
    )


def complete_step(facts: ActFacts) -> ActForm:
    """The running step is done, or a later one with the reason why those before were passed over."""
    dossier = facts.dossier
    done = {step.code for step in dossier.steps}
    left = [step for step in facts.process if step.code not in done]
    running = dossier.step.code if dossier.step else left[0].code if left else ""
    following = next((step.unit for step in left if step.code != running), "")
    fields = (
        Field("step", translate("Acts", "Step that is done"), FieldKind.CHOICE, running,
              tuple((f"{step.name} · {step.unit}", step.code) for step in left)),
        Field("content", translate("Acts", "What was done (may stay empty)")),
        Field("owner", translate("Acts", "Who does the next step"), FieldKind.OFFERED, "", same(facts.people), half=True),
        Field("to_unit", translate("Acts", "Unit of the next step"), FieldKind.OFFERED, following, facts.unit_options,
              half=True),
        Field("skip_reason", translate("Acts", "Why steps before it are passed over, if any"), half=False),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Complete the running step, or the chosen one with its reason."""
        step = "" if dossier.step and values["step"] == dossier.step.code else values["step"] or ""
        command = CompleteStep(facts.code, values["content"], values["owner"], values["to_unit"], step, values["skip_reason"])
        return desk.counter.life.steps.complete(command, desk.actor)

    return ActForm(
        translate("Acts", "Complete a step"), translate("Acts", "The step is done"), fields, act,
        translate("Acts", "The step of {code} is done."))


def result_fields(facts: ActFacts) -> tuple[Field, ...]:
    """Return the questions about one result; ``{at}`` in their names is for which one."""
    known = facts.procedure.results if facts.procedure else ()
    names = same(each.name for each in known)
    signers, titles = facts.signer_options, facts.title_options
    kinds = ((translate("Acts", "a result"), False), (translate("Acts", "a refusal in writing"), True))
    return (
        Field("results.{at}.name", translate("Acts", "Paper"), FieldKind.OFFERED, first(names) or facts.dossier.procedure_name, names),
        Field("results.{at}.number", translate("Acts", "Number"), half=True),
        Field("results.{at}.issued_at", translate("Acts", "Signed on"), FieldKind.DAY, facts.now, half=True),
        Field("results.{at}.signer", translate("Acts", "Signed by"), FieldKind.OFFERED, first(signers), signers, half=True),
        Field("results.{at}.signer_title", translate("Acts", "Title"), FieldKind.OFFERED, first(titles), titles, half=True),
        Field("results.{at}.refusal", translate("Acts", "It is"), FieldKind.CHOICE, value=False, options=kinds, half=True),
        Field("results.{at}.abstract", translate("Acts", "What it says (of a refusal: the reason)"), half=True),
    )


def results_of(values: Values) -> tuple[ResultPaper, ...]:
    """Return the results that were named; a further block left empty is none."""
    found = []
    for at in range(sum(name.endswith(".number") for name in values)):
        each = {member: values[f"results.{at}.{member}"] for member in (
            "name", "number", "issued_at", "signer", "signer_title", "abstract", "refusal")}
        if at == 0 or each["name"]:
            found.append(ResultPaper("", **each))
    return tuple(found)


def result_ready(facts: ActFacts) -> ActForm:
    """The signed result is at the desk; there may be several, and one may be a refusal."""

    def act(desk: ActDesk, values: Values) -> Done:
        """Record every result that was named."""
        return desk.counter.life.results.ready(ResultReady(facts.code, results_of(values)), desk.actor)

    return ActForm(
        translate("Acts", "Record the result"), translate("Acts", "The result is there"), (), act,
        translate("Acts", "{code} has its result."), more=result_fields(facts), more_word=translate("Acts", "One more result"))


def send_by_post(facts: ActFacts) -> ActForm:
    """The parcel is with the post."""
    fields = (
        Field("operator", translate("Acts", "Post operator"), FieldKind.OFFERED, POSTS[0], same(POSTS), half=True),
        Field("consignment", translate("Acts", "Consignment number"), half=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Note operator and number of the parcel."""
        return desk.counter.life.results.send_by_post(SendByPost(facts.code, values["operator"], values["consignment"]), desk.actor)

    return ActForm(
        translate("Acts", "Send the result by post"), translate("Acts", "It is with the post"), fields, act,
        translate("Acts", "The result of {code} is with the post."),
        translate("Acts", "To {address}. It counts as returned when the post has delivered it.").format(
            address=facts.dossier.delivery_address or facts.dossier.applicant.address or "–"))


def delivered(facts: ActFacts) -> ActForm:
    """The operator confirmed the delivery."""
    parcel = facts.dossier.parcel
    fields = (Field("receiver_name", translate("Acts", "Who took it (empty: the applicant)")),)

    def act(desk: ActDesk, values: Values) -> Done:
        """Return the dossier to whoever took the parcel."""
        return desk.counter.life.results.delivered(ParcelDelivered(facts.code, values["receiver_name"]), desk.actor)

    return ActForm(
        translate("Acts", "The parcel was delivered"), translate("Acts", "Delivered"), fields, act,
        translate("Acts", "{code} is returned, by post."),
        translate("Acts", "{operator}, consignment {number}").format(operator=parcel.operator, number=parcel.consignment) if parcel else "")
