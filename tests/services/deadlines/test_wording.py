from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline import after_supplement, appointment, extended
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.moments import local
from counter_app.services.deadlines.wording import day_range, explain, long_time, weekday
from tests.domain.calendars import NAMES, named
from tests.domain.test_deadline_properties import moments, options_of_all_kinds, phases


def limits(*pairs):
    return [Limit(value, LimitUnit(unit)) for value, unit in pairs]


def said(received, *pairs, calendar="standard", **options):
    found = appointment(local(*received), limits(*pairs), named(calendar), DeadlineOptions(**options))
    return explain(found), explain(found, "en")


@pytest.mark.parametrize(("received", "pairs", "options", "vi", "en"), [
    ((2026, 11, 20, 9, 42), [(3, "working_day")], {},
     "3 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam", "3 working days, without 24/11 Ngày Văn hóa Việt Nam"),
    ((2026, 11, 16, 9), [(1, "working_day")], {}, "1 ngày làm việc", "1 working day"),
    ((2026, 11, 20, 9), [(1, "same_day")], {}, "Trong ngày, nhận trước 15:00", "Same day, received before 15:00"),
    ((2026, 11, 20, 15, 30), [(1, "same_day")], {},
     "Nhận sau 15:00 nên trả ngày làm việc tiếp theo", "Received after 15:00, so returned on the next working day"),
    ((2026, 11, 23, 15, 30), [(1, "same_day")], {},
     "Nhận sau 15:00 nên trả ngày làm việc tiếp theo, trừ 24/11 Ngày Văn hóa Việt Nam",
     "Received after 15:00, so returned on the next working day, without 24/11 Ngày Văn hóa Việt Nam"),
    ((2026, 11, 22, 9), [(1, "same_day")], {},
     "Trong ngày, nhận ngoài giờ nên tính từ 07:30 thứ Hai, 23/11/2026", "Same day, received outside the hours, so counted from 07:30 Monday, 23/11/2026"),
    ((2026, 11, 22, 9), [(1, "same_day")], {"after_hours": "keep"}, "Trả ngày làm việc tiếp theo", "Returned on the next working day"),
    ((2026, 2, 11, 10), [(5, "working_day")], {},
     "5 ngày làm việc, trừ 16–20/02 Tết Nguyên đán Bính Ngọ", "5 working days, without 16–20/02 Tết Nguyên đán Bính Ngọ"),
    ((2027, 2, 2, 8, 45), [(3, "working_day")], {},
     "3 ngày làm việc, trừ 04–10/02 Tết Nguyên đán Đinh Mùi", "3 working days, without 04–10/02 Tết Nguyên đán Đinh Mùi"),
    ((2026, 8, 21, 9, 30), [(8, "working_day")], {},
     "8 ngày làm việc, trừ 31/08 Hoán đổi với thứ Bảy 22/8/2026, 01–02/09 Quốc khánh, tính cả thứ Bảy 22/08 làm bù",
     "8 working days, without 31/08 Hoán đổi với thứ Bảy 22/8/2026, 01–02/09 Quốc khánh, Saturday 22/08 is worked and counts"),
    ((2026, 8, 17, 10, 15), [(15, "day")], {},
     "15 ngày, ngày cuối 01/09 là Quốc khánh nên trả ngày làm việc tiếp theo",
     "15 days, the last day, 01/09, is Quốc khánh, so returned on the next working day"),
    ((2026, 11, 10, 9), [(5, "day")], {},
     "5 ngày, ngày cuối 15/11 là Chủ nhật nên trả ngày làm việc tiếp theo", "5 days, the last day, 15/11, is Sunday, so returned on the next working day"),
    ((2026, 11, 27, 15), [(12, "hour")], {}, "12 giờ làm việc", "12 working hours"),
    ((2026, 11, 16, 9), [(1, "month")], {}, "1 tháng", "1 month"),
    ((2026, 12, 18, 10), [(10, "day"), (3, "working_day")], {}, "10 ngày, rồi 3 ngày làm việc", "10 days, then 3 working days"),
    ((2026, 11, 16, 9), [(2, "hour"), (1, "same_day")], {}, "2 giờ làm việc, rồi trong ngày", "2 working hours, then same day"),
    ((2026, 11, 25, 15, 30), [(3, "working_day")], {"cutoff_effect": "next_working_day"},
     "3 ngày làm việc, nhận sau 15:00 nên tính từ 07:30 thứ Năm, 26/11/2026",
     "3 working days, received after 15:00, so counted from 07:30 Thursday, 26/11/2026"),
    ((2026, 4, 24, 10), [(5, "day")], {"skip_holidays_in_days": True},
     "5 ngày, trừ 27/04 Nghỉ bù Giỗ Tổ Hùng Vương, 30/04 Ngày Chiến thắng, 01/05 Ngày Quốc tế Lao động, "
     "ngày cuối 03/05 là Chủ nhật nên trả ngày làm việc tiếp theo",
     "5 days, without 27/04 Nghỉ bù Giỗ Tổ Hùng Vương, 30/04 Ngày Chiến thắng, 01/05 Ngày Quốc tế Lao động, "
     "the last day, 03/05, is Sunday, so returned on the next working day"),
])
def test_what_the_clerk_reads_out(received, pairs, options, vi, en):
    assert said(received, *pairs, **options) == (vi, en)


def test_many_breaks_are_summed_up():
    assert said((2026, 1, 12, 9), (200, "working_day"))[0] == (
        "200 ngày làm việc, trừ 16–20/02 Tết Nguyên đán Bính Ngọ, 27/04 Nghỉ bù Giỗ Tổ Hùng Vương, 30/04 Ngày Chiến thắng, "
        "01/05 Ngày Quốc tế Lao động, và 3 ngày nghỉ khác, tính cả thứ Bảy 22/08 làm bù")


def test_a_desk_closed_on_wednesdays_rolls_over_a_day_without_a_name():
    assert said((2026, 11, 16, 9), (2, "day"), calendar="uneven_hours")[0] == (
        "2 ngày, ngày cuối 18/11 là thứ Tư nên trả ngày làm việc tiếp theo")


def test_no_limit():
    assert said((2026, 11, 20, 9)) == ("Không quy định thời hạn nên không hẹn ngày trả", "No limit is laid down, so no day of return is given")


def test_supplements_and_extensions_are_told():
    calendar = named("standard")
    first = appointment(local(2026, 11, 2, 9), limits((10, "working_day")), calendar)
    again = after_supplement(first, local(2026, 11, 4, 16), local(2026, 11, 12, 8, 30), calendar)
    assert explain(again) == (
        "10 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam, tính lại từ 08:30 thứ Năm, 12/11/2026 khi đã bổ sung đủ")
    longer = extended(first, local(2026, 11, 12, 9), Limit(2, LimitUnit.WORKING_DAY), calendar)
    assert explain(longer) == "10 ngày làm việc, gia hạn 2 ngày làm việc"
    pause = DeadlineOptions(supplement="pause")
    paused = after_supplement(first, local(2026, 11, 4, 16), local(2026, 11, 12, 8, 30), calendar, pause)
    assert explain(paused) == "10 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam, không tính 05–12/11 chờ bổ sung"


def test_long_time_and_days():
    assert long_time(local(2026, 11, 26, 9, 42)) == "09:42 thứ Năm, 26/11/2026"
    assert long_time(local(2026, 11, 29, 9, 5), "en") == "09:05 Sunday, 29/11/2026"
    assert weekday(date(2026, 11, 29)) == "Chủ nhật"
    assert day_range(date(2026, 11, 24), date(2026, 11, 24)) == "24/11"
    assert day_range(date(2026, 2, 16), date(2026, 2, 20)) == "16–20/02"
    assert day_range(date(2026, 4, 30), date(2026, 5, 3)) == "30/04–03/05"


@settings(max_examples=80, deadline=None)
@given(moments, phases, st.sampled_from(NAMES), options_of_all_kinds, st.sampled_from(["vi", "en"]))
def test_there_is_always_a_whole_sentence(received, asked, name, options, lang):
    told = explain(appointment(received, asked, named(name), options), lang)
    assert told
    assert not {"{", "}", "_"} & set(told), "a code without words, or a value without its number"
    assert not told.endswith(".")
