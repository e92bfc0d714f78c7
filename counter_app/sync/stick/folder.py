"""Files of the exchange in a folder of the stick: their names, which are for this desk, and those that are of no use any more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from counter_app.domain.errors import broken
from counter_app.domain.ids import short_device
from counter_app.services.surroundings import disk_fault
from counter_app.sync.stick.sealing import TO_DESK, cover_of

OUT, BACK = ".qmc-di", ".qmc-ve"
"""There and back."""


def file_name(folder: Path, device: str, number: int) -> Path:
    """Return where a desk's file goes. Its name says nothing about anybody."""
    return folder / f"quay-{short_device(device)}-{number}{OUT}"


def require_folder(folder: Path) -> None:
    """Refuse a stick that is not there: nothing is made in the place where it should be."""
    if not folder.is_dir():
        raise broken("STICK_NO_FOLDER", "folder", path=str(folder))


def answers_for(folder: Path, key: str) -> list[Path]:
    """Return the answers in a folder that this desk can open, the newest file first by its number; a pipe would keep one waiting."""
    try:
        others = sorted(filter(Path.is_file, folder.glob(f"*{BACK}")), key=number_of, reverse=True)
        found = [path for path in others if _is_for(path, key)]
    except OSError as error:
        raise disk_fault(error, folder) from error
    if not found:
        raise broken("STICK_OTHER_DESK" if others else "STICK_NOTHING")
    return found


def _is_for(path: Path, key: str) -> bool:
    """Tell whether a file is for a key; a damaged one may be, and is told of as damaged."""
    with path.open("rb") as file:
        cover = cover_of(file)
    return cover is None or (cover.way == TO_DESK and cover.recipient == key)


def own_files(folder: Path, devices: Iterable[str], ending: str) -> list[Path]:
    """Return the files that bear one of the names of a computer; it has two where its first id was taken."""
    return [path for device in set(devices) for path in folder.glob(f"quay-{short_device(device)}-*{ending}")]


def number_of(path: Path) -> int:
    """Return the number in a file's name, 0 where there is none."""
    text = path.name.partition(".")[0].rpartition("-")[2]
    return int(text) if text.isascii() and text.isdigit() else 0


def remove(paths: Iterable[Path]) -> None:
    """Delete files that are of no use any more; a stick that can only be read keeps them, and does no harm."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return
