"""One chapter on the screen: Markdown in the letters and colours of the theme, pictures as wide as there is room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from counter_app.domain.text import fold
from ui.help.book import Chapter, anchor_of
from ui.theme import Theme

MARGIN, CELL, PAUSE_MS, HEADING_POINTS = 16, 6, 150, (0, 16, 13, 11)
"""Pixels around the text and within a cell, what passes before pictures follow the width, and the size of a heading by its level."""


class ManualView(QTextBrowser):
    """Shows a ``chapter``; ``followed`` carries the target of a link that was clicked, as the chapter spells it."""

    followed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chapter: Chapter | None = None
        self._width, self._reading = 0, ""
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(theme.px(MARGIN))
        self.anchorClicked.connect(self._follow)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit_pictures)

    def show_chapter(self, chapter: Chapter, anchor: str = "", words: str = "") -> None:
        """Show a chapter from the heading with this anchor on, its words marked that begin with one of ``words``."""
        if chapter is not self.chapter or self._width != self.viewport().width():
            self.chapter, self._width = chapter, self.viewport().width()
            self.setMarkdown(chapter.markdown)
            self._dress()
        self._mark(fold(words).split())
        self.go_to(anchor)

    def renew(self) -> None:
        """Show the same chapter in the colours that are in force now."""
        chapter, self.chapter = self.chapter, None
        if chapter is not None:
            at = self.verticalScrollBar().value()
            self.show_chapter(chapter)
            self.verticalScrollBar().setValue(at)

    def go_to(self, anchor: str) -> None:
        """Bring a heading to the top; an empty anchor is the beginning."""
        block = self._heading(anchor)
        top = self.document().documentLayout().blockBoundingRect(block).top() if anchor and block.isValid() else 0
        self.verticalScrollBar().setValue(round(top))

    def heading_shown(self) -> str:
        """Return the heading that stands at the top of the view, or the last one above it."""
        top, found = self.verticalScrollBar().value() + self._theme.px(MARGIN), ""
        layout = self.document().documentLayout()
        for block in self._blocks():
            if block.blockFormat().headingLevel() and layout.blockBoundingRect(block).top() <= top:
                found = block.text()
        return found

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401  Qt gives and takes anything here
        """Return a picture of the manual, no wider than the text."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self.chapter is None:
            return super().loadResource(kind, name)
        image = QImage(str(self.chapter.path.parent / QUrl(name).toString()))
        room = max(self.viewport().width() - 2 * self._theme.px(MARGIN) - 2, 1)
        ratio = self.devicePixelRatioF()
        if image.width() > room * ratio:
            image = image.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures anew a moment after the last change of the width."""
        if not self._later.isActive():
            self._reading = anchor_of(self.heading_shown())
        super().resizeEvent(event)
        if self.chapter is not None and self.viewport().width() != self._width:
            self._later.start(PAUSE_MS)

    def _fit_pictures(self) -> None:
        if self.chapter is not None:
            self.show_chapter(self.chapter, self._reading)

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.toString())

    def _heading(self, anchor: str) -> QTextBlock:
        found = (block for block in self._blocks() if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor)
        return next(found, QTextBlock())

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _dress(self) -> None:
        """Give headings, paragraphs and tables the measures of the desk."""
        cursor = QTextCursor(self.document())
        for block in self._blocks():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            self._dress_block(cursor, block)
        for start, length in self._bold():
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            lighter = QTextCharFormat()
            lighter.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(lighter)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self._leave_room_below()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _leave_room_below(self) -> None:
        """Let the last heading come to the top too."""
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setBottomMargin(self.viewport().height())
        frame.setFrameFormat(form)

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        form = block.blockFormat()
        if level := form.headingLevel():
            letters = QTextCharFormat()
            font = self._theme.font("title")
            font.setPointSizeF(HEADING_POINTS[min(level, len(HEADING_POINTS) - 1)] * self._theme.percent / 100)
            letters.setFont(font)
            cursor.mergeCharFormat(letters)
            form.setTopMargin(self._theme.px(18 if level > 1 else 0))
        if cursor.currentTable() is None:
            form.setBottomMargin(self._theme.px(4 if block.textList() else 8))
            cursor.setBlockFormat(form)

    def _bold(self) -> list[tuple[int, int]]:
        """Return where bold letters stand: the vendored ones are semibold, bolder ones would be smeared."""
        found = []
        for block in self._blocks():
            parts = block.begin()
            while not parts.atEnd():
                part = parts.fragment()
                if part.charFormat().fontWeight() > QFont.Weight.DemiBold:
                    found.append((part.position(), part.length()))
                parts += 1
        return found

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setCellPadding(self._theme.px(CELL))
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderBrush(QBrush(self._theme.colour("line")))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderCollapse(True)
        form.setBottomMargin(self._theme.px(10))
        table.setFormat(form)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            look = cell.format()
            look.setBackground(self._theme.colour("window"))
            cell.setFormat(look)

    def _mark(self, wanted: list[str]) -> None:
        marks = []
        for block in self._blocks():
            marks += [self._marked(block.position() + start, end - start) for start, end in _places(block.text(), wanted)]
        self.setExtraSelections(marks)

    def _marked(self, position: int, length: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("warning_tint"))
        look.setForeground(self._theme.colour("warning"))
        mark.cursor, mark.format = cursor, look
        return mark


def _places(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text stand that begin with one of the folded words."""
    for found in re.finditer(r"\w+", text):
        if any(fold(found[0]).startswith(word) for word in wanted):
            yield found.span()
