"""Values as JSON: frozen dataclasses to plain data and back, driven by their type hints.

Dates become ISO text, times the local wall clock (``YYYY-MM-DDTHH:MM:SS``; Vietnam has one offset and no summer time), so that the same
text sorts by time in SQLite, in PostgreSQL and in an export. Members equal to their default are left out; members that a newer program
wrote are passed over when read.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from counter_app.domain import moments

T = TypeVar("T")
P = ParamSpec("P")
Plain = Any
"""JSON data."""
Reader = Callable[[Plain], Any]


class UnreadableError(Exception):
    """Something stored is not what was written; the unit of work makes DATABASE_CORRUPT of it."""


def stored(read: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function that makes values of what is stored; where they can't be made it raises UnreadableError."""
    @wraps(read)
    def _guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise UnreadableError from error

    return _guarded


def to_plain(value: object) -> Plain:
    """Return a value as JSON data: texts, numbers, lists and objects.

    Raises:
        TypeError: the value has a type that is never stored.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if is_dataclass(kind):
        return members(value)
    write = next((write for known, write in _WRITERS if isinstance(value, known)), None)
    if write is None:
        raise TypeError(f"{kind.__name__} is never stored")
    return write(value)


def members(value: object) -> dict[str, Any]:
    """Return the members of a dataclass that differ from their defaults, as JSON data."""
    found = {}
    for name, default in _defaults(cast("Hashable", type(value))):
        member = getattr(value, name)
        if member != default or type(member) is not type(default):
            found[name] = to_plain(member)
    return found


@stored
def from_plain(kind: type[T], data: Plain) -> T:
    """Rebuild a value of ``kind`` from :func:`to_plain`'s data.

    Raises:
        UnreadableError: the data is no such value.
    """
    rebuilt: T = _reader(cast("Hashable", kind))(data)
    return rebuilt


def write_json(value: object) -> str:
    """Return compact JSON text of plain data; the order of members is kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@stored
def read_json(text: str) -> Plain:
    """Return the plain data of JSON text.

    Raises:
        UnreadableError: it is no JSON.
    """
    return json.loads(text)


@stored
def read_moment(text: str) -> datetime:
    """Return a stored time. Raises UnreadableError."""
    return moments.read_local(text)


@stored
def read_day(text: str) -> date:
    """Return a stored day. Raises UnreadableError."""
    return date.fromisoformat(text)


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


@cache
def _defaults(kind: Plain) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, _default(field)) for field in fields(kind))


def _list(items: Iterable[object]) -> list[Plain]:
    return [to_plain(item) for item in items]


def _object(items: Mapping[object, object]) -> dict[str, Plain]:
    return {str(key): to_plain(item) for key, item in items.items()}


def _value(member: Enum) -> Plain:
    return member.value


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Plain]], ...] = (
    (Enum, _value), (datetime, moments.write_local), (date, date.isoformat), (time, time.isoformat),
    ((tuple, list), _list), (Mapping, _object),
)
"""The first type that fits decides: a moment is a date too."""


@cache
def _reader(hint: Hashable) -> Reader:
    """Return the function that reads one type hint; worked out once a type."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional(_reader(next(arg for arg in get_args(hint) if arg is not types.NoneType)))
    if origin is tuple:
        return _tuple(get_args(hint))
    if is_dataclass(hint):
        return _dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _SIMPLE.get(hint, _same)


def _same(data: Plain) -> Plain:
    return data


_SIMPLE: dict[Hashable, Reader] = {datetime: moments.read_local, date: date.fromisoformat, time: time.fromisoformat}


def _optional(inner: Reader) -> Reader:
    return lambda data: None if data is None else inner(data)


def _tuple(args: tuple[Any, ...]) -> Reader:
    if args[-1] is Ellipsis:
        inner = _reader(args[0])
        return lambda data: tuple(inner(item) for item in data)
    readers = tuple(_reader(arg) for arg in args)
    return lambda data: tuple(read(item) for read, item in zip(readers, data, strict=True))


def _dataclass(kind: Any) -> Reader:  # noqa: ANN401  any dataclass
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def _read(data: Mapping[str, Plain]) -> object:
        return kind(**{name: readers[name](item) for name, item in data.items() if name in readers})

    return _read
