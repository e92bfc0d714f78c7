"""The manual as PDF: every chapter and heading is marked, links lead within it, pictures and signs are drawn, the same files give the same bytes."""

import re

import pypdfium2
import pytest
from PIL import Image
from reportlab.platypus import Image as Drawn
from reportlab.platypus import ListFlowable, Paragraph, Preformatted, Table

from installer.manual import looks, make, paper, reading
from ui.help.book import Book
from ui.help.window import CARDS, WHOLE

BOOK = Book()


@pytest.fixture(autouse=True)
def _fonts():
    looks.load_fonts()


@pytest.fixture
def small(tmp_path):
    """A manual with everything that Markdown can be here."""
    folder = tmp_path / "huong-dan"
    folder.mkdir()
    Image.new("RGB", (1366, 768), "white").save(tmp_path / "wide.png")
    Image.new("RGB", (40, 900), "white").save(tmp_path / "high.png")
    (folder / "README.md").write_text("# Sách hướng dẫn Quầy Một Cửa\n\nDành cho cán bộ.\n\n## Các chương\n\n1. [Một](01-mot.md): mở đầu\n", encoding="utf-8")
    (folder / "01-mot.md").write_text(
        "# 1. Một\n\nBấm **F9**, *Đã lưu*, `a<b`: [hai](02-hai.md#sâu) ✓ ✗ ← →\n\n![rộng](../wide.png)\n\n![cao](../high.png)\n\n"
        "- một\n- hai\n  1. trong\n\n3. ba\n\n| phím | việc |\n|---|---|\n| **F1** | xem |\n\n```\ncounter doctor --json " + "x" * 140 + "\n```\n\n"
        "[Mục lục](README.md) · tiếp theo: [Hai](02-hai.md)\n", encoding="utf-8")
    (folder / "02-hai.md").write_text("# 2. Hai\n\n## Sâu\n\nChữ.\n", encoding="utf-8")
    (tmp_path / "van-hanh.md").write_text("# Vận hành\n\nLệnh.\n", encoding="utf-8")
    return Book(folder)


def flow(book, name="01-mot.md"):
    return reading.Reader(book).flow(book.chapter(name))


def kinds(parts, kind):
    return [part for part in parts if isinstance(part, kind)]


def test_every_kind_of_markdown_is_laid_out(small):
    parts = flow(small)
    assert [len(kinds(parts, kind)) for kind in (reading.Heading, Drawn, ListFlowable, Table, Preformatted)] == [1, 2, 2, 1, 1]


def test_pictures_keep_their_shape_within_the_page(small):
    wide, high = kinds(flow(small), Drawn)
    assert wide.drawWidth <= reading.WIDE + 0.01
    assert high.drawHeight <= reading.HIGH + 0.01
    assert wide.drawWidth / wide.drawHeight == pytest.approx(1366 / 768)


def test_words_keep_their_weight_their_signs_and_their_links(small):
    words = next(part.text for part in kinds(flow(small), Paragraph) if "F9" in part.text)
    assert "<b>F9</b>" in words
    assert "a&lt;b" in words
    assert 'href="#c2s1"' in words
    assert '<font name="ZapfDingbats">✓</font>' in words
    assert '<font name="LiberationSerif">←</font>' in words


def test_what_turns_the_pages_on_the_screen_is_left_out(small):
    assert "Mục lục" not in "".join(part.text for part in kinds(flow(small), Paragraph))


def test_a_long_command_is_broken_and_nothing_of_it_is_lost(small):
    block = kinds(flow(small), Preformatted)[0]
    assert max(map(len, block.lines)) <= 110
    assert "".join(block.lines).count("x") == 140


@pytest.mark.parametrize("link", ["03-ba.md", "02-hai.md#nông", "../operations.md"])
def test_a_link_that_leads_nowhere_is_refused(small, link, tmp_path):
    (small.folder / "02-hai.md").write_text(f"# 2. Hai\n\n## Sâu\n\n[x]({link})\n", encoding="utf-8")
    with pytest.raises(KeyError):
        flow(Book(small.folder), "02-hai.md")


def test_a_missing_picture_is_refused(small, tmp_path):
    (tmp_path / "wide.png").unlink()
    with pytest.raises(FileNotFoundError):
        flow(small)


@pytest.mark.parametrize("rows", [[["a", "b"], ["c", "d"]], [["x" * 300, "y"]], [["1"] * 6], [["", "việc"], ["", "x"]]])
def test_the_columns_of_a_table_share_the_width(rows):
    widths = reading._widths(rows)
    assert sum(widths) == pytest.approx(reading.WIDE)
    assert min(widths) >= reading.WIDE * 0.1


def read(path):
    pdf = pypdfium2.PdfDocument(path)
    try:
        pages = [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]
        return pages, [(item.get_title(), item.get_dest().get_index()) for item in pdf.get_toc()]
    finally:
        pdf.close()


def test_the_paper_has_a_bookmark_for_each_heading_on_its_page(small, tmp_path):
    paper.write(tmp_path / "a.pdf", small)
    pages, marks = read(tmp_path / "a.pdf")
    assert [title for title, _ in marks] == [paper.TITLE, "Các chương", "1. Một", "2. Hai", "Sâu", "Vận hành"]
    for title, at in marks:
        assert title in pages[at]
    assert "Dành cho cán bộ." in pages[0]
    assert "mở đầu" not in pages[0]
    assert re.search(r"2\. Hai.*3", pages[0])


def test_the_same_files_give_the_same_bytes(small, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        paper.write(tmp_path / name, small)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("chapter", BOOK.chapters[1:], ids=lambda chapter: chapter.name)
def test_every_chapter_of_the_manual_can_be_laid_out_and_its_letters_are_there(chapter):
    faces = looks.pdfmetrics.getFont(looks.BODY).face.charToGlyph
    assert kinds(reading.Reader(BOOK).flow(chapter), reading.Heading)
    assert {sign for sign in chapter.markdown if ord(sign) not in faces} <= set("←→✓✗\n")


def test_what_is_made_is_what_the_window_opens(tmp_path, monkeypatch):
    monkeypatch.setattr(make.paper, "write", lambda path: path.write_bytes(b"%PDF"))
    made = make.write(tmp_path / "pdf")
    assert [path.name for path in made] == [WHOLE.name, CARDS.name]
    assert all(path.is_file() for path in made)
