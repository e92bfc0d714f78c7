"""Failures of the operating system in the desk's words."""

from __future__ import annotations

import errno
from pathlib import Path

from counter_app.domain.errors import SurroundingsError, failed

_CODES = {
    errno.ENOSPC: "DISK_FULL", errno.EDQUOT: "DISK_FULL",
    errno.EACCES: "FOLDER_NOT_ALLOWED", errno.EPERM: "FOLDER_NOT_ALLOWED", errno.EROFS: "FOLDER_NOT_ALLOWED",
    errno.ENOENT: "FILE_NOT_FOUND", errno.EISDIR: "FILE_IS_FOLDER",
    errno.ENOTDIR: "FOLDER_IS_FILE", errno.EEXIST: "FOLDER_IS_FILE", errno.ENOLCK: "DISK_WITHOUT_LOCKS",
}


def disk_fault(error: OSError, path: Path | str | None = None) -> SurroundingsError:
    """Return a failed file operation as a failure of the surroundings that names the file and says what to do."""
    named = str(path or error.filename or "")
    return failed(_CODES.get(error.errno or 0, "FILE_FAILED"), path=named, number=error.errno or 0)
