"""What makes thousands of real desks quick to test: memory in the place of a disk, and done once what always comes out the same."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache, immutabledict

from counter_app import printing
from counter_app.printing.document import Press
from counter_app.storage import create_database, open_database
from counter_app.storage.repositories import catalogue

MEMORY = Path("/dev/shm")
ROOM = 3 << 30
"""What the desks of three workers never fill."""


def roomy(place):
    """Tell whether a folder has room for the tests' desks, and runs the programs that tests put there; a container's often does not."""
    try:
        found = os.statvfs(place)
    except (AttributeError, OSError):  # no such call on Windows
        return False
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC and os.access(place, os.W_OK)


def keep_off_the_disk(place=MEMORY):
    """Let temporary folders be made in memory, unless somebody has said where: a desk waits for the disk at every act."""
    if "TMPDIR" not in os.environ and roomy(place):
        os.environ["TMPDIR"] = tempfile.tempdir = str(place)


def keep_bytecode():
    """Let this program, and each that a test starts, find its modules translated."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


STATEMENTS = 4000
"""More different statements than the program has."""


def remember(patch):
    """Read each text of a procedure and each typeface, and put each statement into SQL, once for all desks of a process: nothing changes them."""
    press = Press()
    patch.setattr(printing, "Press", lambda: press)
    patch.setattr(catalogue, "read_procedure", cache(catalogue.read_procedure))
    patch.setattr(Engine, "_execution_options", immutabledict(compiled_cache=LRUCache(STATEMENTS)))
    patch.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))  # each engine has its own
    patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect)))


def new_database(url, key):
    """Return what ``create_database`` makes of the address of an encrypted file, migrated once for each key."""
    Path(url.removeprefix("sqlite:///")).write_bytes(_migrated(key))
    return open_database(url, key, backup_dir=None)


@cache
def _migrated(key):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "desk.db"
        create_database(f"sqlite:///{file}", key).close()
        return file.read_bytes()
