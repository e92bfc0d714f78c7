"""Papers that are digitised: looked at, used again, taken out, shelved, kept, handed over, destroyed with their key."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.archive import DIGITISED_BOOK
from counter_app.domain.books import register_in_force
from counter_app.domain.canonical import first_broken
from counter_app.domain.digitised import FileTarget, PaperDetails, PaperState, completeness
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.errors import DeskError
from counter_app.domain.life import ResultPaper
from counter_app.domain.moments import day_of
from counter_app.domain.scan_batch_acts import Assign, Describe
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.results import ResultReady
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.library import CorrectPaper, ReusePaper, TakeOut
from tests.builders import CLERK, HEAD, INSPECTOR, applicant, command, fake_desk
from tests.fakes_scanning import scans

PAPERS = (DocumentLine("Tờ khai", 1, component_code="G15-1"), DocumentLine("Trích lục", 0, 1))


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


def received(place, **changes):
    return place.desk.intake.receive(command(documents=PAPERS, **changes), CLERK).code


def filed(place, code, part="G15-1", text="a", details=None, **changes):
    batch_id = place.begin(text)
    (page,) = place.batches.view(batch_id).batch.pages
    place.batches.act(batch_id, Assign(page.page_id, code, part=part, **changes))
    if details:
        place.batches.act(batch_id, Describe(page.page_id, details))
    done = place.filing.file(FileBatch(batch_id), CLERK)
    assert done.complete, done.unfiled
    return place.papers()[-1]


def code_of(act):
    with pytest.raises(DeskError) as error:
        act()
    return error.value.code


def actions(place):
    return [entry.action for entry in place.desk.state.audit]


def test_a_look_at_a_file_is_noted_before_it_is_shown(place):
    paper = filed(place, received(place))
    out = place.folder / "shown" / "paper.pdf"
    assert place.library.look(paper.op_id, out, HEAD) == paper
    assert "a/0/True" in out.read_text("utf-8")
    entry = place.desk.state.audit[-1]
    assert (entry.action, entry.user_id, entry.subject, entry.details) == ("file.opened", "u-0002", paper.dossier_id, {"file": paper.file_id})
    place.store.destroy(paper.stored_id)
    assert code_of(lambda: place.library.look(paper.op_id, out, CLERK)) == "SEALED_FILE_MISSING"
    assert actions(place)[-1] == "file.opened", "that somebody wanted to look is noted all the same"
    assert code_of(lambda: place.library.look("op-x", out, CLERK)) == "FILE_UNKNOWN"


def test_an_inspector_sees_that_a_paper_is_there_and_takes_none_outside(place):
    paper, out = filed(place, received(place)), place.folder / "taken.pdf"
    assert code_of(lambda: place.library.look(paper.op_id, out, INSPECTOR)) == "NOT_ALLOWED"
    assert not out.exists()


def test_the_papers_of_a_dossier(place):
    code = received(place)
    paper = filed(place, code)
    assert place.library.of_dossier(code, INSPECTOR) == (paper,)
    entry = place.desk.state.audit[-1]
    assert (entry.action, entry.user_id, entry.subject, entry.details) == ("files.listed", "u-0003", paper.dossier_id, {"files": 1})
    assert code_of(lambda: place.library.of_dossier("H36.50.05-261120-9999", CLERK)) == "DOSSIER_UNKNOWN"


def test_a_paper_of_the_same_person_is_offered_and_used_again(place):
    first, second = received(place), received(place)
    stranger = received(place, applicant=applicant(id_number="067190000999"))
    paper = filed(place, first)
    assert place.library.reusable(first, CLERK) == (), "its own is no earlier one"
    assert place.library.reusable(stranger, CLERK) == ()
    assert place.library.reusable(second, CLERK) == (paper,)
    assert place.desk.state.audit[-1].details == {"found": 1}
    done = place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    (file,) = done.dossier.files
    assert (file.state, file.sha256, file.part, file.paper) == (PaperState.REUSED_COMPONENT, paper.sha256, "TP02", "Trích lục")
    assert len(place.store.names()) == 1, "one file for both"
    record = place.desk.state.events[-1].ho_so["TaiLieuNop"][0]
    assert (record["DuocTaiSuDung"], record["MaThanhPhanHoSo"]) == ("1", "TP02")
    assert completeness(done.dossier).reused
    assert place.papers()[-1].stored_id == paper.stored_id


def test_an_earlier_result_is_used_again_under_its_code(place):
    first, second = received(place), received(place)
    place.desk.life.perform(ResultReady(first, (ResultPaper("", "Giấy xác nhận", "KQ.G15.000023", number="12/XN"),)), CLERK)
    (result,) = place.dossier(first).results
    paper = filed(place, first, result.result_id, target=FileTarget.RESULT)
    place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    element = place.desk.state.events[-1].ho_so["TaiLieuNop"][0]
    assert (element["DuocTaiSuDung"], element["MaKetQuaThayThe"]) == ("2", "KQ.G15.000023")


def test_whose_a_paper_is_its_dossier_says_as_it_stands_now(place):
    mistyped = received(place)
    paper = filed(place, mistyped)
    place.desk.life.corrections.correct(Correct(mistyped, {"applicant.id_number": "067190000999"}, "Gõ nhầm số"), CLERK)
    other, owner = received(place), received(place, applicant=applicant(id_number="067190000999"))
    assert place.library.reusable(other, CLERK) == (), "the number that was typed first is somebody else's"
    assert code_of(lambda: place.library.reuse(ReusePaper(other, "TP02", paper.op_id), CLERK)) == "FILE_OTHER_PERSON"
    assert place.library.reusable(owner, CLERK) == (paper,)
    (file,) = place.library.reuse(ReusePaper(owner, "TP02", paper.op_id), CLERK).dossier.files
    assert file.sha256 == paper.sha256


def test_the_newest_papers_are_offered_first(place):
    papers = [filed(place, received(place), text=text) for text in ("a", "b", "c")]
    assert place.library.reusable(received(place), CLERK) == tuple(reversed(papers))


def test_to_whom_nobody_gave_a_number_nothing_is_offered(place):
    nobody = {"applicant": applicant(id_number="")}
    filed(place, received(place, **nobody))
    assert place.library.reusable(received(place, **nobody), CLERK) == ()


def test_what_may_not_be_used_again(place):
    first, second = received(place), received(place)
    stranger = received(place, applicant=applicant(id_number="067190000999"))
    paper = filed(place, first)
    late = filed(place, first, "TP02", "old", PaperDetails(valid_to=day_of(place.desk.clock.now()) - timedelta(days=1)))
    reuse = place.library.reuse
    assert code_of(lambda: reuse(ReusePaper(stranger, "TP02", paper.op_id), CLERK)) == "FILE_OTHER_PERSON"
    assert code_of(lambda: reuse(ReusePaper(second, "TP02", late.op_id), CLERK)) == "FILE_EXPIRED"
    assert code_of(lambda: reuse(ReusePaper(second, "TP09", paper.op_id), CLERK)) == "PAPER_NOT_IN_DOSSIER"
    assert code_of(lambda: reuse(ReusePaper(first, "TP02", paper.op_id), CLERK)) == "FILE_PAPER_TAKEN"
    assert code_of(lambda: reuse(ReusePaper(second, "TP02", "op-x"), CLERK)) == "FILE_UNKNOWN"
    assert code_of(lambda: reuse(ReusePaper(second, "TP02", paper.op_id), INSPECTOR)) == "NOT_ALLOWED"
    assert place.library.reusable(second, CLERK) == (paper,), "what expired is not offered"


def test_a_file_is_taken_out_and_the_paper_scanned_again(place):
    code = received(place)
    paper = filed(place, code)
    assert code_of(lambda: place.library.take_out(TakeOut(code, paper.file_id, " "), CLERK)) == "TEXT_NEEDED"
    done = place.library.take_out(TakeOut(code, paper.file_id, "Quét nhầm trang"), CLERK)
    event = place.desk.state.events[-1]
    assert (event.type, event.facts["reason"], event.ho_so["TaiLieuNop"][0]["IsDeleted"]) == ("attachment.unlinked", "Quét nhầm trang", "True")
    assert not completeness(done.dossier).components
    assert place.library.of_dossier(code, CLERK) == ()
    assert code_of(lambda: place.library.take_out(TakeOut(code, paper.file_id, "x"), CLERK)) == "FILE_NOT_IN_DOSSIER"
    again = filed(place, code)
    assert [file.unlinked for file in place.dossier(code).files] == ["Quét nhầm trang", ""]
    assert again.op_id != paper.op_id


def test_shelf_retention_and_archive_stand_in_the_register(place):
    paper = filed(place, received(place))
    place.library.shelve([paper.op_id], "Hộp 12", "Cặp 3", CLERK)
    place.library.keep([paper.op_id], date(2026, 11, 19), HEAD)
    assert [each.op_id for each in place.library.due(CLERK)] == [paper.op_id]
    assert (place.desk.state.audit[-1].action, place.desk.state.audit[-1].details) == ("files.listed", {"files": 1})
    place.library.hand_over([paper.op_id], date(2026, 11, 20), HEAD)
    assert place.library.due(CLERK) == ()
    assert [each.op_id for each in place.library.handed_over(date(2026, 11, 1), date(2026, 11, 30), CLERK)] == [paper.op_id]
    (line,) = place.desk.logbooks.page("digitised", 2026, 1, 1, CLERK).lines
    assert (line.content["shelf"], line.content["kept_until"], line.content["archived_on"]) == ("Hộp 12, Cặp 3", "2026-11-19", "2026-11-20")
    assert {column.key for column in register_in_force(DIGITISED_BOOK, date(2026, 11, 20)).columns} <= {*line.content, "ordinal", "note"}
    assert [action for action in actions(place) if action.startswith("paper.")] == ["paper.shelved", "paper.kept", "paper.handed_over"]


@pytest.mark.parametrize(("act", "code"), [
    (lambda library, op: library.shelve([op], "x" * 1000, "", CLERK), "TEXT_TOO_LONG"),
    (lambda library, op: library.shelve([op, "op-x"], "1", "", CLERK), "FILE_UNKNOWN"),
    (lambda library, op: library.shelve([op], "1", "", INSPECTOR), "NOT_ALLOWED"),
    (lambda library, op: library.keep([op], None, CLERK), "NOT_ALLOWED"),
    (lambda library, op: library.hand_over([op], date(2026, 11, 20), CLERK), "NOT_ALLOWED"),
    (lambda library, op: library.hand_over([op], date(2026, 11, 21), HEAD), "HAND_OVER_IN_FUTURE"),
    (lambda library, op: library.destroy("s-x", "hết hạn", HEAD), "FILE_UNKNOWN"),
    (lambda library, op: library.destroy("s-x", "", HEAD), "TEXT_NEEDED"),
    (lambda library, op: library.destroy("s-x", "hết hạn", CLERK), "NOT_ALLOWED"),
])
def test_what_is_refused_changes_nothing(place, act, code):
    paper = filed(place, received(place))
    before = len(place.desk.state.audit)
    assert code_of(lambda: act(place.library, paper.op_id)) == code
    assert place.papers() == [paper]
    assert len(place.desk.state.audit) == before


def test_a_file_is_destroyed_with_its_key_and_the_chain_stays_whole(place):
    code = received(place)
    paper = filed(place, code)
    assert code_of(lambda: place.library.destroy(paper.stored_id, "hết hạn", HEAD)) == "FILE_STILL_KEPT", "kept for ever"
    place.library.keep([paper.op_id], date(2026, 11, 20), HEAD)
    assert code_of(lambda: place.library.destroy(paper.stored_id, "hết hạn", HEAD)) == "FILE_STILL_KEPT", "kept through its last day"
    place.library.keep([paper.op_id], date(2026, 11, 19), HEAD)
    events = list(place.desk.state.events)
    place.library.destroy(paper.stored_id, "Hết thời hạn lưu", HEAD)
    with place.desk.database.read() as uow:
        stored = uow.files.get(paper.stored_id)
    assert (stored.key, stored.destroyed_by, stored.destroyed_reason) == ("", "u-0002", "Hết thời hạn lưu")
    assert place.store.names() == frozenset()
    assert place.desk.state.events == events
    assert first_broken(place.desk.state.audit) is None
    assert code_of(lambda: place.library.look(paper.op_id, place.folder / "x", CLERK)) == "FILE_DESTROYED"
    assert code_of(lambda: place.library.destroy(paper.stored_id, "x", HEAD)) == "FILE_DESTROYED"
    second = received(place)
    assert place.library.reusable(second, CLERK) == ()
    assert code_of(lambda: place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)) == "FILE_DESTROYED"


def test_a_file_that_another_dossier_uses_is_not_destroyed(place):
    first, second = received(place), received(place)
    paper = filed(place, first)
    place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    place.library.take_out(TakeOut(first, paper.file_id, "nhầm"), CLERK)
    assert code_of(lambda: place.library.destroy(paper.stored_id, "nhầm", HEAD)) == "FILE_STILL_KEPT"
    other = place.papers()[-1]
    place.library.take_out(TakeOut(second, other.file_id, "nhầm"), CLERK)
    place.library.destroy(paper.stored_id, "nhầm", HEAD)
    assert place.store.names() == frozenset()


def test_nobody_without_a_number_is_the_same_person(place):
    first, second = (received(place, applicant=applicant(id_number="")) for _ in range(2))
    paper = filed(place, first)
    assert replace(paper, owner="") == paper
    assert place.library.reusable(second, CLERK) == ()
    assert code_of(lambda: place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)) == "FILE_OTHER_PERSON"


# --- correcting what is on record -------------------------------------------------------------------------------------

READ = PaperDetails(number="12/TL", issued_on=date(2020, 5, 4), issuer="UBND xã Mẫu")


def correct(place, code, paper, reason="Ghi sai số", **changes):
    details = replace(READ, **changes)
    return place.library.correct(CorrectPaper(code, paper.file_id, details, reason), CLERK)


def test_a_correction_is_an_event_with_its_reason_and_keeps_what_was(place):
    code = received(place)
    old = filed(place, code, "TP02", details=READ)
    place.library.shelve([old.op_id], "Hộp 1", "", CLERK)
    done = correct(place, code, old, number="13/TL", valid_to=date(2030, 5, 4))
    out, linked = place.desk.state.events[-2:]
    assert (out.type, out.facts["reason"], linked.type, linked.facts["reason"], linked.facts["number"]) == (
        "attachment.unlinked", "Ghi sai số", "attachment.linked", "Ghi sai số", "13/TL")
    assert [(each.number, each.unlinked) for each in done.dossier.files] == [("12/TL", "Ghi sai số"), ("13/TL", "")]
    first, second = place.papers()
    assert (first.unlinked_at is None, second.number, second.valid_to, second.box) == (False, "13/TL", date(2030, 5, 4), "Hộp 1")
    assert (second.stored_id, second.sha256) == (first.stored_id, first.sha256), "the scan is the same"
    assert completeness(done.dossier).components is completeness(place.dossier(code)).components
    element = linked.ho_so["TaiLieuNop"]
    assert [each["IsDeleted"] for each in element] == ["True", "False"]


@pytest.mark.parametrize("taken_out", [False, True])
def test_a_paper_stands_once_on_the_list_of_the_archive_whatever_became_of_it_later(place, taken_out):
    code = received(place)
    paper = filed(place, code, "TP02", details=READ)
    place.library.hand_over([paper.op_id], date(2026, 11, 20), HEAD)
    if taken_out:
        place.library.take_out(TakeOut(code, paper.file_id, "Quét nhầm trang"), CLERK)
    else:
        correct(place, code, paper, number="13/TL")
    (listed,) = place.library.handed_over(date(2026, 11, 1), date(2026, 11, 30), CLERK)
    assert listed.number == ("12/TL" if taken_out else "13/TL")


def test_a_corrected_result_is_replaced_under_its_own_id_and_named_by_its_number(place):
    code = received(place)
    place.desk.life.perform(ResultReady(code, (ResultPaper("", "Giấy xác nhận", "KQ.G15.000023", number="12/XN"),)), CLERK)
    (result,) = place.dossier(code).results
    paper = filed(place, code, result.result_id, target=FileTarget.RESULT)
    done = place.library.correct(CorrectPaper(
        code, paper.file_id, PaperDetails(result_code="kq.g15.000024", number="21/XN"), "Ghi ngược số"), CLERK)
    event = place.desk.state.events[-1]
    assert (event.type, event.facts["file_id"], event.facts["filename"]) == ("attachment.linked", result.result_id, f"{code}-21-XN.pdf")
    assert (done.dossier.results[0].number, done.dossier.results[0].code) == ("21/XN", "KQ.G15.000024")
    assert event.ho_so["DanhSachGiayToKetQua"][0]["MaGiayToKetQua"] == "KQ.G15.000024"
    assert [paper.filename for paper in place.library.of_dossier(code, CLERK)] == [f"{code}-21-XN.pdf"]


@pytest.mark.parametrize(("changes", "reason", "code", "field"), [
    ({}, "Ghi sai số", "NOTHING_TO_CORRECT", None), ({"number": "9"}, " ", "TEXT_NEEDED", "reason"),
    ({"result_code": "KQ.15.1"}, "Ghi sai số", "RESULT_CODE_UNKNOWN", "result_code"),
    ({"valid_from": date(2030, 1, 2), "valid_to": date(2030, 1, 1)}, "Ghi sai số", "VALIDITY_ENDS_FIRST", "valid_to"),
    ({"issuer": "x" * 201}, "Ghi sai số", "TEXT_TOO_LONG", "issuer"), ({"signer": "a\u4e2db"}, "Ghi sai số", "TEXT_UNPRINTABLE", "signer"),
])
def test_what_can_not_be_corrected_so(place, changes, reason, code, field):
    of = received(place)
    paper, before = filed(place, of, "TP02", details=READ), len(place.desk.state.events)
    with pytest.raises(DeskError) as error:
        correct(place, of, paper, reason, **changes)
    assert (error.value.code, error.value.problems[0].field) == (code, field)
    assert len(place.desk.state.events) == before


def test_a_paper_that_was_taken_out_is_not_corrected(place):
    code = received(place)
    paper = filed(place, code, "TP02", details=READ)
    place.library.take_out(TakeOut(code, paper.file_id, "quét nhầm"), CLERK)
    assert code_of(lambda: correct(place, code, paper, number="9")) == "FILE_NOT_IN_DOSSIER"


def test_what_is_used_again_says_what_the_paper_says_and_was_not_checked_yet(place):
    first, second = received(place), received(place)
    paper = filed(place, first, details=replace(READ, valid_to=date(2030, 1, 1), checked_by="Lý Thị Mẫu Đơn"))
    (file,) = place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK).dossier.files
    assert (file.number, file.issuer, file.valid_to, file.checked_by) == ("12/TL", "UBND xã Mẫu", date(2030, 1, 1), "")


# --- the register -----------------------------------------------------------------------------------------------------


def lines(place, year=2026):
    return [(line.content["code"], line.struck_reason) for line in place.desk.logbooks.page(DIGITISED_BOOK, year, 1, 1, CLERK).lines]


def test_what_was_taken_out_is_struck_in_the_register_with_its_reason(place):
    code = received(place)
    paper = filed(place, code, "TP02", details=READ)
    filed(place, code, "G15-1", "b")
    place.library.take_out(TakeOut(code, paper.file_id, "Quét nhầm trang"), CLERK)
    assert lines(place) == [(code, "Quét nhầm trang"), (code, "")]


def test_a_correction_strikes_the_wrong_line_and_enters_the_right_one(place):
    code = received(place)
    paper = filed(place, code, "TP02", details=READ)
    correct(place, code, paper, result_code="KQ.G15.000023")
    page = place.desk.logbooks.page(DIGITISED_BOOK, 2026, 1, 1, CLERK)
    assert [(line.content["result_code"], line.struck_reason) for line in page.lines] == [("", "Ghi sai số"), ("KQ.G15.000023", "")]


def test_a_book_that_is_closed_stays_as_it_was_printed(place):
    code = received(place)
    paper = filed(place, code, "TP02", details=READ)
    with place.desk.database.write() as uow:
        uow.logbooks.close_volume(DIGITISED_BOOK, 2026, 1, date(2026, 12, 31))
        uow.commit()
    done = place.library.take_out(TakeOut(code, paper.file_id, "Quét nhầm trang"), CLERK)
    assert done.dossier.files[0].unlinked == "Quét nhầm trang"
    assert lines(place) == [(code, "")]
