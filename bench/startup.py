"""From the start of the program to a window that can be used, beside a bare window and two programs of the same kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.desk import KeptDesk, child_environment
from bench.measure import in_turn, milliseconds, spread
from bench.moment import KEY_MS, PASSWORD
from bench.peer_tools import peer_python
from bench.report import Line, Table
from bench.work import Work
from counter_app.security.passwords import Argon2Passwords

LONGEST = 60.0
"""Seconds after which a program that shows nothing is given up."""
SCREEN = "1400x900x24"


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ran to its end: when it was started (ns, monotonic clock) and its CPU seconds."""

    started: int
    cpu_seconds: float


def quiet_place(place: Path, screen: str) -> dict[str, str]:
    """Return an environment in which a program finds a screen, and nobody's settings."""
    folders = {f"XDG_{kind}_HOME": str(place / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    return folders | {
        "HOME": str(place), "XDG_RUNTIME_DIR": str(place), "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8",
    }


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Give a screen that nobody sees, as a value for ``DISPLAY``."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def run_to_end(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Ended:
    """Run a process and return what it used; its words go to ``log``.

    Raises:
        RuntimeError: it failed, or did not end in time.
    """
    with log.open("ab") as words:
        started = time.monotonic_ns()
        child = subprocess.Popen(command, env=dict(environment), stdout=words, stderr=words, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + LONGEST
        while True:
            found, status, usage = os.wait4(child.pid, os.WNOHANG)
            if found:
                break
            if time.monotonic() > deadline:
                child.kill()
                os.wait4(child.pid, 0)
                raise RuntimeError(f"{command[0]} showed no window in {LONGEST:.0f} seconds; see {log.name}")
            time.sleep(0.005)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"a measured program ended with {child.returncode}; see {log.name}")
    return Ended(started, usage.ru_utime + usage.ru_stime)


OURS, BARE = "ours", "bare PySide6 window, 30 × 8 table and tool bar"
TO_LOGIN, TO_READY, TO_HOME, WHOLE = "login painted", "login ready", "home ready", "start to home"
ROUNDS = 10
TARGETS = {"novelWriter": "novelwriter:main", "Picard": "picard.tagger:main"}
"""Programs of the same kind, by the function that starts them; both are on PyPI."""
METHOD = (
    f"A desk with {{count:,}} dossiers, encrypted; Xvfb {SCREEN}, no window manager, files in the page cache. Every program is started in "
    "turn; one round is not counted. A start ends when the first window of at least 500 × 300 is painted (QApplication is patched to "
    "see the event); the clock is the system's monotonic one, from the parent's fork. Ours goes on: as soon as the login takes it, the "
    f"password is typed, a key every {KEY_MS} ms; after Enter Argon2id checks it, the home page loads its figures and is painted."
)
NOTES = (
    "The limit of twice a bare window holds for each of the two waits a clerk has: until the login stands, and from Enter until the home "
    "page stands with its figures. The desk is opened behind the painted login. The pages are loaded while the password is typed, when "
    f"nobody waits; that second, {len(PASSWORD)} keys of {KEY_MS} ms, is in none of the lines.",
    "novelWriter shows a splash and Picard waits for its single-instance check, each for more than a second: that is how they start.",
)
WHY = (
    "Until the login stands, Qt and the window's own modules are loaded and the first screen is laid out; after Enter the time beyond "
    "Argon2id's goes into making the frame and the home page."
)
PROBE = Path(__file__).resolve().parent / "peers" / "probe.py"


def run(work: Work) -> Table:
    """Measure starts, one program after the other in turn."""
    desk, notes = work.desk(), []
    python = peer_python()
    if python.path is None:
        notes.append(f"novelWriter and Picard: not measured, {python.missing}.")
    with virtual_screen() as screen, work.folder("startup") as place:
        starts = _Starts(desk, place, screen)
        acts = {OURS: starts.ours, BARE: starts.bare}
        if python.path is not None:
            acts |= {name: _Peer(starts, python.path, target) for name, target in TARGETS.items()}
        figures = in_turn(acts, work.times(ROUNDS))
    starts.drop_uncounted()
    return _table(desk, figures, starts, notes)


class _Peer:
    """A peer from PyPI."""

    def __init__(self, starts: _Starts, python: Path, target: str) -> None:
        self._starts, self._python, self._target = starts, python, target

    def __call__(self, _: int) -> float:
        return self._starts.probed(self._python, "PyQt6", self._target)


class _Starts:
    """Starts programs and keeps what is known of each start of ours."""

    def __init__(self, desk: KeptDesk, place: Path, screen: str) -> None:
        self._desk, self._place = desk, place
        self._environment = child_environment(quiet_place(place, screen), desk.environment)
        self.moments: dict[str, list[float]] = {name: [] for name in (TO_LOGIN, TO_READY, TO_HOME, WHOLE)}
        self.cpu: dict[str, list[float]] = {}

    def ours(self, _: int) -> float:
        """Start the program, log in, wait for the home page; return the milliseconds to the login's paint."""
        out = self._place / "ours.json"
        command = [sys.executable, "-m", "bench.window", str(out), str(self._desk.data_dir)]
        ended = run_to_end(command, self._environment, self._place / "ours.log")
        noted = json.loads(out.read_bytes())
        after = {name: (moment - ended.started) / 1e6 for name, moment in noted["moments"].items()}
        to_home = after["home_ready"] - after["submitted"]
        for name, figure in ((TO_LOGIN, after["login_painted"]), (TO_READY, after["login_ready"]), (TO_HOME, to_home),
                             (WHOLE, after["login_ready"] + to_home)):
            self.moments[name].append(figure)
        return float(after["login_painted"])

    def bare(self, _: int) -> float:
        """Start the bare window with our own Python and Qt."""
        return self.probed(Path(sys.executable), "PySide6", str(PROBE.with_name("bare_window.py")))

    def probed(self, python: Path, binding: str, target: str) -> float:
        """Start a program under the probe and return the milliseconds to its first paint."""
        out = self._place / "probe"
        out.unlink(missing_ok=True)
        log = self._place / "peers.log"
        ended = run_to_end([str(python), str(PROBE), str(out), binding, target], self._environment, log)
        self.cpu.setdefault(target, []).append(ended.cpu_seconds)
        return (int(out.read_text()) - ended.started) / 1e6

    def drop_uncounted(self) -> None:
        """Forget the first round, which warmed up."""
        for figures in (*self.moments.values(), *self.cpu.values()):
            del figures[:1]


def _password_checks() -> list[float]:
    """Return the milliseconds that checking the password takes, nothing else going on."""
    hasher = Argon2Passwords()
    kept = hasher.hash(PASSWORD)
    return [milliseconds(partial(hasher.verify, kept, PASSWORD)) for _ in range(5)]


def _table(desk: KeptDesk, figures: Mapping[str, Sequence[float]], starts: _Starts, notes: list[str]) -> Table:
    bare = spread(figures[BARE])
    told = {
        TO_LOGIN: ("process start to the login painted", 2.0),
        TO_READY: ("process start to a login that takes the password", None),
        TO_HOME: ("Enter after the password to the home page with its figures", 2.0),
        WHOLE: ("both together: machine time from process start to the home page", None),
    }
    lines = [
        Line(words, spread(starts.moments[name]), peer=BARE, beside=bare, ratio_at_most=most, why=WHY)
        for name, (words, most) in told.items()
    ]
    lines.insert(3, Line("of that, Argon2id checking the password", spread(_password_checks())))
    lines += [
        Line("process start to the login painted", spread(figures[OURS]), peer=f"{name}, first paint", beside=spread(figures[name]))
        for name in TARGETS if name in figures
    ]
    raw = {"milliseconds": dict(figures), "ours": starts.moments, "cpu_seconds": starts.cpu}
    title = "Start: from the command to a window that can be used"
    return Table("start", title, METHOD.format(count=desk.count), tuple(lines), (*NOTES, *notes), raw)
