"""Reports about work: the cause of a delay, the days it took, who had how much; by date, as everything else of a deadline."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Status
from counter_app.domain.life import Direction, Extension, HandOver, Parcel, Step, Supplement
from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from counter_app.services.reports.people import SHOWN_PAPERS, cause_of
from counter_app.services.reports.words import words_in_force
from tests.builders import CLERK, dossier, fake_desk

NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
WORDS = words_in_force("weekly", date(2026, 11, 14))
RECEIVED, DUE = local(2026, 10, 20, 8), local(2026, 11, 5, 10)
STEP = Step("assess", "Thẩm định", "Tư pháp", "Lê Văn Mẫu", RECEIVED, DUE)
GIVEN = HandOver("b", local(2026, 10, 21, 8), Direction.TO_SPECIALIST, "Quầy 2", "Tư pháp", "A", "B", 3)
BACK = replace(GIVEN, at=local(2026, 10, 23, 8), direction=Direction.TO_DESK, to_unit="Quầy 2")
ASKED = Supplement("s", local(2026, 10, 25, 8), "Mẫu", ("Tờ khai", "Giấy khai sinh"), "thiếu", received_at=local(2026, 10, 26, 8))
EXTENDED = Extension(local(2026, 11, 4), DUE, local(2026, 11, 8), "mất điện", 1, "", "Chủ tịch")


def late(n=1, **changes):
    usual = {"received_at": RECEIVED, "due_at": DUE, "status": Status.RETURNED, "finished_at": local(2026, 11, 9, 9)}
    return dossier(n, **usual | changes)


def made(name, *dossiers):
    desk = fake_desk()
    desk.add(*dossiers)
    return desk.reports.make(name, NOVEMBER, CLERK).content


@pytest.mark.parametrize(("changes", "cause"), [
    ({}, "Chưa bàn giao xử lý"),
    ({"hand_overs": (GIVEN,)}, "Chưa ghi nguyên nhân"),
    ({"entered_later": "mất điện"}, "Chưa ghi nguyên nhân"),
    ({"parcel": Parcel("VNPost", "VN1", DUE)}, "Kết quả đi bưu chính"),
    ({"supplements": (ASKED,), "parcel": Parcel("VNPost", "VN1", DUE)}, "Chờ bổ sung trước đó"),
    ({"step": STEP, "supplements": (ASKED,)}, "Đang ở bước Thẩm định"),
    ({"steps": (replace(STEP, name="Trình ký", completed_at=local(2026, 11, 6)),), "step": STEP}, "Đang ở bước Trình ký"),
    ({"steps": (replace(STEP, name="Trình ký", completed_at=DUE),), "step": STEP}, "Đang ở bước Thẩm định"),
    ({"steps": (replace(STEP, name="Trình ký", completed_at=DUE),), "hand_overs": (GIVEN,)}, "Chưa ghi nguyên nhân"),
    ({"extensions": (replace(EXTENDED, reason="cũ"), EXTENDED), "step": STEP}, "Đã xin gia hạn: mất điện"),
])
def test_the_cause_is_the_first_that_the_dossier_tells(changes, cause):
    assert cause_of(late(**changes), WORDS) == cause


@pytest.mark.parametrize(("completed", "late_steps"), [
    (local(2026, 11, 5, 9), 0), (DUE, 0), (local(2026, 11, 5, 17), 0), (local(2026, 11, 6, 8), 1)])
def test_a_step_is_late_from_the_day_after(completed, late_steps):
    """The warning at the desk says so too: what is done on the day it was due is done in time."""
    content = made("units", late(steps=(replace(STEP, completed_at=completed),)))
    assert content["people"] == [{"person": "Lê Văn Mẫu", "steps": 1, "late_steps": late_steps, "overdue": 0}]


def test_a_step_without_a_limit_is_never_late():
    content = made("units", late(steps=(replace(STEP, due_at=None, completed_at=local(2026, 11, 14)),)))
    assert content["people"][0]["late_steps"] == 0


@pytest.mark.parametrize(("completed", "counted"), [
    (local(2026, 10, 14, 23, 59), 0), (local(2026, 10, 15), 1), (local(2026, 11, 14, 23, 59), 1), (local(2026, 11, 15), 0)])
def test_only_steps_of_the_period_are_counted(completed, counted):
    content = made("units", late(received_at=local(2026, 10, 1), steps=(replace(STEP, completed_at=completed),)))
    assert sum(each["steps"] for each in content["people"]) == counted


def test_a_unit_keeps_a_dossier_from_one_hand_over_to_the_next():
    content = made("units", late(1, hand_overs=(GIVEN, BACK)), late(2, hand_overs=(GIVEN, replace(BACK, at=local(2026, 10, 22, 8)))))
    kept = {row["unit"]: (row["kept"], row["hours"]) for row in content["rows"]}
    assert kept["Tư pháp"] == (2, 360), "48 and 24 hours: 36.0 on average"
    until_done = ((local(2026, 11, 9, 9) - BACK.at) + (local(2026, 11, 9, 9) - local(2026, 10, 22, 8))) / timedelta(hours=1)
    assert kept["Quầy 2"] == (2, round(10 * until_done / 2))


def test_what_left_a_unit_outside_the_period_is_not_its_time():
    content = made("units", late(hand_overs=(replace(GIVEN, at=local(2026, 10, 1)), replace(BACK, at=local(2026, 10, 14))),
                                 received_at=local(2026, 9, 30)))
    assert {row["unit"]: row["kept"] for row in content["rows"]} == {"Quầy 2": 1}


def test_papers_that_are_asked_for_again_stand_by_number_then_by_name():
    dossiers = [late(n, supplements=(replace(ASKED, items=("Giấy B", "Giấy A")),)) for n in range(1, 4)]
    dossiers.append(late(4, supplements=(replace(ASKED, items=("Giấy C",)), replace(ASKED, items=("Giấy C",)),
                                         replace(ASKED, items=("Giấy C",)), replace(ASKED, items=("Giấy C",)))))
    assert made("units", *dossiers)["papers"] == [
        {"paper": "Giấy C", "times": 4}, {"paper": "Giấy A", "times": 3}, {"paper": "Giấy B", "times": 3}]


def test_only_so_many_papers_are_shown():
    many = tuple(f"Giấy {number:03d}" for number in range(SHOWN_PAPERS + 5))
    papers = made("units", late(supplements=(replace(ASKED, items=many),)))["papers"]
    assert [each["paper"] for each in papers] == list(many[:SHOWN_PAPERS])


@pytest.mark.parametrize(("changes", "days", "due"), [
    ({}, 4, "2026-11-05"),
    ({"finished_at": None, "status": Status.PROCESSING}, 9, "2026-11-05"),
    ({"finished_at": local(2026, 11, 20), "status": Status.RETURNED}, 9, "2026-11-05"),
    ({"due_history": ((RECEIVED, DUE), (local(2026, 11, 4), local(2026, 11, 8, 10))), "due_at": local(2026, 11, 8, 10)}, 1, "2026-11-08"),
    ({"due_history": ((RECEIVED, DUE), (local(2026, 11, 18), local(2026, 12, 1))), "due_at": local(2026, 12, 1)}, 4, "2026-11-05"),
])
def test_a_late_dossier_is_late_by_the_due_time_of_then(changes, days, due):
    (line,) = made("weekly", late(**changes))["late"]
    assert (line["days"], line["due"]) == (days, due)


def test_the_latest_stands_first_and_equals_by_code():
    lines = made("weekly", late(3), late(1), late(2, finished_at=local(2026, 11, 12)))["late"]
    assert [line["code"][-4:] for line in lines] == ["0002", "0001", "0003"]


def test_causes_are_counted_and_nobody_outside_is_named():
    content = made("weekly", late(1), late(2), late(3, hand_overs=(GIVEN,)))
    assert content["causes"] == [{"cause": "Chưa bàn giao xử lý", "dossiers": 2}, {"cause": "Chưa ghi nguyên nhân", "dossiers": 1}]
    assert "Ví Dụ" not in str(content)


@given(st.lists(st.tuples(st.sampled_from(["", "Tư pháp", "Địa chính"]), st.integers(1, 30), st.booleans()), max_size=8))
def test_the_units_add_up_to_the_total(world):
    dossiers = [late(
        n, holder=unit, received_at=local(2026, 10, 16), due_at=local(2026, 10, 16) + timedelta(days=days),
        finished_at=local(2026, 11, 1) if done else None, status=Status.RETURNED if done else Status.PROCESSING)
        for n, (unit, days, done) in enumerate(world, start=1)]
    content = made("units", *dossiers)
    for column in ("resolved", "late", "pending", "overdue"):
        assert content["total"][column] == sum(row[column] for row in content["rows"])
    assert content["total"]["resolved"] + content["total"]["pending"] == len(world)
    assert content["total"]["overdue"] == sum(each["overdue"] for each in content["people"])
