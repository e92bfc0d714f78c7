"""Reads untrusted JSON values into typed ones; everything that is off becomes a problem at its dotted path, all of it at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.moments import read_local
from counter_app.domain.text import read_day, tidy
from counter_app.services.ports import JsonValue

Choice = TypeVar("Choice", bound=StrEnum)
JsonObject = Mapping[str, Any]
LONGEST_NAME = 60
"""A member's name is shown in a path up to this many characters."""


def single_members(pairs: Sequence[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Return a JSON object, for ``json.loads(…, object_pairs_hook=…)``.

    A name that stands twice has two values, and nobody can tell which one holds.

    Raises:
        RuleBrokenError: JSON_DUPLICATE_MEMBER.
    """
    found: dict[str, JsonValue] = {}
    for name, value in pairs:
        if name in found:
            raise broken("JSON_DUPLICATE_MEMBER", None, member=tidy(name)[:LONGEST_NAME])
        found[name] = value
    return found


def parse_json(data: bytes) -> JsonValue:
    """Return the JSON value in ``data``; a byte-order mark is passed over.

    Raises:
        RuleBrokenError: JSON_DAMAGED with line and column; also for halves of surrogate pairs, NaN and nesting without end.
            JSON_DUPLICATE_MEMBER.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=single_members)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise broken("JSON_DAMAGED", None, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        raise broken("JSON_DAMAGED", None, line=1, column=1) from None
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


class JsonReader:
    """Collects the problems of one value. A member that is off reads as its default, so that reading goes on to the next one."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def flaw(self, code: str, path: str | None, **params: str | int) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(code, path, params))

    def object(self, value: JsonValue, path: str | None, known: Set[str]) -> JsonObject:
        """Return an object; members outside ``known`` are problems, so that a misspelt one is not passed over in silence."""
        if not isinstance(value, Mapping):
            self.flaw("JSON_NOT_OBJECT", path)
            return {}
        for name in value:
            if name not in known:
                self.flaw("JSON_UNKNOWN_MEMBER", _join(path, tidy(str(name))[:LONGEST_NAME]))
        return value

    def optional(self, source: JsonObject, name: str, path: str | None, known: Set[str]) -> JsonObject | None:
        """Return a member that is an object, None where it is null or missing."""
        return None if source.get(name) is None else self.object(source[name], _join(path, name), known)

    def items(self, source: JsonObject, name: str, path: str | None = None) -> list[Any] | None:
        """Return a member that is a list, None where it is null or missing."""
        value = source.get(name)
        if value is None or isinstance(value, list):
            return value
        self.flaw("JSON_NOT_LIST", _join(path, name))
        return None

    def text(self, source: JsonObject, name: str, path: str | None = None, *, required: bool = False) -> str:
        """Return a text member, as it stands; empty where it is null or missing."""
        value = source.get(name)
        if value is None:
            if required:
                self.flaw("JSON_MISSING", _join(path, name))
            return ""
        if isinstance(value, str):
            return value
        self.flaw("JSON_NOT_TEXT", _join(path, name))
        return ""

    def integer(self, source: JsonObject, name: str, path: str | None = None, default: int | None = 0) -> int:
        """Return a whole number; ``default`` None means that it must be there."""
        value = source.get(name, default)
        value = default if value is None else value
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.flaw("JSON_MISSING" if value is None else "JSON_NOT_INTEGER", _join(path, name))
        return default or 0

    def flag(self, source: JsonObject, name: str, path: str | None = None) -> bool:
        """Return true or false; false where it is null or missing."""
        value = source.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.flaw("JSON_NOT_BOOLEAN", _join(path, name))
        return False

    def choice(self, source: JsonObject, name: str, path: str | None, default: Choice) -> Choice:
        """Return one of the words of an enumeration."""
        value = source.get(name)
        if value is None:
            return default
        kind = type(default)
        if isinstance(value, str) and value in {member.value for member in kind}:
            return kind(value)
        self.flaw("JSON_CHOICE", _join(path, name), allowed=", ".join(member.value for member in kind if member.value))
        return default

    def moment(self, source: JsonObject, name: str, path: str | None = None) -> datetime | None:
        """Return a time in Vietnam's clock, None where it is null, empty or missing."""
        value = self.text(source, name, path).strip()
        if not value:
            return None
        try:
            return read_local(value)
        except (ValueError, OverflowError):
            self.flaw("TIME_UNREADABLE", _join(path, name))
            return None

    def day(self, source: JsonObject, name: str, path: str | None = None) -> date | None:
        """Return a day, None where it is null, empty or missing."""
        value = self.text(source, name, path).strip()
        if not value:
            return None
        try:
            return read_day(value)
        except RuleBrokenError as error:
            self.flaw(error.code, _join(path, name))
            return None

    def close(self) -> None:
        """Raise what was found.

        Raises:
            RuleBrokenError: every problem.
        """
        if self.problems:
            raise RuleBrokenError(*self.problems)


def _join(path: str | None, name: str) -> str:
    return f"{path}.{name}" if path else name
