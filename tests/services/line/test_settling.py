"""Taking the province's version: its values, a closing note that names the op, and a mark that goes when the province has the note."""

from __future__ import annotations

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.record import national_record
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, HEAD, INSPECTOR, fake_desk
from tests.services.line.test_incoming import answered, applied, entry, taken_in


@pytest.fixture
def desk():
    return fake_desk()


def conflicting(desk, **current):
    """Return a dossier whose hand-over the province did not apply, and the op."""
    mine = taken_in(desk)
    record = {**national_record(mine), **current}
    desk.life.hand_overs.hand_over(HandOverDossiers((mine.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    op = next(event for event in desk.state.events if event.type == "dossier.handed_over")
    answered(desk, {"op_id": op.op_id, "outcome": "conflict", "reason": "closed", "current": {"rev": 3, "ho_so": record}} if current else {
        "op_id": op.op_id, "outcome": "rejected", "code": "schema"})
    return desk.state.dossiers[mine.dossier_id], op


def test_the_province_s_values_hold_and_the_note_names_the_op(desk):
    mine, op = conflicting(desk, TrangThaiHoSo="3", GhiChu="sai", DonViXuLy="Sở Tư pháp")
    done = desk.life.settling.take_theirs(op.op_id, HEAD)
    assert (done.dossier.status, done.dossier.holder) == (Status.NOT_ACCEPTED, "Sở Tư pháp")
    note = desk.state.events[-1]
    assert (note.type, note.resolves, note.facts["kind"]) == ("note.added", op.op_id, "dong_xung_dot")
    assert desk.state.dossiers[mine.dossier_id].attention == ("province",), "until the province has it"
    answered(desk, {"op_id": note.op_id, "outcome": "applied", "rev": 4})
    assert desk.state.dossiers[mine.dossier_id].attention == ()
    assert desk.state.outbox[op.op_id][0] == "province_has"
    assert VerifyService(desk.database).run().differences == ()


def test_an_answer_without_a_record_leaves_the_dossier_as_it_is(desk):
    mine, op = conflicting(desk)
    after = desk.life.settling.take_theirs(op.op_id, HEAD).dossier
    assert (after.status, after.holder) == (mine.status, mine.holder)


def test_only_what_waits_is_settled_by_who_may(desk):
    mine, op = conflicting(desk, TrangThaiHoSo="3")
    service, before = desk.life.settling, len(desk.state.events)
    for op_id in ("", "unknown", desk.state.events[0].op_id):
        with pytest.raises(RuleBrokenError) as error:
            service.take_theirs(op_id, HEAD)
        assert error.value.code == "OP_NOT_OPEN"
    for actor in (CLERK, INSPECTOR):
        with pytest.raises(RuleBrokenError) as error:
            service.take_theirs(op.op_id, actor)
        assert error.value.code == "NOT_ALLOWED"
    assert len(desk.state.events) == before
    assert desk.state.dossiers[mine.dossier_id].attention == ("province",)


@pytest.mark.parametrize("kind", ["print.requested", "dossier.reassigned"])
def test_what_was_only_to_be_seen_is_taken_off_by_whoever_saw_it(desk, kind):
    mine = taken_in(desk)
    applied(desk, entry(kind, mine.dossier_id, None, form="04", to_agency="H36.50.06", reason="x"))
    with pytest.raises(RuleBrokenError) as error:
        desk.life.settling.look_at(mine.code, INSPECTOR)
    assert error.value.code == "NOT_ALLOWED"
    done = desk.life.settling.look_at(mine.code, CLERK)
    assert done.dossier.attention == ()
    with pytest.raises(RuleBrokenError) as error:
        desk.life.settling.look_at(mine.code, CLERK)
    assert error.value.code == "NOTHING_TO_LOOK_AT"
    assert VerifyService(desk.database).run().differences == ()


def test_a_look_leaves_what_needs_a_decision(desk):
    mine, _ = conflicting(desk, TrangThaiHoSo="3")
    applied(desk, entry("print.requested", mine.dossier_id, None, form="03", reason="x"))
    assert desk.life.settling.look_at(mine.code, CLERK).dossier.attention == ("province",)


def test_both_versions_stand_side_by_side_and_the_look_is_on_the_trail(desk):
    mine, op = conflicting(desk, TrangThaiHoSo="3", GhiChu="sai", DonViXuLy="Sở Tư pháp")
    clash = desk.life.settling.look(op.op_id, INSPECTOR)
    assert (clash.dossier_code, clash.type, clash.actor) == (mine.code, "dossier.handed_over", CLERK)
    assert {each.name: (each.ours, each.theirs) for each in clash.members} == {
        "TrangThaiHoSo": ("4", "3"), "DonViXuLy": ("Tư pháp", "Sở Tư pháp")}, "what a hand-over may write, no more"
    assert (desk.state.audit[-1].action, desk.state.audit[-1].user_id) == ("dossier.compared", INSPECTOR.user_id)
    assert VerifyService(desk.database).run().differences == (), "a look at an act is no second one"


def test_an_answer_without_a_record_has_nothing_to_lay_beside(desk):
    _, op = conflicting(desk)
    assert desk.life.settling.look(op.op_id, CLERK).members == ()


def test_what_waits_for_nobody_is_not_looked_at(desk):
    taken_in(desk)
    before = len(desk.state.audit)
    with pytest.raises(RuleBrokenError) as error:
        desk.life.settling.look(desk.state.events[0].op_id, CLERK)
    assert (error.value.code, len(desk.state.audit)) == ("OP_NOT_OPEN", before)
