"""The keys that the manual's sentences name are keys of the program, on the pages that the chapter is about."""

import re
from pathlib import Path

import pytest

from docs.make_keys import TYPING, words
from ui.actions import ACTION_BY_ID, ACTIONS, EVERYWHERE, key_text
from ui.help.book import Book
from ui.help.topics import PAGES

BOOK = Book()
KEY = re.compile(r"(?:\*\*|`)((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|Ctrl\+.|Alt\+.|[A-Z]|Enter|Esc|Space|Del|Tab|PgUp|PgDn|Up|Down|Left))(?:\*\*|`)")
"""A key as the manual sets it: bold, or as code."""
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).resolve().parents[2] / "ui").rglob("*.py"))
OF_DIALOGS = {key for found in re.findall(r"key=\"([^\"]+)\"|QKeySequence\(\"([^\"]+)\"\)|\(\"((?:Ctrl|Alt)\+\w+)\",", SOURCES) for key in found if key}
OF_DIALOGS |= {re.sub("Return", "Enter", key) for key in re.findall(r"Key_(F\d+|Return|Space|Escape|Delete)\b", SOURCES)}
"""Keys that a dialog, a field or a window binds itself."""
HANDS = {"Ctrl", "Shift", "Ctrl+V", "Ctrl++"} | {part for keys, _, _ in TYPING for part in keys.split(", ")}
"""Keys that are held, and those of every field and of other programs."""


def split(keys):
    return {part for key in keys for part in (key_text(key), *key_text(key).split())}


def keys_of(page):
    return split(key for action in ACTIONS if action.page in (page, EVERYWHERE) for key in action.keys)


ANY = split(key for action in ACTIONS for key in action.keys) | OF_DIALOGS | HANDS
NAMED = [(chapter.name, key) for chapter in BOOK.chapters for key in sorted(set(KEY.findall(chapter.markdown)))]


def test_the_manual_names_keys():
    assert len(NAMED) > 150


@pytest.mark.parametrize(("chapter", "key"), NAMED, ids=str)
def test_every_key_of_the_manual_is_one_of_the_program(chapter, key):
    assert key in ANY


@pytest.mark.parametrize("page", ["intake", "certification", "dossier", "returning", "scanning", "sync", "books", "reports"])
def test_every_control_key_of_a_chapter_belongs_to_its_page_or_to_all(page):
    """A key with Ctrl is never that of a dialog alone: it opens something from the page, or from anywhere, or from a page that is linked."""
    chapter = BOOK.chapter(PAGES[page].partition("#")[0])
    linked = {name for name, place in PAGES.items() if place.partition("#")[0] == chapter.name or f"]({place.partition('#')[0]}" in chapter.markdown}
    allowed = set().union(*(keys_of(each) for each in {page, *linked, "dossier", "books"})) | HANDS | OF_DIALOGS
    assert {key for key in KEY.findall(chapter.markdown) if key.startswith("Ctrl+")} <= allowed


@pytest.mark.parametrize("page", ["home", "intake", "certification", "dossiers", "returning", "scanning", "books", "reports", "sync", "catalogue", "admin"])
def test_the_chapter_of_a_page_names_the_key_that_opens_it(page):
    key = key_text(ACTION_BY_ID[f"go_{page}"].keys[0])
    assert f"**{key}**" in BOOK.chapter(PAGES[page].partition("#")[0]).markdown


def test_where_a_page_is_named_beside_its_key_it_is_the_right_one():
    titles = words()
    pages = {key_text(action.keys[0]): titles[action.source] for action in ACTIONS if action.id.startswith("go_")}
    told = [found for chapter in BOOK.chapters for found in re.findall(r"\*\*(Alt\+\d)\*\* ([A-ZĐ][^\W\d_]+(?: [^\W\d_]+)?)", chapter.markdown)]
    assert told
    assert [(key, title) for key, title in told if not title.startswith(pages[key]) and not pages[key].startswith(title)] == []
