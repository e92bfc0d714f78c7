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
        following = told.get("next_key")
        return Hello(
            str(told["server_epoch"]), str(told["challenge"]), tuple(told["encodings"]), dict(told["limits"]),
            frozenset(told.get("features", ())), (following["key_id"], following["public_key"]) if following else None,
            datetime.fromisoformat(told["server_time"]).date().isoformat(), str(told.get("exchange_key", "")))
    except (KeyError, TypeError, ValueError) as error:
        raise NotTheProvinceError from error
