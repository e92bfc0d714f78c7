import io
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.cli.frame import CommandContext, dump_json, text_table, visible
from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.moments import local
from counter_app.services.json_reader import parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8,
)


@given(VALUES)
def test_what_is_written_is_read_back(value):
    assert parse_json(dump_json(value).encode()) == value


OBEYED = st.text(st.characters(categories=("Cc", "Cf", "Zl", "Zp")) | st.characters(max_codepoint=0x17F), max_size=20)
"""Texts with many signs that a terminal obeys."""


@given(OBEYED)
def test_no_line_for_people_holds_a_sign_that_a_terminal_obeys(text):
    shown = visible(text)
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]
    assert visible(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize(("text", "shown"), [
    ("máy\x1b[2J.pdf", r"máy\x1b[2J.pdf"), ("a\nĐã lưu 5 tệp", r"a\nĐã lưu 5 tệp"), ("\x9b31m", r"\x9b31m"), ("fdp.\u202egpj", r"fdp.\u202egpj"),
    ("Thôn Mẫu 3, xã Đắk Mil", "Thôn Mẫu 3, xã Đắk Mil"), ("1\u00a0000 đồng – “được”", "1\u00a0000 đồng – “được”"),
])
def test_what_is_obeyed_is_written_out_and_what_is_read_stays(text, shown):
    assert visible(text) == shown


@given(OBEYED)
def test_json_is_safe_for_a_terminal_and_loses_nothing(text):
    written = dump_json({"name": text})
    assert parse_json(written.encode()) == {"name": text}
    assert not [sign for sign in written if unicodedata.category(sign) == "Cc" and sign != "\n"]


def test_a_note_is_one_line(capsys):
    with CommandContext(Path("nowhere")) as context:
        context.note("máy\x1b]0;tên\x07\nthứ hai")
    assert capsys.readouterr().err == "máy\\x1b]0;tên\\x07\\nthứ hai\n"


@given(st.binary(max_size=60))
def test_whatever_comes_in_is_a_value_or_a_sentence(data):
    try:
        parse_json(data)
    except RuleBrokenError as error:
        assert error.code == "JSON_DAMAGED"  # noqa: PT017  anything else that is raised fails the test


@pytest.mark.parametrize(("data", "line"), [
    (b"", 1), (b"{", 1), (b'{\n "a": 1,\n}', 3), (b"\xff", 1), (b'"\\ud800"', 1), (b"NaN", 1), (b"[-Infinity]", 1), (b"[" * 100_000, 1),
    (b"9" * 5000, 1), (b"{} {}", 1), ("đ".encode("cp1258"), 1),
])
def test_damaged_input_says_where(data, line):
    with pytest.raises(RuleBrokenError) as caught:
        parse_json(data)
    assert (caught.value.code, caught.value.problems[0].params["line"]) == ("JSON_DAMAGED", line)


def test_a_byte_order_mark_is_passed_over():
    assert parse_json("\ufeff[1]".encode()) == [1]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with every kind of value that a verb may give."""

    when: object
    day: object
    path: Path
    status: Status
    names: frozenset


def test_values_of_the_desk_have_a_json_form():
    thing = Thing(local(2026, 11, 20, 9, 42), local(2026, 11, 20).date(), Path("/x/slip.pdf"), Status.RECEIVED, frozenset({"b", "a"}))
    assert json.loads(dump_json([thing])) == [{
        "when": "2026-11-20T09:42:00", "day": "2026-11-20", "path": "/x/slip.pdf", "status": "received", "names": ["a", "b"],
    }]
    assert "Đắk" in dump_json("Đắk")


def test_a_value_without_a_form_is_a_bug():
    with pytest.raises(TypeError, match="object has no JSON form"):
        dump_json(object())


def test_rows_are_aligned():
    assert text_table([("a", "bb", "c"), ("aaa", "b", "")]) == ("a    bb  c", "aaa  b")
    assert text_table([]) == ()


def test_a_file_is_read(tmp_path):
    (tmp_path / "in.json").write_text('{"tên": "Đắk"}', encoding="utf-8")
    assert CommandContext(tmp_path).read_json(str(tmp_path / "in.json")) == {"tên": "Đắk"}


def test_standard_input_is_read_as_utf8_whatever_the_locale(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('["Đắk"]'.encode()), encoding="latin-1"))
    assert CommandContext(tmp_path).read_json("-") == ["Đắk"]


class Terminal(io.StringIO):
    """A person who types, and whose terminal stays open."""

    def isatty(self):
        return True

    def read(self, *_):
        raise AssertionError("nobody at a terminal ends what they type by itself")


@pytest.mark.parametrize("typed", ["8JCHZ-3FNRA EA1T3\n\n", "8JCHZ-3FNRA\n EA1T3 \n\nmore\n", "8JCHZ-3FNRA EA1T3"])
def test_a_person_is_asked_for_the_sheet_and_ends_it_with_an_empty_line(tmp_path, monkeypatch, capsys, typed):
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert CommandContext(tmp_path).read_sheet().split() == ["8JCHZ-3FNRA", "EA1T3"]
    assert "Enter hai lần" in capsys.readouterr().err


def test_a_person_may_type_each_group_on_its_own_line(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal("8JCHZ\n3FNRA \n\nlater"))
    assert CommandContext(tmp_path).read_sheet() == "8JCHZ\n3FNRA"


def test_a_script_gives_the_whole_sheet_and_is_asked_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("8JCHZ\n\n3FNRA\n"))
    assert CommandContext(tmp_path).read_sheet() == "8JCHZ\n\n3FNRA\n"
    assert capsys.readouterr().err == ""


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(SurroundingsError, match="FILE_NOT_FOUND"):
        CommandContext(tmp_path).read_json(str(tmp_path / "none.json"))
    with pytest.raises(SurroundingsError, match="FILE_IS_FOLDER"):
        CommandContext(tmp_path).read_json(str(tmp_path))


def test_the_desk_is_opened_once_and_closed_at_the_end(desk_dir):
    with CommandContext(desk_dir) as context:
        counter = context.counter
        assert context.counter is counter
        assert context.actor.user_id == "u-0001"
        assert context.actor is context.actor


def test_a_context_that_needed_no_desk_opens_none(tmp_path):
    with CommandContext(tmp_path / "nothing"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_member_that_stands_twice_is_refused():
    with pytest.raises(RuleBrokenError, match="JSON_DUPLICATE_MEMBER"):
        parse_json(b'{"applicant": {"full_name": "A", "full_name": "B"}}')
