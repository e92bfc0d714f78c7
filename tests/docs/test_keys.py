"""The sheets of keys agree with the table of the window."""

import runpy
from pathlib import Path

import pytest

from ui.actions import ACTIONS, key_text

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = runpy.run_path(str(ROOT / "docs/make_keys.py"))["documents"]()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_sheet_is_what_the_table_makes(path):
    assert path.read_text(encoding="utf-8") == DOCUMENTS[path], "run: python docs/make_keys.py"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_key_of_the_table_stands_in_both_sheets(action):
    for text in DOCUMENTS.values():
        assert all(f"**{key_text(key)}**" in text for key in action.keys)
    assert action.source in DOCUMENTS[ROOT / "docs/keys.md"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_page_has_a_heading_of_its_own(path):
    headings = [line for line in DOCUMENTS[path].splitlines() if line.startswith("## ")]
    assert len(headings) == len({action.page for action in ACTIONS})
    assert len(set(headings)) == len(headings)


def test_every_action_has_a_vietnamese_title():
    known = runpy.run_path(str(ROOT / "docs/make_keys.py"))["words"]()
    assert [action.id for action in ACTIONS if not known.get(action.source)] == []
