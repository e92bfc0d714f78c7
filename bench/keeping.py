"""Copies of a desk: how long they take and what they bring to the disk, the first one and the one after a day's work, and the way back.

Measured at two desks whose dossiers have lived and with half a gigabyte of scans; from both follows what a desk of 300,000 dossiers with
20 GB of scans would take, which nobody has measured and the table says so.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.desk import KeptDesk
from bench.lived import A_DAY, file_scans, live, lived_desk
from bench.measure import spread
from bench.moment import LOGIN, PASSWORD
from bench.report import Line, Table
from bench.work import Work
from counter_app.bootstrap import restore_desk
from counter_app.services.keeping.settings import KeepingSettings

SMALL, LARGE = 1000, 3000
QUICK_SMALL, QUICK_LARGE = 100, 200
MB, GB = 1e6, 1e9
SCAN_BYTES = 500_000
ALL_SCANS = 5e8
"""Half a gigabyte in files of half a megabyte, as a paper of a few pages has."""
WANTED_DOSSIERS, WANTED_BYTES = 300_000, 20 * GB
ROUNDS = 3
TIMED = ("first", "after_a_day", "rehearsal", "restore")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round at a desk took, in seconds, and what came to the disk, in bytes."""

    first: float
    after_a_day: float
    rehearsal: float
    restore: float
    first_bytes: int
    day_bytes: int


def run(work: Work) -> Table:
    """Measure at both desks, without scans and with them."""
    few, many = (QUICK_SMALL, QUICK_LARGE) if work.quick else (SMALL, LARGE)
    scans = int((ALL_SCANS / 50 if work.quick else ALL_SCANS) // SCAN_BYTES)
    small, large = (_rounds(work, lived_desk(work.cache, count), 0) for count in (few, many))
    filed = _rounds(work, lived_desk(work.cache, few), scans)
    per_dossier = _growth(small, large, many - few)
    per_byte = {name: max(0.0, _middle(filed, name) - _middle(small, name)) / (scans * SCAN_BYTES) for name in TIMED}
    return Table(
        "keeping", "Copies and the way back",
        f"Desks of {few:,} and {many:,} dossiers that lived (nine events each, slips and forms), and the smaller one with {scans:,} scans "
        f"of {SCAN_BYTES // 1000} KB; encrypted, copied into a folder on the same disk, {work.times(ROUNDS)} rounds. A copy is made while "
        f"the desk is open: every page is checked, blocks that the folder lacks are written and read back. A day's work are {A_DAY} "
        f"dossiers from receipt to return. A rehearsal and a restore check every page, row and scan.",
        (
            *_lines(f"{many:,} dossiers", large), *_lines(f"{few:,} dossiers and {scans * SCAN_BYTES / MB:,.0f} MB of scans", filed),
            *_extrapolated(small, large, per_dossier, per_byte, few),
        ),
        (f"What is said of {WANTED_DOSSIERS:,} dossiers and {WANTED_BYTES / GB:.0f} GB of scans is reckoned, not measured: from the "
         "difference between both desks, and from the scans, as if everything grew evenly; what a day brings is that of the larger desk, "
         "for it hardly grows with the desk. A USB stick writes 10 to 20 MB a second: there the first copy takes as long as the stick "
         "needs.",),
    )


def _rounds(work: Work, kept: KeptDesk, scans: int) -> list[Round]:
    with work.folder("keeping") as place:
        desk = kept.copy(place / "desk")
        if scans:
            file_scans(desk, scans, SCAN_BYTES)
        return [_round(desk, kept.count + A_DAY * number, place / str(number)) for number in range(work.times(ROUNDS))]


def _round(desk: KeptDesk, dossiers: int, place: Path) -> Round:
    place.mkdir()
    with closing(desk.open()) as counter:
        first, made = _timed(counter.keeping.make_in, str(place))
    live(desk, dossiers + A_DAY, dossiers)
    with closing(desk.open()) as counter:
        after_a_day, again = _timed(counter.keeping.make_in, str(place))
        counter.keeping.save(KeepingSettings((str(place),)), counter.login.acting(LOGIN, PASSWORD))
        rehearsal, _ = _timed(counter.keeping.rehearse)
    restore, _ = _timed(restore_desk, again.path, place / "back")
    shutil.rmtree(place)
    return Round(first, after_a_day, rehearsal, restore, made.new_bytes, again.new_bytes)


def _timed(act: Callable[..., T], *given: object) -> tuple[float, T]:
    start = time.perf_counter()
    answer = act(*given)
    return time.perf_counter() - start, answer


def _lines(what: str, rounds: list[Round]) -> tuple[Line, ...]:
    return (
        Line(f"first copy, {what}", spread([each.first for each in rounds]), "s"),
        Line(f"copy after a day's work, {what}", spread([each.after_a_day for each in rounds]), "s"),
        Line(f"rehearsal, {what}", spread([each.rehearsal for each in rounds]), "s"),
        Line(f"restore, {what}", spread([each.restore for each in rounds]), "s"),
        Line(f"brought by the first copy, {what}", rounds[0].first_bytes / MB, "MB"),
        Line(f"brought by the copy after a day's work, {what}", _middle(rounds, "day_bytes") / MB, "MB"),
    )


def _growth(small: list[Round], large: list[Round], dossiers: int) -> dict[str, float]:
    """Return what a dossier more costs."""
    return {name: max(0.0, _middle(large, name) - _middle(small, name)) / dossiers for name in (*TIMED, "first_bytes")}


def _extrapolated(
    small: list[Round], large: list[Round], per_dossier: dict[str, float], per_byte: dict[str, float], few: int,
) -> tuple[Line, ...]:
    def _reckoned(name: str) -> float:
        return _middle(small, name) + per_dossier[name] * (WANTED_DOSSIERS - few) + per_byte.get(name, 0.0) * WANTED_BYTES

    what = f"{WANTED_DOSSIERS:,} dossiers and {WANTED_BYTES / GB:.0f} GB of scans, reckoned"
    return (
        Line(f"first copy, {what}", _reckoned("first") / 60, "min"),
        Line(f"copy after a day's work, {what}", _reckoned("after_a_day") / 60, "min"),
        Line(f"rehearsal, {what}", _reckoned("rehearsal") / 60, "min"),
        Line(f"restore, {what}", _reckoned("restore") / 60, "min"),
        Line(f"brought by the first copy without its scans, {what}", _reckoned("first_bytes") / MB, "MB"),
        Line(f"brought by the copy after a day's work without its scans, {what}", _middle(large, "day_bytes") / MB, "MB"),
    )


def _middle(rounds: list[Round], name: str) -> float:
    return spread([float(getattr(each, name)) for each in rounds]).p50

