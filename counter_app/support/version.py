"""Which version of the program runs."""

from __future__ import annotations

import sys


def program_version() -> str:
    """Return the version of the installed program; of a checkout that is not installed, that it is one."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  slow to load, and rarely asked for

    try:
        return version("quay-mot-cua")
    except PackageNotFoundError:
        return f"checkout, Python {sys.version_info.major}.{sys.version_info.minor}"
