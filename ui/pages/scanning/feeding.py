"""Pages on their way into a stack: what is wanted of a feed, who looks on while it runs, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.scan_batch import BatchPage
from counter_app.domain.scan_places import AT_END, PagePlace
from counter_app.domain.scan_profile import ScanProfile
from counter_app.services.scanning.devices import FeedEnd, ScannedPage
from ui.background import TaskRunner
from ui.models.scan_stack import StackLook


class FeedListener(QObject):
    """Carries what a feed tells from its thread to the window: ``came`` with page and thumbnail, ``progressed`` with a percentage.

    ``arriving`` carries the thumbnail of a page that is whole and about to be kept.
    """

    arriving = Signal(bytes)
    came = Signal(str, bytes)
    progressed = Signal(int)

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self._stopped = False

    def stop(self) -> None:
        """Nobody wants more pages."""
        self._stopped = True

    def wanted(self) -> bool:
        """Tell whether to go on; asked on the thread of the feed."""
        return not (self._stopped or self._tasks.stopping)


@dataclass(frozen=True, slots=True)
class FeedWish:
    """What to feed: the paper in a device, or the files in ``paths``; and where in the stack its pages go."""

    device: str
    profile: ScanProfile
    place: PagePlace = AT_END
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Fed:
    """What came of a feed: how it ended, the stack after it, and what hindered keeping a page.

    ``rest`` is where its rest goes, ``alone`` the page whose back did not come, ``first`` the first page that came;
    ``from_files``: no scanner was used.
    """

    end: FeedEnd
    look: StackLook
    problem: Problem | None = None
    rest: PagePlace = AT_END
    alone: str = ""
    first: str = ""
    from_files: bool = False

    @property
    def stopped(self) -> Problem | None:
        """Why it did not come to its end; None where the device confirmed that no paper is left."""
        return self.problem or self.end.stopped


class _KeepsPages(Protocol):
    @property
    def left(self) -> list[ScannedPage]:
        """Pages that came and could not be kept yet."""

    def small(self, page: ScannedPage) -> bytes:
        """Return the thumbnail of a page."""

    def keep(self, page: ScannedPage, thumb: bytes) -> BatchPage:
        """Keep a page; return what is known of it."""


@dataclass(slots=True)
class Keeper:
    """Looks on while a feed runs and keeps what comes; the feed ends where a page can't be kept."""

    desk: _KeepsPages
    listener: FeedListener
    problem: Problem | None = None
    kept: list[BatchPage] = field(default_factory=list)

    def keep_left(self) -> None:
        """Keep first what could not be kept the last time."""
        left: Sequence[ScannedPage] = tuple(self.desk.left)
        self.desk.left.clear()
        for page in left:
            self.arrived(page)

    def arrived(self, page: ScannedPage) -> None:
        """A page is there: it is seen at once, and durable in the batch before it counts."""
        if self.problem is None:
            try:
                thumb = self.desk.small(page)
                self.listener.arriving.emit(thumb)
                known = self.desk.keep(page, thumb)
            except DeskError as error:
                self.problem = error.problems[0]
            else:
                self.kept.append(known)
                self.listener.came.emit(known.page_id, thumb)
                return
        self.desk.left.append(page)

    def progressed(self, percent: int) -> None:
        """So much of a page has come."""
        self.listener.progressed.emit(percent)

    def wanted(self) -> bool:
        """Tell whether to go on."""
        return self.problem is None and self.listener.wanted()
