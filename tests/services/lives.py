"""What tests of the life cycle share: a dossier to begin with, the acts in short words, and the province's fold of everything recorded."""

from __future__ import annotations

from counter_app.domain.canonical import envelope
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.event_fold import fold_op
from counter_app.domain.life import Direction, FeesHandling, ReceiverKind
from counter_app.domain.record import national_record
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote, Rate
from counter_app.services.acts.refusals import Refuse
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from tests.builders import CLERK, command
from tests.domain.test_facts import RULES, SCHEMA

TWO_DAYS = Limit(2, LimitUnit.WORKING_DAY)


def received(desk, **changes):
    """Take a dossier in and return its code."""
    return desk.intake.receive(command(**changes), CLERK).code


def dossier(desk, code):
    """Return a dossier as it stands."""
    return next(each for each in desk.state.dossiers.values() if code in {name.code for name in each.codes})


def fee_of(desk, code):
    lines = dossier(desk, code).fees
    return lines[0].fee_line_id if lines else ""


ACTS = {
    "ask": lambda code, desk: RequestSupplement(code, ("Tờ khai",), "thiếu chữ ký", confirm_second=True),
    "bring": lambda code, desk: ReceiveSupplement(code, ("Tờ khai",)),
    "refuse": lambda code, desk: Refuse(code, "không đủ điều kiện", "Điều 3"),
    "give": lambda code, desk: HandOverDossiers((code,), "Tư pháp", "Trần Văn Mẫu"),
    "take back": lambda code, desk: HandOverDossiers((code,), "", "", Direction.TO_DESK, given_by="Trần Văn Mẫu"),
    "step": lambda code, desk: CompleteStep(code, "đã làm"),
    "extend": lambda code, desk: Extend(code, TWO_DAYS, "chờ xác minh", "Hoàng Văn Giả Định"),
    "halt": lambda code, desk: Halt(code, "quyết định", "Hoàng Văn Giả Định", FeesHandling.KEPT),
    "withdraw": lambda code, desk: Withdraw(code, "không làm nữa", fees=FeesHandling.KEPT),
    "ready": lambda code, desk: ResultReady(code),
    "return": lambda code, desk: ReturnResults((code,), ReceiverKind.APPLICANT, unpaid_reason="hộ nghèo", by_post=True),
    "pay": lambda code, desk: CollectFee(code, receipt_number="0000101"),
    "pay back": lambda code, desk: ReverseFee(code, fee_of(desk, code), "thu nhầm"),
    "correct": lambda code, desk: Correct(code, {"applicant.full_name": "Trần Thị Vi", "note": "đã đính chính"}, "gõ nhầm"),
    "note": lambda code, desk: AddNote(code, "đã gọi điện"),
    "rate": lambda code, desk: Rate(code, 5),
}
"""Of each word: the command that it means for a dossier."""


def do(desk, code, *words):
    """Carry out acts one after another and return what the last one gave back."""
    done = None
    for word in words:
        done = desk.life.perform(ACTS[word](code, desk), CLERK)
    return done


def schema_faults(event):
    """Return what is wrong with an op by the contract's schema."""
    return [error.message for error in SCHEMA.iter_errors(envelope(event))]


def folded(desk):
    """Fold every op as the province does; return the states by dossier, and the outcomes that were not a plain *applied*."""
    states, odd = {}, []
    for event in (each for each in desk.state.events if each.lane):
        result = fold_op(RULES, states.get(event.dossier_id), envelope(event))
        states[event.dossier_id] = result.state
        if result.outcome != "applied" or result.warnings:
            odd.append((event.type, result.outcome, result.reason, result.warnings))
    return states, odd


def disagreements(desk):
    """Return where the province's record of a dossier differs from the desk's, as member, province, desk."""
    states, _ = folded(desk)
    found = []
    for each in desk.state.dossiers.values():
        ours = national_record(each, desk.catalogue.version(each.procedure_version))
        found += [(name, states[each.dossier_id].ho_so[name], ours[name]) for name in ours if states[each.dossier_id].ho_so[name] != ours[name]]
    return found
