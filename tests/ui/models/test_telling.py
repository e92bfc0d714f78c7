"""How states, history, matched words and rows read: one place each, all words there, nothing hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from counter_app.domain import events
from counter_app.domain.books import register_in_force
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import DeliveryMethod, DossierRow, Status
from counter_app.domain.events import DOSSIER_RECEIVED
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.registers import BookLine, BookPlace
from counter_app.domain.text import fold
from counter_app.services.deadlines.calendar import SHIPPED
from counter_app.services.dossiers.views import EventRow
from counter_app.services.line import incoming
from counter_app.services.line.incoming import PROVINCE
from counter_app.services.ports import ListMoment
from counter_app.support.resources import shipped_json
from tests.builders import dossier
from ui.models.book_lines import BookLinesModel, book_columns
from ui.models.history import moments_of, told_apart
from ui.models.history_kinds import _KINDS
from ui.models.matching import matched_ranges
from ui.models.rows import Column, RowsModel
from ui.models.states import Today, due_text, lacks_papers, state_badge, status_word, sync_look, sync_word, urgency, urgency_rank
from ui.widgets.rows import LOOK_ROLE, CellLook

NOW = local(2026, 11, 20, 9, 42)
AT = ListMoment(NOW, local(2026, 11, 20, 23, 59), local(2026, 11, 23, 23, 59))
TODAY = Today(AT, WorkCalendar.from_document(shipped_json(SHIPPED)))


def row(**changes):
    made = DossierRow(
        dossier_id="d1", code="H36.50.05-261120-0001", procedure_code="1.004873", procedure_name="Xác nhận tình trạng hôn nhân",
        applicant="Trần Thị Ví Dụ", masked_id="••••••••0123", phone="0900 000 012", received_at=NOW, due_at=local(2026, 11, 26, 9, 42),
        status=Status.RECEIVED, delivery=DeliveryMethod.DESK, supplement_open=False, finished_at=None, returned_at=None, sync_state="saved")
    return replace(made, **changes)


# --- states -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("due", "expected"), [
    (NOW - timedelta(days=1), "overdue"), (NOW - timedelta(minutes=1), "due_today"), (NOW + timedelta(hours=3), "due_today"),
    (local(2026, 11, 23, 17, 30), "due_soon"), (local(2026, 11, 24, 9, 0), ""), (None, "")])
def test_urgency_follows_the_days(due, expected):
    assert urgency(Status.PROCESSING, due, AT) == expected


@pytest.mark.parametrize("status", [Status.RESULT_READY, Status.AWAITING_SUPPLEMENT, Status.RETURNED, Status.WITHDRAWN, Status.HALTED])
def test_what_waits_for_somebody_else_does_not_press(status):
    assert urgency(status, NOW - timedelta(days=9), AT) == ""


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_word_and_badge(theme, status):
    badge = state_badge(theme, row(status=status, due_at=None), TODAY)
    assert status_word(status) in badge.word
    assert badge.icon


@pytest.mark.parametrize(("due", "word"), [(NOW - timedelta(days=7), "Overdue 5 days"), (NOW + timedelta(hours=1), "Due today"),
                                           (local(2026, 11, 23, 9, 0), "Due soon")])
def test_the_pressing_thing_is_said_first(theme, due, word):
    assert state_badge(theme, row(due_at=due), TODAY).word == word


@pytest.mark.parametrize(("days", "short", "full"), [
    (7, "Overdue 5 days", "Overdue 5 working days"), (1, "Overdue 1 days", "Overdue 1 working days"),
    (4, "Overdue 4 days", "Overdue 4 working days")])
def test_days_late_are_working_days_wherever_they_are_told(theme, days, short, full):
    late = row(due_at=NOW - timedelta(days=days))
    assert state_badge(theme, late, TODAY).word == short
    assert state_badge(theme, late, TODAY, in_full=True).word == full
    assert TODAY.days_late(late.due_at) == int(short.split()[1])


def test_late_over_a_weekend_alone_is_no_day_yet(theme):
    saturday = ListMoment(local(2026, 11, 21, 9, 0), local(2026, 11, 21, 23, 59), local(2026, 11, 23, 23, 59))
    late = row(due_at=local(2026, 11, 20, 17, 0))
    today = Today(saturday, TODAY.calendar)
    assert state_badge(theme, late, today).word == "Overdue"
    assert state_badge(theme, late, today, in_full=True).word == "Overdue less than a working day"


@given(st.integers(0, 400), st.integers(0, 400))
def test_who_is_longer_late_is_never_said_to_be_less_late(first, second):
    early, late = sorted((first, second))
    assert TODAY.days_late(NOW - timedelta(days=early)) <= TODAY.days_late(NOW - timedelta(days=late))


def test_a_returned_dossier_says_when(theme):
    assert state_badge(theme, row(status=Status.RETURNED, returned_at=local(2026, 11, 6, 9, 0)), TODAY).word == "Returned 06/11"


def test_the_most_urgent_comes_first():
    rows = [row(status=Status.RETURNED), row(due_at=None), row(status=Status.RESULT_READY), row(due_at=local(2026, 11, 23, 9, 0)),
            row(due_at=NOW + timedelta(hours=1)), row(due_at=NOW - timedelta(days=2))]
    assert [urgency_rank(each, AT) for each in rows] == [5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize(("state", "word"), [("saved", "Saved on this PC"), ("sending", "Sending"), ("province_has", "The province has it"),
                                             ("attention", "Needs action")])
def test_sending_knows_four_words_and_green_is_proof_alone(theme, state, word):
    assert sync_word(state) == word
    assert (sync_look(theme, state).tone == "proven") == (state == "province_has")


@pytest.mark.parametrize(("due", "status", "text"), [
    (local(2026, 11, 20, 17, 30), Status.RECEIVED, "today 17:30"), (local(2026, 11, 26, 9, 42), Status.RECEIVED, "26/11 09:42"),
    (local(2027, 1, 4, 9, 0), Status.RECEIVED, "04/01/2027"), (None, Status.RECEIVED, "no date"),
    (local(2026, 11, 26, 9, 42), Status.AWAITING_SUPPLEMENT, "paused")])
def test_a_due_time_is_as_short_as_it_can_be(due, status, text):
    assert due_text(row(due_at=due, status=status), NOW) == text


# --- matched words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "query", "found"), [
    ("Nguyễn Thị Mẫu", ("nguyen", "mau"), ["Nguyễn", "Mẫu"]), ("Đỗ Văn Đường", ("d",), ["Đỗ", "Đường"]), ("H’Mẫu Niê", ("hmau",), ["H’Mẫu"]),
    ("Trần Thị", (), []), ("Trần Thị", ("x",), []), ("", ("a",), [])])
def test_words_that_were_found_are_marked_whole(text, query, found):
    assert [text[start: start + length] for start, length in matched_ranges(text, query)] == found


@given(st.text(max_size=40), st.lists(st.text("abcdn", min_size=1, max_size=4), max_size=3))
def test_marks_lie_inside_the_text_and_do_not_overlap(text, query):
    end = 0
    for start, length in matched_ranges(text, tuple(query)):
        assert start >= end
        assert fold(text[start: start + length]).strip().startswith(tuple(query))
        end = start + length
    assert end <= len(text)


# --- history ----------------------------------------------------------------------------------------------------------


def event(kind, facts=None, **changes):
    return replace(EventRow("e1", 1, kind, NOW, Actor("u-0001", Role.CLERK), "Lý Thị Mẫu Đơn", facts or {}, "saved"), **changes)


def test_events_are_counted_as_they_are_told():
    done, printed, again = event(DOSSIER_RECEIVED), event(events.SLIP_PRINTED, {"issue": 1}), event(events.SLIP_PRINTED, {"issue": 2})
    later = replace(printed, occurred_at=NOW + timedelta(hours=1))
    for shown in ((), (done,), (done, printed), (done, printed, again), (done, later), (printed,)):
        past = [moment for moment in moments_of(shown, dossier(1)) if moment.look in ("past", "warning")]
        assert told_apart(shown) == len(past)
    assert told_apart((done, printed, again)) == 2


def told(*events, **changes):
    return moments_of(events, dossier(1, **changes))


def test_the_received_dossier_names_its_book_and_number():
    moment = told(event(DOSSIER_RECEIVED, {"register": {"book": "2026/01", "number": 37}}))[0]
    assert (moment.title, moment.time) == ("Received", "20/11 09:42")
    assert moment.detail == "Lý Thị Mẫu Đơn. Book 01/2026, no. 37"


@pytest.mark.parametrize(("kind", "facts", "title", "detail"), [
    ("dossier.received", {}, "Received", "Lý Thị Mẫu Đơn. Book –, no. –"),
    ("dossier.received", {"warnings_accepted": {"codes": ["ADDRESS_MISSING"], "reason": "Ở nhờ"}}, "Received",
     "Lý Thị Mẫu Đơn. Book –, no. –. Received all the same: Ở nhờ"),
    ("dossier.received", {"warnings_accepted": {"codes": ["ADDRESS_MISSING"], "reason": ""}}, "Received", "Lý Thị Mẫu Đơn. Book –, no. –"),
    ("dossier.imported", {}, "Entered later, from older records", "Lý Thị Mẫu Đơn"),
    ("slip.printed", {"issue": 1, "printed_due": "2026-11-26T09:42:00"}, "Slip made", "Lý Thị Mẫu Đơn, due on paper: 09:42 26/11/2026"),
    ("slip.printed", {"issue": 3}, "Slip made again, no. 2", "Lý Thị Mẫu Đơn"),
    ("fee.collected", {"amount_vnd": 15000, "receipt_series": "AA/26E", "receipt_number": "0000412"}, "Fee collected", "15.000 đ, AA/26E 0000412"),
    ("fee.collected", {"amount_vnd": 15000}, "Fee collected", "15.000 đ"),
    ("note.added", {"text": "đã gọi điện"}, "Note by Lý Thị Mẫu Đơn", "đã gọi điện"),
    ("attachment.linked", {"paper": "Tờ khai", "pages": 2, "state": 1}, "Digitised", "Tờ khai, pages: 2, Lý Thị Mẫu Đơn"),
    ("attachment.linked", {"filename": "a.pdf", "pages": 1}, "Digitised", "a.pdf, pages: 1, Lý Thị Mẫu Đơn"),
    ("attachment.linked", {"paper": "Tờ khai", "pages": 2, "state": 3}, "Used an earlier file again", "Tờ khai, pages: 2, Lý Thị Mẫu Đơn"),
    ("attachment.linked", {"paper": "Tờ khai", "pages": 2, "reason": "Ghi sai số"}, "Record of a digitised paper changed",
     "Tờ khai, pages: 2, Ghi sai số, Lý Thị Mẫu Đơn"),
    ("attachment.unlinked", {"reason": "Quét nhầm"}, "File taken out", "Quét nhầm, Lý Thị Mẫu Đơn"),
    ("something.new", {}, "something.new", "Lý Thị Mẫu Đơn")])
def test_every_kind_of_event_is_told(kind, facts, title, detail):
    moment = told(event(kind, facts))[0]
    assert (moment.title, moment.detail) == (title, detail)
    assert moment.icon


def test_all_kinds_of_events_of_this_version_are_told_in_words():
    known = {kind for name, kind in vars(events).items() if name.isupper() and isinstance(kind, str) and "." in kind}
    assert set(_KINDS) == known - {events.PROVINCE_PREFIX, events.READ_BACK, events.UNREADABLE, events.WENT_BACK}


@pytest.mark.parametrize(("kind", "facts", "title", "detail"), [
    ("dossier.state", {}, "Taken over from the province", ""),
    ("read_back", {"op": {"type": "note.added"}}, "Lost act read back from the province", ""),
    ("read_back", {"op": {"type": "dossier.rescanned", "facts": {"x": 1}}}, "Lost act read back from the province", "dossier.rescanned"),
    ("dossier.assigned", {}, "Filed at the portal", ""),
    ("dossier.updated", {"source": "province", "reason": "Sửa địa chỉ"}, "Changed by the province", "Sửa địa chỉ"),
    ("dossier.updated", {"source": "desk"}, "Changed at another counter", ""),
    ("dossier.progress", {"tien_do": {"NoiDungXuLy": "Thẩm định", "NguoiXuLy": "Lê Văn Mẫu"}}, "Progress elsewhere", "Thẩm định, Lê Văn Mẫu"),
    ("dossier.official_code", {"old_code": "TAM-1", "new_code": "H36-1"}, "Official code given", "TAM-1 → H36-1"),
    ("dossier.reassigned", {"to_agency": "H36.50.06", "reason": "Sai nơi"}, "Given to another commune", "H36.50.06, Sai nơi"),
    ("print.requested", {"form": "04", "reason": "Chờ xác minh"}, "The province asks for a form", "Form 04, Chờ xác minh"),
    ("op.outcome", {"result": {"outcome": "applied"}}, "Accepted by the province", ""),
    ("op.outcome", {"result": {"outcome": "rejected"}}, "Judged by the province", ""),
    ("op.outcome", {"result": "another shape"}, "Judged by the province", ""),
    ("blob.verified", {}, "File arrived at the province", ""),
    ("blob.rejected", {"reason": "malware"}, "File not usable for the province", ""),
    ("message", {"text_vi": "Nghỉ lễ"}, "Message of the province", "Nghỉ lễ"),
    ("unreadable", {"tien_do": 3, "form": None}, "Entry of the province that can't be read", ""),
    ("dossier.rescanned", {"reason": "x", "result": []}, "From the province", "dossier.rescanned"),
])
def test_what_comes_from_the_province_is_told_and_the_unknown_by_its_name(theme, kind, facts, title, detail):
    moment = told(event(events.PROVINCE_PREFIX + kind, facts, actor=PROVINCE, who="", state="saved"))[0]
    assert (moment.title, moment.detail) == (title, detail)
    assert not theme.icon(moment.icon, "text").isNull()


def test_a_lost_act_is_told_as_what_it_was_by_whom_and_when():
    op = {"type": "note.added", "facts": {"text": "Đã gọi"}, "occurred_at": "2026-11-20T10:02:00+07:00"}
    (moment, *_) = told(event(events.READ_BACK, {"op": op}, actor=PROVINCE, who="Lý Thị Mẫu Đơn", state="province_has"))
    assert moment.detail == "Note by Lý Thị Mẫu Đơn, Đã gọi, 10:02 20/11/2026"


def test_every_entry_of_the_feed_that_the_desk_acts_on_has_its_words():
    about_dossiers = {kind for kind in incoming._KINDS if not kind.startswith(("users.", "access.", "lease.", "catalogue."))}
    told_by_name = [kind for kind in about_dossiers if told(event(events.PROVINCE_PREFIX + kind))[0].title == "From the province"]
    assert told_by_name == []


def test_what_needs_action_is_warned_of():
    assert told(event("note.added", {"text": "x"}, state="attention"))[0].look == "warning"


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, True), ({"status": Status.RETURNED}, False), ({"status": Status.RESULT_READY}, True), ({"due_at": None}, False)])
def test_a_result_is_expected_while_there_is_none(changes, expected):
    moments = told(event("note.added"), **changes)
    assert (moments[-1].look == "expected") is expected


# --- rows -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def model(qapp):
    made = RowsModel((Column("Word", str, lambda text: CellLook(bold=text == "b")), Column("Length", lambda text: str(len(text)), right=True),
                      Column("Icon", lambda _: "", spoken=lambda text: f"icon of {text}")))
    made.show_rows(["a", "b"])
    return made


def test_columns_read_rows(model):
    assert [model.index(1, column).data() for column in range(3)] == ["b", "1", ""]
    assert model.index(1, 0).data(LOOK_ROLE).bold
    assert model.index(1, 1).data(LOOK_ROLE) is None
    assert model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "icon of b"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) == int(Qt.AlignmentFlag.AlignRight)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Length"
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.index(9, 9).data() is None


def test_rows_are_replaced_all_at_once(model):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_rows(["c"])
    assert model.rows == ("c",)
    assert (model.rowCount(), model.columnCount()) == (1, 3)
    assert model.rowCount(model.index(0, 0)) == 0
    assert tester.model() is model


# --- the book ---------------------------------------------------------------------------------------------------------


def line(**changes):
    made = BookLine(
        place=BookPlace("dossiers", 2026, 1, 7), dossier_id="d1", code="H36.50.05-261120-0007", procedure_name="Đăng ký khai sinh", sets=1,
        applicant="Trần Thị Ví Dụ", address="Thôn Mẫu 3", phone="0900 000 012", handled_by="UBND xã", received_at=NOW,
        due_at=local(2026, 11, 26, 9, 42), returned_at=None, delivery="desk", signed="", note="")
    return replace(made, **changes)


def cells(*lines):
    register = register_in_force("dossiers", NOW.date())
    model = BookLinesModel(register)
    model.show_lines(register, lines)
    return [[model.index(at, column).data() for column in range(model.columnCount())] for at in range(len(lines))]


def test_a_book_line_fills_thirteen_columns():
    texts = cells(line())[0]
    assert texts == ["07", "H36.50.05-\u200b261120-0007", "Đăng ký khai sinh", "1", "Trần Thị Ví Dụ", "Thôn Mẫu 3\n0900 000 012", "UBND xã",
                     "20/11", "26/11", "", "Tại quầy", "", ""]
    assert len(book_columns(register_in_force("dossiers", NOW.date()))) == len(texts)


@pytest.mark.parametrize(("changes", "column", "text"), [
    ({"delivery": "postal"}, 10, "Bưu chính"), ({"delivery": "other"}, 10, "other"), ({"address": ""}, 5, "0900 000 012"),
    ({"returned_at": local(2026, 11, 25, 9, 0)}, 9, "25/11"), ({"note": "hẹn lại"}, 12, "hẹn lại"), ({"due_at": None}, 8, ""),
    ({"struck_on": NOW.date(), "struck_reason": "nhập nhầm"}, 12, "struck on 20/11: nhập nhầm")])
def test_special_lines_are_written_as_in_the_book(changes, column, text):
    assert cells(line(**changes))[0][column] == text


def test_a_line_is_found_by_its_row(qapp):
    register = register_in_force("dossiers", NOW.date())
    model = BookLinesModel(register)
    model.show_lines(register, (line(),))
    assert model.line(0).code == "H36.50.05-261120-0007"
    assert model.line(1) is None
    assert model.line(-1) is None
    assert model.headerData(12, Qt.Orientation.Horizontal) == "Ghi chú"


@pytest.mark.parametrize(("until", "word"), [(None, "Awaiting papers"), (NOW, "Awaiting papers"), (NOW - timedelta(days=1), "Papers not brought in time")])
def test_papers_that_were_not_brought_in_time_are_said(theme, until, word):
    assert state_badge(theme, row(status=Status.AWAITING_SUPPLEMENT, papers_until=until), TODAY).word == word


def test_only_who_waits_for_papers_can_lack_them():
    for status in Status:
        found = lacks_papers(row(status=status, papers_until=NOW - timedelta(days=3)), AT)
        assert found == (status is Status.AWAITING_SUPPLEMENT)
