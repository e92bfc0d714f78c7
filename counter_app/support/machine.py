"""What this computer has: room on the disk, printers, libraries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

_PRINTERS_OF_WINDOWS = ("-NoProfile", "-Command", "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Printer | ForEach-Object Name")


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
    """Return the printers that CUPS, or Windows, knows; None where it can't be asked."""
    program, words = ("powershell", _PRINTERS_OF_WINDOWS) if sys.platform == "win32" else ("lpstat", ("-e",))
    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  a fixed program with fixed words
            [found, *words], capture_output=True, encoding="utf-8", errors="replace", timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.splitlines() if done.returncode == 0 else None


def serial_ports() -> list[str]:
    """Return the serial ports, where a barcode reader that is no keyboard is plugged in."""
    from serial.tools.list_ports import comports  # noqa: PLC0415  felt at every start, and needed only when somebody asks

    return [port.device for port in comports()]


def disk_faults(folder: Path, system: Path = Path("/sys")) -> int | None:
    """Return how many faults the disk below ``folder`` has shown; None where this system does not tell an ordinary user.

    On Linux these are errors that the file system met since it was made (ext4), on Windows disks that don't call themselves healthy.
    """
    try:
        return _unhealthy_disks() if sys.platform == "win32" else _ext4_errors(folder, system)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def _ext4_errors(folder: Path, system: Path) -> int:
    device = folder.stat().st_dev
    name = (system / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}").resolve(strict=True).name
    return int((system / "fs" / "ext4" / name / "errors_count").read_text(encoding="ascii"))


def _unhealthy_disks() -> int:
    shell = shutil.which("powershell")
    if shell is None:
        raise FileNotFoundError
    ask = "@(Get-PhysicalDisk | Where-Object HealthStatus -ne 'Healthy').Count"
    done = subprocess.run(  # noqa: S603  a fixed program with fixed words
        [shell, "-NoProfile", "-Command", ask], capture_output=True, text=True, timeout=20, check=False)
    return int(done.stdout)


def has_module(name: str) -> bool:
    """Tell whether a library is installed, without loading it."""
    return find_spec(name) is not None


def has_screen() -> bool:
    """Tell whether a window can be shown at all."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
