"""The book of a real desk as JSON, workbook and bound PDF: each holds every line whole, and all three say the same."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import BookPlace, DeliveryMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local, read_local
from counter_app.domain.number_words import in_words
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.domain.text import tidy
from counter_app.printing.book_printer import FileBookPrinter
from counter_app.services.registers.book_files import LINES_PER_PAGE
from tests.builders import CLERK, HEAD, applicant, command, fake_desk
from tests.examples import examples
from tests.printing.reading import Pdf
from tests.printing.samples import PRESS

FIRST_ROW = 4
DELIVERED = {"desk": "Tại quầy", "postal": "Bưu chính", "online": "Trực tuyến"}


def letters(text):
    return "".join(text.split())


names = st.text(st.characters(codec="latin-1", categories=("Lu", "Ll", "Nd", "Zs")) | st.sampled_from("ăâđêôơưạảấầẩẫậễỗữỹĐƯ"), max_size=60).map(
    lambda text: tidy(f"Mẫu {text}"))
notes = st.sampled_from(["", "Hẹn lại", "=1+1", "'quoted'", "<b>&amp;</b>", "a\\b", '"', "+84", "1e5", "07/11"])


@st.composite
def days(draw):
    """What comes in on some days: a few people each, some lines struck afterwards."""
    people = draw(st.lists(st.tuples(names, names, notes, st.sampled_from(DeliveryMethod)), min_size=1, max_size=18))
    struck = draw(st.sets(st.integers(1, len(people)), max_size=2))
    volume_after = draw(st.none() | st.integers(1, len(people)))
    return people, struck, volume_after


def lived(told):
    """Return a desk that has taken those people in."""
    people, struck, volume_after = told
    desk = fake_desk(local(2026, 11, 2, 8, 0), books=FileBookPrinter(PRESS))
    places = []
    for number, (name, address, note, delivery) in enumerate(people, start=1):
        person = applicant(full_name=name, address=address)
        places.append(desk.intake.receive(command(applicant=person, note=note, delivery=delivery, delivery_address="x"), CLERK).place)
        desk.clock.forward(minutes=37)
        if number == volume_after:
            desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    for ordinal in sorted(struck):
        if places[ordinal - 1].volume == desk.logbooks.volumes(DOSSIER_BOOK, 2026)[-1].volume:
            desk.logbooks.strike(places[ordinal - 1], f"Nhập trùng {ordinal}", CLERK)
    return desk


def stored(desk):
    with desk.database.read() as uow:
        return list(uow.logbooks.all_lines(DOSSIER_BOOK, 2026, None, None, None))


def export(desk, folder, kind, **part):
    out = folder / f"book.{kind}"
    desk.logbooks.export(DOSSIER_BOOK, 2026, out, actor=CLERK, **part)
    return out


CASUAL = settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@CASUAL
@given(days())
def test_json_gives_back_every_line(tmp_path, told):
    desk = lived(told)
    book = json.loads(export(desk, tmp_path, "json").read_text("utf-8"))
    lines = stored(desk)
    assert len(book["lines"]) == len(lines) == len(told[0])
    for got, line in zip(book["lines"], lines, strict=True):
        assert (got["ordinal"], got["volume"], got["code"], got["dossier_id"]) == (
            line.place.ordinal, line.place.volume, line.code, line.dossier_id)
        assert (got["procedure"], got["sets"], got["applicant"], got["address"], got["phone"], got["handled_by"]) == (
            line.procedure_name, line.sets, line.applicant, line.address, line.phone, line.handled_by)
        assert read_local(got["received_at"]) == line.received_at
        assert (read_local(got["due_at"]) if got["due_at"] else None) == line.due_at
        assert (got["delivery"], got["note"], got["struck_reason"]) == (line.delivery, line.note, line.struck_reason)
        assert got["struck_on"] == (line.struck_on.isoformat() if line.struck_on else None)
    assert [line["ordinal"] for line in book["lines"]] == list(range(1, len(lines) + 1))


@CASUAL
@given(days())
def test_the_workbook_gives_back_every_line(tmp_path, told):
    desk = lived(told)
    sheet = openpyxl.load_workbook(export(desk, tmp_path, "xlsx")).active
    lines = stored(desk)
    for row, line in enumerate(lines, start=FIRST_ROW):
        ordinal, code, procedure, sets, name, place, _, received, due, returned, delivery, _, note = (cell.value for cell in sheet[row])
        assert (ordinal, code, procedure, sets, name) == (line.place.ordinal, line.code, line.procedure_name, line.sets, line.applicant)
        assert place == f"{line.address}\n{line.phone}"
        assert received == line.received_at.replace(tzinfo=None)
        assert isinstance(received, datetime)
        assert due == (line.due_at.replace(tzinfo=None) if line.due_at else None)
        assert returned is None
        assert delivery == DELIVERED[line.delivery]
        assert (note or "").startswith(line.note)
        assert line.struck_reason in (note or "")
        assert all(cell.data_type != "f" for cell in sheet[row]), "a text never becomes a formula"
        assert bool(sheet.cell(row, 5).font.strike) == bool(line.struck_reason)
    assert sheet.cell(FIRST_ROW + len(lines), 1).value is None, "an open book ends with its last line"


@CASUAL
@given(days())
def test_the_bound_book_gives_back_every_line(tmp_path, told):
    desk = lived(told)
    out, lines = export(desk, tmp_path, "pdf"), stored(desk)
    with Pdf(out.read_bytes()) as pdf:
        pages = [letters(pdf.text(page)) for page in range(len(pdf))]
    body = pages[1:]
    assert letters("Quyển số") in pages[0]
    for line in lines:
        place = (line.place.ordinal - 1) // LINES_PER_PAGE
        for value in (line.code, line.applicant, line.address, line.note, line.struck_reason, f"{line.received_at:%d/%m}"):
            assert letters(value) in body[place], f"line {line.place.ordinal} on page {place + 1}"
    assert len(body) == -(-len(lines) // LINES_PER_PAGE), "every page is full but the last"


@pytest.mark.parametrize("count", [1, LINES_PER_PAGE, LINES_PER_PAGE + 1, 3 * LINES_PER_PAGE])
def test_the_closing_page_counts_in_words_and_figures(tmp_path, count):
    desk = fake_desk(local(2026, 12, 31, 8, 0), books=FileBookPrinter(PRESS))
    for _ in range(count):
        desk.intake.receive(command(), CLERK)
    desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 1), "Nhập trùng", CLERK)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    with Pdf(export(desk, tmp_path, "pdf").read_bytes()) as pdf:
        closing, pages = pdf.text(len(pdf) - 1), len(pdf)
    assert pages == 1 + -(-count // LINES_PER_PAGE) + 1, "cover, body, closing page"
    assert f"{count} (bằng chữ: {in_words(count)})" in closing
    assert f"từ số 01 đến số {count:02d}" in closing
    sheet = openpyxl.load_workbook(export(desk, tmp_path, "xlsx")).active
    end = [sheet.cell(row, 1).value for row in range(FIRST_ROW + count, sheet.max_row + 1)]
    assert any(f"{count} (bằng chữ: {in_words(count)})" in str(value) for value in end)
    assert json.loads(export(desk, tmp_path, "json").read_text("utf-8"))["closed_on"] == "2026-12-31"


def test_runs_of_pages_are_together_the_whole_book(tmp_path):
    """What is printed in runs through the year and at its end, laid together, is the book: no line twice, none missing."""
    desk, texts = fake_desk(local(2026, 12, 30, 8, 0), books=FileBookPrinter(PRESS)), []
    spans = []
    for count in (LINES_PER_PAGE, 3, 2 * LINES_PER_PAGE, 5):
        for _ in range(count):
            desk.intake.receive(command(), CLERK)
        if desk.logbooks.volumes(DOSSIER_BOOK, 2026)[0].lines // LINES_PER_PAGE > (spans[-1][1] if spans else 0):
            spans.append(printed(desk, tmp_path, texts))
    desk.clock.forward(days=1)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    spans.append(printed(desk, tmp_path, texts))
    assert all(after[0] == before[1] + 1 for before, after in pairwise(spans)), "each run begins where the last one ended"
    whole = letters("".join(texts))
    for line in stored(desk):
        assert whole.count(letters(line.code)) == 1
    assert spans[-1] == (5, 5), "all pages were bound already, and full: the closing page comes alone"
    assert "Tổng số dòng đã ghi: 32 (bằng chữ: ba mươi hai), từ số 01 đến số 32." in texts[-1]
    with pytest.raises(RuleBrokenError, match="NOTHING_TO_PRINT"):
        desk.logbooks.print_next(DOSSIER_BOOK, 2026, tmp_path / "again.pdf", actor=CLERK)
    assert "inlại" not in whole.lower(), "none of them is a reprint"
    again = export(desk, tmp_path, "pdf")
    with Pdf(again.read_bytes()) as pdf:
        assert "in lại" in pdf.text().lower(), "but the whole book printed afterwards says so"


def printed(desk, folder, texts):
    out = folder / f"run-{len(texts)}.pdf"
    done = desk.logbooks.print_next(DOSSIER_BOOK, 2026, out, actor=CLERK)
    with Pdf(out.read_bytes()) as pdf:
        texts.append(pdf.text())
    return done.first_page, done.last_page


def test_days_cut_the_same_lines_out_of_all_three(tmp_path):
    desk = fake_desk(local(2026, 11, 2, 8, 0), books=FileBookPrinter(PRESS))
    for _ in range(5):
        desk.intake.receive(command(), CLERK)
        desk.clock.forward(hours=24)
    part = {"start": date(2026, 11, 3), "end": date(2026, 11, 5)}
    wanted = [line.code for line in stored(desk)[1:4]]
    got = [line["code"] for line in json.loads(export(desk, tmp_path, "json", **part).read_text("utf-8"))["lines"]]
    sheet = openpyxl.load_workbook(export(desk, tmp_path, "xlsx", **part)).active
    assert got == wanted == [sheet.cell(row, 2).value for row in range(FIRST_ROW, FIRST_ROW + 3)]
    with Pdf(export(desk, tmp_path, "pdf", **part).read_bytes()) as pdf:
        text = pdf.text()
    assert [code for code in (line.code for line in stored(desk)) if letters(code) in letters(text)] == wanted


def test_the_workbook_has_nothing_that_runs_or_calls(tmp_path):
    """A register goes to other offices: no macro, no link, no formula, no outside part, whatever stands in the names."""
    desk = fake_desk(books=FileBookPrinter(PRESS))
    evil = ("=HYPERLINK(\"http://vidu.vn\",\"x\")", "@SUM(1)", "+cmd", "http://vidu.vn/x")
    for name in evil:
        desk.intake.receive(command(applicant=applicant(full_name=f"{name} A", address=name), note=name), CLERK)
    out = export(desk, tmp_path, "xlsx")
    with zipfile.ZipFile(out) as parts:
        names_of_parts = parts.namelist()
        sheets = b"".join(parts.read(name) for name in names_of_parts if "worksheets" in name)
    assert not [name for name in names_of_parts if "vba" in name.lower() or "external" in name.lower() or "_rels/sheet" in name]
    assert b"<f>" not in sheets
    sheet = openpyxl.load_workbook(out).active
    assert [sheet.cell(FIRST_ROW + number, 13).value for number in range(4)] == list(evil)


def test_the_same_book_gives_the_same_bytes(tmp_path):
    """So that a book that is asked for again can be compared with the one that was bound."""
    desk = lived(([("Mẫu A", "Thôn 1", "", DeliveryMethod.DESK)] * 9, {2}, None))
    first = export(desk, tmp_path, "pdf").read_bytes()
    desk.clock.forward(hours=5)
    assert export(desk, tmp_path, "pdf").read_bytes() == first
    desk.dossiers.add_note(stored(desk)[0].dossier_id, "x", CLERK)
    assert export(desk, tmp_path, "pdf").read_bytes() == first, "a note to a dossier is none in the book"
    desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 1), "Nhập trùng", CLERK)
    assert export(desk, tmp_path, "pdf").read_bytes() != first
