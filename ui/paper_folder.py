"""Papers on their way to the system's PDF viewer: a folder that only this user can read, emptied when the desk opens and closes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from counter_app.domain.registers import PrintedForm
from counter_app.services.documents.slips import code_on
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import new_private_file, private_folder
from counter_app.support.paths import state_dir

FOLDER = "papers"


def put(form: PrintedForm) -> Path:
    """Write a print's document and return its file. The name holds code, form and number of the print, and nothing about a person.

    Raises:
        SurroundingsError: DISK_FULL or another fault of the disk.
    """
    return keep(f"{code_on(form)}_{form.form}_{form.issue}_{form.paper}", form.pdf)


def keep(name: str, pdf: bytes) -> Path:
    """Write a paper that is not stored, under a name that says nothing about a person; raises as :func:`put`."""
    path = place(name)
    try:
        with new_private_file(path) as file:
            file.write(pdf)
    except OSError as error:
        raise disk_fault(error, path) from error
    return path


def place(name: str) -> Path:
    """Return where a paper under a name is written; only this user can look into the folder. Raises as :func:`put`."""
    path = state_dir() / FOLDER / f"{re.sub(r'[^A-Za-z0-9._-]', '_', name)}.pdf"
    try:
        private_folder(path.parent)
        path.parent.chmod(0o700)
    except OSError as error:
        raise disk_fault(error, path) from error
    return path


def empty() -> None:
    """Take every paper away; one that a viewer keeps open under Windows goes the next time."""
    shutil.rmtree(state_dir() / FOLDER, ignore_errors=True)
