"""Addresses of network scanners as people type them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from counter_app.domain.errors import broken

_LONGEST = 300


def scanner_address(typed: str) -> str:
    """Return the base address of a scanner from what a person types: ``192.168.1.20``, ``scanner.local:8080`` or a whole address.

    Raises:
        RuleBrokenError: SCAN_ADDRESS_WRONG at ``device``.
    """
    text = typed.strip()
    parts = _split(text) if len(text) <= _LONGEST and text.isprintable() and " " not in text else None
    if parts is None or parts.query or parts.fragment:
        raise broken("SCAN_ADDRESS_WRONG", "device", address=text[:_LONGEST])
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/eSCL'}"


def _split(text: str) -> SplitResult | None:
    """Return the parts of a web address without a user and with a port that can be; nothing for any other text."""
    try:
        parts = urlsplit(text if "//" in text else f"http://{text}")
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return None
    return parts if good else None
