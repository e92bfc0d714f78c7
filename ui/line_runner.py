"""The line to the province behind the window: the keeper on a thread of its own, and what it tells, on the window's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from ui.network_watch import NetworkWatch

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.services.changes import Changes
    from counter_app.services.line.keeper import LineKeeper, LineNews

START_MS = 3000
"""The line waits until the desk is on the screen: its wire takes a while to load."""
END_S = 0.8
"""How long the window waits at its end for a request that is under way; then it is given up, and sent again some other time."""


class LineRunner(QObject):
    """Keeps the line of the open desk. ``told`` carries the :class:`LineNews`, ``changed`` the changes of a pass that moved something."""

    told = Signal(object)
    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.news: LineNews | None = None
        self._counter: Counter | None = None
        self._keeper: LineKeeper | None = None
        self._thread: threading.Thread | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._begin)
        self.network = NetworkWatch(self)
        self.network.back.connect(self.send_now)
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, counter: Counter, *, after_ms: int = START_MS) -> None:
        """Keep the line of a desk, a practice desk's excepted; the one that is kept already goes on."""
        if counter is self._counter or counter.desk.practice:
            return
        self.stop()
        self._counter = counter
        self._soon.start(after_ms)

    def stop(self) -> None:
        """Let go of the line, within a second."""
        self._soon.stop()
        keeper, thread, counter = self._keeper, self._thread, self._counter
        self._keeper = self._thread = self._counter = self.news = None
        if keeper is None or thread is None or counter is None:
            return
        keeper.stop()
        thread.join(END_S)
        if thread.is_alive():
            counter.province.tidy()

    def note_changes(self, changes: Changes) -> None:
        """Something was written at this window: what is due to be sent goes soon."""
        if changes.touch("outbox"):
            self.look()

    def look(self) -> None:
        """Look now what is to be done."""
        if self._keeper is not None:
            self._keeper.look()

    def send_now(self) -> None:
        """Make the next pass at once."""
        if self._keeper is not None:
            self._keeper.send_now()

    def _begin(self) -> None:
        from counter_app.services.line.keeper import LineKeeper  # noqa: PLC0415  not before the desk is on the screen

        if self._counter is not None:
            self._keeper = LineKeeper(self._counter.line, self._counter.comparing, self._pass_on)
            self._thread = threading.Thread(target=self._keeper.run, name="line", daemon=True)
            self._thread.start()
            self.network.start()

    def _pass_on(self, news: LineNews) -> None:
        if isValid(self):
            self._heard.emit(news)

    def _tell(self, news: LineNews) -> None:
        from counter_app.services.changes import Changes  # noqa: PLC0415

        if self._keeper is None:
            return
        ended, self.news = self.news is None or news.end is not self.news.end, news
        self.told.emit(news)
        if ended and news.end is not None and (news.end.moved or news.end.trouble is not None):
            self.changed.emit(Changes.of("outbox", "dossiers", "books") if news.end.moved else Changes.of("outbox"))
