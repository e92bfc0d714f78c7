"""What a database driver reports, in the desk's words: a failure of the surroundings, a broken rule, or (left as it is) a bug."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy.engine.interfaces import ExceptionContext

from counter_app.domain.errors import DeskError, broken, failed

_SQLITE = {
    "SQLITE_FULL": "DISK_FULL",
    "SQLITE_READONLY": "DATABASE_READ_ONLY", "SQLITE_PERM": "DATABASE_READ_ONLY",
    "SQLITE_CORRUPT": "DATABASE_CORRUPT",
    "SQLITE_NOTADB": "DATABASE_WRONG_KEY",
    "SQLITE_BUSY": "DATABASE_LOCKED", "SQLITE_LOCKED": "DATABASE_LOCKED", "SQLITE_PROTOCOL": "DATABASE_LOCKED",
    "SQLITE_IOERR": "DATABASE_UNREACHABLE", "SQLITE_CANTOPEN": "DATABASE_UNREACHABLE",
}
"""By the first two parts of the driver's error name; the third part tells details."""

_SAID = {
    "database or disk is full": "SQLITE_FULL", "attempt to write a readonly database": "SQLITE_READONLY", "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT", "file is not a database": "SQLITE_NOTADB", "database is locked": "SQLITE_BUSY",
    "unable to open database file": "SQLITE_CANTOPEN",
}
"""The driver names no error that ends a copy; SQLite's words are all there is."""

_POSTGRES = {
    "53100": "DISK_FULL",
    "25006": "DATABASE_READ_ONLY", "42501": "DATABASE_READ_ONLY",
    "XX001": "DATABASE_CORRUPT", "XX002": "DATABASE_CORRUPT",
    "55P03": "DATABASE_LOCKED", "40P01": "DATABASE_LOCKED", "40001": "DATABASE_LOCKED",
    "58P01": "DATABASE_UNFIT", "0A000": "DATABASE_UNFIT",
}
_POSTGRES_CLASSES = {"08": "DATABASE_UNREACHABLE", "28": "DATABASE_UNREACHABLE", "3D": "DATABASE_UNREACHABLE", "53": "DATABASE_UNREACHABLE",
                     "57": "DATABASE_UNREACHABLE", "58": "DATABASE_UNREACHABLE"}
"""SQLSTATE classes: connection, authorisation, no such database, resources, operator's intervention, system error."""

_LAST_WORDS = ("DATABASE_CORRUPT", "DATABASE_WRONG_KEY")
"""After these SQLCipher gives nothing through the same connection any more, not even what is sound: the next look takes a new one."""

_SHARED_MEMORY = 32 * 1024
"""WAL's index takes this much when the file is opened; where even that doesn't fit, SQLite speaks of an I/O error, not of a full disk."""

_TAKEN = {
    "dossier_code.code": ("CODE_TAKEN", "code"), "ux_dossier_code_issued": ("CODE_TAKEN", "code"),
    "user_account.login": ("LOGIN_TAKEN", "login"), "uq_user_account_login": ("LOGIN_TAKEN", "login"),
    "used_number.code": ("NUMBER_TAKEN", None), "uq_used_number_code": ("NUMBER_TAKEN", None),
    "used_number.device, used_number.day, used_number.series, used_number.serial": ("NUMBER_TAKEN", None),
    "pk_used_number": ("NUMBER_TAKEN", None),
    "book_line.book, book_line.year, book_line.ordinal": ("PLACE_TAKEN", None), "pk_book_line": ("PLACE_TAKEN", None),
}
"""What must be unique: SQLite names the columns, PostgreSQL the constraint."""


def desk_error(error: BaseException, place: Path | str) -> DeskError | None:
    """Return what a driver's error means at the desk; None for a bug of ours.

    ``place`` is the SQLite file, which is looked at where the driver's word says too little, or the name of the server.
    """
    if isinstance(place, Path):
        name = "_".join(str(getattr(error, "sqlite_errorname", _SAID.get(str(error), ""))).split("_")[:2])
        return _of_sqlite(name, error, place)
    return _of_postgres(error, place)


def _of_sqlite(name: str, error: BaseException, file: Path) -> DeskError | None:
    if name == "SQLITE_CONSTRAINT":
        return _taken(str(error).removeprefix("UNIQUE constraint failed: "))
    code = _SQLITE.get(name)
    if code == "DATABASE_WRONG_KEY":
        code = _why_no_database(file)
    if code == "DATABASE_UNREACHABLE" and file.exists():
        code = _why_unreachable(file)
    return failed(code, path=str(file)) if code else None


def _of_postgres(error: BaseException, server: str) -> DeskError | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return failed("DATABASE_UNREACHABLE", path=server) if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
    if state == "23505":
        return _taken(str(getattr(getattr(error, "diag", None), "constraint_name", "")))
    code = _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    return failed(code, path=server, what="PostgreSQL", value=str(state)) if code else None


def _taken(constraint: str) -> DeskError | None:
    known = _TAKEN.get(constraint)
    return broken(*known) if known else None


def _why_no_database(file: Path) -> str:
    """An encrypted database is whole pages of 4,096 bytes and has no readable head; anything else was damaged or is another file."""
    try:
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError:  # SQLCipher says this of a page that the disk does not give, too
        return "DATABASE_UNREACHABLE"
    foreign = file.stat().st_size % 4096 != 0 or head.startswith(b"SQLite format 3")
    return "DATABASE_CORRUPT" if foreign else "DATABASE_WRONG_KEY"


def _why_unreachable(file: Path) -> str:
    """Return what an I/O error on a file that is there means."""
    if shutil.disk_usage(file.parent).free < _SHARED_MEMORY:
        return "DISK_FULL"
    return "DATABASE_UNREACHABLE" if _folder_writable(file) else "DATABASE_READ_ONLY"


def _folder_writable(file: Path) -> bool:
    """Tell whether the folder takes a new file: WAL needs two beside the database."""
    probe = file.with_name(file.name + ".probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


class Translator:
    """Listens to an engine and turns driver errors into the desk's. ``place`` is the SQLite file, or the server's name."""

    def __init__(self, place: Path | str) -> None:
        self._place = place

    def __call__(self, context: ExceptionContext) -> DeskError | None:
        """Return what SQLAlchemy shall raise instead; None leaves its own exception, or replaces a connection that died while idle."""
        if context.is_pre_ping:
            return None
        error = desk_error(context.original_exception, self._place)
        if error is not None and error.code in _LAST_WORDS:
            context.is_disconnect, context.invalidate_pool_on_disconnect = True, False
        return error
