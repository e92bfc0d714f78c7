"""The verb *token refresh* (contract 3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from counter_app.domain.events import JsonObject
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.signing import proven
from counter_app.sync.wire import Wire

Pair = tuple[str, str]
"""Access token and refresh token."""
_TOKEN = re.compile(r"[!-~]{1,4096}")
"""What a header can carry (RFC 6750): with any other text no request would ever leave the desk again."""


def refreshed(wire: Wire, device: str, refresh_token: str, *, challenge: str, seed: bytes) -> Pair:
    """Return a new pair for a refresh token; without one (empty) the device proves itself by its key alone.

    Raises:
        NotTheProvinceError, NoContactError, RefusedError: as :meth:`~counter_app.sync.wire.Wire.call`.
    """
    grant: JsonObject = {"grant": "refresh_token", "refresh_token": refresh_token} if refresh_token else {"grant": "device_key"}
    wish = proven("token", {"device": device, **grant, "challenge": challenge}, seed)
    return pair_of(wire.post("/token/refresh", wish).value)


def pair_of(told: Mapping[str, Any]) -> Pair:
    """Return the pair in a reply; raises NotTheProvinceError where there is none."""
    access, refresh = told.get("access_token"), told.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and _TOKEN.fullmatch(access) and _TOKEN.fullmatch(refresh)):
        raise NotTheProvinceError
    return access, refresh
