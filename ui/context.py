"""What the parts of the window are given: the window's own tools, and, once somebody has logged in, the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ui.background import TaskRunner
from ui.keeping_runner import KeepingRunner
from ui.line_runner import LineRunner
from ui.notices import Notices
from ui.preferences import Preferences
from ui.theme import Theme

if TYPE_CHECKING:  # the services are loaded by a worker while the login is on the screen
    from counter_app.bootstrap import Counter
    from counter_app.services.people.login import Session
    from ui.pages.scanning.seat import ScanSeat


class Navigator(Protocol):
    """Opens pages."""

    def open(self, page_id: str, **arguments: object) -> None:
        """Show a page; the arguments go to its ``activate`` (``query=``, ``which=``, ``code=``)."""

    def back(self) -> None:
        """Return to the page before."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The window's own tools, there before any database is open."""

    theme: Theme
    tasks: TaskRunner
    notices: Notices
    preferences: Preferences
    line: LineRunner = field(default_factory=LineRunner)
    keeping: KeepingRunner = field(default_factory=KeepingRunner)


@dataclass(frozen=True, slots=True)
class DeskContext:
    """The bundle behind the window of one logged-in clerk; ``scans`` is what goes on at the scanner, where the window keeps it."""

    counter: Counter
    session: Session
    tasks: TaskRunner
    theme: Theme
    notices: Notices
    navigator: Navigator
    preferences: Preferences
    scans: ScanSeat | None = None
    line: LineRunner = field(default_factory=LineRunner)
    keeping: KeepingRunner = field(default_factory=KeepingRunner)
