"""The strip of a scanned stack: one sheet for each set with its pages, chosen one by one or several at once, dragged to another place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.models.scan_stack import StripPage, StripSet
from ui.theme import Theme
from ui.widgets.strip_paint import StripPainter
from ui.widgets.strip_places import StripMeasures, StripPlaces, gap, neighbour, places

_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PageStrip(QWidget):
    """``chosen`` when another page is the current one or others are selected; ``thumb_wanted`` with the id of a page that came in sight.

    ``move_wanted`` carries -1 or 1, ``moved_to`` a place that should be seen. ``dropped`` carries the page beside which the selected ones
    were dragged, and whether behind it; ``menu_wanted`` where the menu of the selected pages is wanted.
    """

    chosen = Signal()
    thumb_wanted = Signal(str)
    move_wanted = Signal(int)
    moved_to = Signal(QRect)
    dropped = Signal(str, bool)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, name: str, empty: str, parent: QWidget | None = None, *, movable: bool = True) -> None:
        super().__init__(parent)
        self._theme, self._name, self._empty, self._movable = theme, name, empty, movable
        self._sets: tuple[StripSet, ...] = ()
        self._pages: list[StripPage] = []
        self._current, self._anchor = "", ""
        self._selected: frozenset[str] = frozenset()
        self._thumbs: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._expecting = False
        """Another page is being scanned: it has a frame at the end."""
        self._arriving = QImage()
        self._pressed: tuple[QPoint, str] | None = None
        """Where the pointer went down, and on which page."""
        self._gap: tuple[int, bool] | None = None
        """Beside which page the dragged ones would be dropped, and whether behind it."""
        px = theme.px
        self._measures = StripMeasures(px(136), px(148), px(34), px(24), px(14), px(12))
        self._places: StripPlaces = places((), (), 1, self._measures)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("kind", "clear")
        self.setAccessibleName(name)
        self.setMouseTracking(True)

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the current page; empty where there is none."""
        return self._current

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the selected pages, in the order of the strip."""
        return tuple(page.page_id for page in self._pages if page.page_id in self._selected)

    @property
    def sets(self) -> tuple[StripSet, ...]:
        """What is shown."""
        return self._sets

    def page(self, page_id: str) -> StripPage | None:
        """Return a page as it is shown."""
        return next((page for page in self._pages if page.page_id == page_id), None)

    def show_sets(self, sets: Sequence[StripSet]) -> None:
        """Show a stack; the pages that were chosen stay chosen, the first page is where none was."""
        self._sets = tuple(sets)
        self._pages = [page for each in self._sets for page in each.pages]
        ids = [page.page_id for page in self._pages]
        self._selected &= frozenset(ids)
        self._thumbs = {page_id: image for page_id, image in self._thumbs.items() if page_id in set(ids)}
        self._asked &= set(ids)
        self._gap = None  # it may count pages that are elsewhere now
        if self._current not in ids:
            self._current = self._anchor = ids[0] if ids else ""
            self._selected = frozenset(ids[:1])
        self._lay_out()
        self._tell()

    def show_thumb(self, page_id: str, image: QImage) -> None:
        """Show what a page looks like."""
        high = round(self._theme.px(114) * self.devicePixelRatioF())
        self._asked.add(page_id)
        self._thumbs[page_id] = image.scaledToHeight(high, Qt.TransformationMode.SmoothTransformation) if image.height() > high else image
        self.update()

    def expect(self, expecting: bool) -> None:
        """Show at the end that a page is being scanned, or no longer."""
        if expecting != self._expecting:
            self._expecting = expecting
            self._lay_out()
        self.show_arriving(QImage())

    def show_arriving(self, image: QImage) -> None:
        """Show what comes, before it is kept; a null image: nothing is there yet."""
        self._arriving = image
        self.update()

    def forget_thumb(self, page_id: str) -> None:
        """Nobody makes the thumbnail of a page: ask again when it is in sight."""
        self._asked.discard(page_id)

    def choose(self, page_id: str) -> None:
        """Make a page the current one."""
        if self.page(page_id) is not None:
            self._go(page_id, Qt.KeyboardModifier.NoModifier)

    # --- layout -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the room of all sets."""
        return QSize(self._theme.px(400), max(self._places.height, self._theme.px(160)))

    def _lay_out(self) -> None:
        counts, reasons = [len(each.pages) for each in self._sets], [self._reason_lines(each) for each in self._sets]
        if counts and self._expecting:
            counts[-1] += 1
        self._places = places(counts, reasons, max(self.width(), 1), self._measures)
        self.setMinimumHeight(self._places.height)
        self.updateGeometry()
        self.update()

    def _reason_lines(self, each: StripSet) -> int:
        """Return how many lines the reason needs: what a person should do stands at its end, so nothing of it is cut."""
        metrics, room = QFontMetrics(self._theme.font()), self.width() - 2 * self._measures.padding
        needed = metrics.boundingRect(QRect(0, 0, max(room, 1), 0), Qt.TextFlag.TextWordWrap, each.reason).height()
        return max(1, round(needed / metrics.lineSpacing())) if each.reason else 0

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight, and ask for the thumbnails that are missing there."""
        painter = StripPainter(self._theme, self)
        if not self._sets:
            painter.empty(self.rect(), self._empty)
        wanted: list[str] = []
        for each, area, pages in zip(self._sets, self._places.sets, self._places.pages, strict=True):
            if area.intersects(event.rect()):
                painter.sheet(area, each)
                wanted += self._paint_pages(painter, event.rect(), each.pages, pages)
        if self._sets and self._expecting:
            painter.coming(self._places.flat()[-1], self._arriving, self.tr("being scanned"))
        if self._gap is not None:
            painter.gap(self._places.flat()[self._gap[0]], behind=self._gap[1])
        painter.end()
        for page_id in wanted:
            if page_id not in self._asked:
                self._asked.add(page_id)
                self.thumb_wanted.emit(page_id)

    def _paint_pages(self, painter: StripPainter, seen: QRect, pages: Sequence[StripPage], places: Sequence[QRect]) -> list[str]:
        """Paint the pages of a set that are in sight, and return them; its last place may wait for a page."""
        there = [(page, place) for page, place in zip(pages, places, strict=False) if place.intersects(seen)]
        for page, place in there:
            at = page.page_id
            focus = at == self._current and self.hasFocus()
            painter.page(place, page, self._thumbs.get(at), selected=at in self._selected, focus=focus)
        return [page.page_id for page, _ in there]

    # --- choosing -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go; with Shift they choose what lies between; Ctrl+A takes all, Ctrl+arrows move. The rest is the page's."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._gap is not None:
            self._pressed = self._gap = None
            self.update()
        elif not self._choose_by(key, event.modifiers()):
            super().keyPressEvent(event)

    def _choose_by(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Choose or move by a key; False where it means nothing here."""
        at = self._at()
        if at < 0:
            return False
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._with_control(key)
        target = self._target(key, at)
        if target is not None:
            self._go(self._pages[min(max(target, 0), len(self._pages) - 1)].page_id, modifiers)
        return target is not None

    def _with_control(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_A:
            self._selected = frozenset(page.page_id for page in self._pages)
            self._tell()
        elif key in _DOWN:
            self.move_wanted.emit(_DOWN[key])  # a scroll area around would keep these keys for itself
        return key == Qt.Key.Key_A or key in _DOWN

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the page under the pointer; Ctrl adds or takes away, Shift chooses what lies between. Several stay chosen for a drag."""
        at = self._under(event.position().toPoint())
        if at < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        page_id = self._pages[at].page_id
        self._pressed = event.position().toPoint(), page_id
        if event.modifiers() or page_id not in self._selected:
            self._go(page_id, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the chosen pages; without a button, say what was read on the page under the pointer."""
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(point)
            return
        at = self._under(point)
        told = self._pages[at].told if at >= 0 else ""
        QToolTip.showText(event.globalPosition().toPoint(), told, self) if told else QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged; a click on one of several chosen pages chooses it alone."""
        pressed, self._pressed = self._pressed, None
        found, self._gap = self._gap, None
        if found is not None:
            self.update()
            self.dropped.emit(self._pages[found[0]].page_id, found[1])
        elif pressed is not None and not event.modifiers() and len(self._selected) > 1:
            self._go(pressed[1], Qt.KeyboardModifier.NoModifier)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Want the menu of the chosen pages, or of the page under the pointer where it is none of them; the menu key opens it too."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self._at() if by_key else self._under(event.pos())
        if at < 0:
            return
        if self._pages[at].page_id not in self._selected:
            self._go(self._pages[at].page_id, Qt.KeyboardModifier.NoModifier)
        place = self._places.flat()[at]
        self.menu_wanted.emit(self.mapToGlobal(place.center()) if by_key else event.globalPos())

    def _drag(self, point: QPoint) -> None:
        if self._pressed is None or not self._movable:
            return
        if self._gap is None and (point - self._pressed[0]).manhattanLength() < QApplication.startDragDistance():
            return
        self._gap = gap(self._flat(), point)
        self.moved_to.emit(QRect(point, QSize(1, 1)))
        self.update()

    def _target(self, key: Qt.Key, at: int) -> int | None:
        if key in _SIDEWAYS:
            return at + _SIDEWAYS[key]
        if key in _DOWN:
            return neighbour(self._flat(), at, _DOWN[key])
        return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._pages) - 1}.get(key)

    def _under(self, point: QPoint) -> int:
        return next((at for at, area in enumerate(self._flat()) if area.contains(point)), -1)

    def _flat(self) -> list[QRect]:
        """Return where the pages are."""
        return self._places.flat()[:len(self._pages)]

    def _at(self, page_id: str = "") -> int:
        wanted = page_id or self._current
        return next((at for at, page in enumerate(self._pages) if page.page_id == wanted), -1)

    def _go(self, page_id: str, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            first, last = sorted((self._at(self._anchor), self._at(page_id)))
            self._selected = frozenset(page.page_id for page in self._pages[max(first, 0):last + 1])
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selected ^= {page_id}
            self._anchor = page_id
        else:
            self._selected, self._anchor = frozenset({page_id}), page_id
        self._current = page_id
        self._tell()

    def _tell(self) -> None:
        page, at = self.page(self._current), self._at()
        if page is not None:
            words = ". ".join(filter(None, (f"{page.number} {page.name}".strip(), page.told)))
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            self.moved_to.emit(self._places.flat()[at])
        self.update()
        self.chosen.emit()
