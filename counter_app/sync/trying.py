"""Passes one after the other, with waits between those that fail, until all is quiet, a person is needed or the time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counter_app.services.line.pace import wait_before
from counter_app.services.line.province import PassEnd
from counter_app.sync.faults import LineError, RefusedError

MakePass = Callable[[], tuple[PassEnd, LineError | None]]
"""Makes one pass; returns how it ended, and what stopped it."""


def until_quiet(
    make_pass: MakePass, left: Callable[[], float], *, sleep: Callable[[float], None], share: Callable[[], float],
) -> tuple[PassEnd, LineError | None]:
    """Make passes; return the last one with what all of them have sent, received and uploaded, and what stopped it.

    ``left`` tells how many seconds remain; ``share`` draws evenly from 0 to 1.
    """
    sent = received = uploaded = tries = 0
    while True:
        end, error = make_pass()
        sent, received, uploaded = sent + end.sent, received + end.received, uploaded + end.uploaded
        tries = 0 if end.moved else tries
        wait = _wait(error, tries, share)
        if wait is None or wait >= left():
            return replace(end, sent=sent, received=received, uploaded=uploaded), error
        tries += 1
        sleep(wait)


def _wait(error: LineError | None, tries: int, share: Callable[[], float]) -> float | None:
    """Return how long to wait before the next try; None where nothing failed, or only a person can help."""
    if error is None or (isinstance(error, RefusedError) and not error.may_pass):
        return None
    return wait_before(tries, share(), error.retry_after if isinstance(error, RefusedError) else None)
