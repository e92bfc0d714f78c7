"""How the demonstration scans: the first slips as a copier leaves them, and a sheet from SANE's test device if there is one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Actor
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.profiles import profile_named
from counter_app.services.scanning.stacks import Stack, StackWish

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

STACK = 3
"""Slips that make the stack."""
TEST_DEVICE, TEST_PROFILE = "sane:test:0", "glass"


def scan_day(counter: Counter, actor: Actor, slips: Sequence[tuple[str, Path]]) -> list[Stack]:
    """File the first slips as one stack, and what the test device gives with the dossier after them; ``slips`` are codes and files."""
    stacks = [counter.paper.stacks.run([path for _, path in slips[:STACK]], actor)]
    if len(slips) > STACK and _has_test_device(counter):
        with tempfile.TemporaryDirectory() as folder:
            pages = _Pages()
            counter.scanning.scan(TEST_DEVICE, profile_named(TEST_PROFILE), Path(folder), pages)
            if pages.paths:
                stacks.append(counter.paper.stacks.run(pages.paths, actor, StackWish(slips[STACK][0])))
    return stacks


class _Pages:
    """Gathers the pages of a feed."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def arrived(self, page: ScannedPage) -> None:
        """Note it."""
        self.paths.append(page.path)

    def progressed(self, percent: int) -> None:
        """Nobody looks on."""

    def wanted(self) -> bool:
        """Always go on."""
        return True


def _has_test_device(counter: Counter) -> bool:
    try:
        counter.scanning.abilities(TEST_DEVICE)
    except DeskError:
        return False
    return True
