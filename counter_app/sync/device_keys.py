"""Where the device's own key lies: a seam, so that the line need not know keyrings and files."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.line.province import Relation


class DeviceKeys:
    """Makes the device's key, finds it again."""

    def __init__(self, keep: Callable[[], tuple[bytes, str]], find: Callable[[str], bytes]) -> None:
        self.keep = keep
        """Return the key, made and kept if there is none yet, and its place."""
        self.find = find
        """Return the key at a place; raises SurroundingsError KEY_MISSING and others."""

    def of(self, relation: Relation) -> bytes:
        """Return the key that a relation was made with.

        A copy of the desk that was restored elsewhere finds none, or the one that an enrolment made that was then refused.

        Raises:
            SurroundingsError: SYNC_KEY_GONE, this computer doesn't have it; KEYRING_CLOSED and the like, it may have it.
        """
        from counter_app.sync.signing import public_key  # noqa: PLC0415  cryptography is slow to load, and a desk opens without it

        try:
            seed = self.find(relation.key_place)
        except SurroundingsError as error:
            if error.code != "KEY_MISSING":
                raise
            raise failed("SYNC_KEY_GONE") from error
        if relation.public_key not in {"", public_key(seed)}:
            raise failed("SYNC_KEY_GONE")
        return seed

    def is_gone(self, relation: Relation) -> bool:
        """Tell whether this computer doesn't have the key of a relation; a keyring that is only closed may have it."""
        try:
            self.of(relation)
        except SurroundingsError as error:
            return error.code == "SYNC_KEY_GONE"
        return False


def is_over(relation: Relation, keys: DeviceKeys) -> bool:
    """Tell whether the province has ended a relation, or a copy of the desk was restored on a computer that doesn't have its key."""
    return relation.revoked or keys.is_gone(relation)
