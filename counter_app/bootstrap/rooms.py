"""The rooms of a desk and of its computer, as a diagnostics file tells of them: how much is in each."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap import folder
from counter_app.services.helping.diagnostics import SupportPlaces
from counter_app.support.paths import state_dir


def support_places(data_dir: Path) -> SupportPlaces:
    """Return where a diagnostics file looks."""
    rooms = {"folder": data_dir, "database": folder.database_file(data_dir), "database_log": data_dir / f"{folder.DATABASE}-wal"}
    rooms |= {name: data_dir / name for name in (folder.BACKUPS, folder.FILES, folder.SCANS, folder.READING, folder.SIGNING)}
    return SupportPlaces(rooms, state_dir() / "logs", state_dir() / "reports")
