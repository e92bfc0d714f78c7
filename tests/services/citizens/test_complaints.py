"""Complaints: taken down with a day for the answer, answered once, judged, listed by urgency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.complaint import ComplaintChannel
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.citizens.complaints import LONGEST, USUAL_DAYS, TakeComplaint
from tests.builders import CLERK, INSPECTOR, NOW, command, fake_desk

TODAY = NOW.date()


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def complaints(desk):
    return desk.citizens.complaints


def test_a_complaint_is_kept_with_its_dossier_and_a_day(desk, complaints):
    code = desk.intake.receive(command(), CLERK).code
    taken = complaints.take(TakeComplaint(
        "Chờ  lâu quá", ComplaintChannel.PHONE, code, "Lò Thị Thử", "0900", "Hoàng Văn Giả Định", date(2026, 11, 27)), CLERK)
    (line,) = complaints.listed(CLERK)
    assert (line.code, line.late, line.complaint) == (code, False, taken.complaint)
    assert (taken.complaint.body, taken.complaint.answer_due) == ("Chờ lâu quá", date(2026, 11, 27))
    assert complaints.of_dossier(taken.complaint.dossier_id, CLERK) == [line]
    assert "Chờ" not in str(desk.state.audit[-1].details), "the trail holds no words of citizens"


def test_one_without_name_dossier_or_day_is_a_complaint_too(complaints):
    (line,) = [complaints.take(TakeComplaint("Thái độ chưa tốt"), CLERK).complaint]
    assert (line.dossier_id, line.person, line.answer_due) == (None, "", TODAY + timedelta(days=USUAL_DAYS))


@pytest.mark.parametrize(("changes", "field"), [
    ({"body": " "}, "TEXT_NEEDED@body"), ({"body": "x" * (LONGEST + 1)}, "TEXT_TOO_LONG@body"),
    ({"person": "x" * 201}, "TEXT_TOO_LONG@person"), ({"answer_due": TODAY - timedelta(days=1)}, "ANSWER_DAY_PAST@answer_due"),
    ({"code": "H36.50.05-261120-9999"}, "DOSSIER_UNKNOWN@code")])
def test_what_is_wrong_stands_at_its_field(desk, complaints, changes, field):
    with pytest.raises(RuleBrokenError) as error:
        complaints.take(TakeComplaint(**{"body": "Chờ lâu", **changes}), CLERK)
    assert [f"{each.code}@{each.field}" for each in error.value.problems] == [field]
    assert desk.state.complaints == {}


def test_it_is_answered_once_and_then_judged(desk, complaints):
    taken = complaints.take(TakeComplaint("Chờ lâu"), CLERK).complaint
    with pytest.raises(RuleBrokenError, match="COMPLAINT_OPEN"):
        complaints.judge(taken.complaint_id, CLERK, satisfied=True)
    with pytest.raises(RuleBrokenError, match="TEXT_NEEDED"):
        complaints.answer(taken.complaint_id, "", CLERK)
    answered = complaints.answer(taken.complaint_id, "Đã xin lỗi", CLERK).complaint
    assert (answered.answered_at, answered.answered_by, answered.satisfied) == (NOW, CLERK.user_id, None)
    with pytest.raises(RuleBrokenError, match="COMPLAINT_ANSWERED"):
        complaints.answer(taken.complaint_id, "khác", CLERK)
    complaints.judge(taken.complaint_id, CLERK, satisfied=False)
    assert complaints.judge(taken.complaint_id, CLERK, satisfied=True).complaint.satisfied is True
    assert complaints.listed(CLERK) == []
    assert [line.complaint.answer for line in complaints.listed(CLERK, is_open=False)] == ["Đã xin lỗi"]


@given(st.integers(0, 30), st.integers(0, 40))
def test_late_is_what_is_not_answered_by_its_day(promised, answered):
    desk = fake_desk()
    complaints = desk.citizens.complaints
    taken = complaints.take(TakeComplaint("Chờ lâu", answer_due=TODAY + timedelta(days=promised)), CLERK).complaint
    desk.clock.forward(days=answered)
    assert complaints.listed(CLERK)[0].late is (answered > promised)
    complaints.answer(taken.complaint_id, "Đã trả lời", CLERK)
    desk.clock.forward(days=100)
    assert complaints.listed(CLERK, is_open=False)[0].late is (answered > promised)


def test_who_may_not_is_refused_and_unknown_ones_too(complaints):
    for act in (lambda: complaints.take(TakeComplaint("x"), INSPECTOR), lambda: complaints.answer("x", "y", INSPECTOR)):
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            act()
    with pytest.raises(RuleBrokenError, match="COMPLAINT_UNKNOWN"):
        complaints.answer("x", "y", CLERK)
    assert complaints.listed(INSPECTOR) == []
