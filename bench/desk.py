"""A desk with many dossiers: a real one, made by the program itself, its encrypted file kept in a cache between runs.

The dossiers are stored through the repository's own bulk import, without events: ten years of them would be three million more rows that
none of the measured screens looks at. The newest year's dossiers stand in the book, as a year's bound book would have them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench.made import dossiers
from bench.moment import AGENCY, LOGIN, NOW, PASSWORD, StandingClock
from counter_app.bootstrap import Counter, CreateDesk, create_desk, open_counter
from counter_app.domain.dossier import BookPlace
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.ports import Clock, UnitOfWork

BOOK_LINES = 50_000
"""Lines of the newest year that stand in the book, the newest dossiers."""
NEXT_MORNING = NOW + timedelta(days=3)
"""The Monday after the newest dossier: new ones taken in here get codes that no made one has."""


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """A desk in a folder of its own, with its state folder and its key beside it."""

    root: Path
    count: int

    @property
    def data_dir(self) -> Path:
        """The desk's folder, what ``--data-dir`` takes."""
        return self.root / "desk"

    @property
    def environment(self) -> dict[str, str]:
        """What the program must find in its environment to leave this computer's own desk alone."""
        return {
            "COUNTER_STATE_DIR": str(self.root / "state"), "COUNTER_KEY_FILE": str(self.root / "desk.key"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    @property
    def file(self) -> Path:
        """The encrypted database."""
        return self.data_dir / "desk.db"

    def open(self, clock: Clock | None = None) -> Counter:
        """Return the open desk; this process keeps to its environment from then on."""
        os.environ.update(self.environment)
        return open_counter(self.data_dir, clock=clock or StandingClock())

    def copy(self, root: Path) -> KeptDesk:
        """Return a copy of it that may be written into."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.root, root)
        return KeptDesk(root, self.count)


@cache
def kept_desk(folder: Path, count: int) -> KeptDesk:
    """Return the desk with ``count`` dossiers, made when the folder has none of this schema and this recipe; one for a whole run."""
    desk = KeptDesk(folder / f"desk-{count}-{_recipe()}", count)
    if not (desk.root / "complete").exists():
        shutil.rmtree(desk.root, ignore_errors=True)
        for older in folder.glob(f"desk-{count}-*"):
            shutil.rmtree(older)
        print(f"making a desk with {count:,} dossiers, kept for the next run", file=sys.stderr)
        _make(desk)
        (desk.root / "complete").touch()
    return desk


def _make(desk: KeptDesk) -> None:
    os.environ.update(desk.environment)
    clock = StandingClock(NOW - timedelta(days=1))
    wish = CreateDesk(AGENCY, "Xã Đắk Mil", "Lâm Đồng", "2", login=LOGIN, password=PASSWORD, unattended=True)
    create_desk(wish, desk.data_dir, clock=clock)
    counter = desk.open(clock)
    try:
        with counter.database.write() as uow:
            uow.dossiers.add_many(dossiers(desk.count))
            uow.commit()
        with counter.database.write() as uow:
            _enter_in_book(uow, desk.count)
            uow.commit()
    finally:
        counter.close()


def _enter_in_book(uow: UnitOfWork, count: int) -> None:
    """Give the newest dossiers of this year their lines, in the order they came."""
    newest = deque((dossier for dossier in dossiers(count) if dossier.received_at.year == NOW.year), maxlen=BOOK_LINES)
    for ordinal, dossier in enumerate(newest, start=1):
        uow.logbooks.add_line(BookPlace(DOSSIER_BOOK, NOW.year, 1, ordinal), dossier.dossier_id, dossier.received_at.date())


def _recipe() -> str:
    """Return a digest of all that decides what the file looks like."""
    bench = Path(__file__).resolve().parent
    storage = bench.parent / "counter_app" / "storage"
    migrations = sorted((storage / "migrations" / "versions").glob("*.py"))
    sources = (bench / "made.py", bench / "moment.py", storage / "dossier_rows.py", *migrations)
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10]


def child_environment(*more: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for a measured process: bytecode is kept, as after an installation, and nothing is said to be offscreen."""
    base = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM")}
    return {**base, **{name: value for each in more for name, value in each.items()}}
