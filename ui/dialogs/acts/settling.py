"""Descriptions: money taken and given back, a rating, a second code, linked dossiers, the last act taken back, a correction."""

from __future__ import annotations

from dataclasses import fields as members
from typing import Any

from PySide6.QtCore import QCoreApplication

from counter_app.domain.dossier import DeliveryMethod, DocumentLine, Dossier, FeeLine, FeeMethod
from counter_app.domain.text import money
from counter_app.services.acts.acting import Done
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.notes_ratings import Rate, RatingChannel
from ui.dialogs.acts.description import ActDesk, ActFacts, ActForm, Field, FieldKind, Values, reasons, same

translate = QCoreApplication.translate
NEW = ""


def collect_fee(facts: ActFacts) -> ActForm:
    """One line that is owed, or a new one that nobody foresaw."""
    owed = [line for line in facts.dossier.fees if line.is_owed]
    lines = tuple((f"{line.name} · {money(line.amount_vnd)}", line.fee_line_id) for line in owed)
    methods = (
        (translate("Acts", "cash"), FeeMethod.CASH), (translate("Acts", "transfer"), FeeMethod.TRANSFER),
        (translate("Acts", "online portal"), FeeMethod.PORTAL))
    fields = (
        Field("fee_line_id", translate("Acts", "What is paid"), FieldKind.CHOICE, owed[0].fee_line_id if owed else NEW,
              (*lines, (translate("Acts", "something else, named below"), NEW))),
        Field("name", translate("Acts", "Something else: what for"), half=True),
        Field("amount_vnd", translate("Acts", "Something else: how much"), FieldKind.NUMBER, half=True),
        Field("method", translate("Acts", "How"), FieldKind.CHOICE, FeeMethod.CASH, methods, half=True),
        Field("payer", translate("Acts", "Who pays (empty: the applicant)"), half=True),
        Field("receipt_series", translate("Acts", "Receipt series"), half=True),
        Field("receipt_number", translate("Acts", "Receipt number"), half=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Take the money of a line that is owed, or of the new one that was named."""
        new = None
        if not values["fee_line_id"]:
            new = FeeLine("", values["name"], values["amount_vnd"] or 0, FeeMethod.UNPAID)
        command = CollectFee(
            facts.code, values["fee_line_id"] or "", values["method"], values["receipt_series"], values["receipt_number"], new,
            values["payer"])
        return desk.counter.life.fees.collect(command, desk.actor)

    return ActForm(
        translate("Acts", "Collect a fee"), translate("Acts", "It is paid"), fields, act, translate("Acts", "The fee of {code} is paid."))


def reverse_fee(facts: ActFacts) -> ActForm:
    """Money goes back."""
    paid = [line for line in facts.dossier.fees if line.is_paid]
    lines = tuple((f"{line.name} · {money(line.amount_vnd)}", line.fee_line_id) for line in paid)
    fields = (
        Field("fee_line_id", translate("Acts", "What is given back"), FieldKind.CHOICE, paid[0].fee_line_id if paid else "", lines),
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("reverse")),
        Field("receipt_cancelled", translate("Acts", "The receipt was cancelled"), FieldKind.TICK),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Give the money of a paid line back."""
        command = ReverseFee(facts.code, values["fee_line_id"] or "", values["reason"], receipt_cancelled=values["receipt_cancelled"])
        return desk.counter.life.fees.reverse(command, desk.actor)

    return ActForm(
        translate("Acts", "Give a fee back"), translate("Acts", "It is given back"), fields, act,
        translate("Acts", "The fee of {code} was given back."))


def rate(facts: ActFacts) -> ActForm:
    """What the citizen thought."""
    scores = (
        (translate("Acts", "5 · very satisfied"), 5), (translate("Acts", "4 · satisfied"), 4), (translate("Acts", "3 · so so"), 3),
        (translate("Acts", "2 · dissatisfied"), 2), (translate("Acts", "1 · very dissatisfied"), 1))
    channels = (
        (translate("Acts", "at the desk"), RatingChannel.DESK), (translate("Acts", "on paper"), RatingChannel.PAPER),
        (translate("Acts", "at a kiosk"), RatingChannel.KIOSK))
    fields = (
        Field("score", translate("Acts", "Rating"), FieldKind.CHOICE, 5, scores, half=True),
        Field("channel", translate("Acts", "Given"), FieldKind.CHOICE, RatingChannel.DESK, channels, half=True),
        Field("comment", translate("Acts", "What else was said (may stay empty)")),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Keep the score and the words."""
        return desk.counter.life.ratings.rate(Rate(facts.code, values["score"], values["channel"], values["comment"]), desk.actor)

    return ActForm(
        translate("Acts", "What the citizen thought"), translate("Acts", "Keep the rating"), fields, act,
        translate("Acts", "The rating of {code} is kept."))


def add_code(facts: ActFacts) -> ActForm:
    """The code that a ministry's program gave."""
    fields = (
        Field("other", translate("Acts", "Code in the other program"), half=True),
        Field("system", translate("Acts", "Which program"), half=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Note the other code, so that a search finds both."""
        return desk.counter.life.bundles.add_code(facts.code, values["other"], desk.actor, values["system"])

    return ActForm(
        translate("Acts", "Second code of a ministry's program"), translate("Acts", "Add the code"), fields, act,
        translate("Acts", "{code} is found by both codes now."))


def link(facts: ActFacts) -> ActForm:
    """Dossiers that belong together."""
    fields = (Field("codes", translate("Acts", "Codes of the other dossiers, separated by a space")),)
    note = translate("Acts", "Belongs together with {codes} already.").format(codes=", ".join(facts.linked)) if facts.linked else ""

    def act(desk: ActDesk, values: Values) -> Done:
        """Link the codes that were typed, however they were separated."""
        return desk.counter.life.bundles.link((facts.code, *values["codes"].replace(";", " ").replace(",", " ").split()), desk.actor)

    return ActForm(
        translate("Acts", "Link dossiers that belong together"), translate("Acts", "Link them"), fields, act,
        translate("Acts", "{code} is linked."), note)


def undo_act(facts: ActFacts) -> ActForm:
    """The last act is taken back by its opposite."""
    fields = (Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("undo")),)

    def act(desk: ActDesk, values: Values) -> Done:
        """Record the opposite of the last act."""
        return desk.counter.life.undo.undo(facts.code, values["reason"], desk.actor)

    return ActForm(
        translate("Acts", "Take the last act back"), translate("Acts", "Take it back"), fields, act,
        translate("Acts", "The last act of {code} was taken back."),
        translate("Acts", "Nothing is erased: the history shows both."))


MASKED = "id_number"
"""Stands masked on the page, where a look at it is recorded; here it is only overwritten."""
_NUMBER = f"applicant.{MASKED}"
_PERSON = ("full_name", "id_number", "address", "phone", "email")


def correct(facts: ActFacts) -> ActForm:
    """What stands there now, to be overwritten where it is wrong; only what changed is sent."""
    dossier = facts.dossier
    words = {
        "full_name": translate("Acts", "Applicant"), "id_number": _number_word(facts.view.masked_id),
        "address": translate("Acts", "Address"), "phone": translate("Acts", "Telephone"), "email": translate("Acts", "E-mail")}
    ways = (
        (translate("Acts", "at the desk"), DeliveryMethod.DESK), (translate("Acts", "by post"), DeliveryMethod.POSTAL),
        (translate("Acts", "online"), DeliveryMethod.ONLINE))
    fields = (
        Field("procedure_code", translate("Acts", "Code of the procedure"), value=dossier.procedure_code, half=True),
        *(Field(f"applicant.{name}", words[name], value="" if name == MASKED else getattr(dossier.applicant, name), half=True)
          for name in _PERSON),
        Field("delivery", translate("Acts", "Result back"), FieldKind.CHOICE, dossier.delivery, ways, half=True),
        Field("delivery_address", translate("Acts", "Address for it"), value=dossier.delivery_address, half=True),
        Field("summary", translate("Acts", "Content"), value=dossier.summary),
        Field("documents", translate("Acts", "Papers that were handed in"), FieldKind.PAPERS,
              tuple(line.name for line in dossier.documents), same(line.name for line in dossier.documents)),
        Field("reason", translate("Acts", "Why it is corrected"), FieldKind.OFFERED, options=reasons("correct")),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Send what is another than before, and nothing else."""
        number = values[_NUMBER] or dossier.applicant.id_number  # masked in the field: left empty it stays
        command = Correct(facts.code, _changed(dossier, {**values, _NUMBER: number}), values["reason"], **desk.how)
        return desk.counter.life.corrections.correct(command, desk.actor)

    after = bool(dossier.hand_overs)
    note = translate("Acts", "The paper was handed over: the correction is asked of the province and holds when it agrees.") if after else (
        translate("Acts", "A corrected slip is printed and takes the place of the one before it."))
    return ActForm(
        translate("Acts", "Correct what is wrong"), translate("Acts", "Correct"), fields, act,
        translate("Acts", "{code} was corrected."), note, warns=after)


def _number_word(masked: str) -> str:
    """Return how the identity number is asked for: it stands masked, and another one is written only to correct it."""
    if not masked:
        return translate("Acts", "Identity number")
    return translate("Acts", "Identity number: {number}; another one").format(number=masked)


def _changed(dossier: Dossier, values: Values) -> dict[str, Any]:
    """Return what is another than before, by the names of the verb."""
    before = {
        **{f"applicant.{name}": getattr(dossier.applicant, name) for name in _PERSON},
        **{each.name: getattr(dossier, each.name) for each in members(dossier) if each.name in values and each.name != "documents"}}
    changes = {name: values[name] for name, old in before.items() if values[name] != old}
    names = values["documents"]
    if names != tuple(line.name for line in dossier.documents):
        known = {line.name: line for line in dossier.documents}
        changes["documents"] = tuple(known.get(name) or DocumentLine(name, original=1) for name in names)
    return changes
