"""Slips: the first print stays for ever; a reprint is the same content and says so."""

import json
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, HandOver, Supplement
from counter_app.services.documents.form_content import hand_over_list, supplement_request
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slips import SlipMaker, next_name
from tests.builders import CLERK, INSPECTOR, command, dossier, fake_desk, profile
from tests.fakes import FakeFormPrinter


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def received(desk):
    return desk.intake.receive(command(), CLERK)


def said(pdf):
    return json.loads(pdf.decode().removeprefix("%PDF-fake "))


def test_the_first_print_is_the_one_of_the_intake(desk, received):
    first = desk.slips.first(received.dossier_id)
    assert (first.print_id, first.issue, first.pdf) == (received.print_id, 1, desk.slips.document(received.print_id))


def test_a_reprint_has_the_same_content_and_a_mark(desk, received):
    first = said(desk.slips.document(received.print_id))
    desk.clock.forward(hours=1)
    again = desk.slips.reprint(received.code, "a5", CLERK)
    marked = said(again.pdf)
    assert marked.pop("marks") == ["In lại lần 1, 10:42 20/11/2026"]
    assert first.pop("marks") == []
    assert marked == first


def test_reprints_are_counted(desk, received):
    issues = [desk.slips.reprint(received.code, paper, CLERK) for paper in ("a5", "a4", "80mm")]
    assert [(form.issue, form.paper) for form in issues] == [(2, "a5"), (3, "a4"), (4, "80mm")]
    assert said(issues[2].pdf)["marks"][0].startswith("In lại lần 3")
    assert [event.facts["issue"] for event in desk.state.events if event.type == "slip.printed"] == [1, 2, 3, 4]
    assert desk.state.audit[-1].action == "slip.printed"


def test_only_the_first_print_is_stored_as_a_document(desk, received):
    again = desk.slips.reprint(received.code, "a4", CLERK)
    assert [bool(form.pdf) for form in desk.state.prints] == [True, False]
    assert desk.slips.document(again.print_id) == again.pdf, "made again from its content, byte for byte"
    assert desk.state.events[-1].facts["document_sha256"] == again.sha256


def test_nothing_that_changes_later_changes_a_slip(desk, received):
    before = desk.slips.document(received.print_id)
    with desk.database.write() as uow:
        from dataclasses import asdict, replace
        uow.settings.put(f"desk/{profile().device}", asdict(profile(phone="0261 000 0000", commune="Xã Khác")))
        kept = uow.dossiers.get(received.dossier_id)
        uow.dossiers.update(replace(kept, note="đã sửa", procedure_name="Tên khác"))
        uow.commit()
    assert desk.slips.document(received.print_id) == before
    again = said(desk.slips.reprint(received.code, "a5", CLERK).pdf)
    assert {**again, "marks": []} == said(before)


def test_what_was_never_printed_cannot_be_reprinted(desk):
    desk.add(dossier(1))
    with pytest.raises(RuleBrokenError, match="SLIP_UNKNOWN"):
        desk.slips.reprint("H36.50.05-261101-0001", "a5", CLERK)
    with pytest.raises(RuleBrokenError, match="SLIP_UNKNOWN"):
        desk.slips.first("nobody")
    with pytest.raises(RuleBrokenError, match="PRINT_UNKNOWN"):
        desk.slips.document("nothing")


def test_an_unknown_paper_is_named(desk, received):
    with pytest.raises(RuleBrokenError, match="PAPER_UNKNOWN@paper"):
        desk.slips.reprint(received.code, "letter", CLERK)


def test_the_practice_mark_comes_back_with_the_number_of_the_reprint():
    desk = fake_desk(practice=True)
    received = desk.intake.receive(command(), CLERK)
    marks = said(desk.slips.reprint(received.code, "a5", CLERK).pdf)["marks"]
    assert len(marks) == 2


def asked_for_papers(desk, received, *items):
    """A stored request for papers, as the verb prints it; a second one is another form."""
    with desk.database.write() as uow:
        kept = uow.dossiers.get(received.dossier_id)
        wanted = Supplement("s", desk.clock.now(), "Lý Thị Mẫu Đơn", items, "Thiếu giấy tờ", "01/TTPVHCC")
        content = supplement_request(kept, wanted, profile(), form_in_force("02", date(2026, 11, 20)), clerk="Lý Thị Mẫu Đơn")
        maker = SlipMaker(FakeFormPrinter(), desk.calendar)
        form = maker.made(kept.dossier_id, next_name(uow, kept.dossier_id, "02"), content, "a5", desk.clock.now())
        uow.prints.add(form)
        uow.commit()
    return form


def test_any_stored_form_is_printed_again(desk, received):
    first = asked_for_papers(desk, received, "Giấy khai sinh")
    again = desk.slips.reprint(received.code, "a4", CLERK, "02")
    assert (again.form, again.issue, again.paper) == ("02", 2, "a4")
    marked = said(again.pdf)
    assert marked.pop("marks") == ["In lại lần 1, 09:42 20/11/2026"]
    assert marked | {"marks": [], "paper": "a5"} == said(first.pdf)
    assert desk.state.events[-1].facts["form"] == "02"
    assert desk.state.events[-1].facts["copies"] == 2


def test_of_two_requests_the_newer_one_is_printed_again(desk, received):
    asked_for_papers(desk, received, "Giấy khai sinh")
    asked_for_papers(desk, received, "Sổ hộ khẩu")
    again = desk.slips.reprint(received.code, "a5", CLERK, "02")
    assert (again.form, again.issue) == ("02/2", 2)
    assert "Sổ hộ khẩu" in again.pdf.decode()


def test_a_form_comes_on_its_own_paper_where_it_is_not_made_for_the_wanted_one(desk, received):
    sheet = desk.slips.reprint(received.code, "80mm", CLERK, "process")
    assert (sheet.form, sheet.issue, sheet.paper) == ("process", 1, "a4")


def test_a_label_is_made_once_and_then_printed_again(desk, received):
    first, again = (desk.slips.reprint(received.code, "a5", CLERK, "label") for _ in range(2))
    assert [(form.form, form.issue, form.paper) for form in (first, again)] == [("label", 1, "label"), ("label", 2, "label")]
    assert said(first.pdf)["code"]["text"] == received.code


def test_a_process_sheet_is_always_the_newest(desk, received):
    first, other = (desk.slips.reprint(received.code, "a4", CLERK, "process") for _ in range(2))
    assert (first.form, other.form) == ("process", "process/2")
    lines = [said(form.pdf)["body"][1]["table"]["rows"] for form in (first, other)]
    assert len(lines[1]) == len(lines[0]) + 1
    assert lines[0][0][2:4] == ["Lý Thị Mẫu Đơn", "Tiếp nhận hồ sơ"]


def test_a_form_that_was_never_printed_is_not_printed_again(desk, received):
    with pytest.raises(RuleBrokenError, match="SLIP_UNKNOWN"):
        desk.slips.reprint(received.code, "a5", CLERK, "04")


def test_a_struck_print_stays_with_its_reason(desk, received):
    struck = desk.slips.void(received.print_id, "  in   nhầm hồ sơ ", CLERK)
    assert (struck.void_reason, struck.voided_at) == ("in nhầm hồ sơ", desk.clock.now())
    kept = desk.slips.of_dossier(received.dossier_id, CLERK)
    assert [(form.form, form.void_reason) for form in kept] == [("01", "in nhầm hồ sơ")]
    assert desk.slips.document(received.print_id) == desk.slips.first(received.dossier_id).pdf
    entry = desk.state.audit[-1]
    assert (entry.action, entry.details) == ("slip.voided", {"form": "01", "issue": 1})


def test_a_struck_print_is_not_printed_again_and_leaves_the_queue(desk, received):
    desk.print_queue.add(received.print_id, "")
    desk.slips.void(received.print_id, "in nhầm", CLERK)
    assert desk.print_queue.lines() == []
    with pytest.raises(RuleBrokenError, match="PRINT_VOID"):
        desk.slips.reprint(received.code, "a5", CLERK)
    with pytest.raises(RuleBrokenError, match="PRINT_VOID_ALREADY"):
        desk.slips.void(received.print_id, "in nhầm", CLERK)


def test_the_form_before_a_struck_one_stands_again(desk, received):
    asked_for_papers(desk, received, "Giấy khai sinh")
    wrong = asked_for_papers(desk, received, "Sổ hộ khẩu")
    desk.slips.void(wrong.print_id, "sai giấy tờ", CLERK)
    assert desk.slips.newest(received.code, "02", CLERK).form == "02"


def test_striking_asks_for_a_reason_a_print_and_the_right(desk, received):
    with pytest.raises(RuleBrokenError, match="REASON_EMPTY@reason"):
        desk.slips.void(received.print_id, " ", CLERK)
    with pytest.raises(RuleBrokenError, match="PRINT_UNKNOWN"):
        desk.slips.void("nothing", "in nhầm", CLERK)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.slips.void(received.print_id, "in nhầm", INSPECTOR)
    assert desk.slips.of_dossier(received.dossier_id, INSPECTOR)[0].voided_at is None


def test_the_prints_of_a_batch_belong_to_each_of_its_dossiers(desk, received):
    with desk.database.write() as uow:
        kept = uow.dossiers.get(received.dossier_id)
        given = HandOver("batch-1", desk.clock.now(), Direction.TO_SPECIALIST, "Trung tâm", "Tư pháp", "A", "B", 3)
        content = hand_over_list([kept], given, profile(), form_in_force("hand_over", date(2026, 11, 20)))
        uow.prints.add(SlipMaker(FakeFormPrinter(), desk.calendar).made("batch-1", "hand_over", content, "a5", desk.clock.now()))
        uow.dossiers.update(replace(kept, hand_overs=(given,)))
        uow.commit()
    assert [form.form for form in desk.slips.of_dossier(received.dossier_id, CLERK)] == ["01", "hand_over"]
    again = desk.slips.reprint(received.code, "a5", CLERK, "hand_over")
    assert (again.dossier_id, again.issue) == ("batch-1", 2)
