"""The publisher of this program: whoever holds the private half of a key that the program was made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_app.domain.events import JsonObject
from counter_app.support.resources import shipped_json

KEYS = "updates/keys.json"


def pinned_keys() -> tuple[str, ...]:
    """Return the public keys that this program was made with: the one in use, and the one that follows it."""
    return tuple(each["public"] for each in shipped_json(KEYS)["keys"])


@dataclass(frozen=True, slots=True)
class PinnedPublisher:
    """:class:`~counter_app.services.updating.ports.Publisher` by public keys, which are read when they are needed."""

    keys: Callable[[], Sequence[str]] = pinned_keys

    def is_known(self) -> bool:
        """Tell whether there is a key at all."""
        return bool(self.keys())

    def signed(self, document: JsonObject) -> bool:
        """Tell whether one of the keys signed a head."""
        from counter_app.updating.seal import is_signed  # noqa: PLC0415  cryptography is slow to load and seldom needed

        return is_signed(document, self.keys())
