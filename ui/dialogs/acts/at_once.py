"""Received, decided, signed and returned on one screen ("4 tại chỗ")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.life import ReceiverKind, Signed
from counter_app.services.acts.acting import Done
from counter_app.services.acts.on_the_spot import FinishOnTheSpot
from counter_app.services.acts.returning import ReturnResults
from ui.dialogs.acts.description import ActDesk, ActFacts, ActForm, Field, FieldKind, Values
from ui.dialogs.acts.working import result_fields, results_of

translate = QCoreApplication.translate


def decide_at_once(facts: ActFacts) -> ActForm:
    """The result and its return in one act: both are on record, or neither."""
    dossier = facts.dossier
    receivers = (
        (translate("Acts", "the applicant: {name}").format(name=dossier.applicant.full_name), ReceiverKind.APPLICANT),
        (translate("Acts", "somebody with a power of attorney"), ReceiverKind.AUTHORISED))
    signed = (
        (translate("Acts", "in the paper register"), Signed.BOOK), (translate("Acts", "on the printed receipt"), Signed.RECEIPT),
        (translate("Acts", "with a fingerprint"), Signed.MARK))
    owed = any(line.is_owed for line in dossier.fees)
    fields = [
        Field("receiver_kind", translate("Acts", "Who takes it"), FieldKind.CHOICE, ReceiverKind.APPLICANT, receivers),
        Field("receiver_name", translate("Acts", "Name, where it is somebody else"), half=True),
        Field("paper_shown", translate("Acts", "Number of the power of attorney"), half=True),
        Field("signed", translate("Acts", "Signed"), FieldKind.CHOICE, Signed.BOOK, signed),
    ]
    if owed:
        fields.append(Field("unpaid_reason", translate("Acts", "A fee is owed: collect it first, or say why not")))

    def act(desk: ActDesk, values: Values) -> Done:
        """Record what was signed and hand it over, in one transaction."""
        returning = ReturnResults(
            (), values["receiver_kind"], values["receiver_name"], values["paper_shown"], values["signed"],
            unpaid_reason=values.get("unpaid_reason", ""), **desk.how)
        return desk.counter.life.on_the_spot.finish(FinishOnTheSpot(facts.code, returning, results_of(values)), desk.actor)

    return ActForm(
        translate("Acts", "Decide and return at once"), translate("Acts", "Signed and handed over"), tuple(fields), act,
        translate("Acts", "{code} is returned, decided while the citizen waited."), more=result_fields(facts),
        more_word=translate("Acts", "One more result"))
