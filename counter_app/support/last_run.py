"""Whether the window ended as it should the last time: a small file stands while it is open, and is gone when it was closed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from counter_app.support.crash import report_head
from counter_app.support.files import write_atomically
from counter_app.support.plain_log import plain


class LastRun:
    """The mark of one desk's window in the folder that stays with the computer; it names no person and no folder."""

    def __init__(self, state: Path, data_dir: Path) -> None:
        self._mark = state / f"window-open-{hashlib.sha256(str(data_dir.absolute()).encode()).hexdigest()[:12]}"

    def begin(self) -> bool:
        """Put the mark and tell whether the run before left its own: it was killed, it crashed, or the power went. Raises OSError."""
        fell = self._mark.exists()
        write_atomically(self._mark, b"")
        return fell

    def end(self) -> None:
        """Take the mark away. Raises OSError."""
        self._mark.unlink(missing_ok=True)


def keep_hard_crash(trace: Path, reports: Path, at: datetime) -> Path | None:
    """Make a report of what a hard crash of an earlier run left, without the folders of this PC, and empty the trace.

    None where nothing was left. Raises OSError.
    """
    text = trace.read_text(encoding="utf-8", errors="replace") if trace.is_file() else ""
    if not text.strip():
        return None
    path = reports / f"report-{at:%Y%m%d-%H%M%S}-hard.txt"
    write_atomically(path, "\n".join([*report_head(at, "window"), "", *plain(text.splitlines()), ""]).encode())
    trace.write_bytes(b"")
    return path
