"""How the digitised papers of a dossier read."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain import projection
from counter_app.domain.archive import DigitalPaper
from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, PaperState
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.life import ResultPaper
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from tests.builders import dossier
from ui.models.digital_papers import PaperAct, acts_on, count_words, lines_of, number_words, record_of
from ui.models.scan_stack import papers_of

AT = local(2026, 11, 20, 10, 0)
PAPERS = (DocumentLine("Tờ khai", 1), DocumentLine("Trích lục", 1), DocumentLine("Thẻ căn cước", 1, shown_only=True))
RESULT = ResultPaper("r-1", "Giấy xác nhận")


def file(part, **changes):
    made = FiledFile(f"f-{part}", FileTarget.COMPONENT, part, "Toàn bộ hồ sơ", "ab" * 32, 54_000, 2, f"{part}.pdf", AT, "u-0001")
    return replace(made, **changes)


def given(*files, results=()):
    made = dossier(documents=PAPERS, results=results)
    for each in files:
        made = projection.filed(made, each)
    return made


def read(made):
    return [(line.name, line.word) for line in lines_of(made)]


def test_nothing_is_digitised_yet():
    assert read(given()) == [("Tờ khai", "not digitised"), ("Trích lục", "not digitised"), ("Thẻ căn cước", "only shown")]
    assert count_words(given()) == "digitised 0/2"


def test_a_file_of_all_papers_stands_first_and_tells_for_each():
    lines = lines_of(given(file(WHOLE), file("TP02", state=PaperState.REUSED_RESULT)))
    assert [(line.name, line.word, line.file is None) for line in lines] == [
        ("Toàn bộ hồ sơ", "digitised", False), ("Tờ khai", "in the file of all papers", True),
        ("Trích lục", "used again from an earlier result", False), ("Thẻ căn cước", "only shown", True)]


def test_results_are_counted_beside_the_papers():
    made = given(file("TP01"), file("TP02", state=PaperState.REUSED_COMPONENT), results=(RESULT,))
    assert count_words(made) == "digitised 2/2, results 0/1, used again: 1"
    assert [line.target for line in lines_of(made)][-1] is FileTarget.RESULT


def test_a_result_that_is_called_as_a_paper_is_told_apart_from_it():
    copy = ResultPaper("r-2", "Trích lục")
    made = given(results=(RESULT, copy))
    assert [name for name, _ in read(made)] == ["Tờ khai", "Trích lục", "Thẻ căn cước", "Giấy xác nhận", "Result: Trích lục"]
    offered = [(name, target) for name, target, _ in papers_of(made)]
    assert offered[-1] == ("Result: Trích lục", FileTarget.RESULT)
    assert len(dict(offered)) == len(offered), "a person can tell all of them"


def test_what_was_taken_out_is_not_shown():
    assert read(projection.taken_out(given(file("TP01")), "f-TP01", "Quét nhầm"))[0] == ("Tờ khai", "not digitised")


def test_the_record_has_every_member_and_a_dash_where_nobody_knows():
    told = file("TP01", result_code="KQ.G15.000023", number="12/TL", issued_on=date(2020, 5, 4), valid_to=date(2030, 5, 4), checked_by="Lý Thị Mẫu Đơn")
    record = dict(record_of(lines_of(given(told))[0]))
    assert record == {
        "KQ code": "KQ.G15.000023", "Number": "12/TL", "Issued on": "04/05/2020", "Issued by": "–", "Signed by": "–", "Holds from": "–",
        "Holds until": "04/05/2030", "Checked by": "Lý Thị Mẫu Đơn", "Pages": "2", "File": "TP01.pdf", "Original lies in": "–",
        "Kept until": "–", "Digital signature": "–", "SHA-256": "ab" * 32}
    assert number_words(told) == "12/TL · 04/05/2020"
    assert record_of(lines_of(given())[0]) == ()
    assert number_words(None) == ""


@pytest.mark.parametrize(("role", "allowed"), [(Role.CLERK, 4), (Role.INSPECTOR, 0)])
def test_what_may_be_done_with_a_paper_hangs_on_its_state_and_on_the_person(role, allowed):
    actor = Actor("u-0001", role)
    made = given(file("TP01"), results=(RESULT,))
    kept = DigitalPaper(
        op_id="op-1", file_id="f-TP01", dossier_id="d-1", owner="", stored_id="s-1", target=FileTarget.COMPONENT, part="TP01", paper="Tờ khai",
        state=PaperState.DIGITISED, sha256="ab" * 32, content_sha256="", pages=2, filename="TP01.pdf", filed_at=AT, scanned_by="u-0001")
    filed, free, shown, result = lines_of(made, (kept,))
    found = [acts_on(line, actor) for line in (filed, free, shown, result, None)]
    wanted = [{PaperAct.LOOK, PaperAct.CORRECT, PaperAct.TAKE_OUT}, {PaperAct.REUSE}, set(), set(), set()]
    assert found == (wanted if allowed else [set()] * 5)
    assert sum(map(len, found)) == allowed
    digitised = lines_of(projection.filed(made, file("", file_id="r-1", target=FileTarget.RESULT)))[-1]
    assert acts_on(digitised, actor) == ({PaperAct.CORRECT} if allowed else set()), "the result of a dossier is replaced, never taken out"
