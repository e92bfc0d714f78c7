"""Papers from hand to hand, the steps behind the desk and their clocks, units and signers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import CodeOfDossier
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction
from counter_app.domain.moments import local
from counter_app.services.acts.hand_overs import CONSULT, SIGN, HandOverDossiers
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from tests.builders import CLERK, fake_desk
from tests.builders import dossier as imported
from tests.services.lives import do, dossier, received
from tests.services.verbs import ADMINISTRATOR

FOUR_HOURS, ONE_DAY = Limit(4, LimitUnit.HOUR), Limit(1, LimitUnit.WORKING_DAY)
STEPS = (
    ProcessStep("assess", "Thẩm định", "Tư pháp", FOUR_HOURS), ProcessStep("draft", "Soạn thảo", "Văn phòng"),
    ProcessStep("sign", "Ký", "Lãnh đạo", ONE_DAY),
)
MONDAY = local(2026, 11, 2, 8, 0)


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def desk_with_process():
    desk = fake_desk(MONDAY)
    desk.offices.save_process("1.004873", STEPS, ADMINISTRATOR)
    return desk


def give(desk, *codes, to="Tư pháp", **changes):
    return desk.life.hand_overs.hand_over(HandOverDossiers(codes, to, "Trần Văn Mẫu", **changes), CLERK)


def finish(desk, code, **changes):
    return desk.life.steps.complete(replace(CompleteStep(code, "đã làm"), **changes), CLERK)


def test_several_dossiers_are_one_batch_with_one_list_and_a_control_sheet_each():
    desk = fake_desk()
    first, second = received(desk), received(desk)
    done = give(desk, first, second, first, paper_counts={second: 7})
    lines = [each.hand_overs[-1] for each in done.dossiers]
    assert len(done.dossiers) == 2
    assert len({line.batch_id for line in lines}) == 1
    assert [line.paper_count for line in lines] == [2, 7]
    assert done.forms == ("06", "06", "hand_over")
    assert lines[0].from_unit == "Trung tâm Phục vụ hành chính công xã Đắk Mil"
    assert (lines[0].to_unit, lines[0].given_by, lines[0].received_by) == ("Tư pháp", "Lý Thị Mẫu Đơn", "Trần Văn Mẫu")
    batch = next(form for form in desk.state.prints if form.form == "hand_over")
    assert batch.dossier_id == lines[0].batch_id
    told = [event.facts for event in desk.state.events if event.type == "slip.printed" and event.facts["form"] == "ban_giao"]
    assert {fact["code"] for fact in told} == {first, second}
    assert {fact["document_sha256"] for fact in told} == {batch.sha256}


def test_one_bad_code_keeps_all_of_them_at_the_desk():
    desk = fake_desk()
    good, ended = received(desk), received(desk)
    do(desk, ended, "withdraw")
    before = vars(desk.state.snapshot())
    assert problems(lambda: give(desk, good, "H36.50.05-261120-9999", ended)) == {
        ("DOSSIER_UNKNOWN", "codes.1"), ("HAND_OVER_NOT_NOW", "codes.2")}
    assert vars(desk.state) == before
    assert problems(lambda: give(desk)) == {("NO_CODES", "codes")}


@pytest.mark.parametrize(("changes", "expected"), [
    ({"to": ""}, {("TEXT_NEEDED", "to_unit")}),
    ({"step": "nothing"}, {("STEP_UNKNOWN", "step")}),
    ({"paper_counts": {"x": -1}}, {("COUNT_IMPOSSIBLE", "paper_counts")}),
])
def test_what_is_wrong_with_a_hand_over(changes, expected):
    desk = fake_desk()
    code = received(desk)
    assert problems(lambda: give(desk, code, **changes)) == expected


def test_the_way_back_needs_no_names_and_ends_the_step():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    done = desk.life.hand_overs.hand_over(HandOverDossiers((code,), "", "", Direction.TO_DESK, given_by="Trần Văn Mẫu"), CLERK)
    line = done.dossier.hand_overs[-1]
    assert (line.from_unit, line.given_by, line.received_by) == ("Tư pháp", "Trần Văn Mẫu", "Lý Thị Mẫu Đơn")
    assert (done.dossier.holder, done.dossier.step, done.dossier.status) == ("", None, "processing")
    assert [step.code for step in done.dossier.steps] == ["assess"]
    assert done.forms == ("result_list",)


def test_the_clock_of_a_step_starts_when_the_paper_is_handed_over():
    desk = desk_with_process()
    code = received(desk)
    assert dossier(desk, code).step is None
    desk.clock.forward(hours=2)
    step = give(desk, code, owner="Lê Văn Mẫu").dossier.step
    assert (step.code, step.unit, step.owner, step.started_at) == ("assess", "Tư pháp", "Lê Văn Mẫu", local(2026, 11, 2, 10))
    assert step.due_at == local(2026, 11, 2, 16, 0)


def test_a_step_without_a_limit_has_as_long_as_the_dossier():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    done = finish(desk, code, owner="Lê Văn Mẫu")
    assert (done.dossier.step.code, done.dossier.step.due_at) == ("draft", dossier(desk, code).due_at)
    assert done.dossier.steps[0].content == "đã làm"


def test_paper_that_goes_on_to_the_next_unit_finishes_the_step_of_the_one_before():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    done = give(desk, code, to="Văn phòng")
    assert ([step.code for step in done.dossier.steps], done.dossier.step.code) == (["assess"], "draft")
    assert done.forms == ("hand_over",)
    assert [event.type for event in desk.state.events if event.type == "step.completed"] == ["step.completed"]


def test_paper_handed_to_the_unit_whose_step_runs_starts_its_clock_anew():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    finish(desk, code)
    desk.clock.forward(hours=3)
    done = give(desk, code, to="Văn phòng")
    assert (done.dossier.step.code, done.dossier.step.started_at, len(done.dossier.steps)) == ("draft", desk.clock.moment, 1)


def test_a_late_step_is_said_although_the_dossier_is_in_time():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    desk.clock.forward(days=1)
    done = finish(desk, code)
    assert [warning.code for warning in done.warnings] == ["STEP_LATE"]
    assert done.dossier.due_at > desk.clock.moment


def test_no_step_is_passed_over_without_a_reason():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    assert problems(lambda: finish(desk, code, step="sign")) == {("STEP_SKIPPED", "skip_reason")}
    done = finish(desk, code, step="sign", skip_reason="ký trực tiếp")
    assert (done.dossier.steps[-1].code, done.dossier.step) == ("sign", None)
    assert "bỏ qua Thẩm định, Soạn thảo: ký trực tiếp" in done.dossier.steps[-1].content
    assert problems(lambda: finish(desk, code)) == {("NO_STEP_LEFT", None)}


def test_a_step_that_the_process_has_not_is_unknown():
    desk = desk_with_process()
    assert problems(lambda: finish(desk, received(desk), step="nothing")) == {("STEP_UNKNOWN", "step")}


def test_a_step_says_in_the_national_row_who_did_what_for_which_unit():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    finish(desk, code, title="Công chức tư pháp", done_by="Lê Văn Mẫu")
    row = next(event.facts["tien_do"] for event in desk.state.events if event.type == "step.completed")
    assert row == {
        "NguoiXuLy": "Lê Văn Mẫu", "ChucDanh": "Công chức tư pháp", "ThoiDiemXuLy": "20261102080000", "PhongBanXuLy": "Tư pháp",
        "NoiDungXuLy": "đã làm", "TrangThai": "Đang xử lý", "NgayBatDau": "20261102080000",
        "NgayKetThucTheoQuyDinh": "20261102140000"}


def test_the_opinion_of_another_unit_is_a_step_with_a_limit_of_its_own():
    desk = desk_with_process()
    code = received(desk)
    give(desk, code)
    done = give(desk, code, to="Địa chính", step=CONSULT, limit=ONE_DAY)
    assert (done.dossier.step.code, done.dossier.step.name) == ("consult", "Lấy ý kiến đơn vị phối hợp")
    assert done.dossier.step.due_at == local(2026, 11, 3, 8, 0)
    after = finish(desk, code)
    assert [step.code for step in after.dossier.steps] == ["assess", "consult"]
    assert after.dossier.step.code == "draft"


def test_waiting_for_the_signature_is_a_step_that_can_be_begun_by_hand():
    desk = fake_desk(MONDAY)
    code = received(desk)
    done = give(desk, code, to="Lãnh đạo", step=SIGN, limit=FOUR_HOURS)
    assert (done.dossier.step.code, done.dossier.step.due_at - done.dossier.step.started_at >= timedelta(hours=4)) == ("sign", True)


def test_a_signature_before_the_steps_that_lead_to_it_needs_a_reason():
    desk = fake_desk(MONDAY)
    code = received(desk)
    give(desk, code, to="Lãnh đạo", step=SIGN)
    assert problems(lambda: finish(desk, code)) == {("STEP_SKIPPED", "skip_reason")}
    done = finish(desk, code, skip_reason="đã thẩm định tại quầy")
    assert (done.dossier.step, [step.code for step in done.dossier.steps]) == (None, ["sign"])


def test_a_ministry_code_counts_the_sheets_of_its_dossier_too():
    desk = fake_desk()
    old = imported()
    desk.add(replace(old, codes=(*old.codes, CodeOfDossier("G09.20-20261120-0000001", "ministry"))))
    done = give(desk, old.code, paper_counts={"G09.20-20261120-0000001": 3})
    assert done.dossier.hand_overs[-1].paper_count == 3


# units, signers, processes


def test_a_fresh_commune_has_the_shipped_process():
    desk = fake_desk()
    assert [step.code for step in desk.offices.process("1.004873")] == ["assess", "sign"]
    assert [unit.name for unit in desk.offices.units()] == ["Công chức chuyên môn", "Lãnh đạo Ủy ban nhân dân"]
    assert desk.offices.signers() == ()


def test_a_procedure_has_its_own_process_before_that_of_all():
    desk = fake_desk()
    desk.offices.save_process("", STEPS[:1], ADMINISTRATOR)
    desk.offices.save_process("1.004873", STEPS, ADMINISTRATOR)
    assert desk.offices.process("1.004873") == STEPS
    assert desk.offices.process("2.000815") == STEPS[:1]
    desk.offices.save_process("1.004873", (), ADMINISTRATOR)
    assert desk.offices.process("1.004873") == STEPS[:1]


def test_units_and_signers_are_kept_as_they_were_given():
    desk = fake_desk()
    units = (Unit("TP", "Tư pháp", "Lê Văn Mẫu"), Unit("DC", "Địa chính"))
    signers = (
        Signer("Hoàng Văn Giả Định", "Chủ tịch"),
        Signer("Vũ Thị Thực Hành", "Phó Chủ tịch", ("Hộ tịch", "SCT/BS"), date(2026, 1, 1), date(2026, 11, 30)))
    desk.offices.save_units(units, ADMINISTRATOR)
    desk.offices.save_signers(signers, ADMINISTRATOR)
    assert (desk.offices.units(), desk.offices.signers()) == (units, signers)


@pytest.mark.parametrize(("on", "what", "names"), [
    (date(2026, 11, 20), "", 2), (date(2026, 11, 20), "Hộ tịch", 2), (date(2026, 11, 20), "Đất đai", 1),
    (date(2025, 12, 31), "Hộ tịch", 1), (date(2026, 11, 30), "SCT/BS", 2), (date(2026, 12, 1), "SCT/BS", 1),
])
def test_who_may_sign_is_a_matter_of_day_and_scope(on, what, names):
    desk = fake_desk()
    desk.offices.save_signers((
        Signer("Hoàng Văn Giả Định", "Chủ tịch"),
        Signer("Vũ Thị Thực Hành", "Phó Chủ tịch", ("Hộ tịch", "SCT/BS"), date(2026, 1, 1), date(2026, 11, 30))), ADMINISTRATOR)
    assert len(desk.offices.signers(on, what)) == names


@pytest.mark.parametrize(("save", "value", "expected"), [
    ("save_units", (Unit("A", "X"), Unit("A", "")), {("NAMED_TWICE", "units.1.code"), ("TEXT_NEEDED", "units.1.name")}),
    ("save_signers", (Signer("A", "B", (), date(2026, 2, 1), date(2026, 1, 1)),), {("PERIOD_BACKWARDS", "signers.0.valid_to")}),
])
def test_what_is_wrong_with_units_and_signers(save, value, expected):
    desk = fake_desk()
    assert problems(lambda: getattr(desk.offices, save)(value, ADMINISTRATOR)) == expected


def test_a_process_is_the_administrators_and_has_possible_limits():
    desk = fake_desk()
    assert problems(lambda: desk.offices.save_process("", STEPS, CLERK)) == {("NOT_ALLOWED", None)}
    wrong = (ProcessStep("a", "b", "c", Limit(0, LimitUnit.HOUR)),)
    assert problems(lambda: desk.offices.save_process("", wrong, ADMINISTRATOR)) == {("LIMIT_VALUE_IMPOSSIBLE", "steps.0.limit.value")}
    twins = (STEPS[0], STEPS[0])
    assert problems(lambda: desk.offices.save_process("", twins, ADMINISTRATOR)) == {("NAMED_TWICE", "steps.1.code")}
