"""Files with one object a line: ``.jsonl``, or ``.xlsx`` with one column for each member, read and written in constant memory.

In a sheet the members of ``applicant`` are columns ``applicant.full_name`` and so on; ``due_history`` is one cell,
``2026-11-02T08:00:00/2026-11-05T08:00:00; …``, when it was set and what it was set to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.errors import broken
from counter_app.services.exchange.older_dossiers import APPLICANT, FIGURES, MEMBERS, is_number
from counter_app.services.ports import JsonValue
from counter_app.services.surroundings import disk_fault
from counter_app.support.sheets import MOST_ROWS, SheetDamagedError, read_rows, write_rows

LONGEST_LINE = 1_000_000
DAMAGED = object()
"""Stands for a line that is no JSON."""
SUFFIXES = (".jsonl", ".xlsx")
COLUMNS = tuple(name for name in MEMBERS if name != "applicant") + tuple(f"applicant.{name}" for name in APPLICANT)
HALF_SECOND = timedelta(milliseconds=500)
"""Excel keeps times as fractions of a day, which come back a little before or after the second."""
_LISTED = "due_history"


def kind_of(path: Path) -> str:
    """Return the suffix of a file of lines.

    Raises:
        RuleBrokenError: FILE_KIND_UNKNOWN at ``file``.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise broken("FILE_KIND_UNKNOWN", "file", kinds=", ".join(SUFFIXES))
    return suffix


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number, value) of each line that isn't empty; :data:`DAMAGED` for one that can't be read.

    Raises:
        RuleBrokenError: FILE_KIND_UNKNOWN; TABLE_DAMAGED, TABLE_HEADER (a sheet without the columns it needs).
        SurroundingsError: the file can't be read.
    """
    kind = kind_of(path)
    try:
        yield from _json_lines(path) if kind == ".jsonl" else _sheet_lines(path)
    except OSError as error:
        raise disk_fault(error, path) from error
    except SheetDamagedError:
        raise broken("TABLE_DAMAGED", "file") from None


def write_lines(path: Path, kind: str, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write lines to ``path`` in the shape of ``kind``.

    Raises:
        RuleBrokenError: TABLE_TOO_LONG, more lines than a sheet holds.
        OSError: the file can't be written.
    """
    if kind == ".xlsx":
        write_rows(path, COLUMNS, _rows(lines))
        return
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            while not whole:
                whole = (rest := file.readline(LONGEST_LINE)).endswith(b"\n") or not rest
                line = b"\xff"
            if line.strip():
                yield number, _parsed(line, first=number == 1)


def _parsed(line: bytes, *, first: bool) -> JsonValue:
    try:
        value = json.loads(line.decode("utf-8-sig" if first else "utf-8"), parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return DAMAGED
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)


def _sheet_lines(path: Path) -> Iterator[tuple[int, Any]]:
    rows = read_rows(path)
    header = tuple("" if name is None else str(name).strip() for name in next(rows, (0, ()))[1])
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown or not {"code", "received_at"} <= set(header):
        raise broken("TABLE_HEADER", "file", columns=", ".join(COLUMNS))
    for number, values in rows:
        yield number, _object(dict(zip(header, values, strict=False)))


def _object(cells: Mapping[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = {name: _cell(cells.get(name)) for name in MEMBERS if name not in ("applicant", _LISTED)}
    person = {name: _cell(cells.get(f"applicant.{name}")) for name in APPLICANT}
    person |= {name: number for name in FIGURES if is_number(number := cells.get(f"applicant.{name}"))}  # refused where it is read
    line["applicant"] = person if any(value is not None for value in person.values()) else None
    line[_LISTED] = [_due(part) for part in str(cells.get(_LISTED) or "").split(";") if part.strip()]
    return line


def _due(part: str) -> dict[str, str | None]:
    set_at, _, due_at = (piece.strip() for piece in part.partition("/"))
    return {"set_at": set_at, "due_at": due_at or None}


def _cell(value: JsonValue) -> JsonValue:
    """Return a cell as the text that was meant: Excel turns codes and dates into numbers and times of its own."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return (value + HALF_SECOND).replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def _rows(lines: Iterable[Mapping[str, Any]]) -> Iterator[list[str | None]]:
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise broken("TABLE_TOO_LONG", "out", limit=MOST_ROWS - 1)
        flat = {**line, **{f"applicant.{name}": value for name, value in line["applicant"].items()}}
        flat[_LISTED] = "; ".join(f"{each['set_at']}/{each['due_at'] or ''}" for each in line[_LISTED]) or None
        yield [flat[name] for name in COLUMNS]
