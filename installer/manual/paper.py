"""The whole manual as one PDF: contents, a chapter on a new page, bookmarks, page numbers. The same files give the same bytes."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate
from reportlab.platypus.tableofcontents import TableOfContents

from installer.manual import looks
from installer.manual.reading import WIDE, Heading, Reader
from ui.help.book import Book

MARGIN, FOOT = 20 * mm, 18 * mm
TITLE = "Sách hướng dẫn Quầy Một Cửa"


class ManualPaper(BaseDocTemplate):
    """Notes each heading as it is laid out."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), pagesize=A4, title=TITLE, author="Quầy Một Cửa", lang="vi", invariant=1)
        frame = Frame(MARGIN, FOOT + 4 * mm, WIDE, A4[1] - FOOT - 22 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        self.addPageTemplates(PageTemplate("page", [frame], onPageEnd=self._foot))
        self._title = ""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  reportlab's name
        """Give a heading its bookmark and its line in the contents."""
        if not isinstance(flowable, Heading):
            return
        self.canv.bookmarkPage(flowable.place)
        self.canv.addOutlineEntry(flowable.words, flowable.place, flowable.level - 1, closed=True)
        if flowable.level == 1:
            self._title = flowable.words
        if flowable.level == 1 and flowable.words != TITLE:
            self.notify("TOCEntry", (0, looks.inked(flowable.words), self.page, flowable.place))

    def beforeDocument(self) -> None:  # noqa: N802
        """Begin without a chapter, in each of the passes."""
        self._title = ""

    def _foot(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setStrokeColor(looks.colour("line"))
        canvas.line(MARGIN, FOOT, MARGIN + WIDE, FOOT)
        canvas.setFont(looks.BODY, 8)
        canvas.setFillColor(looks.colour("text_muted"))
        canvas.drawString(MARGIN, FOOT - 4 * mm, self._title or TITLE)
        canvas.drawRightString(MARGIN + WIDE, FOOT - 4 * mm, str(canvas.getPageNumber()))
        canvas.restoreState()


def write(path: Path, book: Book | None = None) -> None:
    """Write the manual; the contents, with page numbers, stand where the first page of the manual lists the chapters.

    Raises:
        KeyError: a link leads out of the manual or to a heading that is not there.
        FileNotFoundError: a picture is missing.
    """
    looks.load_fonts()
    book = book or Book()
    reader = Reader(book)
    contents = TableOfContents(dotsMinLevel=0, rightColumnWidth=12 * mm)
    contents.levelStyles = [looks.body(10.5, after=2)]
    story = [*_before_the_chapters(reader.flow(book.chapters[0])), contents]
    for chapter in book.chapters[1:]:
        story += [PageBreak(), *reader.flow(chapter)]
    ManualPaper(path).multiBuild(story)


def _before_the_chapters(parts: list[Flowable]) -> list[Flowable]:
    """Return what stands on the first page down to its last heading, that of the list of chapters."""
    last = max(at for at, part in enumerate(parts) if isinstance(part, Heading))
    return parts[: last + 1]
