"""Files that ministries' programs read and write: tables as .csv, .xlsx or .json."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from counter_app.domain.errors import broken
from counter_app.services.surroundings import disk_fault
from counter_app.support.sheets import SheetDamagedError, read_rows, write_rows

KINDS = (".csv", ".xlsx", ".json")
CODE, SECOND = "code", "second_code"
"""The columns of a file that comes back: our code, and the number that the program gave."""
MOST_BYTES = 16 * 2**20
"""A file of texts that comes back holds a few hundred short lines."""


def kind_of(path: Path, field: str) -> str:
    """Return the suffix of a table's file.

    Raises:
        RuleBrokenError: FILE_KIND_UNKNOWN at ``field``.
    """
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        raise broken("FILE_KIND_UNKNOWN", field, kinds=", ".join(KINDS))
    return suffix


def write_table(path: Path, kind: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of texts; in .json each row is an object. Raises OSError."""
    if kind == ".xlsx":
        write_rows(path, header, rows)
    elif kind == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    else:
        lines = [dict(zip(header, row, strict=True)) for row in rows]
        path.write_text(json.dumps(lines, ensure_ascii=False, indent=1), encoding="utf-8")


def read_codes(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (our code, the program's number) of each line that has both.

    Raises:
        RuleBrokenError: FILE_KIND_UNKNOWN, TABLE_DAMAGED, CODES_HEADER at ``file``.
        SurroundingsError: the file can't be read.
    """
    header, *rows = _rows(path) or [()]
    if not {CODE, SECOND} <= set(header):
        raise broken("CODES_HEADER", "file", columns=f"{CODE}, {SECOND}")
    for row in rows:
        line = dict(zip(header, row, strict=False))
        if line.get(CODE) and line.get(SECOND):
            yield line[CODE], line[SECOND]


def _rows(path: Path) -> list[tuple[str, ...]]:
    kind = kind_of(path, "file")
    try:
        return [tuple("" if cell is None else str(cell).strip() for cell in row) for row in _READERS[kind](path)]
    except OSError as error:
        raise disk_fault(error, path) from error
    except (SheetDamagedError, csv.Error, ValueError, RecursionError):
        raise broken("TABLE_DAMAGED", "file") from None


def _sheet(path: Path) -> list[Sequence[Any]]:
    return [values for _, values in read_rows(path)]


def _text(path: Path) -> str:
    """Return a file's text; raises ValueError where it is none, or longer than any table of numbers."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(path.name)
    return content.decode("utf-8-sig")


def _comma(path: Path) -> list[Sequence[Any]]:
    return list(csv.reader(_text(path).splitlines()))


def _objects(path: Path) -> list[Sequence[Any]]:
    lines = json.loads(_text(path))
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise ValueError(path.name)
    return [(CODE, SECOND), *((line.get(CODE), line.get(SECOND)) for line in lines)]


_READERS = {".csv": _comma, ".xlsx": _sheet, ".json": _objects}
