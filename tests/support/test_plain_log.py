"""What strangers may read of logs, reports and hard crashes."""

import ast
import logging
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.cli.main import MODULES
from counter_app.domain.moments import local
from counter_app.support import crash
from counter_app.support.logs import BLOT, DeskFormatter, Reticence
from counter_app.support.plain_log import WORDS, plain

ROOT = Path(__file__).resolve().parents[2]
HEAD = "2026-11-20T09:42:00 INFO counter_app.cli.main "
PEOPLE = ["Trần Thị Ví Dụ", "Tran Thi Vi Du", "tran thi vi du", "Hoa", "hoa.nt", "HOA", "067190000123", "0905 123 456", "0905123456",
          "C:\\Users\\Hoa\\x.txt", "/srv/hoa/giay to.pdf", "Thon 3, xa Dak Mil", "H36.50.05-261120-0007"]


def only(line):
    (said,) = plain([line])
    return said


def templates():
    """Return the first word of each log call in the sources: what is said, before values come in."""
    for room in ("counter_app", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
                if named and node.func.value.id in ("log", "_log", "logger") and node.args and isinstance(node.args[0], ast.Constant):
                    yield str(node.args[0].value)


def test_the_program_s_own_words_are_known():
    said = list(templates())
    assert len(said) >= 8
    missing = {word for text in said for word in text.split() if "%" not in word} - WORDS
    assert missing == set()
    assert {verb for verbs in MODULES.values() for verb in verbs} - WORDS == set()


@pytest.mark.parametrize("said", [
    "intake ended with 0", "schema migrated from 0011 to 0012", "the daily comparison was not made: ENROL_UNANSWERED",
    "a task failed: RuntimeError", "bug in export-dossiers", "the audit trail could not be marked: errno 28",
])
def test_what_the_program_says_stays(said):
    assert only(HEAD + said) == HEAD + said


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_passes_wherever_he_stands(person):
    for line in (HEAD + person, HEAD + f"a task failed: {person} with {person}", person, f"doing: {person}", f"RuntimeError: {person}",
                 f"2026-11-20T09:42:00 WARNING urllib3.{person} retry", f"program: {person}/", f"system: {person}"):
        told = only(line)
        for part in re.findall(r"\w{3,}", person):
            assert part not in told.replace(HEAD, ""), (line, told)


@pytest.mark.parametrize("shape", [
    '  File "/srv/app/main.py", line {} in run', "  counter_app/cli/main.py:{} run", "time: 2026-11-20T{}", "time: 2026-11-20T09:42:00{}", "Of{}Error",
    HEAD + "a task failed: Of{}Error", HEAD + "{}", HEAD + "errno {}", "Fatal Python error: {}",
])
@pytest.mark.parametrize("number", ["067190000123", "0905123456", "905123456", "0905.123.456", "067 190 000 123"])
def test_no_number_of_a_person_passes_in_the_shape_of_something_else(shape, number):
    assert re.findall(r"\d{3}", only(shape.format(number)).replace("2026-11-20", "")) == []


def test_what_the_log_writes_is_read_and_blotted_again():
    record = logging.LogRecord("ui.background", logging.ERROR, "x.py", 1, "a task failed: %s", ("Hoa",), None)
    Reticence().filter(record)
    assert only(DeskFormatter().format(record)).endswith(f"ui.background a task failed: {BLOT}")


def fall(secret):
    raise ValueError(secret)


def test_a_crash_report_stays_whole():
    try:
        fall("Trần Thị Ví Dụ 067190000123")
    except ValueError as error:
        report = crash.report_text(error, local(2026, 11, 20, 9, 42), "intake")
    assert list(plain(report.splitlines())) == report.splitlines()


def test_a_hard_crash_keeps_its_places_without_the_folders_of_the_pc():
    said = ["Fatal Python error: Segmentation fault", "", "Current thread 0x00007f12 (most recent call first):",
            '  File "/srv/nguyen.hoa/quay/ui/app.py", line 120 in start', '  File "C:\\Users\\Hoa\\ui\\app.py", line 3 in <module>',
            "Extension modules: numpy, hoa (total: 2)"]
    assert list(plain(said)) == [*said[:3], "  ui/app.py:120 start", "  ui/app.py:3 <module>", BLOT]


@given(st.text(max_size=60))
def test_any_line_passes_in_known_shapes_only(text):
    for told in plain([text]):
        if text and not re.match(r"[A-Z ]|doing: |time: |program: |python: |system: |because of|\d{4}-", text):
            assert told in ("", BLOT)
