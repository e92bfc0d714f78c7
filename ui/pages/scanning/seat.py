"""What goes on at the scanner of this desk. It outlives the page, which is made anew with other words or another size of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Actor
from counter_app.domain.scan_places import AT_END
from counter_app.domain.scan_profile import ScanProfile
from ui.background import TaskRunner
from ui.pages.scanning.desk import ScanDesk, StackFiled
from ui.pages.scanning.feeding import Fed, FeedListener, FeedWish
from ui.pages.scanning.filing import FilingListener

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter


@dataclass(frozen=True, slots=True)
class Refused:
    """Scanning or filing that could not begin, or broke off."""

    error: DeskError


class ScanSeat(QObject):
    """One feed or one filing at a time. ``came`` carries a page that is kept and its thumbnail, ``ended`` comes with news to take.

    ``arriving`` carries the thumbnail of a page before it is kept; ``moved`` says that another set is being filed.
    """

    came = Signal(str, bytes)
    arriving = Signal(bytes)
    ended = Signal()
    moved = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: ScanDesk | None = None
        self._news: Fed | StackFiled | Refused | None = None
        self.listener: FeedListener | None = None
        self.watch: FilingListener | None = None
        self.filed_so_far = (0, 0)
        """The set that is being filed, and of how many."""
        self.pages_came = 0
        """How many pages came of the paper in the scanner: of the newest feed, and of those before it that broke off."""
        self._goes_on = False
        self.rest = AT_END
        """Where the pages go that a broken feed still owes."""
        self.second_pass = ""
        """The first page of the newest feed: where the backs begin, if it was a pass of backs."""

    def desk_of(self, counter: Counter, actor: Actor) -> ScanDesk:
        """Return the stack at this desk: the same one for as long as the same person works with it."""
        if self._desk is None or not self._desk.belongs_to(counter, actor):
            self._desk = ScanDesk(counter, actor)
        return self._desk

    def scan(self, desk: ScanDesk, wish: FeedWish) -> None:
        """Begin a feed, or go on after one that broke off."""
        if not self._goes_on or wish.paths:
            self.pages_came = 0
        self.listener = FeedListener(self._tasks)
        self.listener.came.connect(self._note_page)
        self.listener.arriving.connect(self.arriving)
        self._tasks.run_slow(desk.feed, wish, self.listener, done=self._note_fed, failed=self._note_refused)

    def stop(self) -> None:
        """Let the feed or the filing end; what came is kept, what is filed stays filed."""
        for runs in (self.listener, self.watch):
            if runs is not None:
                runs.stop()

    def file(self, desk: ScanDesk, way: ScanProfile) -> None:
        """Begin to file what is ready, as its way of scanning says."""
        self.filed_so_far = (0, 0)
        self._goes_on = False
        self.watch = FilingListener(self._tasks)
        self.watch.moved.connect(self._note_moved)
        self._tasks.run_slow(desk.file, way, self.watch, done=self._note_filed, failed=self._note_refused)

    @property
    def filing(self) -> bool:
        """A stack is being filed."""
        return self.watch is not None

    def take_news(self) -> Fed | StackFiled | Refused | None:
        """Return what came of the last feed or filing, once; None where nobody waits for anything."""
        news, self._news = self._news, None
        return news

    def _note_page(self, page_id: str, thumb: bytes) -> None:
        self.pages_came += 1
        self.came.emit(page_id, thumb)

    def _note_fed(self, fed: Fed) -> None:
        self._goes_on = bool(fed.stopped) and not fed.from_files
        self.rest = fed.rest if self._goes_on else AT_END
        self.second_pass = fed.first or self.second_pass
        self._end(fed)

    def _note_moved(self, number: int, sets: int) -> None:
        self.filed_so_far = number, sets
        self.moved.emit()

    def _note_filed(self, filed: StackFiled) -> None:
        self._end(filed)

    def _note_refused(self, error: DeskError) -> None:
        self._end(Refused(error))

    def _end(self, news: Fed | StackFiled | Refused) -> None:
        self.listener, self.watch, self._news = None, None, news
        self.ended.emit()
