"""The report of a bug: where it happened and under what, without a word of what anybody typed. Nothing is sent anywhere."""

from __future__ import annotations

import platform
from datetime import datetime
from pathlib import Path

from counter_app.support.files import write_atomically
from counter_app.support.logs import places
from counter_app.support.version import program_version

KEPT = 20


def report_text(error: BaseException, at: datetime, doing: str) -> str:
    """Return the report. ``doing`` names the verb or action (``intake``), never its input."""
    return "\n".join([*report_head(at, doing), "", *places(error), ""])


def report_head(at: datetime, doing: str) -> list[str]:
    """Return what every report begins with: when, what was done, and which program on which system."""
    return [
        f"time: {at.isoformat()}", f"doing: {doing}", f"program: {program_version()}",
        f"python: {platform.python_version()}", f"system: {platform.system()} {platform.release()} {platform.machine()}",
    ]


def save_report(error: BaseException, at: datetime, doing: str, folder: Path) -> Path:
    """Write the report into ``folder`` and return its path; the newest twenty are kept.

    Raises:
        OSError: the folder can not be written.
    """
    path = folder / f"report-{at:%Y%m%d-%H%M%S}-{abs(hash(tuple(places(error)))) % 10_000:04d}.txt"
    write_atomically(path, report_text(error, at, doing).encode())
    for old in sorted(folder.glob("report-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path
