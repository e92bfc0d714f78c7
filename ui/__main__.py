"""Open the window: ``counter-app [--data-dir DIR]`` or ``python -m ui``."""

from __future__ import annotations

import argparse
import faulthandler
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QApplication

from counter_app.domain.moments import VIETNAM
from counter_app.support import logs
from counter_app.support.clock import SystemClock
from counter_app.support.last_run import LastRun, keep_hard_crash
from counter_app.support.memory import leave_no_core
from counter_app.support.paths import default_data_dir, state_dir, window_starter
from ui.app import Program
from ui.heap import share_heap
from ui.keeping_runner import begin_backup
from ui.single_instance import SingleInstance


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the call's words; Qt's own (``-platform``) are left to Qt."""
    reader = argparse.ArgumentParser(prog="counter-app", description="Quầy Một Cửa", allow_abbrev=False)
    reader.add_argument("--data-dir", type=Path, default=None, metavar="DIR", help="the folder of the desk")
    found, _ = reader.parse_known_args(arguments)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; 0, also where another window of this desk came to the front instead."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    data_dir: Path = read_arguments(words).data_dir or default_data_dir()
    share_heap()
    leave_no_core()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends the window: what was written is durable already
    application = QApplication([sys.argv[0], *words])
    application.setApplicationName("Quầy Một Cửa")
    application.setDesktopFileName("quay-mot-cua")
    instance = SingleInstance(data_dir, application)
    if not instance.is_first():
        return 0
    _keep_logs()
    last = LastRun(state_dir(), data_dir)
    program = Program(application, data_dir, begin_backup=begin_backup, fell=_begin(last))
    program.crash_guard.watch()
    instance.called.connect(program.come_forward)
    program.window.painted.connect(instance.listen)
    program.start()
    code = application.exec()
    _end(last)
    instance.release()
    if program.starts_again:
        _start_again(words)
    return code


def _start_again(words: Sequence[str]) -> None:
    """Make the call that started this window: of the version that was prepared meanwhile, where one was."""
    import subprocess  # noqa: PLC0415  not before the first picture

    starter = window_starter()
    subprocess.Popen([sys.executable, *sys.orig_argv[1:]] if starter is None else [str(starter), *words])  # noqa: S603


def _begin(last: LastRun) -> bool:
    """Mark that a window is open; True where the one before did not end as it should."""
    try:
        return last.begin()
    except OSError:
        return False


def _end(last: LastRun) -> None:
    with suppress(OSError):
        last.end()


def _keep_logs() -> None:
    """Write the log, and the places of a hard crash; without a folder to write to the desk works all the same."""
    folder = state_dir() / "logs"
    try:
        logs.start(folder)
        keep_hard_crash(folder / "hard-crash.txt", state_dir() / "reports", SystemClock(VIETNAM).now())
        faulthandler.enable((folder / "hard-crash.txt").open("a", encoding="utf-8"))
    except OSError:
        return


if __name__ == "__main__":
    sys.exit(main())
