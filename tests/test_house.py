"""The house is kept: import contracts, sizes, and nothing about the place where it was built."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(p for name in ("counter_app", "ui", "installer") for p in (ROOT / name).rglob("*.py") if "versions" not in p.parts)


def test_imports_go_right_and_down():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def tracked_texts():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    for name in names:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".json", ".lock", ".sh", ".yml", ""} and path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def test_nothing_points_at_one_machine():
    places = re.compile(r"/(work|root|home/[a-z]+)/(?!\.\.)|files\.pythonhosted|registry\.npmjs")
    found = [name for name, text in tracked_texts() if places.search(text) and not name.startswith("tests/test_house")]
    assert found == []


def test_no_secret_lies_in_a_file():
    """Keys and tokens by their shape, at once and without a network; `make audit` looks more closely."""
    shapes = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[0-9A-Za-z-]{10,}"
        r"|\bAIza[0-9A-Za-z_-]{35}\b|\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.|\bsk_live_[0-9a-zA-Z]{20,}")
    assert [name for name, text in tracked_texts() if shapes.search(text)] == []
    assert shapes.search("-----BEGIN " + "PRIVATE KEY-----")
    assert shapes.search("AKIA" + "A" * 16)


def test_no_line_is_left_for_later():
    marker = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    assert [str(p.relative_to(ROOT)) for p in SOURCES if marker.search(p.read_text(encoding="utf-8"))] == []
