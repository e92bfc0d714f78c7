"""Taking a dossier in: everything in one transaction, or nothing of it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from counter_app.domain.canonical import envelope, first_broken, op_hash
from counter_app.domain.dossier import BookPlace, Channel, DeliveryMethod, FeeLine, FeeMethod, Status, Submitter
from counter_app.domain.errors import RuleBrokenError, failed
from counter_app.domain.events import ZERO_HASH
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from tests.builders import CLERK, HEAD, INSPECTOR, NOW, applicant, command, fake_desk

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[2] / "data/province/op.schema.json").read_text("utf-8")))
CASH = FeeLine("", "Lệ phí", 15000, FeeMethod.CASH, receipt_series="AA/26E", receipt_number="0000412")


@pytest.fixture
def desk():
    return fake_desk()


def only_dossier(desk):
    return next(iter(desk.state.dossiers.values()))


def test_the_answer_tells_what_the_clerk_needs(desk):
    done = desk.intake.receive(command(fees=(CASH,)), CLERK)
    assert (done.code, done.received_at, done.due_at) == ("H36.50.05-261120-0001", NOW, local(2026, 11, 26, 9, 42))
    assert done.explanation == "3 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam"
    assert (done.place, done.fee_total_vnd, done.warnings) == (BookPlace(DOSSIER_BOOK, 2026, 1, 1), 15000, ())
    assert done.changes.names == {"dossiers", "outbox", "books", "numbers", "prints", "payments", "tasks"}


def test_everything_is_kept_in_one_transaction(desk):
    before = desk.database.writes
    done = desk.intake.receive(command(fees=(CASH, replace(CASH, amount_vnd=0, method=FeeMethod.EXEMPT, exempt_reason="Hộ nghèo")), print=True), CLERK)
    state = desk.state
    assert desk.database.writes == before + 1
    assert [event.type for event in state.events] == ["dossier.received", "fee.collected", "slip.printed"]
    assert list(state.outbox) == [event.op_id for event in state.events]
    assert [entry.action for entry in state.audit] == ["dossier.received", "fee.collected", "slip.printed", "typing.wanted"]
    assert [(number.code, number.dossier_id) for number in state.numbers] == [(done.code, done.dossier_id)]
    assert [(form.issue, form.paper, form.print_id) for form in state.prints] == [(1, "a5", done.print_id)]
    assert [(job.print_id, job.copies, job.state) for job in state.jobs.values()] == [(done.print_id, 1, "waiting")]
    assert state.lines[DOSSIER_BOOK, 2026, 1][1] == done.dossier_id


def test_the_projection_says_what_was_received(desk):
    desk.intake.receive(command(
        note="  ghi   chú ", delivery=DeliveryMethod.POSTAL, channel=Channel.POSTAL, sets=2, out_of_area=True, wants_message=True,
        submitter=Submitter("Lê Văn Thử", "067090000001", relation="con")), CLERK)
    kept = only_dossier(desk)
    assert (kept.status, kept.procedure_version, kept.field_name, kept.limit_text) == (
        Status.RECEIVED, "2026.11-test/1.004873", "Hộ tịch", "03 ngày làm việc")
    assert (kept.note, kept.sets, kept.out_of_area, kept.wants_message, kept.received_by, kept.desk) == ("ghi chú", 2, True, True, "u-0001", "2")
    assert kept.handled_by == "UBND xã Đắk Mil"
    assert kept.delivery_address == kept.applicant.address, "without another address the result goes home"
    assert kept.due_history == ((kept.received_at, kept.due_at),)
    assert (kept.options["cutoff"], kept.options["supplement"]) == ("15:00", "restart")


def test_events_are_ops_of_the_contract(desk):
    for number in range(3):
        desk.intake.receive(command(fees=(CASH,), applicant=applicant(birth_date=date(1990 + number * 10, 3, 15), id_number="")), CLERK)
    desk.intake.receive(command(procedure_code="1.014034", documents=(), submitter=Submitter("Lê Văn Thử")), CLERK)
    last = ZERO_HASH
    for seq, event in enumerate(desk.state.events, start=1):
        op = envelope(event)
        assert [error.message for error in SCHEMA.iter_errors(op)] == []
        assert (op["seq"], op["prev_hash"], op["hash"]) == (seq, last, op_hash(op))
        last = op["hash"]
    assert first_broken(desk.state.audit) is None


def test_facts_and_record_tell_the_same(desk):
    done = desk.intake.receive(command(fees=(CASH,)), CLERK)
    received, fee, slip = desk.state.events
    assert received.facts["code"] == received.ho_so["MaHoSo"] == done.code
    assert received.facts["register"] == {"book": "2026/01", "number": 1}
    assert received.ho_so == fee.ho_so == slip.ho_so
    assert received.ho_so["TenTTHC"] == "Thủ tục xác nhận tình trạng hôn nhân", "the province gets the full name"
    assert (fee.facts["amount_vnd"], fee.facts["receipt_number"]) == (15000, "0000412")
    assert fee.facts["MaPhiLePhi"] == received.ho_so["DanhSachLePhi"][0]["MaPhiLePhi"]
    assert slip.facts["document_sha256"] == desk.state.prints[0].sha256


def test_ordinals_and_serials_go_up_together(desk):
    for expected in range(1, 12):
        done = desk.intake.receive(command(), CLERK)
        assert (done.code[-4:], done.place.ordinal) == (f"{expected:04d}", expected)


def test_the_slip_says_the_same_as_the_dossier(desk):
    done = desk.intake.receive(command(fees=(CASH,), clerk="Hoàng Văn Giả Định"), CLERK)
    said = desk.slips.document(done.print_id).decode()
    for words in (done.code, "TRẦN THỊ VÍ DỤ", "09 giờ 42 phút, thứ Năm, 26/11/2026", "0000412", "Hoàng Văn Giả Định", "07:30–11:30, 13:30–17:30"):
        assert words in said
    assert "067190000123" not in said


def test_the_preview_is_the_slip_that_comes(desk):
    seen = desk.intake.preview(command(fees=(CASH,)), CLERK).decode()
    done = desk.intake.receive(command(fees=(CASH,)), CLERK)
    kept = json.loads(desk.slips.document(done.print_id).decode().removeprefix("%PDF-fake "))
    coming = json.loads(seen.removeprefix("%PDF-fake "))
    assert coming.pop("copies") == kept.pop("copies")[1:]
    assert coming == kept


def test_a_preview_writes_nothing_and_takes_no_number(desk):
    writes = desk.database.writes
    assert b"0001" in desk.intake.preview(command(), CLERK)
    assert b"0001" in desk.intake.preview(command(), CLERK)
    assert desk.guard.taken == {}
    assert desk.database.writes == writes


def test_a_half_filled_form_has_a_preview(desk):
    assert b"%PDF" in desk.intake.preview(command(procedure_code="", applicant=applicant(full_name="", id_number="")), CLERK)
    assert b"%PDF" in desk.intake.preview(command(case="không có"), CLERK)


def test_a_preview_without_a_number_to_give_leaves_the_code_out(desk):
    desk = fake_desk(serial_first=7, serial_last=7)
    desk.intake.receive(command(), CLERK)
    assert "H36.50.05-261120" not in desk.intake.preview(command(), CLERK).decode()


def test_a_late_entry_keeps_both_times(desk):
    at = NOW - timedelta(days=1)
    done = desk.intake.receive(command(received_at=at, entered_later="Mất điện, ghi tay rồi nhập sau"), CLERK)
    assert (done.received_at, done.due_at) == (at, local(2026, 11, 25, 9, 42)), "counted from the receipt"
    assert "-261120-" in done.code, "the number is of the day of entry"
    assert done.place.year == 2026
    assert desk.state.events[0].occurred_at == NOW
    assert desk.state.events[0].facts["entered_later"] == "Mất điện, ghi tay rồi nhập sau"


def test_a_late_entry_over_new_year_goes_into_the_book_of_its_entry():
    desk = fake_desk(local(2027, 1, 4, 8, 0))
    done = desk.intake.receive(command(received_at=local(2026, 12, 31, 16, 0), entered_later="Nhập sau nghỉ lễ"), CLERK)
    assert (done.place.year, done.place.ordinal) == (2027, 1)
    assert "-270104-" in done.code


def test_no_limit_means_no_appointment(desk):
    done = desk.intake.receive(command(procedure_code="1.014034", documents=()), CLERK)
    assert (done.due_at, [warning.code for warning in done.warnings]) == (None, ["LIMIT_UNKNOWN"])
    assert done.explanation == "Không quy định thời hạn nên không hẹn ngày trả"


def test_a_case_has_its_own_limit(desk):
    usual = desk.intake.receive(command(procedure_code="1.004859"), CLERK)
    longer = desk.intake.receive(command(procedure_code="1.004859", case="cần xác minh"), CLERK)
    assert longer.due_at > usual.due_at
    assert desk.state.dossiers[longer.dossier_id].limit_text == "06 ngày làm việc"
    assert [event.facts["case_code"] for event in desk.state.events if event.type == "dossier.received"] == ["", "cần xác minh"]


def test_a_year_that_the_calendar_does_not_know_is_a_warning():
    desk = fake_desk(local(2028, 12, 29, 9, 0))
    assert "CALENDAR_YEAR_UNKNOWN" in [warning.code for warning in desk.intake.receive(command(), CLERK).warnings]


def test_a_clock_that_was_set_back_is_told_before_anything_is_printed(desk):
    desk.intake.receive(command(), CLERK)
    desk.clock.moment = NOW - timedelta(minutes=5)
    assert desk.intake.check(command()).warnings == (), "two counters' clocks may differ by so much"
    desk.clock.moment = NOW - timedelta(days=1)
    check = desk.intake.check(command())
    assert [(each.code, each.params) for each in check.warnings] == [
        ("CLOCK_BEHIND_DESK", {"now": "09:42 19/11/2026", "time": "09:42 20/11/2026"})]
    assert check.to_accept == (), "it forbids nothing, and nobody is asked why"
    assert [each.code for each in desk.intake.receive(command(), CLERK).warnings] == ["CLOCK_BEHIND_DESK"]
    assert desk.intake.check(command()).warnings == check.warnings, "what was written under the wrong clock hides nothing"


def test_inspectors_receive_nothing(desk):
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.intake.receive(command(), INSPECTOR)


def test_the_draft_goes_with_the_commit(desk):
    draft = desk.drafts.save("u-0001", "intake", {"name": "Trần"}, "Trần")
    done = desk.intake.receive(command(draft_id=draft.draft_id), CLERK)
    assert desk.drafts.current("u-0001", "intake") is None
    assert done.changes.touch("drafts")


def test_the_draft_of_another_person_stays(desk):
    hers = desk.drafts.save("u-0002", "intake", {"name": "Trần"}, "Trần")
    desk.intake.receive(command(draft_id=hers.draft_id), CLERK)
    assert desk.drafts.current("u-0002", "intake") == hers


@pytest.mark.parametrize("fault", [failed("DISK_FULL", path="x"), failed("DATABASE_LOCKED", path="x")])
def test_a_failing_commit_keeps_nothing_but_the_draft(desk, fault):
    draft = desk.drafts.save("u-0001", "intake", {"name": "Trần"}, "Trần")
    desk.database.fault = fault
    with pytest.raises(type(fault)):
        desk.intake.receive(command(draft_id=draft.draft_id), CLERK)
    state = desk.state
    assert (state.dossiers, state.events, state.lines, state.prints, state.numbers, state.outbox) == ({}, [], {}, [], [], {})
    assert desk.drafts.current("u-0001", "intake") == draft


def test_the_number_of_a_failed_intake_is_burned_and_put_on_record_by_the_next(desk):
    desk.database.fault = failed("DISK_FULL", path="x")
    with pytest.raises(Exception, match="DISK_FULL"):
        desk.intake.receive(command(), CLERK)
    done = desk.intake.receive(command(), CLERK)
    assert (done.code[-4:], done.place.ordinal) == ("0002", 1), "the book has no gap, the numbers have one"
    assert [(number.serial, number.dossier_id is None, number.reason) for number in desk.state.numbers] == [(1, True, "crash"), (2, False, "")]


def test_a_guard_that_cannot_write_stops_the_intake_before_the_database(desk):
    desk.guard.fault = failed("GUARD_UNWRITABLE", number=28)
    writes = desk.database.writes
    with pytest.raises(Exception, match="GUARD_UNWRITABLE"):
        desk.intake.receive(command(), CLERK)
    assert (desk.database.writes - writes, desk.state.dossiers) == (0, {})
    assert desk.intake.receive(command(), CLERK).code.endswith("0001")


def test_a_closed_book_takes_no_more_and_uses_up_no_number():
    desk = fake_desk(local(2026, 12, 31, 10, 0))
    desk.intake.receive(command(), CLERK)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    with pytest.raises(RuleBrokenError, match="BOOK_CLOSED"):
        desk.intake.receive(command(), CLERK)
    assert max(desk.guard.taken.values()) == 1
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    assert desk.intake.receive(command(), CLERK).place == BookPlace(DOSSIER_BOOK, 2026, 2, 2)


def test_a_provisional_desk_says_so():
    desk = fake_desk(provisional=True)
    done = desk.intake.receive(command(), CLERK)
    assert done.code.startswith("TAM-")
    assert desk.state.events[0].facts["code_kind"] == "provisional"
    assert only_dossier(desk).codes[0].kind == "provisional"


def test_a_practice_desk_sends_nothing():
    desk = fake_desk(practice=True)
    desk.intake.receive(command(), CLERK)
    assert (desk.state.outbox, len(desk.state.events)) == ({}, 2)


def test_two_windows_get_two_numbers_and_two_places(desk):
    other = fake_desk(desk.clock, desk.database, desk.guard)
    codes = [which.intake.receive(command(), CLERK) for which in (desk, other, other, desk)]
    assert len({done.code for done in codes}) == len({done.place for done in codes}) == 4


def test_no_personal_data_in_the_audit_trail(desk):
    desk.intake.receive(command(fees=(CASH,)), CLERK)
    told = json.dumps([[entry.action, entry.subject, dict(entry.details)] for entry in desk.state.audit], ensure_ascii=False)
    for secret in ("Trần", "Ví Dụ", "067190000123", "0900", "Thôn"):
        assert secret not in told


def received_facts(desk):
    return next(event.facts for event in desk.state.events if event.type == "dossier.received")


def test_the_reason_for_passing_a_warning_stays_in_the_event(desk):
    odd = command(applicant=applicant(address="", id_number=""), must_accept=True, warnings_accepted=" Mất thẻ,  sẽ bổ sung ")
    desk.intake.receive(odd, CLERK)
    assert received_facts(desk)["warnings_accepted"] == {
        "codes": ["ID_NUMBER_MISSING", "ADDRESS_MISSING"], "reason": "Mất thẻ, sẽ bổ sung"}
    assert "Mất thẻ" not in json.dumps([dict(entry.details) for entry in desk.state.audit], ensure_ascii=False)


def test_warnings_of_a_file_are_kept_without_a_reason_and_none_are_kept_where_there_were_none(desk):
    desk.intake.receive(command(applicant=applicant(address="")), CLERK)
    assert received_facts(desk)["warnings_accepted"] == {"codes": ["ADDRESS_MISSING"], "reason": ""}
    other = fake_desk()
    other.intake.receive(command(warnings_accepted="đã xem"), CLERK)
    assert "warnings_accepted" not in received_facts(other)


def test_without_the_reason_no_number_is_used_up(desk):
    with pytest.raises(RuleBrokenError, match="WARNINGS_NOT_ACCEPTED@warnings_accepted"):
        desk.intake.receive(command(applicant=applicant(address=""), must_accept=True), CLERK)
    assert (desk.state.numbers, desk.state.events) == ([], [])
