"""Addresses of network scanners as people type them."""

from __future__ import annotations

from urllib.parse import urlsplit

from counter_app.domain.errors import broken

_LONGEST = 300


def scanner_address(typed: str) -> str:
    """Return the base address of a scanner from what a person types: ``192.168.1.20``, ``scanner.local:8080`` or a whole address.

    Raises:
        RuleBrokenError: SCAN_ADDRESS_WRONG at ``device``.
    """
    text = typed.strip()
    try:
        parts = urlsplit(text if "//" in text else f"http://{text}")
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        good = None
    if not good or parts.query or parts.fragment or not text.isprintable() or " " in text or len(text) > _LONGEST:
        raise broken("SCAN_ADDRESS_WRONG", "device", address=text[:_LONGEST])
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/eSCL'}"
