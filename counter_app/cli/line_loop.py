"""Keeping the line without a window: the keeper on this thread, until its time is over, all is quiet or somebody ends it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from counter_app.cli.frame import CommandContext
from counter_app.domain.errors import Problem
from counter_app.services.line.keeper import Doing, LineKeeper, LineNews
from counter_app.services.line.province import PassEnd, Standing, Trouble
from counter_app.services.line.rhythm import Why
from counter_app.support.messages import sentence


class LineLoop:
    """Adds up what the passes of one run did, and says of each that did something, or failed otherwise than the one before.

    With ``once`` the run is over as soon as all is quiet, the line pauses, or no further try would help in the time that is left.
    """

    def __init__(self, context: CommandContext, *, once: bool = False) -> None:
        self._context = context
        self._once = once
        self._until = float("inf")
        self._standing = context.counter.province.standing()
        self._trouble = ""
        self.keeper = LineKeeper(context.counter.line, context.counter.comparing, self.take)

    def run(self, seconds: float) -> Standing:
        """Keep the line for some seconds, 0 for as long as nobody ends it (Ctrl+C, SIGTERM); return how it stands then."""
        timer = threading.Timer(seconds, self.keeper.stop)
        timer.daemon = True
        if seconds:
            self._until = time.monotonic() + seconds
            timer.start()
        with _ended_by_signal(self.keeper.stop):
            self.keeper.run()
        timer.cancel()
        now = self._context.counter.province.standing()
        done = self._standing
        lines = tuple(each for each in done.troubles if each.kind == "line")
        return replace(
            now, sent=done.sent, received=done.received, uploaded=done.uploaded, contact=done.contact, troubles=(*lines, *now.troubles))

    def take(self, news: LineNews) -> None:
        """Take what the keeper tells after a pass."""
        if news.doing is Doing.PAUSED:
            self._standing = replace(self._standing, contact=False, troubles=(Trouble("line", Problem("SYNC_PAUSED")),))
        if self._once and self._is_over(news):
            self.keeper.stop()
        if news.end is not None and news.doing is Doing.WAITING:
            self._count(news.end)
            self._tell(news.end)

    def _count(self, end: PassEnd) -> None:
        known = self._standing
        trouble = (Trouble("line", end.trouble),) if end.trouble and not end.lasting else ()
        self._standing = replace(
            known, sent=known.sent + end.sent, received=known.received + end.received, uploaded=known.uploaded + end.uploaded,
            contact=end.contact, troubles=trouble)

    def _tell(self, end: PassEnd) -> None:
        """Say what stopped a pass, once until it is another thing; else what was moved."""
        code = end.trouble.code if end.trouble else ""
        if end.trouble and code != self._trouble:
            self._context.note(sentence(end.trouble, self._context.lang))
        elif end.moved:
            self._context.note(self._context.say("SYNC_PASSED", sent=end.sent, received=end.received, uploaded=end.uploaded))
        self._trouble = code

    def _is_over(self, news: LineNews) -> bool:
        """Tell whether a run that is to end by itself has nothing more to do."""
        if news.doing is not Doing.WAITING:
            return news.doing is not Doing.WORKING
        return news.wait_s > 0 and (news.why in (Why.RESTING, Why.NEEDS_PERSON) or news.wait_s >= self._until - time.monotonic())


@contextmanager
def _ended_by_signal(stop: Callable[[], None]) -> Iterator[None]:
    """End in order where a person or the system asks for it; at the moment between the keeper's last look and its sleep, too."""

    def _end(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=stop, daemon=True).start()

    names = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {name: signal.signal(name, _end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
