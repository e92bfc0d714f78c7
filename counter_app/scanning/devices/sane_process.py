"""A run of ``scanimage`` that is listened to while it goes on: a driver that dies or hangs takes only its own process along."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Protocol

_PROGRESS = re.compile(r"^Progress: (\d+)(?:\.\d+)?%")
_PAGE = re.compile(rb"scan-\d+\.\w+")
"""The name of a page; some drivers print other things between them."""
_LAST_WORD = "Batch terminated"
_KEPT_LINES = 50
_LOOKED_EVERY_S = 0.1
_GRACE_S = 5.0


class BrokenOffError(Exception):
    """The call gave no answer in time."""


class Broken(Enum):
    """Why a run was ended from here."""

    CANCELLED = 1
    SILENT = 2
    LINGERED = 3
    """It had said its last word and did not end: some drivers hang when they stop the motor."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a run may say nothing: until its last word (a cold lamp takes its time), and after it."""

    silence_s: float
    linger_s: float


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: the exit code, negative for a signal; what it said, newest last; why it was ended from here, if it was."""

    code: int
    said: tuple[str, ...]
    broken: Broken | None


class Listener(Protocol):
    """Who hears of pages and progress while a run goes on; what it raises ends the run."""

    def wanted(self) -> bool:
        """Tell whether to go on."""

    def progressed(self, percent: int) -> None:
        """So much of a page is there."""

    def take(self, path: Path) -> None:
        """A page is whole."""


def english() -> dict[str, str]:
    """Return the environment in which drivers speak English, whatever the desk speaks."""
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}


def ask(command: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a call that only answers.

    Raises:
        FileNotFoundError: the program is not installed.
        BrokenOffError: no answer in time; the call was ended.
    """
    try:
        return subprocess.run(  # noqa: S603  no shell, and every word is ours or a device's name
            command, env=english(), stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=seconds,
            check=False)
    except subprocess.TimeoutExpired:
        raise BrokenOffError from None


def run(command: Sequence[str], listener: Listener, folder: Path, patience: Patience) -> Ran:
    """Run ``scanimage --batch=scan-%d.… --batch-print --progress`` in a folder, where it writes its pages.

    The run is ended when the listener wants no more, when it raises, or when the patience is over.

    Raises:
        FileNotFoundError: the program is not installed.
    """
    process = subprocess.Popen(  # noqa: S603  as above
        command, cwd=folder, env=english(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        try:
            return _Hearing(process, listener, folder).until_the_end(patience)
        finally:
            _end(process)


class _Hearing:
    """Both streams of a run, cut into what they say."""

    def __init__(self, process: subprocess.Popen[bytes], listener: Listener, folder: Path) -> None:
        self._process, self._listener, self._folder = process, listener, folder
        self._rest = {"page": b"", "word": b""}
        self._said: list[str] = []
        self._ended = False

    def until_the_end(self, patience: Patience) -> Ran:
        """Listen until both streams are closed or the run is to be ended."""
        heard_at = time.monotonic()
        with selectors.DefaultSelector() as streams:
            for stream, kind in ((self._process.stdout, "page"), (self._process.stderr, "word")):
                streams.register(_open(stream), selectors.EVENT_READ, kind)
            while streams.get_map():
                if not self._listener.wanted():
                    return self._broken(Broken.CANCELLED)
                for key, _ in streams.select(_LOOKED_EVERY_S):
                    if not self._hear(key.fd, str(key.data)):
                        streams.unregister(key.fileobj)
                    heard_at = time.monotonic()  # what taking a page lasts is no silence of the driver
                if time.monotonic() - heard_at > (patience.linger_s if self._ended else patience.silence_s):
                    return self._broken(self._silence)
        try:
            return Ran(self._process.wait(_GRACE_S), tuple(self._said), None)
        except subprocess.TimeoutExpired:  # it hung up, and hangs all the same
            return self._broken(self._silence)

    def _hear(self, descriptor: int, kind: str) -> bool:
        """Read what is there; False at the end of the stream."""
        data = os.read(descriptor, 65536)
        *lines, self._rest[kind] = re.split(rb"[\r\n]+", self._rest[kind] + data)
        for line in lines:
            if kind == "page":
                if _PAGE.fullmatch(line):
                    self._listener.take(self._folder / os.fsdecode(line))
            elif line:
                self._word(line.decode(errors="replace").strip())
        return bool(data)

    def _word(self, line: str) -> None:
        if found := _PROGRESS.match(line):
            self._listener.progressed(int(found[1]))
        else:
            self._said = [*self._said[-_KEPT_LINES:], line]
            self._ended = self._ended or line.startswith(_LAST_WORD)

    @property
    def _silence(self) -> Broken:
        """What it means that nothing more comes."""
        return Broken.LINGERED if self._ended else Broken.SILENT

    def _broken(self, why: Broken) -> Ran:
        _end(self._process)
        return Ran(self._process.returncode, tuple(self._said), why)


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the run to end, which stops the motor, and end it where it doesn't listen."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_S)
            return
        process.kill()
        process.wait()
