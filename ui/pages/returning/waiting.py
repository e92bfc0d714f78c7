"""What waits to be collected, the longest first: at the desk, by post, online."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from counter_app.domain.dossier import DeliveryMethod, DossierRow
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.items import ITEM_ROLE, ItemDelegate, ItemsModel
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Line, Sheet, label, row

WIDTH, ROW = 344, 53
LONG_DAYS = 7
"""More days than that are amber."""
WAYS = (DeliveryMethod.DESK, DeliveryMethod.POSTAL, DeliveryMethod.ONLINE)
_Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Waiting:
    """One result, what the list shows of it, since when and for how many days it has waited. A full list is a thousand of them."""

    code: str
    applicant: str
    procedure_name: str
    delivery: DeliveryMethod
    since: datetime
    days: int

    @classmethod
    def of(cls, row: DossierRow, today: date) -> Waiting:
        """Return a dossier whose result waits, on a day."""
        since = row.finished_at or row.received_at
        return cls(row.code, row.applicant, row.procedure_name, row.delivery, since, (today - since.date()).days)

    @property
    def long(self) -> bool:
        """It waits too long."""
        return self.days > LONG_DAYS

    @property
    def age(self) -> str:
        """``today``, ``4 days``."""
        near = {0: translate("Waiting", "today"), 1: translate("Waiting", "yesterday")}
        return near.get(self.days) or translate("Waiting", "{days} days").format(days=self.days)


class _WaitingDelegate(ItemDelegate):
    """Paints name, procedure and age."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one result."""
        theme, px, area = self._theme, self._theme.px, option.rect
        waiting: Waiting = index.data(ITEM_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_tint"))
            painter.fillRect(QRect(area.left(), area.top(), px(3), area.height()), theme.colour("accent"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setFont(theme.font(bold=waiting.long))
        painter.setPen(theme.colour("warning" if waiting.long else "text_muted"))
        age = painter.fontMetrics().horizontalAdvance(waiting.age)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(area.right() - age - px(14), area.top(), age + 2, area.height()), middle, waiting.age)
        room = area.width() - age - px(44)
        for at, (text, role) in enumerate(((waiting.applicant, "text"), (waiting.procedure_name, "text_muted"))):
            painter.setFont(theme.font())
            painter.setPen(theme.colour(role))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(area.left() + px(16), area.top() + px(6) + at * px(20), room, px(20)), middle, words)
        painter.restore()


class WaitingList(Sheet):
    """``chosen`` carries the code of a result that was opened."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 12), parent=parent)
        self._theme = theme
        self._all: tuple[Waiting, ...] = ()
        self._count = label(theme, tone="muted")
        head = row(label(theme, self.tr("Waiting to be collected"), bold=True), self._count, None)
        head.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.body.addLayout(head)
        self.ways = SegmentedChoice[DeliveryMethod](theme, self.tr("How the result goes back"), tuple(
            zip((self.tr("Desk"), self.tr("Post"), self.tr("Online")), WAYS, strict=True)))
        self.ways.chosen.connect(self._show)
        tabs = row(self.ways, None)
        tabs.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.body.addLayout(tabs)
        self._model = ItemsModel[Waiting](lambda each: each.code, _spoken, self)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_WaitingDelegate(theme, ROW, self.view))
        self.view.setAccessibleName(self.tr("Waiting to be collected"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.activated.connect(self._tell)
        self.view.clicked.connect(self._tell)
        self._empty = EmptyState(theme, self.view, "file-export", self.tr("No result waits here."))
        self.body.addWidget(self.view, 1)
        self.body.addWidget(Line(theme))
        self._long = label(theme, tone="warning", wrap=True)
        foot = row(self._long)
        foot.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.body.addLayout(foot)

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show other results."""
        self._all = tuple(sorted(waiting, key=lambda each: each.since))
        self._count.setText(self.tr("{count} results").format(count=len(self._all)))
        counts = {way: sum(each.delivery is way for each in self._all) for way in WAYS}
        words = zip(WAYS, (self.tr("Desk"), self.tr("Post"), self.tr("Online")), strict=True)
        self.ways.rename([f"{word} {counts[way]}" for way, word in words])
        late = sum(each.long for each in self._all)
        self._long.setText(self.tr("{count} wait for more than {days} days").format(count=late, days=LONG_DAYS) if late else "")
        self._show()

    def select(self, code: str) -> None:
        """Mark the result of a code, on its tab."""
        found = next((each for each in self._all if each.code == code), None)
        if found is None:
            self.view.clearSelection()
            return
        self.ways.choose(found.delivery)
        self._show()
        at = [each.code for each in self._model.items].index(code)
        self.view.setCurrentIndex(self._model.index(at, 0))

    def _show(self, *_: object) -> None:
        self._model.show_items([each for each in self._all if each.delivery is self.ways.value])

    def _tell(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.items[index.row()].code)


def _spoken(waiting: Waiting) -> str:
    return f"{waiting.applicant}, {waiting.procedure_name}, {waiting.code}, {waiting.age}"
