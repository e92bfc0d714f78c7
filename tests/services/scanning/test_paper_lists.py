"""Lists of digitised papers: what stands in them, who may write them, and that nothing is half written."""

from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.moments import day_of
from counter_app.services.documents.forms import form_in_force
from counter_app.services.scanning.archive_content import (
    ARCHIVE_LIST,
    ListedPaper,
    ListKind,
    PaperList,
    archive_list,
    list_header,
    list_rows,
)
from counter_app.services.scanning.library import TakeOut
from tests.builders import CLERK, HEAD, INSPECTOR, NOW, fake_desk, profile
from tests.fakes_scanning import scans
from tests.services.scanning.test_library import code_of, filed, received
from tests.storage.test_scans import paper

WORDS = form_in_force(ARCHIVE_LIST, NOW.date())


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


def today(place):
    return day_of(place.desk.clock.now())


def look(place, kind, start=None, end=None, actor=CLERK):
    return place.lists.look(kind, start or today(place), end or today(place), actor)


def test_each_list_has_its_papers_with_the_codes_of_their_dossiers(place):
    code, other = received(place), received(place)
    first, second = filed(place, code, text="a"), filed(place, other, text="b")
    assert look(place, ListKind.FILED).papers == (ListedPaper(code, first), ListedPaper(other, second))
    assert look(place, ListKind.DUE).papers == look(place, ListKind.HANDED_OVER).papers == ()
    place.library.keep([first.op_id], today(place) - timedelta(days=1), HEAD)
    assert [each.code for each in look(place, ListKind.DUE).papers] == [code]
    place.library.hand_over([first.op_id], today(place), HEAD)
    assert look(place, ListKind.DUE).papers == ()
    assert [each.code for each in look(place, ListKind.HANDED_OVER).papers] == [code]
    place.library.take_out(TakeOut(other, second.file_id, "quét nhầm"), CLERK)
    assert [each.code for each in look(place, ListKind.FILED).papers] == [code]


def test_what_is_due_is_due_today_whatever_days_are_asked_for(place):
    listed = look(place, ListKind.DUE, date(2030, 1, 1), date(2020, 1, 1))
    assert listed.start == listed.end == today(place)
    assert code_of(lambda: look(place, ListKind.FILED, date(2030, 1, 1), date(2020, 1, 1))) == "DAYS_REVERSED"


def test_a_look_is_on_the_trail(place):
    filed(place, received(place))
    for kind, found in ((ListKind.FILED, 1), (ListKind.DUE, 0), (ListKind.HANDED_OVER, 0)):
        look(place, kind, actor=INSPECTOR)
        entry = place.desk.state.audit[-1]
        assert (entry.action, entry.user_id, entry.details) == ("files.listed", "u-0003", {"files": found})


def test_a_workbook_holds_every_column_and_the_digest(place):
    made = filed(place, received(place))
    place.library.shelve([made.op_id], "Hộp 1", "Cặp 2", CLERK)
    out = place.folder / "out" / "list.xlsx"
    written = place.lists.write(ListKind.FILED, today(place), today(place), out, CLERK)
    assert (written.papers, written.out) == (1, out)
    header, line = load_workbook(out).active.iter_rows(values_only=True)
    assert list(header) == list_header(WORDS)
    told = dict(zip(header, line, strict=True))
    assert (told["Tên giấy tờ, kết quả"], told["Hộp, cặp"], told["SHA-256 của tệp"], told["Thời hạn bảo quản"]) == (
        made.paper, "Hộp 1, Cặp 2", made.sha256, "Vĩnh viễn")
    entry = place.desk.state.audit[-1]
    assert (entry.action, entry.details) == ("files.exported", {"files": 1, "list": "filed", "kind": "xlsx"})


def test_the_printed_list_is_drawn_from_the_same_lines(place):
    made = filed(place, received(place))
    out = place.folder / "list.pdf"
    assert place.lists.write(ListKind.FILED, today(place), today(place), out, HEAD).papers == 1
    drawn = out.read_bytes().decode(errors="replace")
    assert made.paper in drawn


@pytest.mark.parametrize("name", ["list.txt", "list", "list.json"])
def test_another_kind_of_file_is_refused(place, name):
    assert code_of(lambda: place.lists.write(ListKind.FILED, today(place), today(place), place.folder / name, CLERK)) == "FILE_KIND_UNKNOWN"
    assert not (place.folder / name).exists()


def test_an_inspector_looks_and_takes_nothing_away(place):
    out = place.folder / "list.pdf"
    assert code_of(lambda: place.lists.write(ListKind.FILED, today(place), today(place), out, INSPECTOR)) == "NOT_ALLOWED"
    assert code_of(lambda: place.lists.separator(INSPECTOR)) == "NOT_ALLOWED"
    assert not out.exists()


def listed(kind, *papers):
    return PaperList(kind, date(2026, 11, 1), date(2026, 11, 30), tuple(ListedPaper(f"H36.50.05-261120-{n:04}", each) for n, each in enumerate(papers, 1)))


def test_a_line_says_all_that_the_desk_knows():
    whole = paper(1, paper="Quyết  định", number="117/QĐ-UBND", result_code="KQ.G15.003159", pages=3, box="Hộp 12", folder="Cặp 3",
                  kept_until=date(2036, 12, 31), archived_on=date(2026, 11, 25))
    plain = paper(2)
    assert isinstance(whole, DigitalPaper)
    assert list_rows(listed(ListKind.FILED, whole, plain), WORDS) == [
        ["1", "H36.50.05-261120-0001", "Quyết định", "117/QĐ-UBND; KQ.G15.003159", "20/11/2026", "3", "Hộp 12, Cặp 3", "đến 31/12/2036", "25/11/2026"],
        ["2", "H36.50.05-261120-0002", "Tờ khai", "", "20/11/2026", "2", "", "Vĩnh viễn", ""]]


@pytest.mark.parametrize(("kind", "title", "copies", "signers"), [
    (ListKind.FILED, "DANH MỤC GIẤY TỜ, KẾT QUẢ ĐÃ SỐ HÓA", 1, ("NGƯỜI LẬP", "NGƯỜI KIỂM TRA")),
    (ListKind.DUE, "DANH MỤC HỒ SƠ, TÀI LIỆU HẾT THỜI HẠN BẢO QUẢN", 1, ("NGƯỜI LẬP", "THỦ TRƯỞNG TRUNG TÂM")),
    (ListKind.HANDED_OVER, "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", 2, ("BÊN GIAO", "BÊN NHẬN"))])
def test_each_list_is_a_form_of_its_own(kind, title, copies, signers):
    content = archive_list(listed(kind, paper(1), paper(2, pages=5)), profile(), WORDS, NOW)
    assert (content["title"], len(content["copies"])) == (title, copies)
    assert tuple(each["role"] for each in content["signatures"]) == signers
    (_, period), (total,) = content["body"][0]["rows"][0], content["body"][2]["rows"][0]
    assert period["value"] == ("tính đến ngày 30/11/2026" if kind is ListKind.DUE else "từ ngày 01/11/2026 đến ngày 30/11/2026")
    assert total["value"] == "2 tệp, 7 trang"
