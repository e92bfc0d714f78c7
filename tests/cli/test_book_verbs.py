"""The verbs of registers and of files of dossiers, as a script calls them."""

import json
from datetime import datetime, timedelta

import pytest

from counter_app.cli.main import main
from counter_app.domain.moments import VIETNAM
from tests.cli.test_certify_verb import PERSON
from tests.cli.test_dossier_verbs import DOSSIER, call

__all__ = ["call"]
OLDER = {"code": "H36.50.05-261102-0001", "received_at": "2025-11-02T08:00:00", "applicant": {"full_name": "Nguyễn Văn Mẫu"}}


def year():
    return datetime.now(VIETNAM).year


@pytest.fixture
def older(tmp_path):
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join([json.dumps(OLDER), "{bad", json.dumps(OLDER)]), "utf-8")
    return path


def test_the_book_in_three_kinds(call, tmp_path):
    for _ in range(3):
        assert call("intake", "-", stdin=DOSSIER)[0] == 0
    for suffix, start in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("json", b"{")):
        out = tmp_path / f"book.{suffix}"
        code, value = call("logbook", "dossiers", "--year", year(), "--volume", "1", "--out", out)
        assert (code, value) == (0, {"book": "dossiers", "year": year(), "volume": 1, "lines": 3, "out": str(out)})
        assert out.read_bytes().startswith(start)
    assert [line["ordinal"] for line in json.loads((tmp_path / "book.json").read_text("utf-8"))["lines"]] == [1, 2, 3]


def test_days_limit_the_book(call, tmp_path):
    call("intake", "-", stdin=DOSSIER)
    today = datetime.now(VIETNAM).date()
    for start, end, lines in ((today, today, 1), (today + timedelta(days=1), today + timedelta(days=2), 0)):
        code, value = call("logbook", "dossiers", "--from", start, "--to", f"{end:%d/%m/%Y}", "--out", tmp_path / "x.json")
        assert (code, value["lines"]) == (0, lines)


def test_a_year_closes_in_its_time(call):
    call("intake", "-", stdin=DOSSIER)
    code, value = call("logbook", "dossiers", "--close-year", year())
    closable = datetime.now(VIETNAM).date() >= datetime(year(), 12, 31, tzinfo=VIETNAM).date()
    assert (code, value.get("total"), value.get("error", {}).get("code")) == ((0, 1, None) if closable else (3, None, "YEAR_NOT_OVER"))


@pytest.mark.parametrize("book", ["dossiers", "SCT/BS", "SCT/CK,ĐC", "SCT/CKND", "SCT/GD", "fees", "results", "digitised"])
def test_a_register_without_a_line_is_an_empty_book(call, tmp_path, book):
    for kind in ("pdf", "xlsx", "json"):
        code, value = call("logbook", book, "--out", tmp_path / f"x.{kind}")
        assert (code, value["lines"]) == (0, 0)
    assert json.loads((tmp_path / "x.json").read_text("utf-8"))["lines"] == []


def test_a_book_that_there_is_not_is_a_sentence(call, tmp_path):
    code, value = call("logbook", "SCT/XX", "--out", tmp_path / "x.pdf")
    assert (code, value["error"]["code"]) == (3, "BOOK_UNKNOWN")
    assert call("logbook", "dossiers", "--out", tmp_path / "x.docx")[1]["error"]["code"] == "FILE_KIND_UNKNOWN"


def test_an_import_lists_its_bad_lines_and_asks_for_a_person(call, older):
    code, value = call("import-dossiers", older)
    assert (code, value["kept"]) == (5, 1)
    assert [(bad["line"], bad["errors"][0]["code"]) for bad in value["bad"]] == [(2, "LINE_DAMAGED"), (3, "CODE_KNOWN")]
    assert "JSON" in value["bad"][0]["errors"][0]["message"]
    assert call("search", "nguyen mau")[1]["total"] == 1


def test_people_read_the_line_then_its_column_then_what_is_wrong(call, older, desk_dir, capsys):
    assert main(["--data-dir", str(desk_dir), "import-dossiers", str(older)]) == 5
    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("Dòng 2: ")
    assert ": :" not in said[1], "of the line as a whole no column is named"
    assert said[2].startswith("Dòng 3: code: Mã hồ sơ này")


def test_out_and_in_again(call, older, tmp_path):
    call("import-dossiers", older)
    for suffix in ("jsonl", "xlsx"):
        code, value = call("export-dossiers", "--from", "2025-01-01", "--to", "2025-12-31", "--out", tmp_path / f"out.{suffix}")
        assert (code, value["dossiers"]) == (0, 1)
    line = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert (line["code"], line["applicant"]["full_name"], line["closed_at"]) == (OLDER["code"], "Nguyễn Văn Mẫu", None)
    assert call("import-dossiers", tmp_path / "out.xlsx")[1]["bad"][0]["errors"][0]["code"] == "CODE_KNOWN"


def test_a_full_volume_goes_on_in_the_next_one(call):
    assert call("logbook", "dossiers", "--new-volume")[1]["error"]["code"] == "BOOK_UNKNOWN"
    for _ in range(2):
        call("intake", "-", stdin=DOSSIER)
    code, value = call("logbook", "dossiers", "--year", year(), "--new-volume")
    assert (code, value["book"], value["year"], value["volume"], value["first_ordinal"]) == (0, "dossiers", year(), 2, 3)
    assert call("intake", "-", stdin=DOSSIER)[1]["logbook"]["ordinal"] == 3
    assert call("logbook", "dossiers", "--year", year(), "--new-volume")[1]["volume"] == 3
    code, value = call("logbook", "dossiers", "--new-volume", lang="en")
    assert (code, value["error"]["code"]) == (3, "VOLUME_EMPTY")


def test_a_line_is_struck_in_the_volume_where_it_stands(call, tmp_path):
    for _ in range(2):
        call("intake", "-", stdin=DOSSIER)
    call("logbook", "dossiers", "--new-volume")
    call("intake", "-", stdin=DOSSIER)
    code, value = call("logbook", "dossiers", "--year", year(), "--strike", 3, "--reason", " Nhập  trùng ")
    assert (code, value) == (0, {"book": "dossiers", "year": year(), "volume": 2, "ordinal": 3, "struck": True})
    call("logbook", "dossiers", "--out", tmp_path / "x.json")
    lines = json.loads((tmp_path / "x.json").read_text("utf-8"))["lines"]
    assert [(line["ordinal"], line["struck_reason"]) for line in lines] == [(1, ""), (2, ""), (3, "Nhập trùng")]


@pytest.mark.parametrize(("ordinal", "reason", "refusal", "field"), [
    (2, "Nhập trùng", "LINE_UNKNOWN", None), (1, " ", "REASON_EMPTY", "reason"), (1, "x" * 301, "TEXT_TOO_LONG", "reason")])
def test_a_strike_that_can_not_be_is_told(call, ordinal, reason, refusal, field):
    call("intake", "-", stdin=DOSSIER)
    code, value = call("logbook", "dossiers", "--strike", ordinal, "--reason", reason)
    assert (code, value["error"]["code"], value["error"]["field"]) == (3, refusal, field)


def test_nothing_is_struck_twice_nor_in_a_closed_volume(call):
    for _ in range(2):
        call("intake", "-", stdin=DOSSIER)
    assert call("logbook", "dossiers", "--strike", 1, "--reason", "Nhập trùng")[0] == 0
    assert call("logbook", "dossiers", "--strike", 1, "--reason", "Nhập trùng")[1]["error"]["code"] == "LINE_STRUCK"
    call("logbook", "dossiers", "--new-volume")
    assert call("logbook", "dossiers", "--strike", 2, "--reason", "Nhập trùng")[1]["error"]["code"] == "STRIKE_IN_CLOSED"


@pytest.mark.parametrize("words", [
    ("logbook", "dossiers", "--new-volume", "--strike", "1"), ("logbook", "dossiers", "--strike", "0"), ("logbook", "dossiers", "--strike", "9" * 30),
    ("logbook", "dossiers"), ("logbook", "dossiers", "--year", "1970", "--out", "x.pdf"), ("logbook", "dossiers", "--out", "x.pdf", "--close-year", "2026"),
    ("export-dossiers", "--out", "x.jsonl"), ("export-dossiers", "--from", "hôm qua", "--to", "2026-01-01", "--out", "x.jsonl"), ("import-dossiers",)])
def test_words_that_are_off_are_code_2(call, words):
    assert call(*words)[0] == 2


def test_files_that_are_not_there_are_code_4(call, tmp_path):
    code, value = call("import-dossiers", tmp_path / "nothing.jsonl")
    assert (code, value["error"]["code"]) == (4, "FILE_NOT_FOUND")


def test_a_day_beyond_all_dossiers_means_to_the_last_one(call, tmp_path):
    for words in (("export-dossiers", "--out", tmp_path / "x.jsonl"), ("logbook", "dossiers", "--out", tmp_path / "x.json")):
        code, value = call(*words, "--from", "1900-01-01", "--to", "9999-12-31")
        assert (code, value.get("lines", value.get("dossiers"))) == (0, 0)


def test_every_register_that_has_a_line_is_written_by_its_promised_name(call, tmp_path):
    call("certify", "-", stdin={"applicant": PERSON, "lines": [
        {"register": register, "document_name": "Bằng tốt nghiệp", "pages": 1, "copies": 2} for register in ("SCT/BS", "SCT/CK,ĐC", "SCT/CKND", "SCT/GD")]})
    for book in ("dossiers", "SCT/BS", "SCT/CK,ĐC", "SCT/CK, ĐC", "SCT/CKND", "SCT/GD", "SCT/HĐ,GD", "fees", "results"):
        for suffix in ("pdf", "xlsx", "json"):
            code, value = call("logbook", book, "--year", year(), "--out", tmp_path / f"x.{suffix}")
            assert code == 0, (book, value)
            assert value["lines"] > 0
        assert len(json.loads((tmp_path / "x.json").read_text("utf-8"))["lines"]) == value["lines"]


def test_a_number_is_not_struck_in_its_register(call):
    call("certify", "-", stdin={"applicant": PERSON, "lines": [{"register": "SCT/BS", "document_name": "Bằng", "pages": 1, "copies": 1}]})
    code, value = call("logbook", "SCT/BS", "--year", year(), "--strike", "1", "--reason", "ghi nhầm")
    assert (code, value["error"]["code"]) == (3, "STRIKE_AS_NUMBER")
    assert "SCT/BS" in value["error"]["message"]
