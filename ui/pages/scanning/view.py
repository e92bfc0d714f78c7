"""What the page of scanning shows: head, strip and current page, and how a stack that a worker found is laid out on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.scan_batch import Sheet
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.devices import DevicesFound
from ui.context import DeskContext
from ui.models.scan_stack import StackLook, strip_of
from ui.notices import sentence_of, sentences_of
from ui.pages.base import Page
from ui.pages.scanning.desk import FeedListener, ScanDesk
from ui.pages.scanning.head import ScanHead
from ui.pages.scanning.side import WIDTH, PageSide
from ui.widgets.banner import Banner
from ui.widgets.page_strip import PageStrip
from ui.widgets.sheet import Column, hold_width

PREVIEW = 900
"""Pixels of the longer edge of the large picture."""


class StackView(Page):
    """The strip at the left, the current page at the right. What is done with them is the page's business."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._desk = ScanDesk(context.counter, context.session.actor)
        self._look: StackLook | None = None
        self._listener: FeedListener | None = None
        self._filing = self._looked_for = False
        self._came = 0
        self._seen: tuple[Sheet, CleanUp] | None = None
        """What the large picture shows."""
        self.head, self.banner = ScanHead(theme, context.preferences), Banner(theme)
        self.strip = PageStrip(theme, self.tr("Scanned pages"), self.tr(
            "Lay the papers into the scanner. F12 scans: pages with the code of a slip begin the set of its dossier."))
        self.side = PageSide(theme)
        self._stand()
        self._connect()
        self.set_narrow(False)
        self._show_work()

    def _stand(self) -> None:
        theme = self.context.theme
        self.body.addWidget(self.head)
        self.body.addWidget(self.banner)
        self._area = QScrollArea()
        inside = Column()
        inside.body.addWidget(self.strip)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        columns.addWidget(self._area, 1)
        columns.addWidget(self.side)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.head.changed.connect(self._show_stack)
        self.strip.chosen.connect(self._show_page)
        self.strip.thumb_wanted.connect(self._ask_thumb)
        self.strip.moved_to.connect(self._scroll_to)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane (F6)."""
        super().set_narrow(narrow)
        hold_width(self.side, None if narrow else self.context.theme.px(WIDTH))
        self.side.setVisible(not narrow and self._look is not None)
        self._area.setVisible(True)

    def do_next_pane(self) -> None:
        """F6: the strip or the current page."""
        self._show_pane(strip=not self.strip.hasFocus() if not self.narrow else self._area.isHidden())

    def _show_pane(self, *, strip: bool) -> None:
        if self.narrow:
            self._area.setVisible(strip or self._look is None)
            self.side.setVisible(not strip and self._look is not None)
        target = self.strip if strip or not self.side.code.isVisible() else self.side.code
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _ask_look(self) -> None:
        self.context.tasks.run_slow(self._desk.look, done=self._take_look, key="scan look")

    def _take_look(self, look: StackLook | None) -> None:
        self._look = look if look is not None and look.batch.pages else None
        self._show_stack()

    def _show_stack(self) -> None:
        hide_blank = self.head.chosen_profile.clean_up.hide_blank
        if self.side.isHidden() != (self._look is None) and (not self.narrow or self._look is None):
            self.set_narrow(self.narrow)
        self.strip.show_sets(strip_of(self._look, hide_blank=hide_blank) if self._look else ())
        self._show_work()

    def _show_page(self) -> None:
        self.side.show_page(self._look, self.strip.page(self.strip.current))
        sheet = self._look.sheet(self.strip.current) if self._look else None
        clean_up = self.head.chosen_profile.clean_up
        if sheet is None or self._filing:
            self._seen = None
        elif self._seen != (sheet, clean_up):
            self._seen, preview = (sheet, clean_up), self._desk.preview
            run = self.context.tasks.run_slow
            run(preview, sheet, clean_up, PREVIEW, done=self._show_preview, failed=self._show_none, key="scan preview")

    def _show_preview(self, jpeg: bytes) -> None:
        self.side.picture.show_image(QImage.fromData(jpeg))

    def _ask_thumb(self, page_id: str) -> None:
        self.context.tasks.run_slow(self._desk.thumbnail, page_id, done=self._show_thumb, failed=self._note_no_picture)

    def _show_thumb(self, made: tuple[str, bytes]) -> None:
        self.strip.show_thumb(made[0], QImage.fromData(made[1]))

    def _show_none(self, _: DeskError) -> None:
        """The page was filed meanwhile, or can't be read: filing says which."""
        self.side.picture.show_image(QImage())

    def _note_no_picture(self, _: DeskError) -> None:
        """Leave the frame dashed."""

    def _show_devices(self, found: DevicesFound) -> None:
        self.head.show_devices(found.devices)
        if found.problems and not found.devices:
            self.banner.say("warning", " ".join(map(sentence_of, found.problems)))
        self.actions_changed.emit()

    def _show_work(self) -> None:
        if self._listener is not None:
            self.head.show_work(self.tr("Scanning page {number}").format(number=self._came + 1), stoppable=True)
        elif self._filing:
            self.head.show_work(self.tr("Filing {count} sets").format(count=self._look.ready if self._look else 0), stoppable=False)
        else:
            pages = len(self._look.batch.pages) if self._look else 0
            self.head.show_work(self.tr("{count} pages").format(count=pages) if pages else "", stoppable=False)
        self.actions_changed.emit()

    def _scroll_to(self, place: QRect) -> None:
        self._area.ensureVisible(place.center().x(), place.center().y(), place.width() // 2, place.height() // 2 + 40)

    def _change(self, act: Callable[..., Any], *arguments: object) -> None:
        """Do something with the stack off the window's thread and show what it is then."""
        self.context.tasks.run_slow(act, *arguments, done=self._take_look, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
        self.actions_changed.emit()
