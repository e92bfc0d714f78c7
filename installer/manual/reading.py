"""From Markdown to what reportlab lays out: headings with anchors, paragraphs, lists, tables, pictures, blocks of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from PIL import Image as Picture
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Image, ListFlowable, ListItem, Paragraph, Preformatted, Spacer, Table, TableStyle

from installer.manual import looks
from ui.help.book import FIRST, Book, Chapter, anchor_of

WIDE, HIGH, ROOM = 170 * mm, 84 * mm, 32 * mm
"""The width of the text, the most that a picture may be high, and the least room below a heading before the page ends."""
LEAST_COLUMN, MOST_SIGNS = 0.14, 60
"""Of the width of a table, however short the words of a column are; beyond so many signs a longer text makes no column wider."""
_PARSER = MarkdownIt("commonmark").enable("table")


class Heading(Paragraph):
    """A heading that knows its ``level``, its ``words`` and its ``place``: for bookmarks, contents and the foot of the page."""

    def __init__(self, words: str, level: int, place: str) -> None:
        super().__init__(f'<a name="{place}"/>{looks.inked(words)}', looks.heading(level))
        self.words, self.level, self.place = words, level, place


class Reader:
    """Lays chapters out; a link that leads nowhere within the manual is a ``KeyError``, a missing picture a ``FileNotFoundError``."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._chapter = book.chapters[0]
        self._kinds: dict[str, Callable[[SyntaxTreeNode], Iterator[Flowable]]] = {
            "heading": self._heading, "paragraph": self._paragraph, "bullet_list": self._list, "ordered_list": self._list,
            "table": self._table, "fence": self._fence,
        }

    def place(self, chapter: Chapter, anchor: str) -> str:
        """Return the name of a heading within the PDF, in plain letters; without an anchor that of the chapter.

        Raises:
            KeyError: the chapter has no such heading.
        """
        anchors = [section.anchor for section in chapter.passages]
        if anchor and anchor not in anchors:
            raise KeyError(f"{chapter.name}#{anchor}")
        return f"c{self._book.chapters.index(chapter)}s{anchors.index(anchor) if anchor else 0}"

    def flow(self, chapter: Chapter) -> list[Flowable]:
        """Return what stands in a chapter, from top to bottom."""
        self._chapter = chapter
        return list(self._inside(SyntaxTreeNode(_PARSER.parse(chapter.markdown))))

    def _inside(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        for child in node.children:
            yield from self._kinds[child.type](child)

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        words = "".join(each.content for each in node.children[0].walk() if each.type in {"text", "code_inline"})
        yield CondPageBreak(ROOM + (HIGH if _is_picture(node.next_sibling) else 0))
        yield Heading(words, int(node.tag[1]), self.place(self._chapter, anchor_of(words)))

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        inline = node.children[0]
        if inline.content.startswith(f"[Mục lục]({FIRST})"):  # pages are turned otherwise on paper
            return
        for picture in [each for each in inline.children if each.type == "image"]:
            yield self._picture(picture)
        if words := self._words(inline).strip():
            yield Paragraph(words, looks.body())

    def _picture(self, node: SyntaxTreeNode) -> Image:
        path = self._chapter.path.parent / str(node.attrs["src"])
        with Picture.open(path) as picture:
            width, height = picture.size
        scale = min(WIDE / width, HIGH / height)
        made = Image(str(path), width * scale, height * scale, hAlign="LEFT")
        made.spaceBefore, made.spaceAfter = 4, 8
        return made

    def _list(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        ordered = node.type == "ordered_list"
        items = [ListItem(list(self._inside(item)), spaceAfter=1) for item in node.children]
        yield ListFlowable(items, bulletType="1" if ordered else "bullet", start=int(node.attrs.get("start", 1)) if ordered else "•",
                           bulletFontName=looks.BODY, bulletFontSize=10, leftIndent=16, bulletColor=looks.colour("accent"))
        yield Spacer(0, 3)

    def _fence(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        style = looks.body(8)
        style.backColor, style.borderPadding, style.spaceBefore, style.spaceAfter = looks.colour("window"), 5, 8, 12
        yield Preformatted(node.content.rstrip("\n"), style, maxLineLength=105, splitChars=" ", newLineChars="  ")

    def _table(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        rows = [row for part in node.children for row in part.children]
        plain = [["".join(each.content for each in cell.walk() if not each.children) for cell in row.children] for row in rows]
        cells = [[Paragraph(self._words(cell.children[0]) if cell.children else "", looks.body(9, after=0)) for cell in row.children]
                 for row in rows]
        line = looks.colour("line")
        made = Table(cells, colWidths=_widths(plain), repeatRows=1, hAlign="LEFT")
        made.setStyle(TableStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, line), ("BACKGROUND", (0, 0), (-1, 0), looks.colour("window")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]))
        made.spaceBefore, made.spaceAfter = 4, 10
        yield made

    def _words(self, node: SyntaxTreeNode) -> str:
        return "".join(self._word(child) for child in node.children)

    def _word(self, node: SyntaxTreeNode) -> str:
        if node.type in {"text", "softbreak"}:
            return looks.inked(node.content) if node.content else " "
        if node.type == "code_inline":
            return f'<font backColor="{looks.shade("sunken")}">&nbsp;{looks.inked(node.content)}&nbsp;</font>'
        if node.type == "link":
            return self._link(node)
        tags = {"strong": "b", "em": f'font color="{looks.shade("accent")}"'}
        if node.type not in tags:
            return ""
        return f"<{tags[node.type]}>{self._words(node)}</{tags[node.type].split()[0]}>"

    def _link(self, node: SyntaxTreeNode) -> str:
        target = unquote(str(node.attrs["href"]))
        found = self._book.follow(self._chapter, target)
        if found is None:
            raise KeyError(target)
        return f'<a href="#{self.place(*found)}" color="{looks.shade("accent")}">{self._words(node)}</a>'


def _is_picture(node: SyntaxTreeNode | None) -> bool:
    return node is not None and node.type == "paragraph" and node.children[0].content.startswith("![")


def _widths(rows: list[list[str]]) -> list[float]:
    """Share the width of the text among columns by the longest words and by how much stands in them."""
    columns = list(zip(*rows, strict=True))
    amounts = [min(max(map(len, column)), MOST_SIGNS) for column in columns]
    shares = [max(amount / sum(amounts), LEAST_COLUMN) for amount in amounts]
    return [WIDE * share / sum(shares) for share in shares]
