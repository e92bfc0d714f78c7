"""The manual and the operations guide: every link leads somewhere, every picture is there and small, every command is one."""

import re
import shlex
from pathlib import Path

import pytest

from counter_app.cli.main import _read_words

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted([*(DOCS / "huong-dan").glob("*.md"), DOCS / "operations.md", DOCS / "keys.md"])
PICTURES = sorted((DOCS / "images").glob("*.png"))
MOST_BYTES = 120_000
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(path):
    """Return the anchors of a page's headings, as the viewers of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands():
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)).replace("\\\n", " ")
    return [line for line in blocks.splitlines() if line.startswith("counter ")] + re.findall(r"`(counter [a-z][^`…]*)`", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.is_file(), target
        assert not anchor or anchor in anchors(found), target


def test_every_chapter_is_in_the_table_of_contents():
    listed = set(LINK.findall((DOCS / "huong-dan/README.md").read_text(encoding="utf-8")))
    assert {path.name for path in (DOCS / "huong-dan").glob("[0-9]*.md")} <= listed


def test_there_are_pictures():
    assert "intake.png" in {path.name for path in PICTURES}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_is_small_and_shown_somewhere(picture):
    assert picture.stat().st_size <= MOST_BYTES
    assert any(f"images/{picture.name}" in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_guide_is_one_that_the_program_knows(line, capsys):
    words = [word for word in shlex.split(line, comments=True)[1:] if word != "…"]
    if "…" in line:  # the rest stands in the line before
        words += ["--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng"]
    _read_words(words)
