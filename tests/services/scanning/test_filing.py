"""Filing: pages become files of their dossiers, once, with everything that tells of them; what is in doubt waits."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.archive import DIGITISED_BOOK
from counter_app.domain.codes import slip_qr
from counter_app.domain.digitised import FileTarget, PaperDetails, completeness, details_of
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.errors import DeskError, failed
from counter_app.domain.life import ResultPaper
from counter_app.domain.scan_batch_acts import Assign, CleanPages, Delete, Describe, ShowBlank, Split
from counter_app.domain.scan_profile import CleanUp
from counter_app.domain.scan_split import SplitRule
from counter_app.services.acts.endings import Withdraw
from counter_app.services.acts.results import ResultReady
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.habits import DIVISION, PartPages
from counter_app.services.scanning.linking import RETENTION
from counter_app.services.scanning.placing import Place, is_sensitive
from tests.builders import CLERK, INSPECTOR, PROCEDURES, command, fake_desk, prepare, procedure, profile
from tests.fakes import FakeDatabase
from tests.fakes_scanning import scans

PAPERS = (DocumentLine("Tờ khai", 1, component_code="G15-1"), DocumentLine("Giấy tờ chứng minh", 0, 1), DocumentLine("Thẻ căn cước", 1, shown_only=True))


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


@pytest.fixture
def code(place):
    return place.desk.intake.receive(command(documents=PAPERS), CLERK).code


def stack(place, code, *words):
    """A divided stack that begins with the slip of a dossier."""
    place.room.codes["slip"] = slip_qr(code)
    batch_id = place.begin("slip", *words)
    place.batches.divide(batch_id, SplitRule())
    return batch_id


def page_ids(place, batch_id):
    return [page.page_id for page in place.batches.view(batch_id).batch.pages]


def file(place, batch_id, **changes):
    return place.filing.file(FileBatch(batch_id, **changes), CLERK)


def events(place, kind="attachment.linked"):
    return [event for event in place.desk.state.events if event.type == kind]


def plain(place, paper):
    out = place.folder / "looked-at.pdf"
    place.library.look(paper.op_id, out, CLERK)
    return out.read_text("utf-8").splitlines()[1:]


def test_a_stack_becomes_one_file_of_its_dossier_with_everything_that_tells_of_it(place, code):
    batch_id = stack(place, code, "a", "b")
    filed = file(place, batch_id)
    assert (len(filed.files), filed.unfiled, filed.complete) == (1, (), True)
    (event,), (paper,), dossier = events(place), place.papers(), place.dossier(code)
    (known,) = dossier.files
    assert event.facts["sha256"] == known.sha256 == paper.sha256
    assert event.ho_so["TaiLieuNop"][0]["TepDinhKemId"] == known.file_id
    assert (event.facts["pages"], event.facts["target"], event.facts["sensitive"], known.filename) == (3, "TaiLieuNop", True, f"{code}-HO-SO.pdf")
    assert event.ho_so["HoSoCoThanhPhanSoHoa"] == "1"
    assert completeness(dossier).components, "the whole stack holds every paper"
    assert plain(place, paper) == ["slip/0/True", "a/0/True", "b/0/True"]
    assert (paper.owner, paper.scanned_by, paper.op_id) == ("067190000123", "u-0001", event.op_id)


def test_the_register_has_a_line_for_each_file(place, code):
    file(place, stack(place, code))
    (line,) = place.desk.logbooks.page(DIGITISED_BOOK, 2026, 1, 1, CLERK).lines
    sha = place.papers()[0].sha256
    assert line.content == {
        "code": code, "paper": "Toàn bộ hồ sơ", "result_code": "", "pages": 1, "file": f"{code}-HO-SO.pdf {sha}",
        "people": "Quét: Lý Thị Mẫu Đơn"}


def test_papers_are_files_of_their_own(place, code):
    batch_id = stack(place, code, "b", "c")
    slip, second, _ = page_ids(place, batch_id)
    place.batches.act(batch_id, Split(second))
    place.batches.act(batch_id, Assign(slip, code, FileTarget.COMPONENT, "G15-1"))
    place.batches.act(batch_id, Assign(second, code, FileTarget.COMPONENT, "TP02"))
    file(place, batch_id)
    assert [(event.facts["part"], event.facts["pages"], event.facts["paper"]) for event in events(place)] == [
        ("G15-1", 1, "Tờ khai"), ("TP02", 2, "Giấy tờ chứng minh")]
    assert [line["MaThanhPhanHoSo"] for line in events(place)[-1].ho_so["TaiLieuNop"]] == ["G15-1", "TP02"]


def test_how_a_procedure_was_divided_is_remembered_and_offered(place, code):
    test_papers_are_files_of_their_own(place, code)
    assert place.desk.settings is not None
    with place.desk.database.read() as uow:
        assert uow.settings.get(f"{DIVISION}1.004873") == [["G15-1", 1], ["TP02", 2]]
    second = place.desk.intake.receive(command(documents=PAPERS), CLERK).code
    batch_id = stack(place, second, "e", "f")
    offered = place.filing.propose(batch_id).batch
    assert [(group.code, group.part, len(group.sheets)) for group in offered.layout] == [(second, "G15-1", 1), (second, "TP02", 2)]
    place.batches.undo(batch_id)
    assert place.batches.view(batch_id).batch != offered, "an offer can be undone"
    ids = page_ids(place, batch_id)
    assert place.filing.propose(batch_id, ids[1:]).batch.layout[0].part is None, "only sets that begin with these pages"
    other = stack(place, second, "e")
    assert [group.part for group in place.filing.propose(other).batch.layout] == [None], "another number of pages is not guessed at"


def test_one_paper_alone_is_that_paper(place):
    code = place.desk.intake.receive(command(documents=PAPERS[:1]), CLERK).code
    file(place, stack(place, code))
    assert events(place)[0].facts["part"] == "G15-1"


def test_deleted_and_blank_pages_are_left_out_and_told(place, code):
    batch_id = stack(place, code, "a", "", "b", "")
    slip, _, first_blank, bad, second_blank = page_ids(place, batch_id)
    place.batches.act(batch_id, Delete((bad,)))
    place.batches.act(batch_id, ShowBlank((second_blank,), on=True))
    place.batches.act(batch_id, CleanPages((slip,), on=False))
    filed = file(place, batch_id)
    assert filed.blank == (first_blank,)
    assert plain(place, place.papers()[0]) == ["slip/0/False", "a/0/True", "/0/True"]


def test_without_hiding_blanks_everything_is_filed(place, code):
    batch_id = stack(place, code, "a", "")
    filed = file(place, batch_id, clean_up=CleanUp(hide_blank=False))
    assert (filed.blank, filed.files[0].file.pages) == ((), 3)


def test_a_set_of_blank_pages_alone_is_filed_where_blanks_are_not_hidden(place, code):
    batch_id = place.begin("")
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code))
    filed = file(place, batch_id, clean_up=CleanUp(hide_blank=False))
    assert [group.file.pages for group in filed.files] == [1], "a faint page that only seems blank"
    place.filing.confirm(batch_id, CLERK)
    assert plain(place, place.papers()[0]) == ["/0/True"]


def test_blank_pages_that_nobody_said_where_to_put_wait_where_blanks_are_not_hidden(place, code):
    batch_id = place.begin("")
    filed = file(place, batch_id, clean_up=CleanUp(hide_blank=False))
    assert [(each.page_ids, each.problem.code) for each in filed.unfiled] == [(tuple(page_ids(place, batch_id)), "FILE_NO_DOSSIER")]
    assert file(place, batch_id).complete, "where they are hidden, nothing waits"


def test_what_is_in_doubt_waits_with_its_reason_and_the_rest_is_filed(place, code):
    place.room.codes["unknown"] = slip_qr("H36.50.05-261120-9999")
    batch_id = stack(place, code, "a", "unknown", "z")
    filed = file(place, batch_id)
    (waits,) = filed.unfiled
    assert (waits.problem.code, len(waits.page_ids)) == ("FILE_CODE_IN_DOUBT", 2)
    assert len(filed.files) == 1
    with pytest.raises(DeskError, match="BATCH_WAITS"):
        place.filing.confirm(batch_id, CLERK)
    place.batches.act(batch_id, Assign(waits.page_ids[0], place.desk.intake.receive(command(), CLERK).code))
    assert file(place, batch_id).complete
    place.filing.confirm(batch_id, CLERK)
    assert place.keeper.kept() == frozenset()


def test_pages_without_a_dossier_wait(place):
    filed = file(place, place.begin("a", "b"))
    assert [each.problem.code for each in filed.unfiled] == ["FILE_NO_DOSSIER"]


def test_a_paper_that_the_dossier_does_not_have_waits(place, code):
    batch_id = stack(place, code)
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.COMPONENT, "TP09"))
    assert [each.problem.code for each in file(place, batch_id).unfiled] == ["PAPER_NOT_IN_DOSSIER"]
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.RESULT))
    assert [each.problem.code for each in file(place, batch_id).unfiled] == ["RESULT_NOT_IN_DOSSIER"]


def test_the_same_stack_twice_is_filed_once(place, code):
    file(place, stack(place, code, "a"))
    again = file(place, stack(place, code, "a"))
    assert [each.known for each in again.files] == [True]
    assert again.complete
    assert (len(events(place)), len(place.papers()), len(place.store.names())) == (1, 1, 1)


def test_another_scan_of_a_paper_that_has_its_file_waits_for_a_person(place, code):
    file(place, stack(place, code, "a"))
    again = file(place, stack(place, code, "a, scanned again"))
    assert [each.problem.code for each in again.unfiled] == ["FILE_PAPER_TAKEN"]
    assert len(place.store.names()) == 1


def test_a_stack_scanned_again_waits_where_each_of_its_papers_has_a_file(place, code):
    """Whether it was divided into papers the first time, or was the only paper."""
    test_papers_are_files_of_their_own(place, code)
    alone = place.desk.intake.receive(command(documents=PAPERS[:1]), CLERK).code
    file(place, stack(place, alone))
    before = len(place.papers())
    for each in (code, alone):
        batch_id = stack(place, each, "scanned again")
        assert [unfiled.problem.code for unfiled in file(place, batch_id).unfiled] == ["FILE_PAPER_TAKEN"]
    assert len(place.papers()) == before
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], alone, FileTarget.COMPONENT, ""))
    assert file(place, batch_id).complete, "a person says that it is more than what is there"
    assert len(place.papers()) == before + 1


def test_filing_a_batch_again_does_nothing(place, code):
    batch_id = stack(place, code, "a")
    file(place, batch_id)
    assert file(place, batch_id).files == ()
    assert len(events(place)) == 1


def test_a_dossier_that_was_closed_meanwhile_gets_its_file_and_a_word(place, code):
    batch_id = stack(place, code, "a")
    place.desk.life.perform(Withdraw(code, "đổi ý"), CLERK)
    filed = file(place, batch_id)
    assert [warning.code for warning in filed.warnings] == ["FILED_IN_CLOSED"]
    assert filed.complete


def test_a_result_is_digitised_with_code_number_day_and_signer(place, code):
    paper = ResultPaper("", "Giấy xác nhận", "KQ.G15.000023", number="12/XN", signer="Hoàng Thị Giả Định")
    place.desk.life.perform(ResultReady(code, (paper,)), CLERK)
    (result,) = place.dossier(code).results
    batch_id = stack(place, code, "result")
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.RESULT))
    place.batches.act(batch_id, Describe(page_ids(place, batch_id)[0], PaperDetails(issued_on=date(2026, 11, 19))))
    file(place, batch_id)
    (event,), (told,) = events(place), place.papers()
    facts = event.facts
    assert (facts["target"], facts["file_id"], facts["result_code"], facts["number"], facts["issued_on"], facts["signer"]) == (
        "DanhSachGiayToKetQua", result.result_id, "KQ.G15.000023", "12/XN", "2026-11-19", "Hoàng Thị Giả Định")
    assert (told.filename, told.target) == (f"{code}-12-XN.pdf", FileTarget.RESULT)
    assert place.dossier(code).results[0].sha256 == told.sha256
    assert completeness(place.dossier(code)).results


def test_a_result_has_one_file(place, code):
    test_a_result_is_digitised_with_code_number_day_and_signer(place, code)
    batch_id = stack(place, code, "another")
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.RESULT))
    assert [each.problem.code for each in file(place, batch_id).unfiled] == ["RESULT_NOT_IN_DOSSIER"], "none is without a file"


def test_equal_content_is_stored_once(place, code):
    other = place.desk.intake.receive(command(documents=PAPERS), CLERK).code
    batch_id = stack(place, code, "a")
    file(place, batch_id)
    with place.desk.database.write() as uow:
        stored = next(uow.files.everything())
        uow.files.update(replace(stored, sha256="other"))
        uow.commit()
    assert len(place.store.names()) == 1
    file(place, stack(place, other, "a"))
    assert len(place.store.names()) == 2, "the facts in a file tell of its dossier"


def test_a_file_that_went_missing_is_sealed_anew_when_it_comes_again(place, code):
    batch_id = stack(place, code, "a")
    file(place, batch_id)
    (paper,) = place.papers()
    place.store.destroy(paper.stored_id)
    place.library.take_out(_take_out(code, paper), CLERK)
    again = place.begin("slip", "a")
    with place.desk.database.write() as uow:
        uow.batches.update(replace(uow.batches.get(again), opened_at=uow.batches.get(batch_id).opened_at))
        uow.commit()
    place = place.again()
    place.batches.divide(again, SplitRule())
    file(place, again)
    assert [each.stored_id for each in place.papers()] == [paper.stored_id] * 2
    assert plain(place, place.papers()[-1]) == ["slip/0/True", "a/0/True"]


def _take_out(code, paper):
    from counter_app.services.scanning.library import TakeOut

    return TakeOut(code, paper.file_id, "mất tệp")


def two_sets(place, code):
    """A batch with a set for each of two dossiers."""
    other = place.desk.intake.receive(command(documents=PAPERS), CLERK).code
    place.room.codes |= {"slip": slip_qr(code), "other": slip_qr(other)}
    batch_id = place.begin("slip", "a", "other", "b")
    place.batches.divide(batch_id, SplitRule())
    return batch_id


def reasons(filed):
    return [each.problem.code for each in filed.unfiled]


@pytest.mark.parametrize("fault", ["DISK_FULL", "PDF_NOT_VALID"])
def test_a_fault_leaves_everything_as_it_was_and_the_next_try_goes_on(place, code, fault):
    batch_id = stack(place, code, "a")
    place.room.fault = failed(fault)
    assert reasons(file(place, batch_id)) == [fault]
    place.room.fault = None
    assert (events(place), place.papers(), place.store.names()) == ([], [], frozenset())
    assert not list((place.folder / "scans").rglob("*.pdf")), "nothing stays in the clear"
    assert not list((place.folder / "scans").rglob("*.png"))
    assert file(place, batch_id).complete


@pytest.mark.parametrize(("fault", "tried"), [("DISK_FULL", 1), ("PDF_NOT_VALID", 2)])
def test_a_fault_of_all_sets_ends_the_filing_and_one_of_a_set_does_not(place, code, fault, tried):
    batch_id, made = two_sets(place, code), []

    def write_pdf(works, *_, **__):
        made.append(works)
        raise failed(fault)

    place.room.write_pdf = write_pdf
    assert reasons(file(place, batch_id)) == [fault, fault]
    assert len(made) == tried, "a full disk is full for the next one too"


def test_what_was_filed_before_the_disk_was_full_is_filed(place, code):
    batch_id, write_pdf = two_sets(place, code), place.room.write_pdf

    def full_after_one(*given, **named):
        if place.papers():
            raise failed("DISK_FULL")
        return write_pdf(*given, **named)

    place.room.write_pdf = full_after_one
    filed = file(place, batch_id)
    assert ([each.code for each in filed.files], reasons(filed)) == ([code], ["DISK_FULL"])
    place.room.write_pdf = write_pdf
    again = file(place, batch_id)
    assert (len(again.files), again.complete, len(events(place))) == (1, True, 2)


def test_a_database_that_fails_files_nothing_and_loses_nothing(place, code):
    batch_id = stack(place, code, "a")
    place.desk.database.fault = failed("DATABASE_LOCKED")
    assert reasons(file(place, batch_id)) == ["DATABASE_LOCKED"]
    assert place.papers() == []
    assert file(place, batch_id).complete
    assert len(events(place)) == 1


class Watch:
    """Wants so many sets and notes what it is told."""

    def __init__(self, sets):
        self.sets, self.told = sets, []

    def filing(self, number, sets):
        self.told.append((number, sets))

    def wanted(self):
        return len(self.told) < self.sets


def test_who_looks_on_hears_of_each_set_and_may_stop_between_two(place, code):
    batch_id, watch = two_sets(place, code), Watch(1)
    filed = place.filing.file(FileBatch(batch_id), CLERK, watch)
    assert (len(filed.files), reasons(filed), filed.complete) == (1, ["FILING_STOPPED"], False)
    assert watch.told == [(1, 2), (2, 2)]
    with pytest.raises(DeskError, match="BATCH_WAITS"):
        place.filing.confirm(batch_id, CLERK)
    rest = place.filing.file(FileBatch(batch_id), CLERK, Watch(9))
    assert (len(rest.files), rest.complete, len(events(place))) == (1, True, 2), "nothing twice, nothing lost"


def test_a_set_that_would_wait_anyway_says_why_and_not_that_somebody_stopped(place, code):
    batch_id = stack(place, code, "a")
    place.batches.act(batch_id, Split(page_ids(place, batch_id)[1]))
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[1], ""))
    filed = place.filing.file(FileBatch(batch_id), CLERK, Watch(0))
    assert reasons(filed) == ["FILING_STOPPED", "FILE_NO_DOSSIER"]


def test_an_inspector_files_nothing(place, code):
    with pytest.raises(DeskError, match="NOT_ALLOWED"):
        place.filing.file(FileBatch(stack(place, code)), INSPECTOR)


@pytest.mark.parametrize(("register", "own", "until"), [
    ("", None, None), ("SCT/GD", None, date(2046, 12, 31)), ("SCT/CKND", None, date(2028, 12, 31)), ("SCT/GD", 5, date(2031, 12, 31)),
])
def test_papers_are_kept_as_long_as_the_law_or_the_commune_says(tmp_path, register, own, until):
    known = procedure(certification_register=register)
    database = prepare(FakeDatabase(), profile(), (known, *PROCEDURES[1:]))
    made = scans(fake_desk(database=database), tmp_path)
    code = made.desk.intake.receive(command(), CLERK).code
    if own:
        with database.write() as uow:
            uow.settings.put(RETENTION, {"1.004873": own})
            uow.commit()
    file(made, stack(made, code))
    assert made.papers()[0].kept_until == until


def test_names_of_files_are_safe(place, code):
    dossier = place.dossier(code)
    assert Place(dossier, FileTarget.RESULT, "r", PaperDetails(number="12/XN:../x")).filename == f"{code}-12-XN-..-x.pdf"
    assert Place(dossier, FileTarget.RESULT, "r").filename == f"{code}-KQ.pdf"
    assert Place(dossier, FileTarget.COMPONENT, "").filename == f"{code}-HO-SO.pdf"


@pytest.mark.parametrize(("name", "sensitive"), [("Bản sao Thẻ căn cước", True), ("Hộ chiếu", True), ("Tờ khai", False)])
def test_papers_of_identity_are_sensitive(name, sensitive):
    assert is_sensitive(name) is sensitive


# --- files that nobody can read any more ------------------------------------------------------------------------------


def damage(place, paper):
    """Change a byte of a sealed file."""
    path = next(each for each in (place.folder / "files").rglob("*") if each.name == paper.stored_id)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def lose(place, paper):
    place.store.destroy(paper.stored_id)


@pytest.mark.parametrize("harm", [damage, lose])
def test_the_same_pages_again_take_the_place_of_a_file_that_can_not_be_read(place, code, harm):
    file(place, stack(place, code, "a"))
    (old,) = place.papers()
    place.library.shelve([old.op_id], "Hộp 3", "Cặp 12", CLERK)
    harm(place, old)
    place.desk.clock.forward(minutes=5)
    again = file(place, stack(place, code, "a"))
    assert ([each.known for each in again.files], again.complete) == ([False], True)
    out, first, second = events(place, "attachment.unlinked"), *place.papers()
    assert [event.facts["reason"] for event in out] == ["Tệp lưu trước bị hỏng hoặc bị mất, đã thay bằng bản quét cùng nội dung"]
    assert (first.unlinked_at is None, second.unlinked_at) == (False, None)
    assert (second.box, second.folder, second.content_sha256) == ("Hộp 3", "Cặp 12", first.content_sha256), "the paper lies where it lay"
    assert plain(place, second) == ["slip/0/True", "a/0/True"]
    assert [each.sha256 for each in place.dossier(code).files if not each.unlinked] == [second.sha256]
    assert [each.known for each in file(place, stack(place, code, "a")).files] == [True], "and now it counts as filed again"


def test_the_same_bytes_are_sealed_anew_without_another_event(place, code):
    batch_id = stack(place, code, "a")
    file(place, batch_id)
    (paper,) = place.papers()
    damage(place, paper)
    again = place.begin("slip", "a")
    with place.desk.database.write() as uow:
        uow.batches.update(replace(uow.batches.get(again), opened_at=uow.batches.get(batch_id).opened_at))
        uow.commit()
    place = place.again()
    place.batches.divide(again, SplitRule())
    assert file(place, again).complete
    assert (len(events(place)), len(place.papers())) == (1, 1)
    assert plain(place, paper) == ["slip/0/True", "a/0/True"]


def test_a_damaged_file_of_a_result_is_replaced_too(place, code):
    test_a_result_is_digitised_with_code_number_day_and_signer(place, code)
    (old,) = place.papers()
    damage(place, old)
    place.desk.clock.forward(minutes=5)
    batch_id = stack(place, code, "result")
    (result,) = place.dossier(code).results
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.RESULT, result.result_id))
    assert file(place, batch_id).complete
    (_, second), dossier = events(place), place.dossier(code)
    assert (second.facts["file_id"], second.facts["number"], second.facts["reason"][:13]) == (result.result_id, "12/XN", "Tệp lưu trước")
    assert dossier.results[0].sha256 == place.papers()[-1].sha256 != old.sha256
    assert completeness(dossier).results


# --- what a person says of a set --------------------------------------------------------------------------------------


def test_what_was_read_off_a_paper_outlives_a_kill_and_is_on_record_with_its_file(place, code):
    told = PaperDetails(result_code="KQ.G15.000023", number="7/TL", issued_on=date(2020, 5, 4), issuer="UBND xã Mẫu", signer="Lê Văn Thử",
                        valid_from=date(2020, 5, 4), valid_to=date(2030, 5, 4), checked_by="Lý Thị Mẫu Đơn")
    batch_id = stack(place, code)
    place.batches.act(batch_id, Assign(page_ids(place, batch_id)[0], code, FileTarget.COMPONENT, "TP02"))
    place.batches.act(batch_id, Describe(page_ids(place, batch_id)[0], told))
    place = place.again()
    assert place.batches.view(batch_id).batch.layout[0].details == told
    file(place, batch_id)
    (paper,), (known,) = place.papers(), place.dossier(code).files
    assert PaperDetails(**details_of(paper)) == PaperDetails(**details_of(known)) == told
    (line,) = place.desk.logbooks.page(DIGITISED_BOOK, 2026, 1, 1, CLERK).lines
    assert (line.content["people"], line.content["result_code"]) == ("Quét: Lý Thị Mẫu Đơn; Kiểm tra: Lý Thị Mẫu Đơn", "KQ.G15.000023")


def test_what_was_said_of_a_paper_is_not_said_of_another(place, code):
    batch_id = stack(place, code, "b")
    first, second = page_ids(place, batch_id)
    place.batches.act(batch_id, Describe(first, PaperDetails(number="7/TL")))
    place.batches.act(batch_id, Split(second))
    assert [each.details.number for each in place.batches.view(batch_id).batch.layout] == ["7/TL", ""]
    place.batches.act(batch_id, Assign(first, code, FileTarget.COMPONENT, "TP02"))
    assert place.batches.view(batch_id).batch.layout[0].details == PaperDetails()


def test_how_the_last_dossier_was_divided_can_be_looked_at(place, code):
    assert place.filing.habit(place.dossier(code)) == ()
    test_papers_are_files_of_their_own(place, code)
    second = place.desk.intake.receive(command(documents=PAPERS), CLERK).code
    assert place.filing.habit(place.dossier(second)) == (PartPages("G15-1", 1), PartPages("TP02", 2))
    file(place, stack(place, second))
    assert place.filing.habit(place.dossier(second)) == (), "its papers have their file"


# --- another scan in the place of the first ---------------------------------------------------------------------------


def test_another_scan_takes_the_place_of_the_first_for_a_reason(place, code):
    file(place, stack(place, code, "a"))
    batch_id = stack(place, code, "a, sharper")
    assert reasons(file(place, batch_id)) == ["FILE_PAPER_TAKEN"]
    place.batches.act(batch_id, Describe(page_ids(place, batch_id)[0], PaperDetails(), "Bản quét mờ"))
    assert place.again().batches.view(batch_id).batch.layout[0].replaces == "Bản quét mờ", "a kill forgets no reason"
    assert place.filing.foresee(place.batches.view(batch_id).batch.layout[0])
    assert file(place, batch_id).complete
    (out,), (first, second) = events(place, "attachment.unlinked"), place.dossier(code).files
    assert (out.facts["reason"], first.unlinked, second.unlinked) == ("Bản quét mờ", "Bản quét mờ", "")
    assert plain(place, place.papers()[-1]) == ["slip/0/True", "a, sharper/0/True"]


def test_a_result_is_scanned_again_for_a_reason_under_its_own_id(place, code):
    test_a_result_is_digitised_with_code_number_day_and_signer(place, code)
    (result,) = place.dossier(code).results
    batch_id = stack(place, code, "result, stamped")
    first = page_ids(place, batch_id)[0]
    place.batches.act(batch_id, Assign(first, code, FileTarget.RESULT, result.result_id))
    assert reasons(file(place, batch_id)) == ["FILE_PAPER_TAKEN"]
    place.batches.act(batch_id, Describe(first, PaperDetails(number="13/XN"), "Thiếu dấu"))
    assert file(place, batch_id).complete
    old, new = events(place)
    assert (new.facts["file_id"], new.facts["number"], new.facts["reason"]) == (old.facts["file_id"], "13/XN", "Thiếu dấu")
    assert (place.dossier(code).results[0].number, completeness(place.dossier(code)).results) == ("13/XN", True)


def test_a_reason_goes_with_its_paper(place, code):
    batch_id = stack(place, code, "b")
    first, second = page_ids(place, batch_id)
    place.batches.act(batch_id, Describe(first, PaperDetails(), "Bản quét mờ"))
    place.batches.act(batch_id, Split(second))
    place.batches.act(batch_id, Assign(first, code, FileTarget.COMPONENT, "TP02"))
    assert [group.replaces for group in place.batches.view(batch_id).batch.layout] == ["", ""]


def test_a_reason_where_nothing_is_replaced_is_none(place, code):
    batch_id = stack(place, code, "a")
    place.batches.act(batch_id, Describe(page_ids(place, batch_id)[0], PaperDetails(), "Bản quét mờ"))
    assert file(place, batch_id).complete
    assert (events(place, "attachment.unlinked"), events(place)[0].facts["reason"]) == ([], "")
