"""Two one-sided passes become sheets: what comes of it is seen before it is done, with no page hidden as blank."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from counter_app.domain.errors import Problem
from counter_app.domain.scan_batch import Sheet, sheets_of
from counter_app.domain.scan_batch_acts import Collate, passes
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.scan_stack import Mark, StackLook, StripPage, StripSet
from ui.notices import sentence_of
from ui.pages.scanning.thumbs import ThumbQueue
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField
from ui.widgets.page_strip import PageStrip
from ui.widgets.sheet import Column, label, row


class CollateDialog(DeskDialog):
    """``agreed`` carries the :class:`Collate` that is wanted. ``second`` is where the backs seem to begin; empty: in the middle."""

    agreed = Signal(object)

    def __init__(self, context: DeskContext, make_thumb: Callable[[str], tuple[str, bytes]], look: StackLook, second: str,
                 parent: QWidget) -> None:
        theme = context.theme
        super().__init__(theme, self.tr("Put fronts and backs together"), parent, width=860)
        free = tuple(group for group in look.batch.layout if not group.filed)
        self._layout = free
        pages = [sheet.page_id for sheet in sheets_of(free) if not sheet.deleted]
        self.second, self.reverse = ChoiceField(theme), QCheckBox(self.tr("The backs came last one first (the stack was turned over)"))
        self.second.setAccessibleName(self.tr("The backs begin with"))
        for number, page_id in enumerate(pages[1:], start=2):
            self.second.addItem(self.tr("Page {number}").format(number=number), page_id)
        self.second.setCurrentIndex(max(0, self.second.findData(second) if second else (len(pages) - 1) // 2))
        self.reverse.setChecked(True)
        self.banner = Banner(theme)
        self.strip = PageStrip(theme, self.tr("The sheets as they will be"), self.tr("There are no two passes yet."), movable=False)
        self._thumbs = ThumbQueue(context.tasks, make_thumb, self)
        self.agree = PrimaryButton(theme, self.tr("Put together"))
        self._stand(parent)
        for signal in (self.second.activated, self.reverse.toggled):
            signal.connect(self._show_sheets)
        self.strip.thumb_wanted.connect(self._thumbs.ask)
        self._thumbs.made.connect(self.strip.show_thumb)
        self._thumbs.dropped.connect(self.strip.forget_thumb)
        self.agree.clicked.connect(self._agree)
        self._show_sheets()
        self.second.setFocus()

    @property
    def wanted(self) -> Collate:
        """What is chosen."""
        return Collate(str(self.second.currentData() or ""), self.reverse.isChecked())

    def _stand(self, parent: QWidget) -> None:
        theme = self.theme
        self.body.addLayout(row(label(theme, self.tr("The backs begin with")), self.second, self.reverse, None))
        self.body.addWidget(self.banner)
        inside, area = Column(), QScrollArea()
        inside.body.addWidget(self.strip)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(theme.px(420), max(theme.px(180), parent.window().height() - theme.px(320))))
        self.body.addWidget(area, 1)
        leave = SecondaryButton(theme, self.tr("Leave it"), key="Esc")
        leave.clicked.connect(self.reject)
        self.add_button(self.agree)
        self.add_button(leave)

    def _show_sheets(self) -> None:
        wanted = self.wanted
        fronts, backs = passes(self._layout, wanted) if wanted.second else ([], [])
        even = len(fronts) == len(backs) > 0
        self.agree.setEnabled(even)
        self.banner.hide()
        if fronts and not even:
            self.banner.say("warning", sentence_of(Problem("BATCH_PASSES_UNEQUAL", None, {"first": len(fronts), "second": len(backs)})))
        self.strip.show_sets(self._sets(fronts, backs))

    def _sets(self, fronts: list[Sheet], backs: list[Sheet]) -> tuple[StripSet, ...]:
        """Return all sheets as one set, front and back side by side; a side without its other one is marked."""
        sides = ((fronts, self.tr("front")), (backs, self.tr("back")))
        pages = []
        for at in range(max(len(fronts), len(backs))):
            there = [(side[at], word) for side, word in sides if at < len(side)]
            mark = Mark.PLAIN if len(there) == len(sides) else Mark.WARNING
            pages += [StripPage(sheet.page_id, at + 1, word, sheet.turns, mark, "") for sheet, word in there]
        if not pages:
            return ()
        title = self.tr("{fronts} fronts, {backs} backs").format(fronts=len(fronts), backs=len(backs))
        even = len(fronts) == len(backs)
        icon, role, word = ("check", "accent", self.tr("fits")) if even else ("alert-triangle", "warning", self.tr("does not fit"))
        return (StripSet(title, "", icon, role, word, "", tuple(pages)),)

    def _agree(self) -> None:
        self.agreed.emit(self.wanted)
        self.accept()
