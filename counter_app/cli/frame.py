"""What every verb of the command line gets and gives back.

A module of verbs exposes ``register(subparsers)``; there it adds its parsers and sets ``run`` on each::

    parser = subparsers.add_parser("fee", help="…")
    parser.set_defaults(run=fee)          # def fee(context: CommandContext, arguments: argparse.Namespace) -> CommandResult
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

from counter_app.domain.errors import broken
from counter_app.domain.moments import write_local
from counter_app.services.json_reader import parse_json
from counter_app.services.ports import JsonValue
from counter_app.services.surroundings import disk_fault
from counter_app.support import messages
from counter_app.support.files import write_atomically

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.domain.people import Actor
    from counter_app.services.people.second_person import Second

DONE, BUG, WORDS_OFF, RULE_BROKEN, SURROUNDINGS, NEEDS_PERSON = range(6)
"""The exit codes."""
_OBEYED = re.compile("[\x7f-\x9f]")
"""What JSON itself leaves as it is."""
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Controls, marks that turn the direction of writing, ends of lines; not the space that holds words together."""
Subparsers = Any
"""What ``ArgumentParser.add_subparsers`` returns; argparse has no public name for it."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a verb found: ``value`` is printed as JSON with ``--json``, otherwise ``lines`` for people."""

    value: JsonValue
    lines: tuple[str, ...] = ()
    exit_code: int = DONE


class CommandContext:
    """The surroundings of one call. The desk is opened when a verb first asks for it, and closed at the end of the block."""

    def __init__(self, data_dir: Path, *, lang: str = "vi", as_json: bool = False, user: str = "", password: str = "",
                 second_password: str = "") -> None:
        self.data_dir = data_dir
        self.lang = lang
        self.json = as_json
        self.user = user
        self.password = password
        self._second_password = second_password
        self._counter: Counter | None = None
        self._actor: Actor | None = None

    def __enter__(self) -> CommandContext:
        return self

    def __exit__(self, *_: object) -> None:
        if self._counter is not None:
            self._counter.close()

    @property
    def counter(self) -> Counter:
        """The open desk. Raises what :func:`counter_app.bootstrap.open_counter` raises."""
        if self._counter is None:
            from counter_app.bootstrap import open_counter  # noqa: PLC0415  verbs without a desk start faster

            self._counter = open_counter(self.data_dir)
        return self._counter

    @property
    def actor(self) -> Actor:
        """The person who acts.

        With ``--user`` or ``COUNTER_PASSWORD`` it is logged in; with neither, only a desk that was set up in one line and has one account
        knows who it must be.

        Raises:
            RuleBrokenError: LOGIN_NEEDED, and what :meth:`counter_app.services.people.login.LoginService.login` raises.
        """
        if self._actor is None:
            self._actor = self.counter.login.acting(self.user, self.password)
        return self._actor

    def second(self, login: str) -> Second | None:
        """Return the second person whom ``--second`` names, with the password of ``COUNTER_SECOND_PASSWORD``; None for an empty name."""
        from counter_app.services.people.second_person import Second  # noqa: PLC0415  few verbs need one

        return Second(login, self._second_password) if login else None

    def note(self, text: str) -> None:
        """Say something to a person in a line: progress, a warning. It never mixes with the result."""
        print(visible(text), file=sys.stderr, flush=True)

    def say(self, key: str, /, **params: str | int) -> str:
        """Return the sentence of ``key`` in the language of the call."""
        return messages.text(key, self.lang, **params)

    def output(self, path: Path) -> Path:
        """Return the path of a file to write.

        Raises:
            RuleBrokenError: OUT_IS_DESK at ``out``, it is one of the files that make the desk; OUT_IS_DEVICE, a device or a pipe, whose
                place a file would take.
            OSError: nothing can have this path.
        """
        from counter_app.bootstrap import folder  # noqa: PLC0415  verbs without a desk start faster

        if folder.is_part_of_desk(self.data_dir, path):
            raise broken("OUT_IS_DESK", "out", path=str(path))
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise broken("OUT_IS_DEVICE", "out", path=str(path))
        return path

    def read_sheet(self) -> str:
        """Return what is typed from the recovery sheet, on standard input; a person is asked for it, and ends it with an empty line."""
        if not sys.stdin.isatty():
            return sys.stdin.read()
        self.note(self.say("SHEET_ASKED"))
        return "\n".join(iter(lambda: sys.stdin.readline().strip(), ""))

    def read_json(self, source: str) -> JsonValue:
        """Read one JSON value from a file, or from standard input for ``-``.

        Raises:
            RuleBrokenError: JSON_DAMAGED, it is no JSON in UTF-8.
            SurroundingsError: the file can not be read.
        """
        try:
            data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        except OSError as error:
            raise disk_fault(error, source) from error
        return parse_json(data)


def add_second(parser: argparse.ArgumentParser) -> None:
    """Let a verb name the second person (:meth:`CommandContext.second`)."""
    parser.add_argument("--second", default="", metavar="NAME", help="who agrees to many dossiers; password in COUNTER_SECOND_PASSWORD")


def write_document(path: Path, content: bytes) -> None:
    """Write a document whole or not at all. Raises SurroundingsError DISK_FULL and the like."""
    try:
        write_atomically(path, content)
    except OSError as error:
        raise disk_fault(error, path) from error


def dump_json(value: object) -> str:
    """Return ``value`` as JSON text; dataclasses become objects, moments local times, days ISO days, paths texts.

    Signs that a terminal would obey are written as escapes, which changes no value.
    """
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def visible(line: str) -> str:
    """Return a line for people with every sign written out that a terminal would obey and not show: names of files come from anywhere."""
    if line.isprintable():
        return line
    return "".join(sign.encode("unicode_escape").decode("ascii") if category(sign) in _UNSEEN else sign for sign in line)


def text_table(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return rows as lines with aligned columns, the last one ragged."""
    if not rows:
        return ()
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return tuple("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip() for row in rows)


Run = Callable[[CommandContext, argparse.Namespace], CommandResult]
"""The shape of a verb."""


def _plain(value: object) -> JsonValue:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return write_local(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
