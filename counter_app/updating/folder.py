"""The folder that holds the versions of the program side by side, as its starters know it: ``current``, ``previous``, ``versions``.

A version is a folder that gets its name with the last step of its making, and counts when ``current`` names it. The starter of the
window notes each try to open it; one that was tried twice without ``confirmed`` is left for the one in ``previous``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from counter_app.domain.errors import broken, failed
from counter_app.domain.events import JsonObject
from counter_app.services.one_at_a_time import alone
from counter_app.services.surroundings import disk_fault
from counter_app.services.updating.ports import Fallen, SignedRelease, Source
from counter_app.services.updating.release import Release, ReleaseFile, ReleaseKind, all_files, read_release
from counter_app.services.updating.rules import is_newer
from counter_app.support.files import sync_folder, write_atomically
from counter_app.support.machine import can_write
from counter_app.support.process_lock import ProcessLock
from counter_app.support.version import program_version
from counter_app.updating.laying import HEAD, LIST, Laid, lay

VERSIONS, CURRENT, PREVIOUS = "versions", "current", "previous"
CONFIRMED, TRIED, TRIED_TWICE = "confirmed", "tried", "tried-twice"
NEXT, NEW, OLD = ".next", ".new", ".old"
"""Names that begin with a dot are no versions, for the starters either."""
WAITS_S = (0.1, 0.3, 1.0, 3.0)
_SYSTEMS = {"win32": "windows-x64", "linux": "linux-x64"}


class ProgramFolder:
    """:class:`~counter_app.services.updating.ports.Programs` of the program that runs from ``app``, which lies in its version's folder.

    ``data`` is where newer forms and books of this version go; ``schema`` the state of the data that it knows.
    """

    def __init__(self, app: Path, data: Path, schema: str) -> None:
        self._version = app.parent
        self._versions = self._version.parent
        self._root = self._versions.parent
        self._data = data
        self._schema = schema
        self._window = ProcessLock(self._versions / ".window.lock")

    @property
    def why_not(self) -> str:
        """The code of the sentence why this program can't replace itself here; empty where it can."""
        if not self._is_installed():
            return "UPDATE_FROM_SOURCE"
        return "" if can_write(self._versions) and can_write(self._root) else "UPDATE_BY_SYSTEM"

    def installed(self) -> Release:
        """Return the head of the version that runs; one without a number where it runs from its source."""
        found = _head_of(self._version) if self._is_installed() else None
        return found or Release(
            ReleaseKind.PROGRAM, _SYSTEMS.get(sys.platform, sys.platform), program_version(), 0, self._schema, self._schema,
            ReleaseFile(LIST, 0, "0" * 64))

    def data(self) -> Release | None:
        """Return the head of the newer forms and books that this version reads."""
        return _head_of(self._data)

    def previous(self) -> Release | None:
        """Return the head of the version before."""
        name = self._named(PREVIOUS)
        return _head_of(self._versions / name) if name and name != self._version.name else None

    def kept(self, file: ReleaseFile) -> bytes | None:
        """Return the content of a file that the version that runs has too."""
        with suppress(OSError):
            content = (self._version / file.path).read_bytes()
            if hashlib.sha256(content).hexdigest() == file.sha256:
                return content
        return None

    def prepared(self) -> Release | None:
        """Return the head of the version that takes the place of this one when the window closes."""
        name = self._named(f"{VERSIONS}/{NEXT}")
        found = _head_of(self._versions / name) if name else None
        return found if found is not None and is_newer(found, self.installed()) else None

    def lay_out(self, signed: SignedRelease, source: Source) -> None:
        """Lay a version out beside the others and note it as prepared."""
        name = signed.release.version
        self._lay(signed, source, self._versions / name, Laid(self._version, self._own_files()))
        write_atomically(self._versions / NEXT, name.encode(), mode=0o644)

    def lay_data(self, signed: SignedRelease, source: Source) -> None:
        """Put newer forms and books in place for the next start."""
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._lay(signed, source, self._data, Laid(self._data, ()))

    def _lay(self, signed: SignedRelease, source: Source, target: Path, own: Laid) -> None:
        """Build a folder under another name, and give it its own with the last step."""
        building, before = (target.with_name(f".{target.name}{suffix}") for suffix in (NEW, OLD))
        with alone(target.with_name(".laying.lock"), "UPDATE_RUNNING"):
            for left in (building, before):
                _remove(left)
            try:
                lay(signed, source, building, own)
                _exchange(target, before, building)
                sync_folder(target.parent)
            except OSError as error:
                raise disk_fault(error, target) from error
            finally:
                _remove(building)
                _remove(before)

    def switch(self) -> str:
        """Make the prepared version the one that starts next."""
        found = self.prepared()
        if found is None or not self._window.hold():
            return ""
        try:
            self._start_next(found.version)
            (self._versions / NEXT).unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error, self._root) from error
        return found.version

    def swap(self) -> None:
        """Make the version before the one that starts next, and forget what was prepared."""
        before = self.previous()
        if before is None:
            raise broken("UPDATE_NO_WAY_BACK")
        try:
            (self._versions / NEXT).unlink(missing_ok=True)
            for mark in (TRIED, TRIED_TWICE):
                (self._versions / before.version / mark).unlink(missing_ok=True)
            self._start_next(before.version)
        except OSError as error:
            raise disk_fault(error, self._root) from error

    def hold(self) -> bool:
        """Note that a window is open, for as long as this process lives."""
        return not self.why_not and self._window.hold()

    def is_confirmed(self) -> bool:
        """Tell whether this version came up well once; one that is no version folder has nothing to prove."""
        return not self._is_installed() or (self._version / CONFIRMED).exists()

    def damaged(self) -> Sequence[str]:
        """Return the files of this version that are not what its list says."""
        return [each.path for each in self._own_files() if not _is_whole(self._version / each.path, each)]

    def confirm(self) -> Fallen | None:
        """Note that this version came up, tidy, and return what it replaces after a fall."""
        if self.why_not:
            return None
        try:
            fallen = self._fallen()
            if fallen is not None:
                self._start_next(fallen.running)
            if not self.is_confirmed():
                write_atomically(self._version / CONFIRMED, b"", mode=0o644)
            if self.prepared() is None:
                (self._versions / NEXT).unlink(missing_ok=True)
            self._tidy()
        except OSError as error:
            raise disk_fault(error, self._root) from error
        return fallen

    def _fallen(self) -> Fallen | None:
        """Return what happened where the starter took this version for the one that is named."""
        named, own = self._named(CURRENT), self._version.name
        if named in ("", own) or not (self._versions / named / TRIED_TWICE).exists():
            return None
        return Fallen(named, own)

    def _start_next(self, name: str) -> None:
        """Name the version that starts next, and the one that is left as the way back.

        Between the two writes both files name the one that is known to run: a power cut there costs a way back, and no more.
        """
        named = self._named(CURRENT)
        steps = [(PREVIOUS, named), (CURRENT, name)]
        if name == self._named(PREVIOUS):
            steps.reverse()
        for file, version in steps if named != name else ():
            write_atomically(self._root / file, version.encode(), mode=0o644)

    def _tidy(self) -> None:
        """Throw away versions that no file names; a folder that is still in use somewhere stays until another time."""
        kept = {self._version.name, *(self._named(each) for each in (CURRENT, PREVIOUS, f"{VERSIONS}/{NEXT}"))}
        for folder in self._versions.iterdir():
            if folder.is_dir() and not folder.name.startswith(".") and folder.name not in kept:
                with suppress(PermissionError):  # on Windows, while something of it runs
                    _remove(folder.replace(folder.with_name(f".{folder.name}{OLD}")))

    def _own_files(self) -> tuple[ReleaseFile, ...]:
        try:
            return all_files((self._version / LIST).read_bytes(), self._content)
        except (OSError, ValueError) as error:
            raise failed("UPDATE_SELF_UNREADABLE", path=str(self._version)) from error

    def _content(self, file: ReleaseFile) -> bytes:
        return (self._version / file.path).read_bytes()

    def _is_installed(self) -> bool:
        return self._versions.name == VERSIONS and (self._root / CURRENT).is_file() and (self._version / HEAD).is_file()

    def _named(self, file: str) -> str:
        """Return the version that a file names, empty where it names none that is here."""
        with suppress(OSError, ValueError):
            name = (self._root / file).read_text(encoding="ascii").strip()
            if name and not name.startswith(".") and (self._versions / name).parent == self._versions:
                return name
        return ""


def _head_of(folder: Path) -> Release | None:
    """Return the head of what is laid out in a folder; None where nothing whole is."""
    try:
        document: JsonObject = json.loads((folder / HEAD).read_bytes())
        return read_release(document)
    except (OSError, ValueError):
        return None


def _is_whole(path: Path, file: ReleaseFile) -> bool:
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _exchange(target: Path, before: Path, building: Path) -> None:
    """Give what was built its name; what had it until now steps aside, and comes back where that can't be."""
    if target.exists():
        _rename(target, before)
    try:
        _rename(building, target)
    except OSError:
        if before.exists():
            _rename(before, target)
        raise


def _rename(folder: Path, target: Path) -> None:
    """Give a folder another name; a virus scanner on Windows holds new files for a moment, and with them the folder."""
    for wait_s in WAITS_S:
        with suppress(PermissionError):
            folder.replace(target)
            return
        time.sleep(wait_s)
    folder.replace(target)


def _remove(folder: Path) -> None:
    """Remove what an earlier try left behind, as far as it goes."""
    shutil.rmtree(folder, ignore_errors=True)
