"""The program's own window, started, logged into and left again by itself: ``python -m bench.window OUT DATA_DIR [--tour]``.

Writes to ``OUT`` as JSON: ``moments``, nanoseconds of the system's monotonic clock (``login_painted`` the first window, ``login_ready`` the
people stand in the list and the password can be typed, ``submitted`` Enter was pressed after it was typed key by key, ``entered`` the
password was right and the frame is built, ``home_ready`` the home page is painted with its figures and nothing is being loaded any more);
``cpu``, the process time used by then; ``mib``, its resident memory with the login shown, on the home page, after a tour through all
pages (``--tour``), and the most it ever was.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import ui  # noqa: F401  first, as in the program's own command: Qt's bindings are loaded in its way, not in the probe's
from bench.moment import NEWEST_CODE
from bench.peers.probe import watch
from bench.weight import memory, most_memory

if TYPE_CHECKING:
    from bench.driver import Stop

TOUR: tuple[Stop, ...] = (
    ("intake", {}), ("dossiers", {}), ("dossiers", {"query": "ng"}), ("dossiers", {"query": "nguyen van"}),
    ("dossiers", {"query": "261120-0001"}), ("dossiers", {"query": "09"}), ("dossiers", {"query": "hoa dak mil"}),
    ("dossier", {"code": NEWEST_CODE}), ("certification", {}), ("returning", {}), ("hand_over", {}), ("scanning", {}), ("books", {}),
    ("reports", {}), ("sync", {}), ("catalogue", {}), ("admin", {}), ("home", {}),
)
"""Where a tour goes: page and arguments."""


class Diary:
    """What happened when, and how much memory there was."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._moments: dict[str, int] = {}
        self._cpu: dict[str, int] = {}
        self._mib: dict[str, float] = {}

    def note(self, name: str) -> None:
        """Write down that something happened now; the first time counts."""
        if name not in self._moments:
            self._moments[name] = time.monotonic_ns()
            self._cpu[name] = time.process_time_ns()

    def weigh(self, name: str) -> None:
        """Write down how much memory the process holds."""
        self._mib[name] = memory()

    def close(self) -> None:
        """Write it to the file."""
        self._mib["most"] = most_memory()
        self._out.write_text(json.dumps({"moments": self._moments, "cpu": self._cpu, "mib": self._mib}), encoding="ascii")


def main() -> int:
    """Start the program as its own command does, with a diary at its side."""
    diary, data_dir, tour = Diary(Path(sys.argv[1])), sys.argv[2], TOUR if "--tour" in sys.argv else ()
    watch("PySide6", partial(diary.note, "login_painted"))
    from bench.driver import Driven
    from ui import __main__ as program

    sys.excepthook = _end_with
    setattr(program, "Program", partial(Driven, diary, tour))  # noqa: B010  the name is the program's own import
    return program.main(["--data-dir", data_dir])


def _end_with(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End the program instead of asking somebody who isn't there."""
    traceback.print_exception(kind, error, trace)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
