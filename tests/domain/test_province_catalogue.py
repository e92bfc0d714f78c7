"""The published files, as the desk's own catalogue and calendar: all of the law, nothing of the desk's own lost, nothing damaged taken."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.calendar_document import read_document
from counter_app.domain.catalogue_reading import read_catalogue
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.province_calendar import merged_calendar
from counter_app.domain.province_catalogue import read_procedures
from counter_app.support.resources import shipped_json
from tests.province.server.seed import calendar, procedures

SHIPPED = read_catalogue(shipped_json("catalogue/procedures.json"))
PRESENT = shipped_json("calendar/calendar.json")
ITEM = {
    "MaTTHC": "9.000001", "TenTTHC": "Thủ tục mẫu", "MaLinhVuc": "", "TenLinhVuc": "Mẫu", "effective_from": "2026-07-01", "effective_to": None,
    "cases": [{"code": "", "name": "", "limit": {"value": 3, "unit": "ngay_lam_viec"}, "cutoff": None}],
    "components": [{"MaThanhPhanHoSo": "TP01", "name": "Tờ khai", "originals": 1, "certified": 1, "copies": 2, "required": False}],
    "fees": [{"MaPhiLePhi": "P1", "name": "Lệ phí", "amount_vnd": 8000, "unit": "hồ sơ", "collect_stage": "1", "exemption": "Hộ nghèo",
              "basis": "Nghị quyết"}],
    "results": [{"MaGiayToKetQua": "KQ.G15.000001", "name": "Giấy xác nhận"}],
}
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def read(item=None, known=(), **changes):
    (found,) = read_procedures({"schema": "procedures/1", "items": [{**ITEM, **(item or {}), **changes}]}, "2027.1", known).procedures
    return found


def test_what_is_shipped_comes_back_whole_from_what_the_province_publishes_of_it():
    found = {each.code: each for each in read_procedures(procedures(), "2027.1", SHIPPED.procedures).procedures}
    assert found.keys() == {each.code for each in SHIPPED.procedures}
    for own in SHIPPED.procedures:
        new = found[own.code]
        assert new.version_id == f"2027.1/{own.code}"
        assert (new.name, new.short_name, new.field_name, new.results) == (own.name, own.short_name, own.field_name, own.results)
        assert (new.channels, new.on_the_spot, new.desk_rank, new.handled_by) == (own.channels, own.on_the_spot, own.desk_rank, own.handled_by)
        assert new.time_limit.limit == own.time_limit.limit
        assert [(each.name, each.amount_vnd, each.cap_vnd, each.tier_from_page) for each in new.fees] == [
            (each.name, each.amount_vnd, each.cap_vnd, each.tier_from_page) for each in own.fees]
        assert [(each.name, each.original, each.shown_only) for each in new.documents][:1] == [
            (each.name, each.original, each.shown_only) for each in own.documents][:1]


def test_each_member_has_its_place():
    found = read()
    (paper,), (fee,), (result,) = found.documents, found.fees, found.results
    assert (paper.name, paper.code, paper.original, paper.copy, paper.conditional, paper.shown_only) == ("Tờ khai", "TP01", 1, 3, True, False)
    assert (fee.name, fee.amount_vnd, fee.per, fee.exemption_note, fee.text) == ("Lệ phí", 8000, "hồ sơ", "Hộ nghèo", "Nghị quyết")
    assert (result.name, result.code) == ("Giấy xác nhận", "KQ.G15.000001")
    assert (found.effective_from, found.effective_to) == (date(2026, 7, 1), None)
    assert found.in_force(date(2026, 7, 1))


@pytest.mark.parametrize(("limit", "expected", "words"), [
    ({"value": 3, "unit": "ngay_lam_viec"}, Limit(3, LimitUnit.WORKING_DAY), "3 ngày làm việc"),
    ({"value": 5, "unit": "ngay"}, Limit(5, LimitUnit.DAY), "5 ngày"), ({"value": 8, "unit": "gio"}, Limit(8, LimitUnit.HOUR), "8 giờ làm việc"),
    ({"value": 1, "unit": "thang"}, Limit(1, LimitUnit.MONTH), "1 tháng"), ({"value": None, "unit": "trong_ngay"}, Limit(1, LimitUnit.SAME_DAY), None),
    ({"value": None, "unit": "khong_quy_dinh"}, None, "Không quy định"),
])
def test_every_unit_of_a_limit(limit, expected, words):
    found = read(cases=[{"code": "", "name": "", "limit": limit, "cutoff": None}]).time_limit
    assert found.limit == expected
    assert words is None or found.text == words


def test_a_special_case_is_a_variant_wherever_it_stands():
    cases = [{"code": "xm", "name": "Cần xác minh", "limit": {"value": 10, "unit": "ngay"}, "cutoff": None},
             {"code": "", "name": "", "limit": {"value": None, "unit": "trong_ngay"}, "cutoff": "15:00"}]
    found = read(cases=cases)
    assert (found.time_limit.limit.unit, found.time_limit.cutoff) == (LimitUnit.SAME_DAY, "15:00")
    assert [(each.case, each.limit) for each in found.variants] == [("Cần xác minh", Limit(10, LimitUnit.DAY))]


def test_a_tier_falls_with_the_amount_it_was_set_beside():
    own = next(each for each in SHIPPED.procedures if any(fee.tier_from_page for fee in each.fees))
    fee = next(fee for fee in own.fees if fee.tier_from_page)
    same = {**ITEM["fees"][0], "name": fee.name, "amount_vnd": fee.amount_vnd}
    assert read(MaTTHC=own.code, fees=[same], known=[own]).fees[0].tier_from_page == fee.tier_from_page
    assert read(MaTTHC=own.code, fees=[{**same, "amount_vnd": fee.amount_vnd + 1}], known=[own]).fees[0].tier_from_page is None


@pytest.mark.parametrize("file", [
    None, [], "x", {}, {"schema": "procedures/2", "items": [ITEM]}, {"schema": "procedures/1"}, {"schema": "procedures/1", "items": []},
    {"schema": "procedures/1", "items": [None]}, {"schema": "procedures/1", "items": 3},
    *({"schema": "procedures/1", "items": [{name: value for name, value in ITEM.items() if name != gone}]} for gone in ITEM if gone != "MaLinhVuc"),
    {"schema": "procedures/1", "items": [ITEM, ITEM]}, {"schema": "procedures/1", "items": [{**ITEM, "cases": []}]},
    {"schema": "procedures/1", "items": [{**ITEM, "fees": [{**ITEM["fees"][0], "exemption": ""}]}]},
])
def test_what_is_no_file_of_procedures_is_refused(file):
    with pytest.raises(RuleBrokenError) as error:
        read_procedures(file, "2027.1", ())
    assert {problem.code for problem in error.value.problems} == {"CATALOGUE_DAMAGED"}


def merged(file, day, today=date(2026, 11, 22)):
    return read_document(merged_calendar(PRESENT, file, "2027.1", day, today))


def test_the_shipped_calendar_comes_back_as_it_was():
    own, new = read_document(PRESENT), merged(calendar(), date(2025, 1, 1))
    assert (new.off, new.work, new.version) == (own.off, own.work, "2027.1")
    assert new.profiles.keys() == own.profiles.keys()


@given(day=DAYS, off=DAYS, lost=st.booleans())
def test_days_change_from_the_day_it_takes_effect_only(day, off, lost):
    file = copy.deepcopy(calendar())
    file["days_off"] = [] if lost else [each for each in file["days_off"] if each["day"] != off.isoformat()]
    file["make_up_days"] = [each for each in file["make_up_days"] if each["day"] != off.isoformat()]
    file["days_off"].append({"day": off.isoformat(), "name": "Nghỉ"})
    own, new = read_document(PRESENT), merged(file, day)
    assert {each: found for each, found in new.off.items() if each < day} == {each: found for each, found in own.off.items() if each < day}
    assert (off in new.off) == (off >= day or off in own.off)
    if lost:
        assert {each for each in new.off if each >= day} <= {off}


def test_hours_wait_for_their_day():
    file, today = {**calendar(), "working_hours": {"mon": ["08:00-12:00"]}}, date(2026, 11, 22)
    later, now = merged(file, today + timedelta(days=1), today), merged(file, today, today)
    assert later.profiles == read_document(PRESENT).profiles
    assert [len(hours) for hours in now.profiles["standard"]] == [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("file", [
    None, {}, {"schema": "calendar/1"}, {**calendar(), "schema": "calendar/2"}, {**calendar(), "days_off": [{"day": "x", "name": "y"}]},
    {**calendar(), "days_off": [{"day": "2027-01-01"}]}, {**calendar(), "working_hours": {"mon": ["12:00-08:00"]}},
    {**calendar(), "working_hours": {"mon": ["8h-12h"]}}, {**calendar(), "days_off": [{"day": "2027-01-05", "name": "a"}] * 2},
])
def test_what_is_no_calendar_is_refused(file):
    with pytest.raises(RuleBrokenError) as error:
        merged_calendar(PRESENT, file, "2027.1", date(2026, 1, 1), date(2026, 11, 22))
    assert error.value.code == "CALENDAR_DAMAGED"
