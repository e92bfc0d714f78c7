"""The page on the contract with the province: every kind, code and invariant of the contract has a row, and every test it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.province.server.problems import PROBLEMS
from tests.services.test_change_kinds import EFFECTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/province.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def rows(heading):
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]


@cache
def names_of(path):
    """Return what a file defines at its top, functions and values."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return found | {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path, name):
    assert name in names_of(path)


def test_every_kind_of_change_has_its_row():
    assert {row[0].strip("`") for row in rows("What comes down")} - {"kind", "any other"} == EFFECTS.keys()


def test_every_invariant_has_its_row_and_something_that_sees_it():
    found = {row[0]: row[1] for row in rows("What is always true") if row[0].startswith("I")}
    assert list(found) == [f"I{number}" for number in range(1, 28)]
    assert all("::" in tests for tests in found.values())


def test_every_status_of_the_contract_s_problems_stands_among_the_signals():
    signals = " ".join(row[0] for row in rows("When something fails"))
    missing = {status for status, *_ in PROBLEMS.values() if str(status) not in signals and not (status >= 500 and "5xx" in signals)}
    assert missing == set()
