"""What the papers of the evening say, the page of the day and the sheet of the counted money: every figure in its place, every sum right."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import BookPlace, FeeMethod
from counter_app.domain.moments import local
from counter_app.domain.money import MONEY_METHODS, CashCount, Payment
from counter_app.services.documents.form_parts import figures
from counter_app.services.documents.forms import form_in_force
from counter_app.services.money.cash_counts import CASH_SHEET
from counter_app.services.money.cash_sheet import cash_sheet
from counter_app.services.ports import ListFilter
from counter_app.services.registers.day_content import DAY, day_content
from counter_app.services.registers.day_page import DayFigures
from tests.builders import profile

FRIDAY = local(2026, 11, 20, 17, 5)
CASH, TRANSFER, PORTAL = MONEY_METHODS
OPEN = {ListFilter.RESULT_WAITING: 7, ListFilter.OVERDUE: 2, ListFilter.SUPPLEMENT_OPEN: 3}
MONEY = {CASH: (4, 1_523_000), TRANSFER: (1, 50_000), PORTAL: (0, 0)}
PLACES = BookPlace("dossiers", 2026, 1, 1869), BookPlace("dossiers", 2026, 2, 1)
DAY_FIGURES = DayFigures(38, 21, OPEN, PLACES, 1, MONEY)
FACTS = {"paper_code": "7F3A-91C2", "audit_count": 4711}
AMOUNTS = st.tuples(st.integers(0, 999), st.integers(-10**9, 10**9))
NAMES = {"u-0001": "Lý Thị Mẫu Đơn", "u-0002": "Hoàng Văn Giả Định"}
COUNT = CashCount("k", FRIDAY, "u-0001", "u-0002", {CASH: 23_000, PORTAL: 7_000}, {CASH: 23_000, PORTAL: 7_000}, "Thủ quỹ")
PAYMENT = Payment("p", "d", "f", FRIDAY, 15_000, CASH, "u-0001", "Lệ phí", "Trần  Thị Ví Dụ", "H36.50.05-261120-0001",
                  receipt_series="BL/26E", receipt_number="0000412")


def page(day=DAY_FIGURES, issue=1, on=FRIDAY, **desk):
    return day_content(day, FACTS, issue, profile(**desk), form_in_force(DAY, on.date()), clerk="Lý  Thị Mẫu Đơn", on=on)


def sheet(count=COUNT, payments=(PAYMENT,), names=NAMES):
    return cash_sheet(count, payments, names, profile(), form_in_force(CASH_SHEET, FRIDAY.date()))


def rows(content):
    return {each["label"]: each["value"] for part in content["body"] for line in part.get("rows", ()) for each in line}


def tables(content):
    return [part["table"] for part in content["body"] if "table" in part]


# --- the page of the day ---------------------------------------------------------------------------------------------


def test_the_page_names_its_day_its_hour_and_its_lines():
    told = rows(page())
    assert told["Ngày"].endswith("20/11/2026")
    assert told["Ngày"].casefold().startswith("thứ sáu")
    assert told["Quầy"] == "2"
    assert told["Sổ theo dõi hồ sơ"] == "số thứ tự 1869 đến 1, quyển 02/2026"
    assert rows(page(replace(DAY_FIGURES, places=())))["Sổ theo dõi hồ sơ"] == "trong ngày không vào sổ"


@pytest.mark.parametrize(("on", "day"), [
    (local(2026, 11, 22), "chủ nhật"), (local(2026, 11, 23), "thứ hai"), (datetime(2026, 11, 22, 17, tzinfo=UTC), "thứ hai"),
    (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), "chủ nhật")])
def test_the_weekday_is_that_of_vietnam(on, day):
    assert rows(page(on=on))["Ngày"].casefold().startswith(day)


def test_the_figures_stand_in_their_order_each_with_its_number():
    counts, _ = tables(page())
    assert counts["rows"] == [
        ["1", "Hồ sơ tiếp nhận trong ngày", "38"], ["2", "Hồ sơ trả kết quả trong ngày", "21"], ["3", "Kết quả còn chờ trả", "7"],
        ["4", "Hồ sơ quá hạn", "2"], ["5", "Hồ sơ đang chờ bổ sung", "3"], ["6", "Số bỏ, không dùng", "1"]]
    assert all(len(row) == len(counts["columns"]) for row in counts["rows"])


def test_the_money_is_told_by_method_with_its_sum():
    _, money = tables(page())
    assert money["rows"] == [
        ["1", "Tiền mặt", "4", "1.523.000"], ["2", "Chuyển khoản", "1", "50.000"], ["3", "Thanh toán qua Cổng dịch vụ công", "0", "0"],
        ["4", "Cộng", "5", "1.573.000"]]


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))
def test_the_sum_is_that_of_the_methods(amounts):
    _, money = tables(page(replace(DAY_FIGURES, money=dict(zip(MONEY_METHODS, amounts, strict=True)))))
    *methods, total = money["rows"]
    assert [int(row[3].replace(".", "")) for row in methods] == [amount for _, amount in amounts]
    assert total[2:] == [str(sum(count for count, _ in amounts)), figures(sum(amount for _, amount in amounts))]


@pytest.mark.parametrize(("issue", "practice", "marks"), [
    (1, False, 0), (2, False, 1), (1, True, 1), (3, True, 2)])
def test_another_page_of_the_day_and_one_for_practice_say_so(issue, practice, marks):
    content = page(issue=issue, practice=practice)
    assert len(content["marks"]) == marks
    assert (f"Lập lần {issue} trong ngày" in content["marks"]) == (issue > 1)


def test_the_mark_stands_in_the_frame_and_says_what_it_covers():
    content = page()
    framed = next(part["frame"] for part in content["body"] if "frame" in part)
    assert framed == {"label": "Mã kiểm tra cuối ngày", "value": "7F3A-91C2"}
    assert "4711 dòng nhật ký" in next(part["text"] for part in content["body"] if "text" in part)[0]


def test_who_made_it_signs_and_room_is_left_for_the_head():
    assert [(each["role"], each["name"]) for each in page()["signatures"]] == [("NGƯỜI LẬP", "Lý Thị Mẫu Đơn"), ("PHỤ TRÁCH TRUNG TÂM", "")]


# --- the sheet of the counted money ----------------------------------------------------------------------------------


def test_the_sheet_names_who_hands_in_who_takes_and_who_counted():
    told = rows(sheet())
    assert list(told.values())[:4] == ["Lý Thị Mẫu Đơn", "2", "Thủ quỹ", "Hoàng Văn Giả Định"]
    signing = sheet()["body"][-1]["signatures"]
    assert [each["name"] for each in signing] == ["Lý Thị Mẫu Đơn", "Thủ quỹ"]
    assert sheet()["signatures"] == []


def test_somebody_who_is_no_user_any_more_leaves_a_blank():
    assert next(iter(rows(sheet(names={})).values())) == ""


@pytest.mark.parametrize(("expected", "counted", "difference"), [
    (23_000, 23_000, "0"), (23_000, 20_000, "−3.000"), (20_000, 23_000, "+3.000"), (-5_000, 0, "+5.000"), (0, -5_000, "−5.000")])
def test_a_difference_has_its_sign_as_long_as_a_plus(expected, counted, difference):
    sums = tables(sheet(replace(COUNT, expected={CASH: expected}, counted={CASH: counted}, note="thối nhầm")))[0]["rows"]
    assert sums[0] == ["Tiền mặt", figures(expected).replace("-", "−"), figures(counted).replace("-", "−"), difference]
    assert [row[3] for row in sums[1:3]] == ["0", "0"]
    assert sums[3][1:] == sums[0][1:]
    assert not any("-" in cell for row in sums for cell in row)


@given(st.dictionaries(st.sampled_from(MONEY_METHODS), st.integers(0, 10**9)), st.dictionaries(st.sampled_from(MONEY_METHODS), st.integers(0, 10**9)))
def test_the_last_line_is_the_sum_of_all_methods(expected, counted):
    *methods, last = tables(sheet(replace(COUNT, expected=expected, counted=counted)))[0]["rows"]
    for at in (1, 2):
        assert int(last[at].replace(".", "")) == sum(int(row[at].replace(".", "")) for row in methods)


def test_the_amount_is_written_in_words_and_a_reason_only_where_there_is_a_difference():
    agrees, differs = rows(sheet()), rows(sheet(replace(COUNT, counted={CASH: 20_000}, note="  thối  nhầm ")))
    assert "ba mươi nghìn đồng" in agrees.values()
    assert "Chênh lệch" not in agrees
    assert differs["Chênh lệch"] == "−10.000"
    after = next(each["after"] for part in sheet(replace(COUNT, counted={CASH: 20_000}, note="  thối  nhầm "))["body"]
                 for line in part.get("rows", ()) for each in line if each["label"] == "Chênh lệch")
    assert after == "(lý do: thối nhầm)"


@pytest.mark.parametrize(("amount", "words"), [(0, "không đồng"), (1, "một đồng"), (-7_000, "âm bảy nghìn đồng")])
def test_nothing_and_less_than_nothing_have_their_words(amount, words):
    assert words in rows(sheet(replace(COUNT, expected={CASH: amount}, counted={CASH: amount}))).values()


@pytest.mark.parametrize(("changes", "line"), [
    ({}, ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Lệ phí", "15.000", "BL/26E 0000412"]),
    ({"receipt_series": "", "receipt_number": ""}, ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Lệ phí", "15.000", ""]),
    ({"amount_vnd": -15_000, "reason": "thu  nhầm"},
     ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Hoàn: Lệ phí (thu nhầm)", "−15.000", "BL/26E 0000412"]),
    ({"method": TRANSFER, "bank_reference": "FT26"},
     ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Lệ phí", "15.000", "Chuyển khoản, FT26"]),
    ({"method": TRANSFER}, ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Lệ phí", "15.000", "Chuyển khoản, BL/26E 0000412"]),
    ({"method": PORTAL, "receipt_series": "", "receipt_number": ""},
     ["1", "H36.50.05-261120-0001", "Trần Thị Ví Dụ", "Lệ phí", "15.000", "Qua cổng dịch vụ công"]),
])
def test_every_payment_is_listed_with_what_proves_it(changes, line):
    content = sheet(payments=(replace(PAYMENT, **changes), PAYMENT))
    listed = tables(content)[1]["rows"]
    assert (listed[0], listed[1][0], len(listed)) == (line, "2", 2)
    assert "2 khoản" in next(part["text"] for part in content["body"] if "text" in part)[0]


def test_one_column_of_each_table_takes_the_room_that_is_left():
    for content in (sheet(), page()):
        for table in tables(content):
            widths = [column["width"] for column in table["columns"]]
            assert widths.count(0) == 1
            assert FeeMethod.EXEMPT.value not in str(table)
