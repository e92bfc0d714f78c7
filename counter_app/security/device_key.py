"""The device's own key towards the province: 32 random bytes in the system's keyring, else in a file that only this user may read."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.errors import SurroundingsError
from counter_app.security import database_key
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically
from counter_app.support.paths import device_dir, key_file_override

_SUFFIX = "/province"


def kept(device: str) -> tuple[bytes, str]:
    """Return the key of a device and its place, ``keyring`` or ``file``; it is made where there is none yet.

    An enrolment that was cut off is repeated with the same key (province contract 3.1).

    Raises:
        SurroundingsError: KEY_DAMAGED, or the file can not be read or written.
    """
    path = _file(device)
    if path.exists():
        return database_key.read_key_file(path), database_key.IN_FILE
    in_files = key_file_override() is not None  # a script that keeps the database's key in a file has no keyring
    try:
        if not in_files:
            return database_key.from_keyring(device + _SUFFIX), database_key.IN_KEYRING
    except SurroundingsError as error:
        if error.code == "KEY_DAMAGED":
            raise
    key = database_key.new_key()
    if not in_files and database_key.put_into_keyring(device + _SUFFIX, key):
        return key, database_key.IN_KEYRING
    try:
        write_atomically(path, key.hex().encode() + b"\n", mode=0o600)
    except OSError as error:
        raise disk_fault(error, path) from error
    return key, database_key.IN_FILE


def find(device: str, place: str) -> bytes:
    """Return the key of a device from the place that :func:`kept` named.

    Raises:
        SurroundingsError: KEY_MISSING, KEY_DAMAGED, KEYRING_CLOSED, or the file can not be read.
    """
    if place == database_key.IN_KEYRING:
        return database_key.from_keyring(device + _SUFFIX)
    return database_key.read_key_file(_file(device))


def _file(device: str) -> Path:
    return device_dir(device) / "province.key"
