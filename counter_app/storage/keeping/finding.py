"""Copies on the disks of a computer that has no desk yet, and so no key: whoever made them, by what each says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from counter_app.domain.errors import SurroundingsError
from counter_app.services.keeping.records import CopyFile
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import NAME, SUFFIX

DEPTHS = (f"{NAME}*", f"*/{NAME}*", f"*/*/{NAME}*")
"""Where the folder of a desk's copies may lie below the root of a disk: a place that was set is seldom deeper."""
NEWEST = 3
"""Of each desk so many are offered; whoever wants an older one names its file."""


def find_copies(roots: Iterable[Path]) -> list[CopyFile]:
    """Return the newest whole copies of each desk below the roots of disks, the newest first; what can't be read is passed over."""
    found = {copy.path: copy for root in roots for folder in _folders(root) for copy in _newest(folder)}
    return sorted(found.values(), key=lambda copy: copy.facts.made_at, reverse=True)


def _folders(root: Path) -> Iterator[Path]:
    for depth in DEPTHS:
        with suppress(OSError):
            yield from root.glob(depth)


def _newest(folder: Path) -> Iterator[CopyFile]:
    """Yield the newest copies of a folder: their names begin with their time."""
    left = NEWEST
    with suppress(OSError):
        for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
            with suppress(SurroundingsError):
                copy = Container(path)
                yield CopyFile(path, copy.facts, copy.bytes)
                left -= 1
            if not left:
                return
