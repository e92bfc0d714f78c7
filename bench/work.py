"""Where a run works and how thoroughly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.desk import KeptDesk, kept_desk

FULL, QUICK = 1_000_000, 50_000


@dataclass(frozen=True, slots=True)
class Work:
    """One run. ``out`` keeps its files; a ``quick`` one has a small desk and few repeats; ``peers`` may install what they need."""

    out: Path
    quick: bool = False
    peers: bool = False

    @property
    def cache(self) -> Path:
        """What is kept for the next run."""
        return self.out / "cache"

    def desk(self) -> KeptDesk:
        """Return the desk with many dossiers; it is only looked at."""
        return kept_desk(self.cache, QUICK if self.quick else FULL)

    def times(self, full: int) -> int:
        """Return how often something is repeated."""
        return max(3, full // 8) if self.quick else full

    @contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """Give an empty folder for one job; it is gone afterwards, and stays for a look where the job failed."""
        place = self.out / "work" / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        yield place
        shutil.rmtree(place, ignore_errors=True)
