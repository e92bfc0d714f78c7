"""What the documents name is there: identifiers of the glossary, files and folders, links, calls of the command line."""

import argparse
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from counter_app.cli.main import MODULES, _general_parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("bench", "counter_app", "docs", "installer", "resources", "tests", "ui")


@cache
def words_of_the_source():
    paths = [path for folder in ("counter_app", "ui") for path in (ROOT / folder).rglob("*.py")]
    return frozenset(word for path in paths for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


def glossary():
    """The rows of the glossary's tables: the Vietnamese or plain word, and the identifiers beside it."""
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3 and not set(cells[0]) <= set("-"):
            yield cells


@pytest.mark.parametrize("cells", [cells for cells in glossary() if cells[0] != "Vietnamese"], ids=lambda cells: cells[0][:30])
def test_the_glossary_names_what_the_source_calls_it(cells):
    named = re.findall(r"`([A-Za-z_]+)`", f"{cells[0]} {cells[1]}")
    assert [word for word in named if word not in words_of_the_source()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_are_there(page):
    for named in re.findall(r"`((?:" + "|".join(FOLDERS) + r")/[\w./-]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / named).exists(), named


@cache
def parser():
    """The command line with every verb."""
    made = argparse.ArgumentParser(prog="counter", parents=[_general_parser()], allow_abbrev=False)
    subparsers = made.add_subparsers(required=True)
    for module in MODULES:
        importlib.import_module(f"counter_app.cli.{module}").register(subparsers)
    return made


def calls():
    """Every call of ``counter`` that a block of a page shows, without what a shell makes of it."""
    for page in PAGES:
        for block in re.findall(r"```\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                found = re.search(r"(?:^|\| |/)counter ((?:[^#\"]|\"[^\"]*\")*)", line)
                if found:
                    yield page.name, found[1].strip()


SHOWN = sorted(set(calls()))


def words_of(call):
    return [word.replace('"', "") for word in re.findall(r"\"[^\"]*\"|\S+", call)]


def test_the_guide_shows_calls():
    assert len(SHOWN) > 60


@pytest.mark.parametrize(("page", "call"), SHOWN, ids=lambda part: part[:60])
def test_a_call_that_is_shown_is_understood(page, call, capsys):
    """A page that shows a verb or an option that there is not sends its reader into a wall."""
    words = words_of(call)
    if "--help" in words or "…" in call:  # words are left out there
        return
    try:
        read = parser().parse_args(words)
    except SystemExit:
        pytest.fail(f"{page}: counter {call}\n{capsys.readouterr().err}")
    assert callable(read.run)


def test_every_verb_stands_in_the_guide_or_is_a_question_of_the_rules():
    """Verbs that work without a desk have their help; every other one is told of."""
    told = (ROOT / "docs/operations.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = [verb for verbs in MODULES.values() for verb in verbs]
    missing = [verb for verb in verbs if not re.search(rf"counter[^\n]*\b{re.escape(verb)}\b", told)]
    assert set(missing) <= {"fee", "card", "certify", "cash", "intake", "show", "search", "list"}


def test_every_task_of_the_makefile_has_its_line_of_help():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"\.PHONY: (.*)", makefile)[1].split())
    assert targets == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    for page in ("README.md", "README.vi.md"):
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
        assert {"run", "test"} <= named <= targets
