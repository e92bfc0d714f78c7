"""Reports at the desk: made, opened to their dossiers, written, frozen, and compared with what was sent."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from counter_app.domain.dossier import Channel, FeeLine, FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, Extension, HandOver, Step, Supplement
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.report_periods import Period
from counter_app.services.reports.service import MAKERS
from counter_app.services.reports.settings import DECLARED, SHIPPED, ReportSettings, source_of
from counter_app.services.reports.values import axis_base, tables_of
from counter_app.services.reports.words import words_in_force
from counter_app.support.resources import shipped_json
from tests.builders import CLERK, HEAD, INSPECTOR, dossier, fake_desk
from tests.printing.reading import Pdf

ADMIN = Actor("u-0002", Role.ADMINISTRATOR)
NOVEMBER = Period(date(2026, 10, 15), date(2026, 11, 14))
RECEIVED, DUE = local(2026, 10, 20, 8), local(2026, 11, 5, 17)


def late(n, **changes):
    """A dossier that is late: due on the 5th, done on the 9th."""
    return dossier(n, received_at=RECEIVED, due_at=DUE, status=Status.RETURNED, finished_at=local(2026, 11, 9, 9), **changes)


def text_of(path):
    with Pdf(path.read_bytes()) as pdf:
        return pdf.text()


def world():
    desk = fake_desk()
    desk.add(
        dossier(1, received_at=local(2026, 10, 1, 8), due_at=local(2026, 10, 30)),
        dossier(2, received_at=RECEIVED, due_at=DUE, finished_at=local(2026, 11, 4, 9), status=Status.RESULT_READY),
        late(3),
        dossier(4, received_at=RECEIVED, due_at=DUE, field_name="Đất đai", channel=Channel.ONLINE, online_level="full"),
        dossier(5, received_at=local(2026, 11, 14, 16), due_at=None, field_name=""),
        dossier(6, received_at=local(2026, 11, 15, 8)),
    )
    return desk


def line(content, field):
    return next(row for row in content["rows"] if row["field"] == field)


def test_ii06a_has_the_promised_shape_and_figures():
    content = world().reports.make("II.06a", NOVEMBER, CLERK).content
    assert content["report"] == "II.06a"
    assert content["period"] == {"from": "2026-10-15", "to": "2026-11-14"}
    assert [row["field"] for row in content["rows"]] == ["Đất đai", "Hộ tịch", ""]
    assert list(content["total"]) == [f"c{number}" for number in range(3, 14)]
    assert line(content, "Hộ tịch") == {
        "field": "Hộ tịch", "c3": 3, "c4": 0, "c5": 2, "c6": 1, "c7": 2, "c8": 1, "c9": 0, "c10": 1, "c11": 1, "c12": 0, "c13": 1}
    assert list(content["total"].values()) == [5, 1, 3, 1, 2, 1, 0, 1, 3, 1, 2]
    assert json.loads(json.dumps(content)) == content


@pytest.mark.parametrize("name", MAKERS)
def test_every_report_of_a_desk_without_dossiers_is_made_and_all_zero(name):
    report = fake_desk().reports.make(name, NOVEMBER, CLERK)
    assert json.loads(json.dumps(report.content)) == report.content
    assert all(not value for value in report.content.get("total", {}).values())
    assert report.tally.places() == {}
    assert tables_of(report.words, report.content)


@pytest.mark.parametrize("name", MAKERS)
def test_every_column_of_the_words_has_its_figure(name):
    report = world().reports.make(name, NOVEMBER, CLERK)
    for table in tables_of(report.words, report.content):
        for row in table.rows:
            assert {column["key"] for column in table.columns} <= row.keys()


@pytest.mark.parametrize(("name", "period", "code"), [
    ("II.06b", NOVEMBER, "REPORT_UNKNOWN"), ("II.06a", Period(NOVEMBER.end, NOVEMBER.start), "DAYS_REVERSED"),
])
def test_what_can_not_be_reported_says_why(name, period, code):
    with pytest.raises(RuleBrokenError) as caught:
        world().reports.make(name, period, CLERK)
    assert caught.value.code == code


def test_a_figure_opens_its_dossiers_and_the_look_is_audited():
    desk = world()
    report = desk.reports.make("II.06a", NOVEMBER, INSPECTOR)
    numbers = report.tally.numbers("Hộ tịch", "c13") + report.tally.numbers("Hộ tịch", "c10")
    page = desk.reports.rows(numbers, INSPECTOR)
    assert ([row.code[-4:] for row in page.rows], page.total) == (["0001", "0003"], 2)
    assert desk.state.audit[-1].action == "report.opened"
    assert report.tally.numbers(None, "c3") == [1, 2, 3, 4, 5]


def test_months_count_what_was_closed_in_each():
    desk = world()
    months = desk.reports.months(NOVEMBER, CLERK)
    assert [each["month"] for each in months][-2:] == ["10/2026", "11/2026"]
    assert len(months) == 12
    assert months[-1] == {"month": "11/2026", "resolved": 2, "in_time": 1, "late": 1, "in_time_permille": 500}
    assert months[0]["in_time_permille"] is None


def test_timeliness_cuts_shares_and_never_rounds_up_to_all():
    desk = fake_desk()
    desk.add(late(1), *(dossier(n, received_at=RECEIVED, due_at=DUE, status=Status.RETURNED, finished_at=DUE) for n in range(2, 2002)))
    total = desk.reports.make("timeliness", NOVEMBER, CLERK).content["total"]
    assert (total["resolved"], total["late"], total["in_time_permille"]) == (2001, 1, 999)


STEP = Step("3", "Thẩm định", "Phòng Kinh tế", "Đặng Thị Thí Dụ", RECEIVED, DUE, local(2026, 11, 7, 9))
GIVEN = HandOver("b-1", RECEIVED, Direction.TO_SPECIALIST, "Quầy", "Phòng Kinh tế", "a", "b", 3)
BACK = replace(GIVEN, at=RECEIVED + timedelta(hours=25), direction=Direction.TO_DESK, to_unit="Quầy")


@pytest.mark.parametrize(("changes", "cause", "unit"), [
    ({"extensions": (Extension(RECEIVED, DUE, DUE, "chờ xác minh", 1, "", ""),)}, "Đã xin gia hạn: chờ xác minh", ""),
    ({"steps": (STEP,), "hand_overs": (GIVEN,)}, "Đang ở bước Thẩm định", "Phòng Kinh tế"),
    ({"hand_overs": (GIVEN,)}, "Chưa ghi nguyên nhân", "Phòng Kinh tế"),
    ({"supplements": (Supplement("s", RECEIVED, "", ("Sổ đỏ",), "", received_at=DUE),)}, "Chờ bổ sung trước đó", ""),
    ({}, "Chưa bàn giao xử lý", ""),
    ({"entered_later": "nhập từ sổ"}, "Chưa ghi nguyên nhân", ""),
])
def test_the_weekly_sheet_says_why_each_dossier_is_late(changes, cause, unit):
    desk = fake_desk()
    desk.add(late(1, **changes))
    content = desk.reports.make("weekly", NOVEMBER, CLERK).content
    [found] = content["late"]
    assert (found["cause"], found["unit"], found["days"], found["due"]) == (cause, unit, 4, "2026-11-05")
    assert content["causes"] == [{"cause": cause, "dossiers": 1}]


@pytest.mark.parametrize("name", MAKERS)
def test_no_report_names_a_citizen(name):
    desk = world()
    desk.add(late(7, supplements=(Supplement("s", RECEIVED, "", ("Sổ đỏ",), ""),), steps=(STEP,), hand_overs=(GIVEN, BACK)))
    text = json.dumps(desk.reports.make(name, NOVEMBER, CLERK).content, ensure_ascii=False)
    assert "Trần Thị Ví Dụ" not in text
    assert "067190000123" not in text


def test_units_show_how_long_each_kept_the_paper_and_what_was_asked_again():
    desk = fake_desk()
    asked = Supplement("s", RECEIVED, "", ("Sổ đỏ", "Tờ khai"), "", received_at=DUE)
    desk.add(late(1, hand_overs=(GIVEN, BACK), steps=(STEP,), supplements=(asked,)), late(2, supplements=(asked,)))
    content = desk.reports.make("units", NOVEMBER, CLERK).content
    rows = {row["unit"]: row for row in content["rows"]}
    assert (rows["Phòng Kinh tế"]["kept"], rows["Phòng Kinh tế"]["hours"]) == (1, 250)
    assert rows["Quầy"]["late"] == 1
    assert content["people"] == [{"person": "Đặng Thị Thí Dụ", "steps": 1, "late_steps": 1, "overdue": 0}]
    assert {each["paper"]: each["times"] for each in content["papers"]} == {"Sổ đỏ": 2, "Tờ khai": 2}


def test_load_puts_a_friday_afternoon_where_it_belongs():
    desk = fake_desk()
    desk.add(dossier(1, received_at=local(2026, 11, 13, 15, 59)), dossier(2, received_at=local(2026, 11, 13, 3)))
    [row] = desk.reports.make("load", NOVEMBER, CLERK).content["rows"]
    assert (row["day"], row["h15"], row["h16"], row["other"], row["total"]) == ("Thứ Sáu", 1, 0, 1, 2)


def test_the_share_on_the_spot_stands_beside_its_target():
    desk = fake_desk()
    done = {"received_at": RECEIVED, "finished_at": RECEIVED, "status": Status.RETURNED}
    desk.add(dossier(1, on_the_spot=True, **done), dossier(2, **done), late(3))
    content = desk.reports.make("on-the-spot", NOVEMBER, CLERK).content
    assert (content["total"]["on_the_spot_permille"], content["total"]["same_day_permille"], content["target_permille"]) == (333, 666, 500)


def item(content, key):
    return next(row for row in content["rows"] if row["item"] == key)


def declaring(**shares):
    """Return the 766 estimate of a desk whose commune declared shares."""
    desk = world()
    desk.reports.save_settings(ReportSettings(**shares), ADMIN)
    return desk.reports.make("766", NOVEMBER, CLERK).content


def test_what_is_declared_has_a_ratio_but_no_count():
    row = item(declaring(full_content=1000), "full_content")
    assert (row["part"], row["whole"], row["ratio_permille"], row["points"], row["basis"]) == (None, None, 1000, row["most"], "đơn vị khai")


@pytest.mark.parametrize("key", DECLARED)
def test_what_was_not_declared_is_no_hundred_per_cent(key):
    row = item(declaring(), key)
    assert (row["ratio_permille"], row["points"], row["gain"], row["basis"]) == (None, None, None, "chưa khai")
    assert item(declaring(**{key: 0}), key)["points"] == 0, "declared as nothing is something else than not declared"


UNMEASURED = ("e_results", "digitised", "reused", "personal_store", "citizen_data_dossiers", "citizen_data_procedures", "e_copies")
COUNTED_WHERE_SCANNED = {"e_results", "digitised", "reused"}
"""What a desk measures once it scans and signs; this one never did."""


@pytest.mark.parametrize("key", UNMEASURED)
def test_what_the_desk_keeps_no_record_of_has_neither_points_nor_dossiers_that_cost_them(key):
    report = world().reports.make("766", NOVEMBER, CLERK)
    row = item(report.content, key)
    assert [row[name] for name in ("part", "whole", "ratio_permille", "points", "gain")] == [None] * 5
    assert (row["basis"], row["losing"]) == ("chưa đo", 0)
    assert report.tally.numbers(key, "losing") == []


def test_the_data_says_of_each_item_what_it_rests_on():
    said = {each["key"]: each["basis"] for each in words_in_force("766", NOVEMBER.end).words["items"]}
    assert {key for key, basis in said.items() if basis == "unmeasured"} == set(UNMEASURED) - COUNTED_WHERE_SCANNED
    assert {key for key, basis in said.items() if basis == "declared"} == set(DECLARED)
    content = declaring(**dict.fromkeys(DECLARED, 900))
    assert {row["item"] for row in content["rows"] if row["points"] is None} == set(UNMEASURED)


@pytest.mark.parametrize(("shares", "measured"), [({}, 66), ({"publish_on_time": 1000}, 72), (dict.fromkeys(DECLARED, 500), 78)])
def test_the_score_is_told_of_what_was_measured(shares, measured):
    content = declaring(**shares)
    assert (content["measured"], content["most"]) == (measured, 100)
    assert content["score"] == pytest.approx(sum(row["points"] or 0 for row in content["rows"]), abs=0.05)
    digitising = next(group for group in content["groups"] if group["group"] == "5")
    assert (digitising["points"], digitising["measured"], digitising["most"]) == (None, 0, 22)
    assert sum(group["measured"] for group in content["groups"]) == measured


def test_without_petitions_their_points_are_given_as_published_and_the_sheet_says_why():
    content = declaring()
    for key in ("petitions_on_time", "petitions_satisfied"):
        row = item(content, key)
        assert (row["points"], row["whole"], row["ratio_permille"], row["basis"]) == (6, 0, None, "không phát sinh")
    assert item(content, "no_complaint")["basis"] == "quầy đếm"


def test_how_long_one_may_wait_stands_in_the_data_with_its_source_and_in_the_printed_note(tmp_path):
    words = words_in_force("07a", NOVEMBER.end).words
    assert (words["waiting_days"], "Độ tin cậy thấp" in words["waiting_days_source"]) == (1, True)
    desk = world()
    desk.reports.write("07a", NOVEMBER, tmp_path / "07a.pdf", ADMIN)
    assert "nộp trực tuyến quá 1 ngày" in " ".join(text_of(tmp_path / "07a.pdf").split())


def test_the_766_estimate_names_the_dossiers_that_cost_points():
    desk = fake_desk(bank_account="0000000001")
    fee = FeeLine("f", "Lệ phí", 8000, FeeMethod.CASH)
    desk.add(
        dossier(1, received_at=RECEIVED, due_at=DUE, status=Status.RETURNED, finished_at=DUE, channel=Channel.ONLINE, fees=(fee,)),
        late(2, fees=(fee,)), dossier(3, received_at=local(2026, 11, 2), due_at=DUE, status=Status.RETURNED, finished_at=local(2026, 11, 3)))
    desk.state.outbox["op-1"] = ("saved", desk.state.dossiers[next(iter(desk.state.dossiers))].dossier_id)
    desk.state.report_complaints.append({
        "dossier_id": list(desk.state.dossiers)[2], "received_at": local(2026, 11, 10), "answer_due": None,
        "answered_at": local(2026, 11, 11), "satisfied": False})
    report = desk.reports.make("766", NOVEMBER, CLERK)
    content = report.content
    assert (item(content, "on_time")["part"], item(content, "on_time")["whole"]) == (2, 3)
    assert item(content, "on_time")["points"] == 13.33
    assert report.tally.numbers("on_time", "losing") == [2]
    assert report.tally.numbers("synced", "losing") == [1]
    assert report.tally.numbers("online_dossiers", "losing") == [2, 3]
    assert report.tally.numbers("paid_online", "losing") == [1, 2]
    assert report.tally.numbers("no_complaint", "losing") == [2, 3]
    assert (item(content, "petitions_on_time")["points"], item(content, "petitions_satisfied")["points"]) == (6, 0)
    assert item(content, "pay_offered")["points"] == 2
    assert sum(row["most"] for row in content["rows"]) == content["most"] == 100
    assert content["score"] == pytest.approx(sum(group["points"] or 0 for group in content["groups"]), abs=0.05)


def test_what_the_commune_declares_is_a_setting():
    desk = world()
    desk.reports.save_settings(ReportSettings(full_content=500, receiver="UBND tỉnh Lâm Đồng", week_ends_on=4), ADMIN)
    assert desk.reports.settings().week_ends_on == 4
    assert item(desk.reports.make("766", NOVEMBER, CLERK).content, "full_content")["points"] == 1
    for bad, code in ((ReportSettings(full_content=1001), "SHARE_IMPOSSIBLE"), (ReportSettings(week_ends_on=7), "WEEKDAY_IMPOSSIBLE")):
        with pytest.raises(RuleBrokenError, match=code):
            desk.reports.save_settings(bad, ADMIN)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.reports.save_settings(ReportSettings(), CLERK)


@pytest.mark.parametrize("name", MAKERS)
def test_every_report_is_written_as_pdf_excel_and_json(name, tmp_path):
    desk = world()
    desk.add(late(7, steps=(STEP,), hand_overs=(GIVEN, BACK)))
    for suffix in (".pdf", ".xlsx", ".json"):
        desk.reports.write(name, NOVEMBER, tmp_path / f"r{suffix}", CLERK)
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert content == desk.reports.make(name, NOVEMBER, CLERK).content
    words = text_of(tmp_path / "r.pdf")
    assert "Từ ngày 15/10/2026 đến ngày 14/11/2026" in words
    assert "Kỳ báo cáo: tháng 11 năm 2026" in words
    assert desk.state.audit[-1].action == "report.exported"
    assert len(openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames) == len(desk.reports.make(name, NOVEMBER, CLERK).words.tables)


def test_excel_holds_numbers_and_shares_that_can_be_reckoned_with(tmp_path):
    desk = world()
    desk.reports.write("timeliness", NOVEMBER, tmp_path / "r.xlsx", CLERK)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[5]]
    last = dict(zip(titles, [cell.value for cell in sheet[sheet.max_row]], strict=True))
    assert last["Lĩnh vực"] == "Tổng số"
    assert last["Đã giải quyết"] == 2
    assert last["Tỷ lệ đúng hạn"] == 0.5
    assert sheet.cell(sheet.max_row, 5).number_format == "0.0%"


def test_an_inspector_looks_and_takes_nothing_away(tmp_path):
    desk = world()
    assert desk.reports.make("II.06a", NOVEMBER, INSPECTOR).content["rows"]
    for take in (desk.reports.write, desk.reports.freeze):
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            take("II.06a", NOVEMBER, tmp_path / "r.pdf", INSPECTOR)
    with pytest.raises(RuleBrokenError, match="FILE_KIND_UNKNOWN"):
        desk.reports.write("II.06a", NOVEMBER, tmp_path / "r.txt", CLERK)
    assert list(tmp_path.iterdir()) == []


def test_a_frozen_report_stays_and_the_difference_is_told_by_dossier(tmp_path):
    desk = world()
    done = desk.reports.freeze("II.06a", NOVEMBER, tmp_path / "r.pdf", HEAD, sent_to="UBND tỉnh")
    assert done.mark in text_of(tmp_path / "r.pdf")
    assert done.changes.touch("reports")
    [sent] = desk.reports.frozen("II.06a", NOVEMBER, CLERK)
    assert (sent.sent_to, sent.frozen_by, sent.sha256[:8].upper()) == ("UBND tỉnh", "u-0002", done.mark)
    assert desk.reports.differences(sent, CLERK) == []
    first = next(iter(desk.state.dossiers.values()))
    with desk.database.write() as uow:  # the past is corrected: it was closed in time after all
        uow.dossiers.update(replace(first, finished_at=local(2026, 10, 29), status=Status.RETURNED))
        uow.commit()
    [found] = desk.reports.differences(sent, CLERK)
    assert (found.number, found.row.code) == (1, first.code)
    assert (found.before, found.now) == (("Hộ tịch", ("c3", "c6", "c11", "c13")), ("Hộ tịch", ("c3", "c6", "c7", "c8")))
    assert desk.reports.frozen("II.06a", NOVEMBER, CLERK) == [sent], "what was sent does not change"


def test_a_period_that_is_not_over_is_not_frozen(tmp_path):
    desk = world()
    running = Period(date(2026, 11, 15), date(2026, 11, 20))
    with pytest.raises(RuleBrokenError, match="PERIOD_NOT_OVER"):
        desk.reports.freeze("II.06a", running, tmp_path / "r.pdf", HEAD)
    assert desk.state.frozen == {}
    desk.reports.freeze("II.06a", replace(running, end=date(2026, 11, 19)), tmp_path / "r.pdf", HEAD)
    assert len(desk.state.frozen) == 1


def test_a_folder_that_can_not_be_written_keeps_nothing():
    desk = world()
    with pytest.raises(Exception, match=r"FOLDER|FILE"):
        desk.reports.freeze("II.06a", NOVEMBER, Path("/proc/nowhere/r.pdf"), HEAD)
    assert desk.state.frozen == {}


def test_papers_asked_for_equally_often_stand_by_the_alphabet():
    desk = fake_desk()
    items = [("Tờ khai", "Bản sao"), ("Bản sao", "Ảnh"), ("Sổ đỏ",)]
    desk.add(*(late(n, supplements=(Supplement("s", RECEIVED, "", papers, "", received_at=DUE),)) for n, papers in enumerate(items, start=1)))
    papers = desk.reports.make("units", NOVEMBER, CLERK).content["papers"]
    assert [(each["paper"], each["times"]) for each in papers] == [("Bản sao", 2), ("Sổ đỏ", 1), ("Tờ khai", 1), ("Ảnh", 1)]


@pytest.mark.parametrize("name", [each.name for each in fields(ReportSettings) if each.name != "receiver"])
def test_what_holds_where_nothing_was_set_is_data_with_its_source(name):
    source, sure = source_of(name)
    assert source
    assert sure
    assert getattr(ReportSettings(), name) == shipped_json(SHIPPED)["settings"][name]["value"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"on_time_target": None}, "on_time_target"), ({"on_the_spot_target": 1001}, "on_the_spot_target"), ({"full_content": -1}, "full_content")])
def test_a_target_can_not_be_left_open_and_a_share_is_one(changes, field):
    with pytest.raises(RuleBrokenError) as caught:
        world().reports.save_settings(ReportSettings(**changes), ADMIN)
    assert [(each.code, each.field) for each in caught.value.problems] == [("SHARE_IMPOSSIBLE", field)]


@pytest.mark.parametrize(("mark", "base"), [(950, 900), (1000, 900), (900, 850), (500, 450), (20, 0)])
def test_the_axis_leaves_room_below_the_wanted_share(mark, base):
    assert axis_base(mark) == base
