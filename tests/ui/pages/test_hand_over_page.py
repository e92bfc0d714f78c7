"""Handing over by scanning: slip after slip into a batch, recorded all at once or not at all."""

from datetime import timedelta

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.life import Direction
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.acts.results import ResultReady
from tests.ui.conftest import nameless, settle
from tests.ui.pages.helpers import card, idle, shown_page, take_in, words
from ui.pages.hand_over import HandOverPage

UNIT, PERSON = "Công chức chuyên môn", "Vũ Văn Thực Hành"


@pytest.fixture
def page(seat):
    page = shown_page(HandOverPage(seat.context))
    page.activate()
    idle(seat.context)
    return page


@pytest.fixture
def codes(seat):
    return [take_in(seat.desk).code for _ in range(3)]


def scan(page, *codes):
    for code in codes:
        assert page.take_scan(ScanMeaning(ScanKind.CODE, code=code))
        idle(page.context)
    settle(0)


def batch(page):
    return [each.code for each in page._model.rows]


def record(page, unit=UNIT, person=PERSON):
    page.unit.setEditText(unit)
    page.person.setEditText(person)
    assert page.trigger("record_batch")
    idle(page.context)
    settle(0)


def dossier_of(seat, code):
    return seat.desk.counter.dossiers.show(code, seat.desk.actor).dossier


def test_an_empty_batch_says_what_to_do(page):
    assert page.why_not("record_batch") == "Scan a slip first."
    assert page._empty.isVisible()
    assert page.unit.hasFocus() or page.unit.lineEdit().hasFocus()
    assert page.unit.currentText() == UNIT  # the first step of the shipped process


def test_slip_after_slip_goes_into_one_record_and_one_list(page, seat, codes):
    scan(page, *codes)
    assert batch(page) == codes
    assert "3 dossiers" in words(page)
    record(page)
    handed = [dossier_of(seat, code).hand_overs[-1] for code in codes]
    assert len({each.batch_id for each in handed}) == 1
    assert {(each.to_unit, each.received_by) for each in handed} == {(UNIT, PERSON)}
    assert all(dossier_of(seat, code).status is Status.PROCESSING for code in codes)
    assert batch(page) == []
    assert seat.context.notices.kept[0].text.startswith("3 dossiers")


def test_a_slip_that_is_read_twice_is_there_once(page, codes):
    scan(page, codes[0], codes[1], codes[0])
    assert batch(page) == codes[:2]


def test_what_can_t_be_handed_over_is_not_taken_and_says_why(page, seat, codes):
    from counter_app.services.acts.refusals import Refuse

    seat.desk.counter.life.refusals.refuse(Refuse(codes[0], "không thuộc thẩm quyền", queue=False), seat.desk.actor)
    scan(page, codes[0], codes[1])
    assert batch(page) == [codes[1]]
    assert codes[0] in seat.context.notices.kept[0].text


def test_without_a_receiver_nothing_is_recorded_and_the_field_says_so(page, seat, codes):
    scan(page, *codes)
    record(page, person="")
    assert page.form.row("received_by").problem
    assert batch(page) == codes
    assert not dossier_of(seat, codes[0]).hand_overs


def test_one_that_ended_meanwhile_stops_all_and_is_named(page, seat, codes):
    from counter_app.services.acts.refusals import Refuse

    scan(page, *codes)
    seat.desk.counter.life.refusals.refuse(Refuse(codes[1], "trùng hồ sơ", queue=False), seat.desk.actor)
    record(page)
    assert codes[1] in page.banner.sentence
    assert not dossier_of(seat, codes[0]).hand_overs
    page.table.selectRow(1)
    assert page.trigger("take_out")
    record(page)
    assert dossier_of(seat, codes[0]).hand_overs


def test_results_come_back_to_the_desk(page, seat, codes):
    scan(page, *codes)
    record(page)
    for code in codes:
        seat.desk.counter.life.results.ready(ResultReady(code), seat.desk.actor)
    page.direction.step(1)
    assert page.form.row("to_unit").label.text() == "From which unit"
    scan(page, *codes)
    record(page, person="")
    back = dossier_of(seat, codes[0]).hand_overs[-1]
    assert (back.direction, back.from_unit) == (Direction.TO_DESK, UNIT)
    assert back.received_by  # the clerk, where nobody is named
    assert dossier_of(seat, codes[0]).status is Status.RESULT_READY


def test_the_head_of_a_unit_is_offered_as_the_receiver(page):
    from counter_app.services.people.offices import Unit

    page._offer(((Unit("HT", "Hộ tịch", "Vũ Văn Thực Hành"), Unit("DD", "Đất đai")), ("Lý Thị Mẫu Đơn",)))
    page.unit.setEditText("Hộ tịch")
    assert page.person.currentText() == "Vũ Văn Thực Hành"
    page.unit.setEditText("Đất đai")
    assert page.person.currentText() == "Vũ Văn Thực Hành"


def test_lines_are_taken_out_and_the_batch_begun_anew(page, codes):
    scan(page, *codes)
    page.table.selectRow(0)
    page.trigger("take_out")
    assert batch(page) == codes[1:]
    page.trigger("empty_batch")
    assert batch(page) == []
    assert page.why_not("take_out") == "Scan a slip first."


def test_a_card_is_for_the_window(page):
    assert not page.take_scan(card())


def test_it_begins_with_a_dossier_that_was_open(page, seat, codes):
    page.activate(code=codes[0])
    idle(seat.context)
    assert batch(page) == codes[:1]


def test_it_holds_in_a_folded_page_and_has_names(page, seat, codes, theme):
    seat.desk.clock.moment += timedelta(minutes=1)
    scan(page, *codes)
    page.set_folded(True)
    assert page._model.columnCount() == 3
    theme.choose("dark")
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []
    page.do_next_pane()
    assert page.table.hasFocus()
    page.do_next_pane()
    page.set_folded(False)
    assert page._model.columnCount() == 4


def test_nothing_is_read_on_the_window_s_thread(page, codes, guard):
    with guard:
        scan(page, *codes)
        record(page)
