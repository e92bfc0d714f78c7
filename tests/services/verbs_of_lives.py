"""The verbs after the receipt as calls, for :mod:`tests.services.verbs`; each brings its own dossier to the point where it is legal."""

from __future__ import annotations

from datetime import date

from counter_app.domain.life import ReceiverKind
from counter_app.domain.people import Permission
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.on_the_spot import FinishOnTheSpot
from counter_app.services.acts.refusals import RefuseAtCounter
from counter_app.services.acts.results import ParcelDelivered, SendByPost
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.trail.looking import TrailWish
from tests.builders import CLERK, HEAD, applicant, command
from tests.services.lives import ACTS, TWO_DAYS

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def dossier_after(made, actor, *words, **changes):
    """Receive a dossier, carry out acts on it, and return its code; for who may do nothing with it, that of one that is there."""
    if not actor.may(Permission.RECEIVE):
        return made.code
    code = made.desk.intake.receive(command(**changes), CLERK).code
    for word in words:
        made.desk.life.perform(ACTS[word](code, made.desk), CLERK)
    return code


def _act(word, *before, verb):
    """Return the call of one of the fifteen acts, after those that make it legal."""
    def call(made, actor):
        code = dossier_after(made, actor, *before)
        return verb(made.desk.life)(ACTS[word](code, made.desk), actor)

    return call


def _transaction(made, actor):
    with made.desk.life.acting.transaction(actor) as tx:
        return tx.changes


def _refuse_at_counter(made, actor):
    return made.desk.life.refusals.refuse_at_counter(RefuseAtCounter("1.004873", applicant(), "Không thuộc thẩm quyền"), actor)


def _send_by_post(made, actor):
    return made.desk.life.results.send_by_post(SendByPost(dossier_after(made, actor, "ready"), "Bưu điện", "VN1"), actor)


def _delivered(made, actor):
    code = dossier_after(made, actor, "ready")
    if actor.may(Permission.RECEIVE):
        made.desk.life.results.send_by_post(SendByPost(code, "Bưu điện", "VN2"), CLERK)
    return made.desk.life.results.delivered(ParcelDelivered(code), actor)


def _finish(made, actor):
    code = dossier_after(made, actor, procedure_code="2.000815")
    returning = ReturnResults((code,), ReceiverKind.APPLICANT, unpaid_reason="hộ nghèo")
    return made.desk.life.on_the_spot.finish(FinishOnTheSpot(code, returning), actor)


def _reverse(made, actor):
    code = dossier_after(made, actor)
    (line, *_) = made.desk.dossiers.fees_of(_id_of(made, code), HEAD) or (None,)
    if actor.may(Permission.RECEIVE):
        made.desk.life.fees.collect(CollectFee(code, line.fee_line_id), CLERK)
    return made.desk.life.fees.reverse(ReverseFee(code, line.fee_line_id if line else "", "thu nhầm"), actor)


def _id_of(made, code):
    with made.desk.database.read() as uow:
        return uow.dossiers.by_code(code)[0].dossier_id


def _correct(made, actor):
    return made.desk.life.corrections.correct(Correct(dossier_after(made, actor), {"note": "đã đính chính"}, "gõ nhầm"), actor)


def _link(made, actor):
    return made.desk.life.bundles.link((dossier_after(made, actor), dossier_after(made, actor)), actor)


def _add_code(made, actor):
    code = dossier_after(made, actor)
    with made.desk.database.read() as uow:
        serial = 7000 + uow.audit.head()[0]
    return made.desk.life.bundles.add_code(code, f"G15.10-261120-{serial:04d}", actor)


LIFE = {
    "trail.look": lambda made, actor: made.desk.trail.look(TrailWish(*YEAR, code=made.code), actor),
    "trail.sample": lambda made, actor: made.desk.trail.sample(*YEAR, 3, actor),
    "life.perform": lambda made, actor: made.desk.life.perform(ACTS["note"](dossier_after(made, actor), made.desk), actor),
    "life.acting.transaction": _transaction,
    "life.supplements.request": _act("ask", verb=lambda life: life.supplements.request),
    "life.supplements.receive": _act("bring", "ask", verb=lambda life: life.supplements.receive),
    "life.refusals.refuse": _act("refuse", verb=lambda life: life.refusals.refuse),
    "life.refusals.refuse_at_counter": _refuse_at_counter,
    "life.hand_overs.hand_over": _act("give", verb=lambda life: life.hand_overs.hand_over),
    "life.steps.complete": _act("step", verb=lambda life: life.steps.complete),
    "life.extensions.look": lambda made, actor: made.desk.life.extensions.look(made.code, TWO_DAYS, actor),
    "life.extensions.extend": _act("extend", verb=lambda life: life.extensions.extend),
    "life.endings.halt": _act("halt", verb=lambda life: life.endings.halt),
    "life.endings.withdraw": _act("withdraw", verb=lambda life: life.endings.withdraw),
    "life.results.ready": _act("ready", verb=lambda life: life.results.ready),
    "life.results.send_by_post": _send_by_post,
    "life.results.delivered": _delivered,
    "life.returning.check": lambda made, actor: made.desk.life.returning.check((made.code,), actor),
    "life.returning.return_": _act("return", "ready", verb=lambda life: life.returning.return_),
    "life.on_the_spot.finish": _finish,
    "life.corrections.correct": _correct,
    "life.fees.collect": _act("pay", verb=lambda life: life.fees.collect),
    "life.fees.reverse": _reverse,
    "life.notes.note": _act("note", verb=lambda life: life.notes.note),
    "life.ratings.rate": _act("rate", "ready", "return", verb=lambda life: life.ratings.rate),
    "life.bundles.link": _link,
    "life.bundles.add_code": _add_code,
    "life.undo.last": lambda made, actor: made.desk.life.undo.last(made.code, actor),
    "life.undo.undo": lambda made, actor: made.desk.life.undo.undo(dossier_after(made, actor, "give"), "bàn giao nhầm", actor),
}
