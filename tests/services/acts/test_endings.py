"""Refusals, also of what was never received; extensions with their apology; halts and withdrawals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import Channel, DocumentLine
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.life import FeesHandling
from counter_app.domain.moments import local
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.refusals import Refuse, RefuseAtCounter
from counter_app.services.intake.drafts import DraftService
from tests.builders import CLERK, INSPECTOR, applicant, fake_desk
from tests.services.lives import disagreements, do, dossier, received, schema_faults

MONDAY = local(2026, 11, 2, 9, 0)
FIVE_DAYS = Limit(5, LimitUnit.WORKING_DAY)


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def extend(desk, code, **changes):
    return desk.life.extensions.extend(replace(Extend(code, FIVE_DAYS, "chờ xác minh", "Hoàng Văn Giả Định", "Chủ tịch"), **changes), CLERK)


def at_counter(desk, **changes):
    wish = replace(RefuseAtCounter("1.004873", applicant(), "Không thuộc thẩm quyền của xã", "Điều 3"), **changes)
    return desk.life.refusals.refuse_at_counter(wish, CLERK)


# refused


def test_what_was_never_received_gets_a_code_a_form_and_no_line_in_the_register():
    desk = fake_desk()
    done = at_counter(desk, documents=(DocumentLine("Tờ khai", 1),))
    refused = done.dossier
    assert (refused.status, refused.place, refused.due_at, refused.code) == ("not_accepted", None, None, "H36.50.05-261120-0001")
    assert (done.forms, refused.ending.form_number, refused.ending.legal_basis) == (("03",), "01/TTPVHCC", "Điều 3")
    assert [event.type for event in desk.state.events] == ["dossier.refused", "slip.printed"]
    assert {place.book for place, *_ in desk.state.lines.values()} == {"forms/03"}
    record = desk.state.events[0].ho_so
    assert (record["NgayTiepNhan"], record["NgayTuChoi"], record["GhiChu"]) == ("", "20261120094200", "Không thuộc thẩm quyền của xã")
    assert [number.dossier_id for number in desk.state.numbers] == [refused.dossier_id]
    assert (disagreements(desk), [fault for event in desk.state.events for fault in schema_faults(event)]) == ([], [])


def test_the_next_dossier_gets_the_next_number():
    desk = fake_desk()
    at_counter(desk)
    assert received(desk) == "H36.50.05-261120-0002"


def test_papers_and_identity_may_be_the_very_reason():
    desk = fake_desk()
    assert at_counter(desk, documents=(), applicant=applicant(id_number=""), channel=Channel.POSTAL).dossier.status == "not_accepted"


@pytest.mark.parametrize(("changes", "expected"), [
    ({"reason": ""}, {("TEXT_NEEDED", "reason")}),
    ({"applicant": applicant(full_name="")}, {("PERSON_NAME_EMPTY", "applicant.full_name")}),
    ({"procedure_code": ""}, {("PROCEDURE_MISSING", "procedure_code")}),
])
def test_a_refusal_that_says_too_little_uses_no_number(changes, expected):
    desk = fake_desk()
    assert problems(lambda: at_counter(desk, **changes)) == expected
    assert (desk.state.numbers, desk.state.dossiers, desk.guard.taken) == ([], {}, {})


def test_the_draft_of_a_refused_form_goes_with_it_and_no_other_persons():
    desk = fake_desk()
    drafts = DraftService(desk.database, desk.clock)
    mine, other = (drafts.save(owner, "intake", {"fee": {}}, "phiếu", owner) for owner in (CLERK.user_id, "u-9999"))
    done = at_counter(desk, draft_id=mine.draft_id)
    at_counter(desk, draft_id=other.draft_id)
    assert (done.changes.touch("drafts"), list(desk.state.drafts)) == (True, [other.draft_id])


def test_a_refusal_that_is_not_kept_keeps_its_draft():
    desk = fake_desk()
    draft = DraftService(desk.database, desk.clock).save(CLERK.user_id, "intake", {}, "phiếu", "w")
    desk.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        at_counter(desk, draft_id=draft.draft_id)
    assert list(desk.state.drafts) == [draft.draft_id]


def test_a_form_can_be_looked_at_before_anybody_is_asked_why():
    desk = fake_desk()
    right = RefuseAtCounter("1.004873", applicant(), "")
    assert desk.life.refusals.check_at_counter(right).procedure is not None
    wrong = replace(right, applicant=applicant(full_name=""))
    assert problems(lambda: desk.life.refusals.check_at_counter(wrong)) == {("PERSON_NAME_EMPTY", "applicant.full_name")}
    assert (desk.state.numbers, desk.guard.taken) == ([], {})


def test_an_inspector_refuses_nobody():
    desk = fake_desk()
    wish = RefuseAtCounter("1.004873", applicant(), "không")
    assert problems(lambda: desk.life.refusals.refuse_at_counter(wish, INSPECTOR)) == {("NOT_ALLOWED", None)}


def test_a_refusal_that_is_not_kept_burns_its_number():
    desk = fake_desk()
    desk.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        at_counter(desk)
    assert desk.state.dossiers == {}
    at_counter(desk)
    assert [(number.serial, number.dossier_id is None) for number in desk.state.numbers] == [(1, True), (2, False)]


def test_a_received_dossier_that_is_refused_was_received_all_the_same():
    desk = fake_desk()
    code = received(desk)
    done = desk.life.refusals.refuse(Refuse(code, "không đủ điều kiện", papers_returned=False), CLERK)
    assert (done.dossier.closed_as, [warning.code for warning in done.warnings]) == ("not_accepted", ["PAPERS_TO_GIVE_BACK"])
    assert desk.state.events[-1].ho_so["NgayTiepNhan"] == "20261120094200"
    assert problems(lambda: desk.life.refusals.refuse(Refuse(code, "lần nữa"), CLERK)) == {("REFUSE_NOT_NOW", None)}


# extended


def test_an_extension_is_an_apology_with_a_new_appointment():
    desk = fake_desk(MONDAY)
    code = received(desk)
    done = extend(desk, code)
    extension = done.dossier.extensions[0]
    assert (extension.old_due, extension.new_due) == (local(2026, 11, 5, 9), local(2026, 11, 12, 9))
    assert (done.dossier.due_at, done.dossier.printed_due_at, done.forms) == (local(2026, 11, 12, 9), local(2026, 11, 12, 9), ("04",))
    assert (extension.ordinal, extension.form_number, len(done.dossier.due_history)) == (1, "01/TTPVHCC", 2)
    assert desk.state.events[-1].facts["printed_due"] == "2026-11-12T09:00:00+07:00"


def test_the_last_day_for_an_extension_is_the_counting_day_before():
    desk = fake_desk(MONDAY)
    in_time, late = received(desk), received(desk)
    desk.clock.forward(days=2, hours=8)
    extend(desk, in_time)
    desk.clock.forward(hours=12)
    assert problems(lambda: extend(desk, late)) == {("EXTENSION_TOO_LATE", "requested_at")}


def test_there_is_one_extension():
    desk = fake_desk(MONDAY)
    code = received(desk)
    extend(desk, code)
    assert {problem for problem, _ in problems(lambda: extend(desk, code))} == {"EXTENSION_LIMIT"}


def test_a_new_appointment_that_was_decided_is_taken_as_it_is():
    desk = fake_desk(MONDAY)
    code = received(desk)
    assert extend(desk, code, by=None, new_due=local(2026, 11, 20, 16)).dossier.due_at == local(2026, 11, 20, 16)


@pytest.mark.parametrize(("changes", "expected"), [
    ({"by": None}, {("NEW_DUE_NOT_LATER", "new_due")}),
    ({"by": None, "new_due": local(2026, 11, 5, 9)}, {("NEW_DUE_NOT_LATER", "new_due")}),
    ({"reason": "", "decided_by": ""}, {("TEXT_NEEDED", "reason"), ("TEXT_NEEDED", "decided_by")}),
    ({"by": Limit(1, LimitUnit.SAME_DAY)}, {("EXTENSION_UNIT", "limit.unit")}),
    ({"by": Limit(0, LimitUnit.DAY)}, {("LIMIT_VALUE_IMPOSSIBLE", "limit.value")}),
])
def test_what_is_wrong_with_an_extension(changes, expected):
    desk = fake_desk(MONDAY)
    code = received(desk)
    assert problems(lambda: extend(desk, code, **changes)) == expected
    assert dossier(desk, code).extensions == ()


def test_an_extension_counts_from_what_a_supplement_made_of_the_appointment():
    desk = fake_desk(MONDAY)
    code = received(desk)
    do(desk, code, "ask")
    desk.clock.forward(days=2)
    do(desk, code, "bring")
    assert extend(desk, code).dossier.due_at == local(2026, 11, 16, 9)


# halted, withdrawn


def test_a_halt_says_the_stage_and_what_becomes_of_the_fees():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "give")
    done = desk.life.endings.halt(Halt(code, "hết thời hạn bổ sung", "Hoàng Văn Giả Định"), CLERK)
    facts = next(event.facts for event in desk.state.events if event.type == "dossier.halted")
    assert (facts["stage"], facts["fees_handling"], facts["form_number"]) == ("Thẩm định, giải quyết hồ sơ", "khong_thu", "01/TTPVHCC")
    assert (done.dossier.status, done.forms, done.dossier.holder, done.dossier.step) == ("halted", ("05",), "Tư pháp", None)


def test_money_that_was_taken_is_kept_or_given_back_but_not_forgotten():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "pay")
    wish = Halt(code, "quyết định", "Hoàng Văn Giả Định")
    assert problems(lambda: desk.life.endings.halt(wish, CLERK)) == {("FEES_HANDLING_NEEDED", "fees")}
    assert problems(lambda: desk.life.endings.withdraw(Withdraw(code, "thôi", fees=FeesHandling.NOT_CHARGED), CLERK)) == {
        ("FEES_HANDLING_NEEDED", "fees")}
    done = desk.life.endings.halt(replace(wish, fees=FeesHandling.REFUNDED), CLERK)
    assert [warning.code for warning in done.warnings] == ["FEES_TO_GIVE_BACK"]
    assert do(desk, code, "pay back").dossier.fees[0].method == "unpaid"


def test_who_withdraws_gets_the_papers_back_or_the_desk_is_told():
    desk = fake_desk()
    done = desk.life.endings.withdraw(Withdraw(received(desk), "không làm nữa", papers_returned=False), CLERK)
    assert (done.dossier.status, [warning.code for warning in done.warnings], done.forms) == ("withdrawn", ["PAPERS_TO_GIVE_BACK"], ("05",))


def test_nothing_ends_twice():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "withdraw")
    assert problems(lambda: do(desk, code, "halt")) == {("HALT_NOT_NOW", None)}
    assert problems(lambda: desk.life.endings.halt(Halt(received(desk), "", ""), CLERK)) == {
        ("TEXT_NEEDED", "reason"), ("TEXT_NEEDED", "decided_by")}
