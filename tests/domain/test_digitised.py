"""Which papers of a dossier are digitised, and what the record says of its files."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain import projection
from counter_app.domain.digitised import (
    WHOLE,
    Completeness,
    FiledFile,
    FileTarget,
    PaperDetails,
    PaperState,
    completeness,
    details_of,
    part_of,
    standings,
)
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.life import ResultPaper
from counter_app.domain.life_facts import attachment_linked, attachment_unlinked
from counter_app.domain.moments import local
from counter_app.domain.record import national_record
from tests.builders import dossier

AT = local(2026, 11, 20, 10, 0)
PAPERS = (
    DocumentLine("Tờ khai", 1, component_code="000.00.00.G15-KQ003159"), DocumentLine("Giấy chứng sinh", 1),
    DocumentLine("Thẻ căn cước", 1, shown_only=True))
RESULT = ResultPaper("01a205b3-d000-7d57-bbaa-667cf005fbcc", "Giấy xác nhận", "KQ.G15.000023")


def file(part="TP02", **changes):
    made = FiledFile(
        f"f-{part}", FileTarget.COMPONENT, part, "Giấy chứng sinh", "ab" * 32, 54_000, 2, f"{part}.pdf", AT, "u-0001", "cd" * 32)
    return replace(made, **changes)


def result_file(**changes):
    return file(
        file_id=RESULT.result_id, target=FileTarget.RESULT, part="", number="12/XN", issued_on=date(2026, 11, 19),
        signer="Hoàng Thị Giả Định", **changes)


def given(*files, results=()):
    made = dossier(documents=PAPERS, results=results)
    for each in files:
        made = projection.filed(made, each)
    return made


def states(made):
    return [(each.part, each.state.value, each.wanted) for each in standings(made)]


def test_a_paper_is_named_by_its_code_or_its_place():
    assert [part_of(PAPERS, at) for at in range(3)] == ["000.00.00.G15-KQ003159", "TP02", "TP03"]


def test_papers_without_files():
    assert states(given()) == [("000.00.00.G15-KQ003159", 0, True), ("TP02", 0, True), ("TP03", 0, False)]
    assert completeness(given()) == Completeness(components=False, results=False, reused=False)


def test_a_file_of_one_paper():
    made = given(file(), file("000.00.00.G15-KQ003159", state=PaperState.REUSED_COMPONENT))
    assert states(made) == [("000.00.00.G15-KQ003159", 2, True), ("TP02", 1, True), ("TP03", 0, False)]
    assert completeness(made) == Completeness(components=True, results=False, reused=True)


def test_a_file_of_the_whole_stack_counts_for_every_paper_and_gives_way_to_one_of_its_own():
    made = given(file(WHOLE), file(state=PaperState.REUSED_RESULT))
    assert [each.state for each in standings(made)] == [PaperState.DIGITISED, PaperState.REUSED_RESULT, PaperState.DIGITISED]
    assert completeness(made).components


def test_a_file_that_was_taken_out_counts_no_longer():
    made = projection.taken_out(given(file()), "f-TP02", "Quét nhầm trang")
    assert states(made)[1] == ("TP02", 0, True)
    assert [each.unlinked for each in made.files] == ["Quét nhầm trang"]


def test_a_result_and_its_file():
    made = given(results=(RESULT,))
    assert states(made)[-1] == (RESULT.result_id, 0, True)
    done = projection.filed(made, result_file())
    assert completeness(done).results
    assert done.results == (replace(RESULT, sha256="ab" * 32, number="12/XN", signer="Hoàng Thị Giả Định"),)


def test_what_stands_on_a_digitised_result_goes_before_what_was_typed_and_empties_nothing():
    known = replace(RESULT, number="11/XN", signer="Lê Văn Thử", issuer="UBND xã")
    (told,) = projection.filed(given(results=(known,)), replace(result_file(result_code="KQ.G15.000009"), signer="")).results
    assert told == replace(known, sha256="ab" * 32, code="KQ.G15.000009", number="12/XN")


def test_another_file_of_a_result_takes_the_place_of_the_first():
    first = projection.filed(given(results=(RESULT,)), result_file())
    second = replace(result_file(), sha256="cd" * 32, number="13/XN")
    made = projection.filed(first, second, "Ghi sai số")
    assert [(each.sha256[:2], each.unlinked) for each in made.files] == [("ab", "Ghi sai số"), ("cd", "")]
    assert [(each.sha256[:2], each.number) for each in made.results] == [("cd", "13/XN")]
    assert [each.file.number for each in standings(made) if each.target is FileTarget.RESULT] == ["13/XN"]


def test_the_details_of_a_file_are_handed_on_whole():
    told = PaperDetails(result_code="KQ.G15.000023", number="12/XN", issued_on=date(2026, 11, 19), issuer="UBND xã", signer="Lê Văn Thử",
                        valid_from=date(2026, 11, 20), valid_to=date(2027, 5, 20), checked_by="Lý Thị Mẫu Đơn")
    assert PaperDetails(**details_of(replace(file(), **details_of(told)))) == told
    facts = attachment_linked(replace(file(), **details_of(told)), "Ghi thiếu số")
    assert {name: facts[name] for name in ("result_code", "number", "issued_on", "issuer", "signer", "valid_from", "valid_to", "checked_by")} == {
        "result_code": "KQ.G15.000023", "number": "12/XN", "issued_on": "2026-11-19", "issuer": "UBND xã", "signer": "Lê Văn Thử",
        "valid_from": "2026-11-20", "valid_to": "2027-05-20", "checked_by": "Lý Thị Mẫu Đơn"}
    assert facts["reason"] == "Ghi thiếu số"


@pytest.mark.parametrize(("state", "reused", "instead"), [
    (PaperState.DIGITISED, "0", ""), (PaperState.REUSED_COMPONENT, "1", ""), (PaperState.REUSED_RESULT, "2", "KQ.G15.000023"),
])
def test_the_record_names_the_files_of_papers(state, reused, instead):
    record = national_record(given(file(state=state, result_code="KQ.G15.000023")))
    assert record["HoSoCoThanhPhanSoHoa"] == "1"
    assert record["TaiLieuNop"] == [{
        "TepDinhKemId": "f-TP02", "TenTepDinhKem": "TP02.pdf", "IsDeleted": "False", "MaThanhPhanHoSo": "TP02", "DuongDanTaiTepTin": "",
        "DuocSoHoa": "1", "DuocTaiSuDung": reused, "DuocLayTuKhoDMQG": "0", "MaKetQuaThayThe": instead}]


def test_the_record_keeps_what_was_taken_out_and_counts_it_no_longer():
    record = national_record(projection.taken_out(given(file()), "f-TP02", "nhầm"))
    assert record["HoSoCoThanhPhanSoHoa"] == "0"
    assert [each["IsDeleted"] for each in record["TaiLieuNop"]] == ["True"]


def test_the_file_of_a_result_is_no_paper():
    record = national_record(given(result_file(), results=(RESULT,)))
    assert (record["TaiLieuNop"], record["HoSoCoThanhPhanSoHoa"]) == ([], "0")
    assert [each["GiayToId"] for each in record["DanhSachGiayToKetQua"]] == [RESULT.result_id]


def test_the_facts_are_the_contract_s():
    facts = attachment_linked(file(sensitive=True))
    contract = {"target", "file_id", "part", "sha256", "bytes", "filename", "filetype", "pages", "copy_kind", "sensitive"}
    assert contract <= facts.keys()
    assert (facts["target"], facts["bytes"], facts["copy_kind"], facts["sensitive"]) == ("TaiLieuNop", 54_000, "ban_chup", True)
    told = attachment_linked(result_file())
    assert (told["target"], told["issued_on"], told["number"]) == ("DanhSachGiayToKetQua", "2026-11-19", "12/XN")
    assert attachment_unlinked(file(), "nhầm") == {"target": "TaiLieuNop", "file_id": "f-TP02", "sha256": "ab" * 32, "reason": "nhầm"}
