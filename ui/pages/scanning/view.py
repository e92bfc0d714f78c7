"""What the page of scanning shows: head, strip and current page, and how a stack that a worker found is laid out on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.scan_batch import Sheet
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.batches import WaitingBatch
from ui.context import DeskContext
from ui.models.scan_stack import StackLook, strip_of
from ui.notices import sentences_of
from ui.pages.base import Page
from ui.pages.scanning.head import ScanHead
from ui.pages.scanning.seat import ScanSeat
from ui.pages.scanning.side import WIDTH, PageSide
from ui.pages.scanning.thumbs import ThumbQueue
from ui.widgets.banner import Banner
from ui.widgets.page_strip import PageStrip
from ui.widgets.sheet import Column, hold_width

PREVIEW = 900
"""Pixels of the longer edge of the large picture."""
_KEPT_PREVIEWS = 4
"""Enough to look to and fro between before and after."""

_Shown = tuple[Sheet, CleanUp]


class StackView(Page):
    """The strip at the left, the current page at the right. What is done with them is the page's business."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.seat = context.scans or ScanSeat(context.tasks, self)
        self._desk = self.seat.desk_of(context.counter, context.session.actor)
        self._look: StackLook | None = None
        self._waiting: tuple[WaitingBatch, ...] = ()
        self._taken = 0
        """The newest look that is shown."""
        self._end_words = ""
        """What the last feed ended with, until something else is done."""
        self._before = False
        """The large picture shows the page as it came."""
        self._seen: _Shown | None = None
        """What the large picture shows."""
        self._previews: dict[_Shown, bytes] = {}
        self.head, self.banner = ScanHead(theme, context.preferences), Banner(theme)
        self.strip = PageStrip(theme, self.tr("Scanned pages"), self.tr(
            "Lay the papers into the scanner. F12 scans: pages with the code of a slip begin the set of its dossier."))
        self.side = PageSide(theme)
        self.thumbs = ThumbQueue(context.tasks, self._desk.thumbnail, self)
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
        self.strip.thumb_wanted.connect(self.thumbs.ask)
        self.strip.moved_to.connect(self._scroll_to)
        self.thumbs.made.connect(self.strip.show_thumb)
        self.thumbs.dropped.connect(self.strip.forget_thumb)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane (F6)."""
        super().set_narrow(narrow)
        self.head.set_narrow(narrow)
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
        self._reveal_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field in sight that is typed in: a pane that comes may make the page higher than its place."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._reveal_field)  # its place to scroll in is measured after this

    def _reveal_field(self) -> None:
        if self.side.code.hasFocus():
            self.reveal(self.side.form)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _ask_look(self) -> None:
        self.context.tasks.run_slow(self._desk.look, done=self._take_look, key="scan look")

    def _ask_stacks(self) -> None:
        self.context.tasks.run_slow(self._desk.waiting, done=self._take_stacks, key="scan stacks")

    def _take_stacks(self, waiting: tuple[WaitingBatch, ...]) -> None:
        self._waiting = waiting
        self.head.show_stacks(waiting, self._look.batch_id if self._look else "")
        self.actions_changed.emit()

    def _take_look(self, look: StackLook | None) -> None:
        if look is not None and look.taken < self._taken:
            return  # a later one is shown
        self._taken = look.taken if look is not None else self._desk.closed_at
        other = (look and look.batch_id) != (self._look and self._look.batch_id)
        self._look = look if look is not None and look.batch.pages else None
        self._show_stack()
        if other:
            self._previews.clear()
            self._ask_stacks()

    def _show_stack(self) -> None:
        hide_blank = self.head.chosen_profile.clean_up.hide_blank
        in_side = self._side_has_focus()
        if self.side.isHidden() != (self._look is None) and (not self.narrow or self._look is None):
            self.set_narrow(self.narrow)
        coming = self.seat.listener is not None
        self.strip.show_sets(strip_of(self._look, hide_blank=hide_blank, coming=coming) if self._look else ())
        if in_side and not self._side_has_focus():  # its field is gone or closed: keys are for the pages, not for the next field anywhere
            self.strip.setFocus()
        self._show_work()

    def _side_has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.side.isAncestorOf(focus)

    def _show_page(self) -> None:
        self.side.show_page(self._look, self.strip.page(self.strip.current))
        sheet = self._look.sheet(self.strip.current) if self._look else None
        if sheet is None or self.seat.filing:
            self._seen = None
            return
        before = self._before or not sheet.clean
        self.side.show_before(self._before)
        shown = replace(sheet, clean=not before), self.head.chosen_profile.clean_up
        if shown in self._previews:
            self._seen = shown
            self.side.picture.show_image(QImage.fromData(self._previews[shown]))
        elif self._seen != shown:
            self._seen = shown
            self.context.tasks.run_slow(self._preview, shown, done=self._show_preview, failed=self._show_none, key="scan preview")

    def _preview(self, shown: _Shown) -> tuple[_Shown, bytes]:
        """Make the large picture of a page, on a worker's thread."""
        return shown, self._desk.preview(*shown, PREVIEW)

    def _show_preview(self, made: tuple[_Shown, bytes]) -> None:
        self._previews = dict([*self._previews.items(), made][-_KEPT_PREVIEWS:])
        self.side.picture.show_image(QImage.fromData(made[1]))

    def _show_none(self, _: DeskError) -> None:
        """The page was filed meanwhile, or can't be read: filing says which."""
        self.side.picture.show_image(QImage())

    def _show_work(self) -> None:
        self.strip.expect(self.seat.listener is not None)
        if self.seat.listener is not None:
            self.head.show_work(self.tr("Scanning page {number}").format(number=self.seat.pages_came + 1), stoppable=True)
        elif self.seat.filing:
            number, sets = self.seat.filed_so_far
            self.head.show_work(self.tr("Filing set {number} of {sets}").format(number=number, sets=sets) if sets else "", stoppable=True)
        else:
            pages = len(self._look.batch.pages) if self._look else 0
            self.head.show_work(self._end_words or (self.tr("{count} pages").format(count=pages) if pages else ""), stoppable=False)
        self.actions_changed.emit()

    def _scroll_to(self, place: QRect) -> None:
        self._area.ensureVisible(place.center().x(), place.center().y(), place.width() // 2, place.height() // 2 + 40)

    def _change(self, act: Callable[..., Any], *arguments: object) -> None:
        """Do something with the stack off the window's thread and show what it is then."""
        self._end_words = ""
        self.context.tasks.run_slow(act, *arguments, done=self._take_look, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
        self.actions_changed.emit()
