"""The desk's folder: which files make a desk, and the small plain file that says which desk it is.

``desk.json`` is written last, so that a folder has a whole desk or none. The database key is not in the folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from counter_app.domain.errors import broken, failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically
from counter_app.support.paths import devices_dir, key_file_override, practice_dir

FORMAT = 1
MARKER, DATABASE, RECOVERY, BACKUPS = "desk.json", "desk.db", "recovery.json", "backups"
KEY_PLACES = ("keyring", "file", "")
_DEVICE = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
FILES, SCANS, READING, SIGNING = "files", "scans", "reading", "signing"
"""The folders of the digitised papers and of the pages that are not filed yet; everything in them is encrypted."""


@dataclass(frozen=True, slots=True)
class DeskMarker:
    """Which desk a folder holds. ``database_url`` empty: the encrypted file beside it; ``key_place`` is keyring, file or empty."""

    device: str
    database_url: str = ""
    key_place: str = ""
    practice: bool = False


def database_file(data_dir: Path) -> Path:
    """Return the path of the encrypted database."""
    return data_dir / DATABASE


def address_of(data_dir: Path, marker: DeskMarker) -> str:
    """Return the address of the desk's database."""
    return marker.database_url or f"sqlite:///{database_file(data_dir).absolute()}"


def desk_exists(data_dir: Path) -> bool:
    """Tell whether a folder holds a desk."""
    return (data_dir / MARKER).is_file()


def is_part_of_desk(data_dir: Path, path: Path) -> bool:
    """Tell whether a path leads, by whatever spelling or link, to one of the files that make a desk, made already or not.

    These are the database and what lies beside it, the practice desk's too, the key file, and everything among the backups and scans and
    in this computer's folders of guards and keys.
    """
    there, homes = path.resolve(), (data_dir, practice_dir(data_dir))
    names = (MARKER, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", RECOVERY)
    own = [home / name for home in homes for name in names] + list(filter(None, (key_file_override(),)))
    rooms = (*(home / name for home in homes for name in (BACKUPS, FILES, SCANS, READING, SIGNING)), devices_dir())
    return any(_is_same(mine, there) for mine in own) or any(room.resolve() in (there, *there.parents) for room in rooms)


def _is_same(mine: Path, there: Path) -> bool:
    return mine.resolve() == there or (mine.exists() and there.exists() and mine.samefile(there))


def write_marker(data_dir: Path, marker: DeskMarker) -> None:
    """Make a folder a desk. Raises OSError."""
    write_atomically(data_dir / MARKER, json.dumps({"format": FORMAT, **asdict(marker)}, indent=2).encode() + b"\n")


def read_marker(data_dir: Path) -> DeskMarker:
    """Return which desk a folder holds.

    Raises:
        RuleBrokenError: NO_DESK.
        SurroundingsError: DESK_FILE_DAMAGED, DESK_FILE_NEWER, or the file can not be read.
    """
    path = data_dir / MARKER
    try:
        stored = json.loads(path.read_bytes())
        if stored.pop("format") > FORMAT:
            raise failed("DESK_FILE_NEWER", path=str(path))
        return _sound(DeskMarker(**stored))
    except (FileNotFoundError, NotADirectoryError):
        raise broken("NO_DESK", None, path=str(data_dir)) from None
    except OSError as error:
        raise disk_fault(error, path) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise failed("DESK_FILE_DAMAGED", path=str(path)) from None


def _sound(marker: DeskMarker) -> DeskMarker:
    """Return a marker that names what can be: its device becomes the name of a folder, so it must not lead anywhere else.

    Raises:
        ValueError: it names something else.
    """
    if not (isinstance(marker.device, str) and _DEVICE.fullmatch(marker.device)):
        raise ValueError("no device")
    if marker.key_place not in KEY_PLACES or not isinstance(marker.database_url, str) or not isinstance(marker.practice, bool):
        raise ValueError("members of other kinds")
    return marker
