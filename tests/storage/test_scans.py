"""Stored files, digitised papers and open batches, in both databases and in the double."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.archive import DIGITISED_BOOK, DigitalPaper, OpenBatch, StoredFile, kept_until
from counter_app.domain.digitised import Completeness, FiledFile, FileTarget, PaperState
from counter_app.domain.dossier import BookPlace, DocumentLine
from counter_app.domain.moments import local
from tests.fakes import FakeDatabase
from tests.storage.conftest import BOTH
from tests.storage.samples import TODAY, dossier, opened

NOW = local(2026, 11, 20, 9, 42)
SHA = "ab" * 32


def stored(n=1, **changes):
    return replace(StoredFile(f"s-{n}", SHA[:-1] + str(n), 54_000, "0f" * 32, NOW), **changes)


def paper(n=1, **changes):
    made = DigitalPaper(
        f"op-{n}", f"f-{n}", "d-000001", "067190000123", "s-1", FileTarget.COMPONENT, "TP01", "Tờ khai", PaperState.DIGITISED, SHA, "cd" * 32,
        2, "TP01.pdf", NOW + timedelta(minutes=n), "u-0001")
    return replace(made, **changes)


@pytest.fixture(params=[*BOTH, "double"])
def either(request, new_url):
    made = FakeDatabase() if request.param == "double" else opened(new_url(request.param))
    yield made
    made.close()


def kept(database, *, files=(), papers=(), batches=()):
    with database.write() as uow:
        for repository, values in ((uow.files, files), (uow.papers, papers), (uow.batches, batches)):
            for value in values:
                repository.add(value)
        uow.commit()
    return database


def test_a_stored_file_comes_back_as_it_was(either):
    with kept(either, files=(stored(), stored(2))).read() as uow:
        assert uow.files.get("s-1") == stored()
        assert uow.files.get("s-9") is None
        assert list(uow.files.everything()) == [stored(), stored(2)]


def test_a_destroyed_file_has_no_content_any_more(either):
    gone = stored(destroyed_at=NOW, destroyed_by="u-0002", destroyed_reason="hết hạn", key="")
    with kept(either, files=(stored(),)).write() as uow:
        assert uow.files.with_content(stored().sha256) == stored()
        uow.files.update(gone)
        uow.commit()
    with either.read() as uow:
        assert uow.files.with_content(stored().sha256) is None
        assert uow.files.get("s-1") == gone
    with kept(either, files=(stored(3, sha256=stored().sha256),)).read() as uow:
        assert uow.files.with_content(stored().sha256).stored_id == "s-3", "the same paper may be scanned anew"


def test_a_paper_comes_back_with_all_its_days(either):
    whole = paper(
        target=FileTarget.RESULT, state=PaperState.REUSED_RESULT, issued_on=date(2026, 11, 19), valid_from=date(2026, 11, 19),
        valid_to=date(2027, 5, 19), kept_until=date(2046, 12, 31), archived_on=TODAY, unlinked_at=NOW, box="H-12", folder="Cặp 3",
        result_code="KQ.G15.000023", number="12/XN", issuer="UBND xã", signer="Hoàng Thị Giả Định", checked_by="u-2", signed_by="u-3")
    with kept(either, papers=(whole,)).read() as uow:
        assert uow.papers.get("op-1") == whole
        assert uow.papers.get("op-1").state is PaperState.REUSED_RESULT


def test_papers_are_found_by_dossier_and_file(either):
    out = paper(4, unlinked_at=NOW)
    with kept(either, papers=(paper(2), paper(1), paper(3, dossier_id="d-2", stored_id="s-2"), out, paper(5, owner=""))).read() as uow:
        assert [each.op_id for each in uow.papers.of_dossier("d-000001")] == ["op-1", "op-2", "op-4", "op-5"]
        assert [each.op_id for each in uow.papers.of_file("s-2")] == ["op-3"]
        assert [each.op_id for each in uow.papers.everything()] == ["op-1", "op-2", "op-3", "op-4", "op-5"]


def test_what_is_due_and_what_went_to_the_archive(either):
    until = date(2026, 11, 19)
    papers = (
        paper(1, kept_until=until), paper(2, kept_until=until - timedelta(days=9)), paper(3, kept_until=TODAY), paper(4),
        paper(5, kept_until=until, archived_on=TODAY), paper(6, kept_until=until, unlinked_at=NOW))
    with kept(either, papers=papers).read() as uow:
        assert [each.op_id for each in uow.papers.due(TODAY, limit=9)] == ["op-2", "op-1"]
        assert [each.op_id for each in uow.papers.due(TODAY, limit=1)] == ["op-2"]
        assert [each.op_id for each in uow.papers.archived(TODAY, TODAY)] == ["op-5"]
        assert uow.papers.archived(TODAY + timedelta(days=1), TODAY + timedelta(days=2)) == []


def test_batches_belong_to_a_counter(either):
    first, second = OpenBatch("b-1", "0f" * 32, "device", NOW, "u-0001"), OpenBatch("b-2", "1f" * 32, "other", NOW, "u-0001")
    with kept(either, batches=(first, second)).write() as uow:
        assert uow.batches.of_device("device") == [first]
        uow.batches.remove("b-1")
        uow.batches.remove("b-1")
        uow.commit()
    with either.read() as uow:
        assert uow.batches.of_device("device") == []
        assert uow.batches.get("b-2") == second


def test_a_line_of_the_register_tells_shelf_and_archive_as_they_are_now(either):
    with either.write() as uow:
        uow.dossiers.add(dossier(1))
        uow.papers.add(paper())
        uow.logbooks.add_line(BookPlace(DIGITISED_BOOK, 2026, 1, 1), "d-000001", TODAY, ref="op-1", content={"paper": "Tờ khai"})
        uow.commit()
    with either.write() as uow:
        (line,) = uow.logbooks.lines(DIGITISED_BOOK, 2026, 1, first=1, count=9)
        assert line.content == {"paper": "Tờ khai"}
        uow.papers.update(paper(box="Hộp 12", folder="Cặp 3", kept_until=date(2046, 12, 31), archived_on=TODAY))
        uow.commit()
    with either.read() as uow:
        (line,) = uow.logbooks.all_lines(DIGITISED_BOOK, 2026, None, None, None)
        assert line.content == {"paper": "Tờ khai", "shelf": "Hộp 12, Cặp 3", "kept_until": "2046-12-31", "archived_on": TODAY.isoformat()}


@pytest.mark.parametrize(("years", "until"), [(None, None), (2, date(2028, 12, 31)), (20, date(2046, 12, 31))])
def test_a_paper_is_kept_to_the_end_of_a_year(years, until):
    assert kept_until(TODAY, years) == until


@pytest.mark.parametrize(("changes", "valid"), [
    ({}, True), ({"valid_to": TODAY}, True), ({"valid_to": TODAY - timedelta(days=1)}, False), ({"unlinked_at": NOW}, False),
    ({"valid_from": TODAY + timedelta(days=1)}, False), ({"valid_from": TODAY}, True),
])
def test_a_paper_holds_from_and_until_its_days(changes, valid):
    assert paper(**changes).is_valid(TODAY) is valid


def filed(part="TP01", **changes):
    return replace(FiledFile(f"f-{part}", FileTarget.COMPONENT, part, "Tờ khai", SHA, 54_000, 2, "TP01.pdf", NOW, "u-0001"), **changes)


def test_reports_find_how_far_a_dossier_is_and_nothing_of_one_without_files(either):
    lines = (DocumentLine("Tờ khai", 1), DocumentLine("Giấy chứng sinh", 1))
    first = dossier(1, documents=lines, files=(filed(),))
    with either.write() as uow:
        uow.dossiers.add_many([first, dossier(2)])
        uow.commit()
    with either.write() as uow:
        assert uow.dossiers.get("d-000001") == first
        assert uow.reports.digitised() == {1: Completeness(components=False, results=False, reused=False)}
        uow.dossiers.update(replace(first, files=(*first.files, filed("TP02", state=PaperState.REUSED_COMPONENT, unlinked=""))))
        uow.commit()
    with either.read() as uow:
        assert uow.reports.digitised() == {1: Completeness(components=True, results=False, reused=True)}
        assert [sound for _, sound in uow.dossiers.soundness()] == [True, True]


def test_what_waits_for_a_signature_is_what_was_scanned_here_and_counts(either):
    waits, later = paper(), paper(3)
    rest = (
        paper(2, signed_by="u-1", certificate="12AB"), paper(4, unlinked_at=NOW), paper(5, state=PaperState.REUSED_COMPONENT),
        paper(6, state=PaperState.REUSED_RESULT))
    with kept(either, papers=(later, waits, *rest)).read() as uow:
        assert uow.papers.unsigned(limit=10) == [waits, later]
        assert uow.papers.unsigned(limit=1) == [waits]
        assert uow.papers.get("op-2").certificate == "12AB"
        assert [each.op_id for each in uow.papers.everything() if each.waits_for_signature] == ["op-1", "op-3"]


def test_what_was_filed_in_some_days_and_stays(either):
    days = [paper(1, filed_at=local(2026, 11, 19, 23, 59)), paper(2, filed_at=local(2026, 11, 20, 0, 0)), paper(3, filed_at=local(2026, 11, 21, 23, 59)),
            paper(4, filed_at=local(2026, 11, 22, 0, 0)), paper(5, filed_at=local(2026, 11, 20, 8), unlinked_at=NOW)]
    with kept(either, papers=days).read() as uow:
        assert [each.op_id for each in uow.papers.filed(date(2026, 11, 20), date(2026, 11, 21))] == ["op-2", "op-3"]
        assert uow.papers.filed(date(2026, 12, 1), date(2026, 12, 2)) == []


def test_which_dossiers_have_every_result_signed(either):
    result = {"target": FileTarget.RESULT, "part": ""}
    papers = [
        paper(1, dossier_id="d-000001", signed_by="Trần Thị Ví Dụ", **result), paper(2, dossier_id="d-000002", **result),
        paper(3, dossier_id="d-000003", signed_by="Trần Thị Ví Dụ", **result), paper(4, dossier_id="d-000003", **result),
        paper(5, dossier_id="d-000004", signed_by="Trần Thị Ví Dụ"),
        paper(6, dossier_id="d-000005", signed_by="Trần Thị Ví Dụ", unlinked_at=NOW, **result)]
    with either.write() as uow:
        uow.dossiers.add_many([dossier(n, files=_files(n, papers)) for n in range(1, 6)])
        for each in papers:
            uow.papers.add(each)
        uow.commit()
    with either.read() as uow:
        assert uow.reports.signed_results() == {1}


def _files(number, papers):
    """The files of a dossier as its papers tell of them: the double of the reports reads these."""
    return tuple(
        FiledFile(each.file_id, each.target, each.part, each.paper, each.sha256, 9, each.pages, each.filename, each.filed_at, each.scanned_by,
                  signed_by=each.signed_by, unlinked="nhầm" if each.unlinked_at else "")
        for each in papers if each.dossier_id == f"d-{number:06}")
