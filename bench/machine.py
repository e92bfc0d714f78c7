"""What the figures were measured on; nothing that names a person, a host or a folder."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import qVersion


def facts(place: Path) -> list[tuple[str, str]]:
    """Return names and values; ``place`` is where the measured files lie."""
    return [
        ("cores", f"{os.cpu_count()}, {cpu_model()}"),
        ("memory", f"{psutil.virtual_memory().total / 2**30:.0f} GiB"),
        ("disk", disk(place)),
        ("load when the run began", f"{os.getloadavg()[0]:.1f}"),
        ("system", f"{_release()}, Linux {platform.release().partition('-')[0]}"),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} (PySide6 {version('PySide6_Essentials')})"),
        ("SQLite", f"SQLCipher {_cipher()} through sqlcipher3 {version('sqlcipher3')}; Python's own {sqlite3.sqlite_version}"),
        ("reportlab", version("reportlab")),
    ]


def cpu_model() -> str:
    """Return the processor's name."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    found = re.search(r"model name\s*:\s*(.+)", told)
    return found[1].strip() if found else platform.machine()


def disk(place: Path) -> str:
    """Return the file system that a folder lies on and what kind of disk is below it."""
    parts = [part for part in psutil.disk_partitions(all=True) if place.is_relative_to(part.mountpoint)]
    where = max(parts, key=_depth)
    name = Path(where.device).name
    if name.startswith("vd"):
        return f"{where.fstype} on a virtual disk"
    turns = Path("/sys/class/block") / name / "queue" / "rotational"
    kind = {"0": " on a solid-state disk", "1": " on a turning disk"}.get(turns.read_text().strip() if turns.exists() else "", "")
    return f"{where.fstype}{kind}"


def _depth(part: Any) -> int:
    return len(part.mountpoint)


def _release() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _cipher() -> str:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        return f"{connection.execute('PRAGMA cipher_version').fetchone()[0]} (SQLite {dbapi2.sqlite_version})"
    finally:
        connection.close()
