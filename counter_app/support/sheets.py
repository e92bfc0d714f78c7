"""Plain tables in Excel files: rows of cells, read and made one at a time, so that no more than the packed file is held in memory."""

from __future__ import annotations

import errno
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_576
"""What a sheet can hold, its header included."""
BOMB_BYTES, BOMB_RATIO = 16 * 2**20, 200
"""A part of a workbook that unpacks to more, and to so many times its packed size, is a bomb: real sheets shrink to a twentieth."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ArithmeticError, AttributeError, EOFError, LookupError, RuntimeError, SyntaxError,
    TypeError, ValueError,
)
"""What the library raises for files that are no workbook, or a broken one."""


class SheetDamagedError(Exception):
    """The file is no Excel workbook, or it is broken."""


def read_rows(path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield (row number, values) of the first sheet, empty rows left out; formulas give their last result.

    Raises:
        SheetDamagedError: at any row.
        OSError: the file can't be read.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  slow to load, and few calls touch a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with path.open("rb") as file:
        try:
            _refuse_bomb(file)
            book = load_workbook(file, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                if any(value is not None for value in values):
                    yield number, values
        except (*_DAMAGE, InvalidFileException) as error:
            raise SheetDamagedError(str(path)) from error
        except OSError as error:
            if error.errno in (None, errno.EINVAL):  # a broken directory of the archive sends the reader before the file's beginning
                raise SheetDamagedError(str(path)) from error
            raise


def _refuse_bomb(file: BinaryIO) -> None:
    """Look at the sizes an archive declares, which its reader never goes beyond. Raises zipfile.BadZipFile."""
    with zipfile.ZipFile(file) as archive:
        if any(part.file_size > max(BOMB_BYTES, BOMB_RATIO * part.compress_size) for part in archive.infolist()):
            raise zipfile.BadZipFile("a part unpacks beyond all measure")


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Write a sheet of texts; a text that begins with ``=`` stays a text.

    Raises:
        OSError: the file can't be written.
    """
    from openpyxl import Workbook  # noqa: PLC0415  slow to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    with closing(sheet):  # rows that break off leave nothing half open
        sheet.append(list(header))
        for row in rows:
            sheet.append([_text(sheet, value) for value in row])
    packed = BytesIO()
    book.save(packed)  # the library would leave a file open that has no room
    path.write_bytes(packed.getbuffer())


def _text(sheet: WriteOnlyWorksheet, value: str | None) -> object:
    if value is None:
        return None
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  loaded already by the workbook

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
