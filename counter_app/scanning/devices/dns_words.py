"""The few DNS messages that finding a scanner takes (RFC 1035, 6762, 6763): one kind of question, four kinds of answers.

Messages come from anybody on the network: whatever is odd makes the whole message damaged, and nothing is followed twice.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

A, PTR, TXT, SRV = 1, 12, 16, 33
_CLASS_IN, _UNICAST = 1, 0x8000
_ANSWER = 0x8000
_MOST_RECORDS, _MOST_LABELS = 200, 128
_POINTER = 0xC0


class DamagedMessageError(Exception):
    """It is no DNS answer."""


@dataclass(frozen=True, slots=True)
class Record:
    """One answer about ``name`` (lower case): a name for PTR, host and port for SRV, an address for A, members for TXT."""

    name: str
    kind: int
    target: str = ""
    port: int = 0
    members: Mapping[str, str] | None = None


def write_question(questions: Sequence[tuple[str, int]]) -> bytes:
    """Return a message that asks for names and kinds, to be answered to the sender alone."""
    asked = b"".join(_written(name) + struct.pack("!HH", kind, _CLASS_IN | _UNICAST) for name, kind in questions)
    return struct.pack("!6H", 0, 0, len(questions), 0, 0, 0) + asked


def read_answers(message: bytes) -> tuple[Record, ...]:
    """Return the answers in a message, those of other kinds left out.

    Raises:
        DamagedMessageError: it is a question, or damaged.
    """
    try:
        return tuple(_Reader(message).answers())
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise DamagedMessageError from error


def _written(name: str) -> bytes:
    labels = [label.encode() for label in _split(name)]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def _split(name: str) -> list[str]:
    """Return the labels of a name; a dot within one has a backslash before it."""
    return [label.replace("\0", ".") for label in name.replace("\\.", "\0").split(".")]


class _Reader:
    """A message and a place in it."""

    def __init__(self, message: bytes) -> None:
        self._message, self._at = message, 0

    def answers(self) -> list[Record]:
        """Return the known ones of all three sections."""
        _, flags, questions, *counts = self._numbers("!6H")
        if not flags & _ANSWER or questions + sum(counts) > _MOST_RECORDS:
            raise DamagedMessageError
        for _ in range(questions):
            self._name()
            self._numbers("!HH")
        found = (self._record() for _ in range(sum(counts)))
        return [record for record in found if record is not None]

    def _record(self) -> Record | None:
        name = self._name().lower()
        kind, _, _, length = self._numbers("!HHIH")
        end = self._at + length
        if end > len(self._message):
            raise DamagedMessageError
        record = None
        if kind == PTR:
            record = Record(name, kind, self._name())
        elif kind == SRV:
            _, _, port = self._numbers("!HHH")
            record = Record(name, kind, self._name().lower(), port)
        elif kind == A and length == 4:
            record = Record(name, kind, ".".join(map(str, self._message[self._at:end])))
        elif kind == TXT:
            record = Record(name, kind, members=self._members(end))
        self._at = end
        return record

    def _members(self, end: int) -> dict[str, str]:
        members: dict[str, str] = {}
        while self._at < end:
            length = self._message[self._at]
            piece = self._message[self._at + 1:min(self._at + 1 + length, end)].decode(errors="replace")
            self._at += 1 + length
            key, _, value = piece.partition("=")
            members.setdefault(key.lower(), value)
        return members

    def _numbers(self, form: str) -> tuple[int, ...]:
        numbers = struct.unpack_from(form, self._message, self._at)
        self._at += struct.calcsize(form)
        return numbers

    def _name(self) -> str:
        """Read a name here; a pointer may only lead back, so that it never leads round."""
        labels: list[str] = []
        at, after, bound = self._at, -1, self._at
        while length := self._message[at]:
            if length & _POINTER == _POINTER:
                after = at + 2 if after < 0 else after
                at = (length & ~_POINTER) << 8 | self._message[at + 1]
                if at >= bound:
                    raise DamagedMessageError
                bound = at
                continue
            if length & _POINTER or len(labels) == _MOST_LABELS or at + 1 + length > len(self._message):
                raise DamagedMessageError
            labels.append(self._message[at + 1:at + 1 + length].decode().replace(".", "\\."))
            at += 1 + length
        self._at = at + 1 if after < 0 else after
        return ".".join(labels)
