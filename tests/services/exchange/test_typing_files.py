"""Tables for ministries' programs: what is written comes back from every kind, what comes back is read line by line, damage is a sentence."""

import csv
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.services.exchange.typing_files import KINDS, MOST_BYTES, kind_of, read_codes, write_table

CELL = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8).map(str.strip)
PAIRS = st.lists(st.tuples(CELL, CELL), max_size=5)
HEADER = ("code", "second_code")


def refused(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return caught.value.problems[0].code


@pytest.mark.parametrize("kind", KINDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(pairs=PAIRS)
def test_what_was_written_is_read_again_where_both_codes_are_there(tmp_path, kind, pairs):
    path = tmp_path / f"codes{kind}"
    write_table(path, kind, HEADER, pairs)
    assert list(read_codes(path)) == [pair for pair in pairs if all(pair)]


@pytest.mark.parametrize("kind", KINDS)
def test_vietnamese_commas_quotes_and_signs_of_formulas_are_kept(tmp_path, kind):
    path, row = tmp_path / f"table{kind}", ["Trần Thị “Ví Dụ”, Đắk Mil", '"x"', "=1+1", "067190000123", ""]
    write_table(path, kind, ["a", "b", "c", "d", "e"], [row])
    if kind == ".json":
        found = list(json.loads(path.read_text("utf-8"))[0].values())
    elif kind == ".csv":
        found = list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1]
    else:
        found = ["" if cell is None else cell for cell in next(openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True))]
    assert found == row


def test_a_csv_tells_excel_that_it_is_utf_8(tmp_path):
    write_table(tmp_path / "a.csv", ".csv", HEADER, [])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfcode,second_code\r\n"


@pytest.mark.parametrize(("text", "codes"), [
    ("code,second_code\nA,1\nB,2\n", [("A", "1"), ("B", "2")]), ("second_code,x,code\n1,,A\n", [("A", "1")]),
    ("code,second_code\nA\n,2\nB,\nC,3,4\n\n", [("C", "3")]), ("\ufeffcode,second_code\r\n A , 1 \r\n", [("A", "1")]),
    ('code,second_code\n"A","1"\n', [("A", "1")])])
def test_lines_without_both_codes_are_passed_over(tmp_path, text, codes):
    path = tmp_path / "codes.csv"
    path.write_text(text, "utf-8")
    assert list(read_codes(path)) == codes


@pytest.mark.parametrize(("name", "text", "code"), [
    ("a.csv", "", "CODES_HEADER"), ("a.csv", "Code,second_code\nA,1\n", "CODES_HEADER"), ("a.csv", "A,1\n", "CODES_HEADER"),
    ("a.json", "{", "TABLE_DAMAGED"), ("a.json", '{"code": "A"}', "TABLE_DAMAGED"), ("a.json", '["A"]', "TABLE_DAMAGED"),
    ("a.json", "[" * 100_000, "TABLE_DAMAGED"), ("a.xlsx", "PK", "TABLE_DAMAGED"), ("a.txt", "", "FILE_KIND_UNKNOWN"),
    ("csv", "", "FILE_KIND_UNKNOWN")])
def test_what_is_no_table_of_codes_is_a_sentence(tmp_path, name, text, code):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert refused(lambda: list(read_codes(path))) == code


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_that_are_no_text_are_damage(tmp_path, kind):
    path = tmp_path / f"a{kind}"
    path.write_bytes(b"\xff\xfe\x00code")
    assert refused(lambda: list(read_codes(path))) == "TABLE_DAMAGED"


@pytest.mark.parametrize(("kind", "text"), [
    (".csv", "code,second_code\nA," + "1" * 200_000), (".json", "[" + " " * (MOST_BYTES + 1) + "]")], ids=["cell", "spaces"])
def test_what_is_beyond_all_measure_is_damage_and_fills_no_memory(tmp_path, kind, text):
    path = tmp_path / f"a{kind}"
    path.write_text(text, "utf-8")
    assert refused(lambda: list(read_codes(path))) == "TABLE_DAMAGED"


ROUGH = st.binary(max_size=200) | st.text(max_size=60).map(str.encode) | st.sampled_from([b'"', b"code,second_code\n\x00,1", b'[{"code": 1e999}]', b"[[]]"])


def outcome(act):
    """Return what a call gives, and the code of its refusal."""
    try:
        return act(), ""
    except RuleBrokenError as error:
        return None, error.code


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.builds(bytes.__add__, st.sampled_from([b"", b"code,second_code\n", b'[{"code": "A", "second_code": ', b"PK\x03\x04"]), ROUGH))
def test_whatever_comes_back_is_read_or_refused(tmp_path, kind, content):
    path = tmp_path / f"a{kind}"
    path.write_bytes(content)
    found, refusal = outcome(lambda: list(read_codes(path)))
    assert all(code and second for code, second in found) if found is not None else refusal in ("TABLE_DAMAGED", "CODES_HEADER")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_there_is_the_surroundings(tmp_path, kind):
    with pytest.raises(SurroundingsError):
        list(read_codes(tmp_path / f"none{kind}"))


def test_numbers_that_a_sheet_made_of_codes_are_read_as_texts(tmp_path):
    book = openpyxl.Workbook()
    for row in (["code", "second_code"], ["H36.50.05-261120-0001", 20261120], ["H36.50.05-261120-0002", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert list(read_codes(tmp_path / "a.xlsx")) == [("H36.50.05-261120-0001", "20261120")]


def test_an_object_of_json_may_have_more_and_less(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"code": "A", "second_code": 7, "x": 1}, {"code": "B"}, {}]), "utf-8")
    assert list(read_codes(tmp_path / "a.json")) == [("A", "7")]


@pytest.mark.parametrize(("name", "kind"), [("A.CSV", ".csv"), ("x.tar.json", ".json"), ("b.Xlsx", ".xlsx")])
def test_the_kind_is_told_by_the_name(tmp_path, name, kind):
    assert kind_of(tmp_path / name, "out") == kind


def test_a_row_of_another_length_is_a_mistake_of_ours(tmp_path):
    with pytest.raises(ValueError, match="argument"):
        write_table(tmp_path / "a.json", ".json", HEADER, [["A"]])
