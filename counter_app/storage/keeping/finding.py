"""Copies on the disks of a computer that has no desk yet, and so no key: whoever made them, by what each says of itself.

Whoever reaches its disk can forge what a copy says. So one that can't be right, or can't be restored, never takes another one's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import SurroundingsError
from counter_app.services.keeping.records import CopyFile, Doubt
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import NAME, SUFFIX

DEPTHS = (f"{NAME}*", f"*/{NAME}*", f"*/*/{NAME}*")
"""Where the folder of a desk's copies may lie below the root of a disk: a place that was set is seldom deeper."""
NEWEST = 3
"""Of each desk so many are offered, and so many of each doubt; whoever wants an older one names its file."""


def find_copies(roots: Iterable[Path], now: datetime) -> list[CopyFile]:
    """Return the newest whole copies of each desk below the roots of disks, the newest first, then those in doubt.

    ``now`` is this computer's time. What can't be read is passed over.
    """
    found = {copy.path: copy for root in roots for folder in _folders(root) for copy in _newest(folder, now)}
    newest = sorted(found.values(), key=_made_at, reverse=True)
    return sorted(newest, key=_is_doubtful)


def _folders(root: Path) -> Iterator[Path]:
    for depth in DEPTHS:
        with suppress(OSError):
            yield from root.glob(depth)


def _newest(folder: Path, now: datetime) -> Iterator[CopyFile]:
    """Yield the newest copies of a folder: their names begin with their time."""
    left = dict.fromkeys((None, *Doubt), NEWEST)
    with suppress(OSError):
        for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
            with suppress(SurroundingsError):
                copy = Container(path)
                doubt = _doubt(copy, now)
                if left[doubt]:
                    left[doubt] -= 1
                    yield CopyFile(path, copy.facts, copy.bytes, doubt)
            if not left[None]:
                return


def _doubt(copy: Container, now: datetime) -> Doubt | None:
    """Tell what is wrong with a copy as far as a short look does; some minutes ahead are the difference of two clocks."""
    if copy.facts.made_at.astimezone(now.tzinfo).date() > now.date():
        return Doubt.AHEAD
    return None if copy.is_beside() else Doubt.INCOMPLETE


def _made_at(copy: CopyFile) -> datetime:
    return copy.facts.made_at


def _is_doubtful(copy: CopyFile) -> bool:
    return copy.doubt is not None
