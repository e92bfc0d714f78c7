"""The verb report, as a script calls it: the promised JSON, files, freezing, refusals."""

import json
from datetime import date

import openpyxl
import pytest

from tests.cli.test_dossier_verbs import call

__all__ = ["call"]
COLUMNS = [f"c{number}" for number in range(3, 14)]
OLDER = (
    {"code": "H36.50.05-251020-0001", "field": "Hộ tịch", "received_at": "2025-10-20T08:00:00", "channel": "online",
     "due_history": [{"set_at": "2025-10-20T08:00:00", "due_at": "2025-11-05T17:00:00"}],
     "closed_at": "2025-11-06T08:00:00", "closed_as": "returned"},
    {"code": "H36.50.05-251001-0002", "field": "Đất đai", "received_at": "2025-10-01T08:00:00",
     "due_history": [{"set_at": "2025-10-01T08:00:00", "due_at": "2025-10-30T17:00:00"}],
     "supplement_open_from": "2025-10-29T08:00:00", "supplement_open_to": "2025-11-20T08:00:00"},
    {"code": "H36.50.05-251001-0003", "field": "Đất đai", "received_at": "2025-10-01T08:00:00",
     "due_history": [{"set_at": "2025-10-01T08:00:00", "due_at": "2025-10-30T17:00:00"},
                     {"set_at": "2025-11-15T08:00:00", "due_at": "2025-12-30T17:00:00"}]},
)
MONTH = ("--from", "2025-10-15", "--to", "2025-11-14")


@pytest.fixture
def filled(call, tmp_path):
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in OLDER), "utf-8")
    assert call("import-dossiers", path)[1]["kept"] == len(OLDER)
    return call


def row(value, field):
    return next(each for each in value["rows"] if each["field"] == field)


def test_ii06a_as_json_is_what_the_commands_promise(filled):
    code, value = filled("report", "II.06a", *MONTH)
    assert code == 0
    assert value["period"] == {"from": "2025-10-15", "to": "2025-11-14"}
    assert [list(each) for each in value["rows"]] == [["field", *COLUMNS]] * 2
    assert list(value["total"]) == COLUMNS
    assert [row(value, "Hộ tịch")[name] for name in COLUMNS] == [1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0]
    # one waits for papers that came in after the period; the other's extension was given after it
    assert [row(value, "Đất đai")[name] for name in COLUMNS] == [2, 0, 0, 2, 0, 0, 0, 0, 2, 1, 1]


@pytest.mark.parametrize("name", ["II.06a", "07a", "766", "weekly", "on-the-spot"])
def test_the_promised_names_are_written_in_three_kinds(filled, tmp_path, name):
    for suffix, start in ((".pdf", b"%PDF-"), (".xlsx", b"PK"), (".json", b"{")):
        out = tmp_path / f"report{suffix}"
        code, value = filled("report", name, *MONTH, "--out", out)
        assert (code, value["out"], value["mark"]) == (0, str(out), None)
        assert out.read_bytes().startswith(start)
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["report"] == name


def test_the_sheet_holds_the_figures_of_the_json(filled, tmp_path):
    filled("report", "II.06a", *MONTH, "--out", tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    total = [cell.value for cell in sheet[sheet.max_row]]
    assert total == ["Tổng số", *filled("report", "II.06a", *MONTH)[1]["total"].values()]


def test_a_frozen_report_says_its_mark(filled, tmp_path):
    code, value = filled("report", "II.06a", *MONTH, "--out", tmp_path / "r.json", "--freeze", "--sent-to", "UBND tỉnh")
    assert (code, len(value["mark"])) == (0, 8)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["mark"] == value["mark"]


@pytest.mark.parametrize(("words", "error"), [
    (("report", "II.07b", *MONTH), "REPORT_UNKNOWN"),
    (("report", "II.06a", "--from", "2025-11-14", "--to", "2025-10-15"), "DAYS_REVERSED"),
    (("report", "II.06a", *MONTH, "--out", "/tmp/report.txt"), "FILE_KIND_UNKNOWN"),
    (("report", "II.06a", "--from", "2025-10-15", "--to", f"{date.max.year}-12-31", "--out", "/tmp/r.pdf", "--freeze"), "PERIOD_NOT_OVER"),
])
def test_what_is_off_is_said(filled, words, error):
    code, value = filled(*words)
    assert (code, value["error"]["code"]) == (3, error)


def test_a_day_that_is_none_is_refused_by_the_words(call):
    assert call("report", "II.06a", "--from", "hôm qua", "--to", "2025-11-14")[0] == 2
