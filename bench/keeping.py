"""Copies of a desk: how long they take and how large they are, the first one and the next, and the way back.

Measured at two desks whose dossiers have lived and with half a gigabyte of scans; from both follows what a desk of 300,000 dossiers with
20 GB of scans would take, which nobody has measured and the table says so.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.desk import KeptDesk
from bench.lived import file_scans, lived_desk
from bench.measure import spread
from bench.moment import LOGIN, PASSWORD
from bench.report import Line, Table
from bench.work import Work
from counter_app.bootstrap import restore_desk
from counter_app.services.keeping.settings import KeepingSettings

SMALL, LARGE = 1000, 5000
QUICK_SMALL, QUICK_LARGE = 100, 200
MB, GB = 1e6, 1e9
SCAN_BYTES = 500_000
ALL_SCANS = 5e8
"""Half a gigabyte in files of half a megabyte, as a paper of a few pages has."""
WANTED_DOSSIERS, WANTED_BYTES = 300_000, 20 * GB
ROUNDS = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round at a desk took, in seconds, and the sizes in bytes."""

    first: float
    second: float
    rehearsal: float
    restore: float
    copy_bytes: int
    new_bytes: int


def run(work: Work) -> Table:
    """Measure at both desks, without scans and with them."""
    few, many = (QUICK_SMALL, QUICK_LARGE) if work.quick else (SMALL, LARGE)
    scans = int((ALL_SCANS / 50 if work.quick else ALL_SCANS) // SCAN_BYTES)
    small, large = (_rounds(work, lived_desk(work.cache, count), 0) for count in (few, many))
    filed = _rounds(work, lived_desk(work.cache, few), scans)
    per_dossier = _growth(small, large, many - few)
    per_byte = {name: max(0.0, _middle(filed, name) - _middle(small, name)) / (scans * SCAN_BYTES) for name in ("first", "restore")}
    return Table(
        "keeping", "Copies and the way back",
        f"Desks of {few:,} and {many:,} dossiers that lived (nine events each, slips and forms), and the smaller one with {scans:,} scans "
        f"of {SCAN_BYTES // 1000} KB; encrypted, copied into a folder on the same disk, {work.times(ROUNDS)} rounds. A copy is taken while "
        f"the desk is open, checked page by page, and read back; a restore checks every page, row and scan.",
        (
            *_lines(f"{many:,} dossiers", large), *_lines(f"{few:,} dossiers and {scans * SCAN_BYTES / MB:,.0f} MB of scans", filed),
            *_extrapolated(small, per_dossier, per_byte, few),
        ),
        (f"What is said of {WANTED_DOSSIERS:,} dossiers and {WANTED_BYTES / GB:.0f} GB of scans is reckoned, not measured: from the "
         "difference between both desks, and from the scans, as if everything grew evenly. A USB stick writes some 20 MB a second: there "
         "its own speed decides.",),
    )


def _rounds(work: Work, kept: KeptDesk, scans: int) -> list[Round]:
    with work.folder("keeping") as place:
        desk = kept.copy(place / "desk")
        if scans:
            file_scans(desk, scans, SCAN_BYTES)
        return [_round(desk, place / str(number)) for number in range(work.times(ROUNDS))]


def _round(desk: KeptDesk, place: Path) -> Round:
    place.mkdir()
    counter = desk.open()
    try:
        first, made = _timed(counter.keeping.make_in, str(place))
        second, again = _timed(counter.keeping.make_in, str(place))
        counter.keeping.save(KeepingSettings((str(place),)), counter.login.acting(LOGIN, PASSWORD))
        rehearsal, _ = _timed(counter.keeping.rehearse)
    finally:
        counter.close()
    restore, _ = _timed(restore_desk, again.path, place / "back")
    shutil.rmtree(place)
    return Round(first, second, rehearsal, restore, made.bytes, made.new_bytes)


def _timed(act: Callable[..., T], *given: object) -> tuple[float, T]:
    start = time.perf_counter()
    answer = act(*given)
    return time.perf_counter() - start, answer


def _lines(what: str, rounds: list[Round]) -> tuple[Line, ...]:
    return (
        Line(f"first copy, {what}", spread([each.first for each in rounds]), "s"),
        Line(f"next copy, {what}", spread([each.second for each in rounds]), "s"),
        Line(f"rehearsal, {what}", spread([each.rehearsal for each in rounds]), "s"),
        Line(f"restore, {what}", spread([each.restore for each in rounds]), "s"),
        Line(f"size of a copy, {what}", rounds[0].copy_bytes / MB, "MB"),
    )


def _growth(small: list[Round], large: list[Round], dossiers: int) -> dict[str, float]:
    """Return what a dossier more costs."""
    return {name: max(0.0, _middle(large, name) - _middle(small, name)) / dossiers for name in ("first", "second", "restore", "copy_bytes")}


def _extrapolated(small: list[Round], per_dossier: dict[str, float], per_byte: dict[str, float], few: int) -> tuple[Line, ...]:
    def _reckoned(name: str) -> float:
        return _middle(small, name) + per_dossier[name] * (WANTED_DOSSIERS - few) + per_byte.get(name, 0.0) * WANTED_BYTES

    what = f"{WANTED_DOSSIERS:,} dossiers and {WANTED_BYTES / GB:.0f} GB of scans, reckoned"
    return (
        Line(f"first copy, {what}", _reckoned("first") / 60, "min"), Line(f"next copy, {what}", _reckoned("second"), "s"),
        Line(f"restore, {what}", _reckoned("restore") / 60, "min"),
        Line(f"size of a copy without its scans, {what}", _reckoned("copy_bytes") / MB, "MB"),
    )


def _middle(rounds: list[Round], name: str) -> float:
    return spread([float(getattr(each, name)) for each in rounds]).p50

