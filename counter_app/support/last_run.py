"""Whether the window ended as it should the last time: a small file stands while it is open, and is gone when it was closed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zlib import crc32

from counter_app.support.crash import report_head
from counter_app.support.files import private_folder, write_atomically
from counter_app.support.plain_log import plain


class LastRun:
    """The mark of one desk's window in the folder that stays with the computer; it names no person and no folder."""

    def __init__(self, state: Path, data_dir: Path) -> None:
        self._mark = state / f"window-open-{crc32(str(data_dir.absolute()).encode()):08x}"

    def begin(self) -> bool:
        """Put the mark and tell whether the run before left its own: it was killed, it crashed, or the power went. Raises OSError.

        The window waits for this, so that nothing is synced: a power cut in its first seconds needs no telling.
        """
        fell = self._mark.exists()
        private_folder(self._mark.parent)
        self._mark.touch(mode=0o600)
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
