"""The verb *hello*: proof that it is the province that answers (contract 2.1)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.signing import base64url, is_signed
from counter_app.sync.wire import Wire

_SERVICE = "desk-sync"


@dataclass(frozen=True, slots=True)
class Hello:
    """What the province said, signed. ``next_key`` is an id and a public key that it will use some day."""

    server_epoch: str
    challenge: str
    encodings: tuple[str, ...]
    limits: Mapping[str, int]
    """Each at least 1; one that was not told, or not so, is not in it."""
    features: frozenset[str]
    next_key: tuple[str, str] | None
    server_day: str
    """The province's day, ``YYYY-MM-DD``."""
    exchange_key: str = ""
    """What files on a stick are encrypted to; empty where the province takes none."""


def hello(wire: Wire, keys: Mapping[str, str]) -> Hello:
    """Ask for proof of one of the pinned ``keys`` (public keys by id).

    Raises:
        NotTheProvinceError: somebody else answered, or an old answer came back.
        NoContactError, RefusedError: as :meth:`~counter_app.sync.wire.Wire.call`.
    """
    nonce = base64url(secrets.token_bytes(24))
    told = wire.get("/hello", params={"nonce": nonce}).value
    if not is_signed("hello", told, keys.values()) or told.get("nonce") != nonce or told.get("service") != _SERVICE:
        raise NotTheProvinceError
    return _read(told)


def _read(told: Mapping[str, Any]) -> Hello:
    """Read what is signed; the province itself says it, so that another shape is a fault of its own."""
    try:
        return Hello(
            str(told["server_epoch"]), str(told["challenge"]), tuple(told["encodings"]), _limits(told["limits"]),
            frozenset(told.get("features", ())), _next_key(told.get("next_key")),
            datetime.fromisoformat(told["server_time"]).date().isoformat(), str(told.get("exchange_key", "")))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error


def _limits(told: Mapping[str, Any]) -> dict[str, int]:
    """Return the limits that are some; where one is none, the usual one holds."""
    return {name: most for name, most in told.items() if isinstance(most, int) and most is not True and most > 0}


def _next_key(told: object) -> tuple[str, str] | None:
    """Return what can be pinned beside the pinned key, for every signature from now on; None where it is no key."""
    found = (told.get("key_id"), told.get("public_key")) if isinstance(told, dict) else (None, None)
    return (found[0], found[1]) if isinstance(found[0], str) and isinstance(found[1], str) else None
