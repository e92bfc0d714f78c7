"""Files of lines: what was written is read again from either kind, damaged lines are counted in their place, nothing is held in memory."""

import json
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.services.exchange import line_files
from counter_app.services.exchange.line_files import COLUMNS, DAMAGED, kind_of, read_lines, write_lines
from counter_app.services.exchange.older_dossiers import APPLICANT, MEMBERS
from tests.examples import examples

TEXTS = st.none() | st.text(st.sampled_from("aâđ 01=-;/\"'"), min_size=1, max_size=8).filter(lambda text: text == text.strip())
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2089, 12, 31)).map(lambda at: at.replace(microsecond=0).isoformat())


@st.composite
def lines(draw):
    line = {name: draw(TEXTS) for name in MEMBERS if name not in {"due_history", "applicant", "code", "received_at"}}
    person = {name: draw(TEXTS) for name in APPLICANT}
    history = draw(st.lists(st.fixed_dictionaries({"set_at": TIMES, "due_at": st.none() | TIMES}), max_size=3))
    return {**line, "code": "H36.50.05-261015-0007", "received_at": draw(TIMES), "due_history": history, "applicant": person}


def refused(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return caught.value.problems[0].code


def told(line):
    """Return a line as a file tells it: a person of whom nothing is known is none."""
    return {**line, "applicant": line["applicant"] if any(line["applicant"].values()) else None}


@pytest.mark.parametrize("kind", [".jsonl", ".xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(10), deadline=None)
@given(written=st.lists(lines(), max_size=4))
def test_what_was_written_is_read_again(tmp_path, kind, written):
    path = tmp_path / f"lines{kind}"
    write_lines(path, kind, written)
    found = [value for _, value in read_lines(path)]
    assert [told(line) for line in found if kind == ".jsonl"] == ([told(line) for line in written] if kind == ".jsonl" else [])
    if kind == ".xlsx":
        assert found == [told(line) for line in written]


def jsonl(tmp_path, data):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(data)
    return list(read_lines(path))


@pytest.mark.parametrize(("data", "found"), [
    (b"", []), (b"\n\n", []), (b'{"a": 1}', [(1, {"a": 1})]), (b'\n{"a": 1}\n \n[]\n', [(2, {"a": 1}), (4, [])]),
    (b'\xef\xbb\xbf{"a": 1}\n', [(1, {"a": 1})]), (b'{"a": 1}\r\n{"b": 2}\r\n', [(1, {"a": 1}), (2, {"b": 2})]),
    (b'{"a": \n{"b": 2}\n', [(1, DAMAGED), (2, {"b": 2})]), (b'"\xff"\n1\n', [(1, DAMAGED), (2, 1)]),
    (b'NaN\n-Infinity\n1\n', [(1, DAMAGED), (2, DAMAGED), (3, 1)]), (b'"\\ud800"\n', [(1, DAMAGED)]),
    (b'1\n\xef\xbb\xbf1\n', [(1, 1), (2, DAMAGED)])])
def test_each_line_is_read_by_itself(tmp_path, data, found):
    assert jsonl(tmp_path, data) == found


def test_nesting_without_end_is_a_damaged_line_and_the_next_one_is_read(tmp_path):
    assert jsonl(tmp_path, b"[" * 100_000 + b"\n1\n") == [(1, DAMAGED), (2, 1)]


def test_a_line_without_end_is_passed_over_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(line_files, "LONGEST_LINE", 20)
    data = b'{"a": "' + b"x" * 90 + b'"}\n{"b": 2}\n' + b"y" * 50
    assert jsonl(tmp_path, data) == [(1, DAMAGED), (2, {"b": 2}), (3, DAMAGED)]


@pytest.mark.parametrize("length", [19, 20, 21])
def test_a_line_about_as_long_as_the_longest_is_read_or_damaged_but_one(tmp_path, monkeypatch, length):
    monkeypatch.setattr(line_files, "LONGEST_LINE", 20)
    line = json.dumps("x" * (length - 3)).encode() + b"\n"
    assert len(line) == length
    found = jsonl(tmp_path, line + b"7\n")
    assert [number for number, _ in found] == [1, 2]
    assert found[1][1] == 7
    assert (found[0][1] is DAMAGED) == (length > 20)


@pytest.mark.parametrize(("name", "kind"), [("a.jsonl", ".jsonl"), ("A.XLSX", ".xlsx"), ("b.tar.JsonL", ".jsonl")])
def test_the_kind_is_told_by_the_name(tmp_path, name, kind):
    assert kind_of(tmp_path / name) == kind


@pytest.mark.parametrize("name", ["a.csv", "a", "a.xls", "jsonl"])
def test_another_kind_is_refused_with_those_that_are_known(tmp_path, name):
    with pytest.raises(RuleBrokenError) as caught:
        kind_of(tmp_path / name)
    assert caught.value.problems[0].params["kinds"] == ".jsonl, .xlsx"


def sheet(tmp_path, *rows, header=COLUMNS):
    path = tmp_path / "lines.xlsx"
    book = openpyxl.Workbook()
    for row in ([*header], *rows):
        book.active.append(row)
    book.save(path)
    return path


def row(**cells):
    return [cells.get(column.removeprefix("applicant.")) for column in COLUMNS]


def test_excel_turns_values_into_its_own_and_they_are_turned_back(tmp_path):
    path = sheet(tmp_path, row(
        code="H36.50.05-261015-0007", received_at=datetime(2026, 10, 15, 8, 30, 0, 400_000), closed_at=date(2026, 10, 19), field=7, procedure_code=1.5,
        full_name=True))
    ((number, line),) = read_lines(path)
    assert number == 2
    assert (line["received_at"], line["closed_at"], line["field"], line["procedure_code"]) == (
        "2026-10-15T08:30:00", "2026-10-19T00:00:00", "7", "1.5")
    assert line["applicant"]["full_name"] == "True"


def test_numbers_of_a_person_stay_numbers_so_that_they_are_refused(tmp_path):
    path = sheet(tmp_path, row(code="X", received_at="2026-10-15T08:30", id_number=67190000456, phone="0900000456"))
    ((_, line),) = read_lines(path)
    assert (line["applicant"]["id_number"], line["applicant"]["phone"]) == (67190000456, "0900000456")


@pytest.mark.parametrize(("cell", "history"), [
    (None, []), ("", []), (" ; ", []), ("2026-10-15T08:30/2026-10-20T08:30", [("2026-10-15T08:30", "2026-10-20T08:30")]),
    (" a / b ; c/ ;d", [("a", "b"), ("c", None), ("d", None)])])
def test_the_cell_of_due_times(tmp_path, cell, history):
    path = sheet(tmp_path, row(code="X", received_at="2026-10-15T08:30", due_history=cell))
    ((_, line),) = read_lines(path)
    assert [(each["set_at"], each["due_at"]) for each in line["due_history"]] == history


@pytest.mark.parametrize("header", [("code",), ("received_at",), (), ("code", "received_at", "colour"), ("code", "received_at", "applicant")])
def test_a_sheet_needs_its_columns_and_has_no_others(tmp_path, header):
    assert refused(lambda: list(read_lines(sheet(tmp_path, header=header)))) == "TABLE_HEADER"


def test_columns_may_stand_in_any_order_and_be_missing(tmp_path):
    path = sheet(tmp_path, ["2026-10-15T08:30", None, "X"], header=("received_at", None, " code "))
    ((_, line),) = read_lines(path)
    assert (line["code"], line["received_at"], line["applicant"], line["due_history"]) == ("X", "2026-10-15T08:30", None, [])


def test_what_is_no_sheet_is_said_to_be_damaged(tmp_path):
    path = tmp_path / "lines.xlsx"
    path.write_bytes(b"PK\x03\x04 not a book")
    assert refused(lambda: list(read_lines(path))) == "TABLE_DAMAGED"


@pytest.mark.parametrize("name", ["none.jsonl", "none.xlsx"])
def test_a_file_that_is_not_there_is_the_surroundings(tmp_path, name):
    with pytest.raises(SurroundingsError):
        list(read_lines(tmp_path / name))


def test_more_lines_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(line_files, "MOST_ROWS", 3)
    line = dict.fromkeys(MEMBERS) | {"code": "X", "received_at": "Y", "due_history": [], "applicant": dict.fromkeys(APPLICANT)}
    write_lines(tmp_path / "two.xlsx", ".xlsx", [line] * 2)
    assert refused(lambda: write_lines(tmp_path / "three.xlsx", ".xlsx", [line] * 3)) == "TABLE_TOO_LONG"
    write_lines(tmp_path / "three.jsonl", ".jsonl", [line] * 3)


def test_lines_are_written_one_by_one(tmp_path):
    """A file of a million lines is never a list: whatever is written stands there when the next one is asked for."""
    seen, path = [], tmp_path / "lines.jsonl"
    line = {"code": "X" * 9000, "applicant": {}}

    def source():
        for _ in range(5):
            seen.append(path.stat().st_size)
            yield line

    write_lines(path, ".jsonl", source())
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] > 9000
