"""Keeps the line in the background: makes passes when they are due, on a thread of its own, in the window and without one."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.errors import DeskError, Problem, SurroundingsError
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.desk import LineService
from counter_app.services.line.province import PassEnd
from counter_app.services.line.rhythm import Rhythm, Why

log = logging.getLogger(__name__)

LOOK_S = 20.0
"""How often a waiting keeper looks whether something was written, paused or enrolled elsewhere."""
MEASURED_BYTES = 4096
"""A pass that sends less tells nothing of how fast the line is."""


class Doing(StrEnum):
    """What the keeper does."""

    NOT_ENROLLED = "not_enrolled"
    PAUSED = "paused"
    WORKING = "working"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class LineNews:
    """What the keeper does now. ``why`` and ``wait_s`` tell of the wait for the next pass, ``end`` how the last one ended."""

    doing: Doing
    since: datetime
    why: Why = Why.RESTING
    wait_s: float = 0.0
    end: PassEnd | None = None
    rate: float = 0.0
    """Bytes a second that the last pass sent which had something to send."""
    proven_at: datetime | None = None
    """When the province last proved itself since the program runs."""


class LineKeeper:
    """Works until it is stopped; :meth:`run` blocks, every other method may be called from any thread.

    ``listener`` is called on the keeper's thread. ``now`` is a clock that only goes forward, ``share`` draws evenly from 0 to 1.
    """

    def __init__(
        self, line: LineService, comparing: ComparingService, listener: Callable[[LineNews], None], *,
        now: Callable[[], float] = time.monotonic, share: Callable[[], float] = random.random,
    ) -> None:
        self._line = line
        self._comparing = comparing
        self._listener = listener
        self._now = now
        self._rhythm = Rhythm(share)
        self._changed = threading.Condition()
        self._stopped = self._dirty = self._wanted = False
        self._waited = 0
        """What waited when the last pass began, less what it sent: whatever is more was written since, be it while the pass ended."""
        self._news = LineNews(Doing.WAITING, line.moment())

    def run(self) -> None:
        """Make passes as they fall due. Returns soon after :meth:`stop`; a request under way is broken off or given up."""
        while not self._stopped:
            wait = self._step()
            with self._changed:
                if not (self._stopped or self._dirty):
                    self._changed.wait(wait)
                self._dirty = False

    def stop(self) -> None:
        """Come to an end."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def look(self) -> None:
        """Something was written, set or enrolled: look now."""
        with self._changed:
            self._dirty = True
            self._changed.notify_all()

    def send_now(self) -> None:
        """Make the next pass at once."""
        self._wanted = True  # taken up between two passes: one that is under way may be past what the wish is about
        self.look()

    # --- on the keeper's thread -------------------------------------------------------------------------------------

    def _step(self) -> float:
        """Do what is due; return for how many seconds nothing more is."""
        try:
            resting = self._resting()
            if resting is not None:
                self._tell(resting)
                return LOOK_S
            if self._wanted:
                self._wanted = False
                self._rhythm.wanted(self._now())
            if self._line.waiting() > self._waited:
                self._rhythm.recorded(self._now())
            if self._rhythm.due_at <= self._now():
                self._pass()
        except DeskError as error:
            self._note(PassEnd(trouble=error.problems[0]), more=False)
        except Exception as error:  # noqa: BLE001  # edge: a bug must not end the line for the day; it is tried again much later
            log.error("a pass failed: %s", type(error).__name__)  # noqa: TRY400  a traceback could hold what a citizen wrote
            self._note(PassEnd(trouble=Problem("PASS_BROKEN"), lasting=True), more=False)
        left = max(0.0, self._rhythm.due_at - self._now())
        self._tell(Doing.WAITING, left)
        return min(left, LOOK_S)

    def _resting(self) -> Doing | None:
        if not self._line.is_enrolled():
            return Doing.NOT_ENROLLED
        return Doing.PAUSED if self._line.settings().paused else None

    def _stopping(self) -> bool:
        return self._stopped or self._line.settings().paused

    def _pass(self) -> None:
        self._tell(Doing.WORKING)
        began, self._waited = self._now(), self._line.waiting()
        try:
            end, more = self._line.make_pass(self._stopping)
        except SurroundingsError as error:
            if error.code != "SYNC_RUNNING":
                raise
            self._rhythm.elsewhere(self._now())
            return
        seconds = max(self._now() - began, 0.001)
        if end.bytes_up >= MEASURED_BYTES:
            self._news = replace(self._news, rate=end.bytes_up / seconds)
        if not self._stopped:
            self._note(end, more=more)
        if end.trouble is None and not more and not self._stopping():
            self._compare()

    def _compare(self) -> None:
        """Compare both sides once a day; whatever hinders it, there is another quiet pass."""
        try:
            self._comparing.daily()
        except DeskError as error:
            log.info("the daily comparison was not made: %s", error.code)

    def _note(self, end: PassEnd, *, more: bool) -> None:
        self._rhythm.ended(self._now(), end, more=more)
        self._news = replace(self._news, end=end, proven_at=self._line.moment() if end.contact else self._news.proven_at)
        try:
            self._waited = max(0, min(self._waited - end.sent, self._line.waiting()))
        except DeskError:
            self._waited = 0

    def _tell(self, doing: Doing, wait_s: float = 0.0) -> None:
        since = self._news.since if doing is self._news.doing else self._line.moment()
        news = replace(self._news, doing=doing, since=since, why=self._rhythm.why, wait_s=wait_s)
        told, self._news = self._news, news
        if replace(told, wait_s=0.0) != replace(news, wait_s=0.0):
            self._listener(news)
