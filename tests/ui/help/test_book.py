"""The manual as it is shipped: every chapter is read, found by its words, and its links lead on within it."""

import re

import pytest

from counter_app.domain.text import fold
from ui.help.book import FIRST, GUIDE, Book, anchor_of

BOOK = Book()


@pytest.fixture
def small(tmp_path):
    """A manual of two chapters."""
    folder = tmp_path / "huong-dan"
    folder.mkdir()
    (folder / "README.md").write_text("# Sách\n\n[Một](01-mot.md), nơi có hồ sơ\n", encoding="utf-8")
    (folder / "01-mot.md").write_text("# 1. Một\n\nBấm **F9**.\n\n## Tiếp nhận hồ sơ\n\nXem [hai](02-hai.md#Đích đến).\n", encoding="utf-8")
    (folder / "02-hai.md").write_text("# 2. Hai\n\nHồ sơ ở đây.\n\n### Sâu\n\n| a | b |\n|---|---|\n| Đối *soát* | 1 |\n", encoding="utf-8")
    (tmp_path / "van-hanh.md").write_text("# Vận hành\n\n`counter doctor`, [về một](huong-dan/01-mot.md)\n", encoding="utf-8")
    return Book(folder)


def test_the_contents_come_first_and_the_guide_last(small):
    assert [chapter.name for chapter in small.chapters] == [FIRST, "01-mot.md", "02-hai.md", GUIDE]
    assert [chapter.title for chapter in small.chapters] == ["Sách", "1. Một", "2. Hai", "Vận hành"]


def test_a_chapter_is_cut_at_its_headings(small):
    sections = small.chapter("02-hai.md").passages
    assert [(section.heading, section.level, section.anchor) for section in sections] == [("2. Hai", 1, "2-hai"), ("Sâu", 3, "sâu")]
    assert "Đối" in sections[1].text


@pytest.mark.parametrize("name", ["03-ba.md", "", "../../x.md"])
def test_an_unknown_chapter_is_a_key_error(small, name):
    with pytest.raises(KeyError):
        small.chapter(name)


@pytest.mark.parametrize(("query", "found"), [
    ("tiep nhan", ["Tiếp nhận hồ sơ"]), ("HỒ SƠ", ["Tiếp nhận hồ sơ", "2. Hai"]), ("doi soat", ["Sâu"]), ("f9", ["1. Một"]),
    ("doctor", ["Vận hành"]), ("hồ sơ đâu", []), ("", []), ("dich den", []),
])
def test_words_are_found_without_accents_headings_first_and_nothing_in_the_contents_or_in_targets_of_links(small, query, found):
    assert [section.heading for section in small.find(query)] == found


def test_links_lead_on_within_the_manual_and_nowhere_else(small):
    one = small.chapter("01-mot.md")
    assert small.follow(one, "02-hai.md#sâu") == (small.chapter("02-hai.md"), "sâu")
    assert small.follow(one, "#tiếp-nhận-hồ-sơ") == (one, "tiếp-nhận-hồ-sơ")
    assert small.follow(one, GUIDE) == (small.chapter(GUIDE), "")
    assert small.follow(small.chapter(GUIDE), "huong-dan/01-mot.md") == (one, "")
    assert small.follow(one, "../operations.md") is None
    assert small.follow(one, "https://example.vn/") is None


def test_anchors_are_those_of_the_viewers_of_repositories():
    assert anchor_of("Bộ phận, người ký, quy trình") == "bộ-phận-người-ký-quy-trình"
    assert anchor_of("F9: tiếp nhận và in") == "f9-tiếp-nhận-và-in"


def test_every_chapter_of_the_manual_has_one_title_and_its_number():
    for chapter in BOOK.chapters:
        assert [section.level for section in chapter.passages].count(1) == 1, chapter.name
        if found := re.match(r"(\d+)-", chapter.name):
            assert chapter.title.startswith(f"{int(found[1])}. "), chapter.name


def test_every_chapter_is_found_by_its_own_title():
    for chapter in BOOK.chapters[1:]:
        assert chapter.name in {section.chapter for section in BOOK.find(chapter.title)}, chapter.name


def test_every_link_of_the_manual_stays_in_it():
    """The window has no browser beside it: what a chapter points at must be a chapter, and the heading must be there."""
    for chapter in BOOK.chapters:
        for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)\s]+)\)", chapter.markdown):
            found = BOOK.follow(chapter, link)
            assert found is not None, (chapter.name, link)
            assert not found[1] or found[1] in {section.anchor for section in found[0].passages}, (chapter.name, link)


def test_what_is_folded_for_the_search_holds_no_marks():
    assert all(re.fullmatch(r"[\w ]*", section.folded) for chapter in BOOK.chapters for section in chapter.passages)
    assert fold("Phiếu khôi phục") in BOOK.chapter("01-cai-dat-lan-dau.md").passages[4].folded
