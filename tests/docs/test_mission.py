"""The table of the mission names files and verbs that exist, and has an answer in every row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counter_app.cli.main import MODULES

ROOT = Path(__file__).resolve().parents[2]

TEXT = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| duty", "| complaint |"))]
FILES = sorted(set(re.findall(r"`((?:counter_app|docs|resources)/[\w/.]+)`", TEXT)))
VERBS = sorted(set(re.findall(r"`([a-z][a-z-]+)(?: [a-z0-9-]+)*`", TEXT)) - {"counter", "make"})
DUTIES, COMPLAINTS = 30, 14


def test_every_row_of_the_mission_is_there():
    assert len(ROWS) == DUTIES + COMPLAINTS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip()[:40])
def test_a_row_has_an_answer_and_says_what_is_left(row):
    assert len(row) == 3, "a bar inside a cell would shift it"
    asked, served, left = (cell.strip() for cell in row)
    assert asked
    assert served or left
    assert left, "what is left is said, or a dash"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_named_exists(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_is_named_is_one(verb):
    assert verb in {each for verbs in MODULES.values() for each in verbs}
