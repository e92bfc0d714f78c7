"""Packages on a stick, a share or a disk: a folder or a zip file with a head and packed files by their digests."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from counter_app.domain.errors import DeskError, broken, failed
from counter_app.services.surroundings import disk_fault
from counter_app.services.updating.ports import Source
from counter_app.services.updating.release import MOST_HEAD_BYTES, ReleaseFile, head_name, read_head
from counter_app.services.updating.rules import ANY_SYSTEM
from counter_app.support.files import open_file
from counter_app.support.packed import OBJECTS, packed_name

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the zip library says of a file that is none, was cut or altered, or is packed in a way of its own."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that are unpacked piece by piece; with any other a small file fills the memory before its first byte is seen."""
_NONE = (False, -1)
_ANY_HEAD = head_name("*")


class _Place(Protocol):
    """Where the parts of a package lie."""

    def opened(self, name: str) -> BinaryIO:
        """Open a part. Raises KeyError where there is none; OSError, what the zip library raises."""

    def close(self) -> None:
        """Let go."""


class Package:
    """:class:`~counter_app.services.updating.ports.Source` of a package that lies on this computer."""

    fetched = 0

    def __init__(self, place: _Place, path: Path) -> None:
        self._place = place
        self._path = path

    def head(self, system: str) -> bytes:
        """Return the document of the release for a system."""
        missing = broken("UPDATE_NOTHING", None, path=str(self._path), system=system)
        with self._part(head_name(system), missing) as file:
            return file.read(MOST_HEAD_BYTES)

    @contextmanager
    def opened(self, file: ReleaseFile) -> Iterator[BinaryIO]:
        """Give the packed bytes of a file."""
        with self._part(f"{OBJECTS}/{packed_name(file.sha256)}", failed("UPDATE_LACKS", path=str(self._path))) as found:
            yield found

    def forget(self, file: ReleaseFile) -> None:
        """Nothing was fetched."""

    def done(self) -> None:
        """Nothing was fetched."""

    def close(self) -> None:
        """Let go of the package."""
        self._place.close()

    @contextmanager
    def _part(self, name: str, missing: DeskError) -> Iterator[BinaryIO]:
        with ExitStack() as held:
            try:
                with _told(self._path):
                    part = held.enter_context(closing(self._place.opened(name)))
            except KeyError:
                raise missing from None
            yield BufferedReader(_Part(part, self._path))


class _Part(RawIOBase):
    """The bytes of a part: what is wrong with them is a fault of the package, and not of the disk that they are written to."""

    def __init__(self, part: BinaryIO, path: Path) -> None:
        self._part = part
        self._path = path

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Give the next bytes. Raises SurroundingsError UPDATE_DAMAGED; of the disk."""
        with _told(self._path), memoryview(buffer) as room:
            found = self._part.read(len(room))
            room[:len(found)] = found
            return len(found)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell of a package that it is damaged, or that its disk fails or is gone."""
    try:
        yield
    except _DAMAGED as error:
        raise failed("UPDATE_DAMAGED", path=str(path)) from error
    except OSError as error:
        raise disk_fault(error, path) from error


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def opened(self, name: str) -> BinaryIO:
        """Open a file of the folder."""
        try:
            return open_file(self._folder / name)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KeyError(name) from error

    def close(self) -> None:
        """Nothing is held."""


class _Zip:
    def __init__(self, file: Path) -> None:
        self._zip = zipfile.ZipFile(file)

    def opened(self, name: str) -> BinaryIO:
        """Open a member that unpacks piece by piece."""
        if self._zip.getinfo(name).compress_type not in _PACKED:
            raise zipfile.BadZipFile
        return self._zip.open(name)  # type: ignore[return-value]  # it reads as a file does

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def open_package(path: Path, system: str) -> Source:
    """Open a package: a zip file, a folder with a head, or a folder (a stick) with such files and folders.

    Of several the one with the newest program for ``system`` is taken, or, without one, with the newest data.

    Raises:
        RuleBrokenError: UPDATE_NOTHING, there is none.
        SurroundingsError: UPDATE_DAMAGED, the zip file is none or was cut; the disk's codes.
    """
    try:
        found = {each: _rank(each, system) for each in _candidates(path)}
        chosen = path if path in found else max(found, key=lambda each: found[each], default=None)
        if chosen is None or (chosen != path and found[chosen] == _NONE):
            raise broken("UPDATE_NOTHING", None, path=str(path), system=system)
        return _opened(chosen)
    except OSError as error:
        raise disk_fault(error, path) from error


def _candidates(path: Path) -> list[Path]:
    if path.is_file() or any(path.glob(_ANY_HEAD)):
        return [path]
    if not path.is_dir():
        return []
    return [each for each in sorted(path.iterdir()) if any(each.glob(_ANY_HEAD)) or (each.suffix.lower() == ".zip" and each.is_file())]


def _opened(path: Path) -> Source:
    with _told(path):
        return Package(_Folder(path) if path.is_dir() else _Zip(path), path)


def _rank(path: Path, system: str) -> tuple[bool, int]:
    """Return whether a package says that it has a program for this system, and how new; it is only believed to choose among several."""
    for each in (system, ANY_SYSTEM):
        with suppress(DeskError, KeyError, TypeError, ValueError, OverflowError), closing(_opened(path)) as package:
            return each == system, int(read_head(package.head(each))["sequence"])
    return _NONE
