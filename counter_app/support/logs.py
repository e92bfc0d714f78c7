"""The log: what the program did, in ids and codes, never a name, a phone or an identity number (domain guide 16).

Two walls keep people out of it. Every value given to a log call must look like an id, a code or a small number, or it is blotted out;
and of the finished line, long digit runs and letters beyond ASCII are blotted out again. Exceptions are logged by type and place,
because their messages may quote what somebody typed.
"""

from __future__ import annotations

import logging
import os
import re
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import cast

from counter_app.support.files import private_folder

FILE_NAME = "counter.log"
BYTES, KEPT = 1_000_000, 5
BLOT = "[..]"
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CODE = r"\b[A-Z][A-Z0-9.]+(?:-[A-Z0-9.]+)?-\d{6}-\d{3,4}\b"
_KEPT = rf"{_ID}|\b[0-9a-f]{{64}}\b|{_CODE}"
_LOOKS_LIKE_ID = re.compile(rf"{_KEPT}|(?=.{{1,80}}$)(?!.*\d{{9}})[A-Za-z0-9_.:/+*=-]+")
_BLOTTED = re.compile(rf"({_KEPT})|\d(?:[ .-]?\d){{8,}}|[^\x00-\x7f]+")


def harmless(value: object) -> object:
    """Return a log value as it may be written: numbers up to eight digits and texts shaped like ids or codes pass."""
    if value is None or isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**8):
        return value
    return value if isinstance(value, str) and _LOOKS_LIKE_ID.fullmatch(value) else BLOT


class Reticence(logging.Filter):
    """Takes people out of a record before any handler formats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Blot out what may be personal; no record is dropped."""
        if isinstance(record.args, dict):
            record.args = {name: harmless(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(harmless(value) for value in record.args)
        return True


class DeskFormatter(logging.Formatter):
    """One line a record: time, level, logger, words; below it the places of an exception without its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """Return the line with long numbers and letters beyond ASCII blotted out; the time in front stays."""
        record.message = _BLOTTED.sub(_keep_ids, record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802  logging's name
        """Return type and places of an exception."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(places(error)) if isinstance(error, BaseException) else ""


class PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read, whatever the umask: it tells who did what and when."""

    def _open(self) -> TextIOWrapper:
        return cast("TextIOWrapper", open(self.baseFilename, self.mode, encoding=self.encoding, opener=_open_private))


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def places(error: BaseException) -> list[str]:
    """Return an exception as lines without its message: its type, then the places it passed, innermost last, then its cause."""
    lines = [type(error).__name__]
    lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines if cause is None else [*lines, "because of", *places(cause)]


def start(folder: Path, level: int = logging.INFO) -> Path:
    """Write the log of this process to a rotating file in ``folder`` and return its path. Other libraries speak from WARNING on.

    Raises:
        OSError: the folder can not be written; the caller goes on without a log.
    """
    private_folder(folder)
    path = folder / FILE_NAME
    handler = PrivateFile(path, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.addFilter(Reticence())
    handler.setFormatter(DeskFormatter())
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.addHandler(handler)
    for room in ("counter_app", "ui"):
        logging.getLogger(room).setLevel(level)
    return path


def _short(filename: str) -> str:
    """Leave out the folders of this computer, which may carry its owner's name."""
    return "/".join(Path(filename).parts[-2:])


def _keep_ids(match: re.Match[str]) -> str:
    return match.group(1) or BLOT
