"""What this computer has: room on the disk, printers, libraries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """Return the room left on the disk that will hold ``folder``. Raises OSError."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def can_write(folder: Path) -> bool:
    """Tell by trying whether files can be made in a folder."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def printer_names() -> list[str] | None:
    """Return the printers that CUPS knows; None where it can't be asked (no CUPS, Windows)."""
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return None
    try:
        done = subprocess.run([lpstat, "-e"], capture_output=True, text=True, timeout=5, check=False)  # noqa: S603  a fixed program
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.split() if done.returncode == 0 else None


def has_module(name: str) -> bool:
    """Tell whether a library is installed, without loading it."""
    return find_spec(name) is not None


def has_screen() -> bool:
    """Tell whether a window can be shown at all."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
