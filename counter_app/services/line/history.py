"""What became of each pass, kept for as long as the ops themselves are (province contract 3.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.services.line.province import PassEnd
from counter_app.services.ports import UnitOfWork
from counter_app.services.repositories.line import LinePass

KEPT = timedelta(days=400)


def note_pass(uow: UnitOfWork, device: str, began_at: datetime, ended_at: datetime, end: PassEnd) -> LinePass:
    """Keep how a pass ended, drop what is too old, and return the entry.

    Passes of one day that moved nothing and ended the same way are one entry, so that a quiet year is not a long list.
    """
    made = LinePass(
        new_id(began_at), device, began_at, ended_at, sent=end.sent, received=end.received, uploaded=end.uploaded,
        bytes_up=end.bytes_up, bytes_down=end.bytes_down, file_bytes=end.file_bytes, trouble=end.trouble.code if end.trouble else "")
    last = next(iter(uow.line.latest(device, limit=1)), None)
    if last is not None and _goes_on(last, made):
        made = replace(
            last, ended_at=ended_at, passes=last.passes + 1, bytes_up=last.bytes_up + made.bytes_up,
            bytes_down=last.bytes_down + made.bytes_down)
        uow.line.update(made)
    else:
        uow.line.add(made)
        uow.line.forget(device, ended_at - KEPT)
    return made


def _goes_on(last: LinePass, made: LinePass) -> bool:
    same_day = day_of(last.began_at) == day_of(made.began_at)
    return last.idle and made.idle and last.trouble == made.trouble and same_day and last.ended_at <= made.began_at
