"""Files from outside are opened in a process of their own: one that crashes, hangs or swallows memory costs that file and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from counter_app.domain.errors import broken, failed
from counter_app.scanning.asked_process import AskedProcess
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits

COMMAND = (sys.executable, "-m", "counter_app.scanning.foreign_child")
LONGEST_S = 60
"""Seconds that a page may take; a slow PC draws the largest page in ten."""


class ForeignProcess:
    """A :class:`~counter_app.services.scanning.paper.ForeignReader` for one import, to be used in a ``with``.

    The process begins with the first file, serves all of them, and is replaced after a file that killed it. One thread at a time.
    """

    def __init__(self, command: Sequence[str] = COMMAND, longest_s: float = LONGEST_S) -> None:
        self._command = command
        self._longest_s = longest_s
        self._process: AskedProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def pages_of(self, path: Path, limits: ForeignLimits, out_dir: Path, first: int = 1) -> Iterator[ScannedPage]:
        """Yield the pages of a file one by one; whoever stops in between begins the next file as well.

        Raises:
            RuleBrokenError: as :func:`counter_app.scanning.foreign.pages_of`; FOREIGN_READER_DIED, the file makes its reader crash or hang.
            SurroundingsError: as there; FOREIGN_READER_DOWN, this PC can't start the reader.
        """
        asked: dict[str, Any] = {
            "path": str(path.absolute()), "limits": asdict(limits), "out_dir": str(out_dir.absolute()), "first": first}
        process = self._running()
        while page := self._next(process, asked, path, out_dir):
            yield page
            asked = {}

    def _running(self) -> AskedProcess:
        if self._process is None:
            try:
                self._process = AskedProcess(self._command)
                ready = self._process.heard(self._longest_s)
            except OSError as error:
                self._end()
                raise failed("FOREIGN_READER_DOWN") from error
            if not ready:
                self._end()
                raise failed("FOREIGN_READER_DOWN")
        return self._process

    def _next(self, process: AskedProcess, asked: dict[str, Any], path: Path, out_dir: Path) -> ScannedPage | None:
        try:
            return _read(process.ask(json.dumps(asked).encode() + b"\n", self._longest_s), out_dir)
        except (AttributeError, LookupError, TimeoutError, TypeError, ValueError) as error:  # silence is no JSON either
            self._end()
            raise broken("FOREIGN_READER_DIED", name=path.name) from error

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


def _read(line: bytes, out_dir: Path) -> ScannedPage | None:
    """Return the page that an answer tells of; what the process says is believed as little as the file.

    Raises:
        DeskError: the file was refused.
        AttributeError, LookupError, TypeError, ValueError: it is no answer.
    """
    answer = json.loads(line)
    if answer.get("code", "").startswith("FOREIGN_"):
        raise (failed if answer["surroundings"] else broken)(answer["code"], **answer["params"])
    if not answer:
        return None
    width, height = map(int, answer["size_px"])
    return ScannedPage(out_dir / Path(answer["name"]).name, int(answer["dpi"]), "front", int(answer["ordinal"]), (width, height))
