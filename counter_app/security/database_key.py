"""The database key: 256 random bits, kept by the system's keyring, else in a file that only this user may read.

Whoever copies the data folder alone has nothing but ciphertext: the key lies elsewhere, with the computer.
"""

from __future__ import annotations

import binascii
import os
import secrets
import stat
from base64 import b64decode
from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically
from counter_app.support.paths import APPLICATION, device_dir, key_file_override

KEY_BYTES = 32
IN_KEYRING, IN_FILE = "keyring", "file"


def new_key() -> bytes:
    """Return 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def key_file(device: str) -> Path:
    """Return the key file of a device: the one that ``COUNTER_KEY_FILE`` names, else one among this computer's state."""
    return key_file_override() or device_dir(device) / "database.key"


def given_key() -> bytes | None:
    """Return the key in the file that ``COUNTER_KEY_FILE`` names; None where it names none, or one that is still to be made.

    Raises:
        SurroundingsError: KEY_DAMAGED, or the file can not be read.
    """
    path = key_file_override()
    return read_key_file(path) if path is not None and path.exists() and path.stat().st_size else None


def keep(device: str, key: bytes) -> str:
    """Put a key where it is found again and return the place, ``keyring`` or ``file``; a file deserves a warning.

    Raises:
        SurroundingsError: the file can not be written.
    """
    if key_file_override() is None and put_into_keyring(device, key):
        return IN_KEYRING
    path = key_file(device)
    try:
        write_atomically(path, key.hex().encode() + b"\n", mode=0o600)
    except OSError as error:
        raise disk_fault(error, path) from error
    return IN_FILE


def find(device: str, place: str) -> bytes:
    """Return the key of a device from the place that :func:`keep` named; ``COUNTER_KEY_FILE`` goes first.

    Raises:
        SurroundingsError: KEY_MISSING, KEY_DAMAGED, or the file can not be read.
    """
    if place == IN_KEYRING and key_file_override() is None:
        return from_keyring(device)
    return read_key_file(key_file(device))


def forget(device: str, place: str) -> None:
    """Remove a key that no database was made with; a key file that a script named stays."""
    if place == IN_FILE:
        if key_file_override() is None:
            key_file(device).unlink(missing_ok=True)
        return
    import keyring  # noqa: PLC0415  loads every backend
    import keyring.errors  # noqa: PLC0415

    try:
        keyring.delete_password(APPLICATION, device)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return


def read_key_file(path: Path) -> bytes:
    """Return the key in a file: 64 hex digits as we write them, or the same 256 bits in base64 or raw.

    Raises:
        SurroundingsError: KEY_MISSING, KEY_DAMAGED, or the file can not be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise failed("KEY_MISSING", path=str(path)) from None
    except OSError as error:
        raise disk_fault(error, path) from error
    if len(content) == KEY_BYTES:
        return content
    for decode in (bytes.fromhex, lambda text: b64decode(text, validate=True)):
        try:
            key = decode(content.decode("ascii").strip())
        except (ValueError, binascii.Error):
            continue
        if len(key) == KEY_BYTES:
            return key
    raise failed("KEY_DAMAGED", path=str(path))


def others_can_read(path: Path) -> bool:
    """Tell whether another user of this computer may read the key file."""
    return os.name != "nt" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def put_into_keyring(device: str, key: bytes) -> bool:
    """Try the system's keyring and read the key back; a keyring that can't give it back is none."""
    import keyring  # noqa: PLC0415
    import keyring.errors  # noqa: PLC0415

    try:
        keyring.set_password(APPLICATION, device, key.hex())
        return keyring.get_password(APPLICATION, device) == key.hex()
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return False


def from_keyring(name: str) -> bytes:
    """Return the key that the system's keyring holds under a name; raises SurroundingsError KEY_MISSING, KEYRING_CLOSED, KEY_DAMAGED."""
    import keyring  # noqa: PLC0415
    import keyring.errors  # noqa: PLC0415

    try:
        kept = keyring.get_password(APPLICATION, name)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        raise failed("KEYRING_CLOSED") from None
    if kept is None:
        raise failed("KEY_MISSING", path="keyring")
    try:
        return bytes.fromhex(kept)
    except ValueError:
        raise failed("KEY_DAMAGED", path="keyring") from None
