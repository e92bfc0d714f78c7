"""Where things lie: the shipped resources, the desk's data, and what belongs to this computer and not to the data.

Environment variables, for scripts and trials: ``COUNTER_DATA_DIR`` (the desk's folder), ``COUNTER_STATE_DIR`` (guards, keys, logs,
reports), ``COUNTER_KEY_FILE`` (the database key file), ``COUNTER_PASSWORD`` (of the person named with ``--user``),
``COUNTER_SECOND_PASSWORD`` (of the one named with ``--second``).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

APPLICATION = "QuayMotCua"
REPLACEABLE = ("books/", "fees/", "forms/", "reasons/", "reports/")
"""Rooms of the resources whose files may come newer than the program, as data that was signed."""
_ROOT = Path(__file__).resolve().parents[2]


def program_dir() -> Path:
    """Return the folder that the program runs from; in an installed one it lies in the folder of its version."""
    return _ROOT


def window_starter() -> Path | None:
    """Return what opens the window of the version that starts next; None where nothing was installed."""
    versions = _ROOT.parent.parent
    starter = versions.parent / ("quay-mot-cua.exe" if sys.platform == "win32" else "quay-mot-cua")
    return starter if versions.name == "versions" and starter.is_file() else None


def newer_data_dir() -> Path:
    """Return the folder of the data that is newer than this version of the program. Another version does not read it: it brings its own."""
    return state_dir() / "resources" / _ROOT.parent.name


def resource_path(relative: str) -> Path:
    """Return the path of a shipped file, ``relative`` to ``resources/`` (``forms/01.json``), or of the newer one that took its place."""
    if relative.startswith(REPLACEABLE) and (newer := newer_data_dir() / relative).is_file():
        return newer
    return _ROOT / "resources" / relative


def document_path(relative: str) -> Path:
    """Return the path of a shipped document, ``relative`` to ``docs/`` (``huong-dan/README.md``)."""
    return _ROOT / "docs" / relative


def from_environment(name: str) -> str:
    """Return an environment variable, empty where it is not set."""
    return os.environ.get(name, "")


def default_data_dir() -> Path:
    """Return the folder of this user's desk."""
    if given := from_environment("COUNTER_DATA_DIR"):
        return Path(given)
    from platformdirs import user_data_path  # noqa: PLC0415  not needed where the folder is named

    return user_data_path(APPLICATION, appauthor=False)


def state_dir() -> Path:
    """Return the per-user folder that stays with the computer when the data is copied, restored or lost."""
    if given := from_environment("COUNTER_STATE_DIR"):
        return Path(given)
    from platformdirs import user_data_path, user_state_path  # noqa: PLC0415

    state = user_state_path(APPLICATION, appauthor=False)
    if state == user_data_path(APPLICATION, appauthor=False):  # Windows has one place for both: a copy of the data must not hold the guard
        return state.with_name(f"{APPLICATION}-state")
    return state


def devices_dir() -> Path:
    """Return the folder that holds those of all devices of this computer."""
    return state_dir() / "devices"


def device_dir(device: str) -> Path:
    """Return the folder of one device: its number guard and, without a keyring, its key file."""
    return devices_dir() / device


def practice_dir(data_dir: Path) -> Path:
    """Return the folder of the practice desk, beside the real database and never mixed with it."""
    return data_dir / "practice"


def window_lock(data_dir: Path) -> Path:
    """Return the file that an open window holds: it is there before the desk is, and it is no part of one."""
    return data_dir / "window.lock"


def key_file_override() -> Path | None:
    """Return the key file that a script names, or None."""
    given = from_environment("COUNTER_KEY_FILE")
    return Path(given) if given else None
