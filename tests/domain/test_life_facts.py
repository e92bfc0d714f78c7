"""Facts of the life of a dossier that the contract cannot carry are refused, and personal numbers are cut to four signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain import life_facts, projection
from counter_app.domain.dossier import FeeLine, FeeMethod, Status
from counter_app.domain.life import (
    Direction,
    Ending,
    FeesHandling,
    HandedBack,
    HandOver,
    Parcel,
    ReceiverKind,
    ResultPaper,
    Step,
    Supplement,
)
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import local
from tests.storage.samples import dossier

NOW, LATER = local(2026, 11, 20, 10), local(2026, 11, 21, 10)
ASKED = Supplement("s-1", NOW, "Lý Thị Mẫu Đơn", ("Tờ khai",), "thiếu")
STEP = Step("assess", "Thẩm định", "Tư pháp", "Lê " + "V" * 60, NOW, None)


def test_what_did_not_happen_yet_has_no_facts():
    with pytest.raises(ValueError, match="time"):
        life_facts.supplement_received(ASKED)
    with pytest.raises(ValueError, match="time"):
        projection.supplement_received(dossier(supplements=(ASKED,)), ASKED, None)
    with pytest.raises(ValueError, match="time"):
        life_facts.step_completed(STEP, title="", state="")


def test_a_long_name_fits_the_national_row_and_no_due_time_is_empty():
    row = life_facts.step_completed(replace(STEP, completed_at=LATER), title="Công chức", state="Đang xử lý")["tien_do"]
    assert (len(row["NguoiXuLy"]), row["NgayKetThucTheoQuyDinh"], row["NoiDungXuLy"]) == (50, "", "Thẩm định")


@pytest.mark.parametrize(("shown", "told"), [("067190000123", "0123"), ("giấy uq 07/a", "Q07A"), ("", ""), ("số 5", "S5")])
def test_only_four_signs_of_a_paper_are_told(shown, told):
    back = HandedBack(NOW, ReceiverKind.AUTHORISED, "Lê Văn Mẫu", shown)
    assert life_facts.returned(back)["receiver"]["id_last4"] == told


@pytest.mark.parametrize(("handling", "word"), [
    (FeesHandling.NOT_CHARGED, "khong_thu"), (FeesHandling.REFUNDED, "hoan_tra"), (FeesHandling.KEPT, "khong_hoan_tra")])
def test_what_becomes_of_fees_has_a_word(handling, word):
    assert life_facts.halted(Ending(NOW, "r", fees=handling))["fees_handling"] == word


def test_a_result_without_a_day_was_issued_when_it_was_noted():
    told = life_facts.result_ready((ResultPaper("r-1", "Giấy"),), NOW)["results"][0]
    assert (told["issued_at"], told["sha256"]) == ("2026-11-20T10:00:00+07:00", None)


def test_some_papers_leave_the_request_open_and_all_of_them_close_it():
    waiting = projection.supplement_requested(dossier(), ASKED)
    some = projection.supplement_brought(waiting, replace(ASKED, received_items=("Tờ khai",)))
    assert (some.status, projection.open_supplement(some).received_items) == (Status.AWAITING_SUPPLEMENT, ("Tờ khai",))
    done = replace(ASKED, received_at=LATER, complete=True, new_due=LATER)
    after = projection.supplement_received(some, done, LATER.date())
    assert (after.status, after.due_at, after.due_nominal, projection.open_supplement(after)) == (Status.RECEIVED, LATER, LATER.date(), None)
    assert after.due_history[-1] == (LATER, LATER)


def test_an_appointment_that_stays_is_no_change():
    before = dossier()
    assert projection.appointed(before, NOW, before.due_at, None) is before


def test_who_held_the_paper_stays_known_when_a_dossier_ends():
    line = HandOver("b", NOW, Direction.TO_SPECIALIST, "Quầy", "Tư pháp", "A", "B", 1)
    held = projection.step_begun(projection.handed_over(dossier(), line), STEP)
    after = projection.ended(held, Verb.HALT, Ending(LATER, "quyết định"))
    assert (after.holder, after.step, after.finished_at, after.closed_as) == ("Tư pháp", None, LATER, "halted")


def test_a_parcel_does_not_end_a_dossier():
    ready = dossier(status=Status.RESULT_READY)
    assert projection.posted(ready, Parcel("Bưu điện", "VN1", NOW)).status is Status.RESULT_READY


def test_a_new_fee_comes_last_and_a_known_one_keeps_its_place():
    first, second = FeeLine("f-1", "A", 1000, FeeMethod.UNPAID), FeeLine("f-2", "B", 2000, FeeMethod.UNPAID)
    both = projection.fee_changed(dossier(fees=(first,)), second)
    paid = projection.fee_changed(both, replace(first, method=FeeMethod.CASH))
    assert [(line.fee_line_id, line.is_paid) for line in paid.fees] == [("f-1", True), ("f-2", False)]
    waiting = replace(paid, status=Status.AWAITING_PAYMENT)
    assert projection.fee_changed(waiting, replace(second, method=FeeMethod.CASH)).status is Status.PROCESSING
    assert projection.fee_changed(replace(both, status=Status.AWAITING_PAYMENT), replace(first, method=FeeMethod.CASH)).status \
        is Status.AWAITING_PAYMENT
