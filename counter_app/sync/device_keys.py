"""Where the device's own key lies: a seam, so that the line need not know keyrings and files."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.errors import SurroundingsError
from counter_app.services.province import Relation


class DeviceKeys:
    """Makes the device's key, finds it again."""

    def __init__(self, keep: Callable[[], tuple[bytes, str]], find: Callable[[str], bytes]) -> None:
        self.keep = keep
        """Return the key, made and kept if there is none yet, and its place."""
        self.find = find
        """Return the key at a place; raises SurroundingsError KEY_MISSING and others."""

    def is_gone(self, place: str) -> bool:
        """Tell whether this computer has no such key; a keyring that is only closed may have it."""
        try:
            self.find(place)
        except SurroundingsError as error:
            return error.code == "KEY_MISSING"
        return False


def is_over(relation: Relation, keys: DeviceKeys) -> bool:
    """Tell whether the province has ended a relation, or a copy of the desk was restored on a computer that doesn't have its key."""
    return relation.revoked or keys.is_gone(relation.key_place)
