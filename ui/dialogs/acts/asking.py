"""Descriptions: an online dossier accepted, papers asked for and brought, what the province asks for, a dossier refused or ended."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from counter_app.domain.life import FeesHandling
from counter_app.domain.projection import open_supplement
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.acting import Done
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.refusals import Refuse, RefuseAtCounter
from counter_app.services.acts.requested_forms import PrintRequested
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from ui.dialogs.acts.description import ActDesk, ActFacts, ActForm, Field, FieldKind, Values, reasons, same

translate = QCoreApplication.translate


def accept_online(facts: ActFacts) -> ActForm:
    """Form 01 for what was filed at the portal; a case is asked for where the procedure has limits of its own for some."""
    cases = same(each.case for each in facts.procedure.variants) if facts.procedure else ()
    usual = (translate("Acts", "the usual one"), "")
    fields = (Field("case", translate("Acts", "Case"), FieldKind.CHOICE, "", (usual, *cases)),) if cases else ()

    def act(desk: ActDesk, values: Values) -> Done:
        """Receive it now, by the catalogue of today."""
        return desk.counter.life.acceptance.accept(AcceptOnline(facts.code, values.get("case", ""), **desk.how), desk.actor)

    return ActForm(
        translate("Acts", "Accept the online dossier"), translate("Acts", "Accept and print the slip"), fields, act,
        translate("Acts", "{code} is received."),
        translate("Acts", "Look through the papers first. The dossier enters the register, and its time runs from now. This cannot be "
                  "taken back."))


def print_requested(facts: ActFacts) -> ActForm:
    """Forms 02 to 05 as the province decided; nothing is asked."""
    def act(desk: ActDesk, values: Values) -> Done:  # noqa: ARG001  the shape of an act
        """Print them for the citizen."""
        return desk.counter.life.requested.print_forms(PrintRequested(facts.code, **desk.how), desk.actor)

    return ActForm(
        translate("Acts", "Print what the province asks for"), translate("Acts", "Print"), (), act, translate("Acts", "{code}: printed."),
        translate("Acts", "The province has decided and asks the desk for the paper: what is missing, a refusal, an apology with a new "
                  "appointment, or the end. It carries the province's reason and this desk's number. Give it to the citizen."))


def request_supplement(facts: ActFacts) -> ActForm:
    """Form 02: everything that is missing, once and in full."""
    again = facts.dossier.supplement_count > 0
    asked = [paper.name for paper in facts.procedure.documents if not paper.online_only] if facts.procedure else []
    fields = [
        Field("items", translate("Acts", "What is missing, all of it at once"), FieldKind.PAPERS, options=same(asked)),
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("supplement")),
        Field("deadline", translate("Acts", "Bring it until (may stay empty)"), FieldKind.MOMENT),
    ]
    if again:
        fields.append(Field("confirm_second", translate("Acts", "Ask again all the same: it counts as late"), FieldKind.TICK))
    note = translate("Acts", "Papers were asked for already. Asking again makes this dossier count as late.") if again else translate(
        "Acts", "Time stands still until everything is brought. Form 02 is printed.")

    def act(desk: ActDesk, values: Values) -> Done:
        """Ask for what was named; a second time only where the clerk ticked that it is meant."""
        command = RequestSupplement(
            facts.code, values["items"], values["reason"], values["deadline"], confirm_second=values.get("confirm_second", False),
            **desk.how)
        return desk.counter.life.supplements.request(command, desk.actor)

    return ActForm(
        translate("Acts", "Ask for missing papers"), translate("Acts", "Ask and print form 02"), tuple(fields), act,
        translate("Acts", "Papers were asked for of {code}."), note, warns=again)


def receive_supplement(facts: ActFacts) -> ActForm:
    """What was brought of what was asked for."""
    asked = open_supplement(facts.dossier)
    items = tuple(item for item in asked.items if item not in asked.received_items) if asked else ()
    fields = (
        Field("items", translate("Acts", "What was brought"), FieldKind.PAPERS, items, same(items)),
        Field("complete", translate("Acts", "Everything that was asked for is there now"), FieldKind.TICK, value=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Take in what was brought; the appointment moves on when nothing is missing."""
        command = ReceiveSupplement(facts.code, values["items"], complete=values["complete"], **desk.how)
        return desk.counter.life.supplements.receive(command, desk.actor)

    return ActForm(
        translate("Acts", "Papers were brought"), translate("Acts", "Take them in"), fields, act,
        translate("Acts", "The papers of {code} are taken in."),
        translate("Acts", "When all are there the appointment is counted anew and a new slip is printed."))


def refuse(facts: ActFacts) -> ActForm:
    """Form 03: not taken, with reasons in writing."""

    def act(desk: ActDesk, values: Values) -> Done:
        """Refuse, in writing."""
        command = Refuse(facts.code, values["reason"], values["legal_basis"], values["papers_returned"], **desk.how)
        return desk.counter.life.refusals.refuse(command, desk.actor)

    return ActForm(
        translate("Acts", "Refuse the dossier"), translate("Acts", "Refuse and print form 03"), _grounds(), act,
        translate("Acts", "{code} was refused."), translate("Acts", "This ends the dossier and cannot be taken back."), warns=True)


def refuse_at_counter(command: RefuseAtCounter, draft_id: str) -> ActForm:
    """Form 03 for what is not taken in: ``command`` has all but the grounds, the draft of that id goes with it."""

    def act(desk: ActDesk, values: Values) -> Done:
        """Refuse, in writing, what was never received."""
        wish = replace(
            command, reason=values["reason"], legal_basis=values["legal_basis"], papers_returned=values["papers_returned"],
            draft_id=draft_id, **desk.how)
        return desk.counter.life.refusals.refuse_at_counter(wish, desk.actor)

    return ActForm(
        translate("Acts", "Do not take the dossier in"), translate("Acts", "Refuse and print form 03"), _grounds(), act,
        translate("Acts", "Refused in writing with code {code}; it stands in no register."),
        translate("Acts", "The applicant gets the reason in writing. The refusal has a code of its own and cannot be taken back."),
        warns=True)


def halt(facts: ActFacts) -> ActForm:
    """Form 05, by decision. Papers that were not brought in time are the first reason offered, and stand there then."""
    offered = reasons("halt")
    fields = (
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, offered[0][0] if facts.papers_late else "", offered),
        Field("decided_by", translate("Acts", "Who decided so"), FieldKind.OFFERED, options=facts.signer_options, half=True),
        Field("title", translate("Acts", "Title"), FieldKind.OFFERED, options=facts.title_options, half=True),
        Field("legal_basis", translate("Acts", "Legal basis (may stay empty)")),
        *_fees(facts),
        Field("papers_returned", translate("Acts", "All papers were given back"), FieldKind.TICK),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """Halt, in the name of who decided so."""
        command = Halt(
            facts.code, values["reason"], values["decided_by"], values.get("fees"), values["legal_basis"], values["papers_returned"],
            values["title"], **desk.how)
        return desk.counter.life.endings.halt(command, desk.actor)

    return ActForm(
        translate("Acts", "Halt the dossier"), translate("Acts", "Halt and print form 05"), fields, act,
        translate("Acts", "{code} was halted."), translate("Acts", "This ends the dossier and cannot be taken back."), warns=True)


def withdraw(facts: ActFacts) -> ActForm:
    """Form 05, because the applicant wants so."""
    fields = (
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("withdraw")), *_fees(facts),
        Field("papers_returned", translate("Acts", "All papers were given back"), FieldKind.TICK, value=True),
    )

    def act(desk: ActDesk, values: Values) -> Done:
        """End the dossier at the wish of its applicant."""
        command = Withdraw(facts.code, values["reason"], values["papers_returned"], values.get("fees"), **desk.how)
        return desk.counter.life.endings.withdraw(command, desk.actor)

    return ActForm(
        translate("Acts", "The applicant withdraws the dossier"), translate("Acts", "Withdraw and print form 05"), fields, act,
        translate("Acts", "{code} was withdrawn."), translate("Acts", "This ends the dossier and cannot be taken back."), warns=True)


def _grounds() -> tuple[Field, ...]:
    return (
        Field("reason", translate("Acts", "Reason"), FieldKind.OFFERED, options=reasons("refuse")),
        Field("legal_basis", translate("Acts", "Legal basis (may stay empty)")),
        Field("papers_returned", translate("Acts", "All papers were given back"), FieldKind.TICK, value=True),
    )


def _fees(facts: ActFacts) -> tuple[Field, ...]:
    """Return the question what becomes of the fees, where money was taken."""
    if not any(line.is_paid for line in facts.dossier.fees):
        return ()
    options = (
        (translate("Acts", "given back"), FeesHandling.REFUNDED), (translate("Acts", "kept"), FeesHandling.KEPT),
    )
    return (Field("fees", translate("Acts", "The fees that were paid are"), FieldKind.CHOICE, FeesHandling.REFUNDED, options),)
