"""Leaves out of a folder of wheels what the program never uses, by the patterns in ``parts.toml``."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern as an expression: ``**/`` crosses folders, also none; ``*`` stays within one."""
    parts = re.split(r"(\*\*/|\*)", pattern)
    return re.compile("".join({"**/": "(?:.*/)?", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


def covers(patterns: Sequence[str], path: PurePosixPath) -> bool:
    """Tell whether a pattern names this path or a folder above it."""
    places = [path.as_posix(), *(parent.as_posix() for parent in path.parents if parent.name)]
    return any(_pattern(pattern).fullmatch(place) for pattern in patterns for place in places)


def is_kept(path: PurePosixPath, rules: dict[str, Any]) -> bool:
    """Tell whether a file of a wheel is shipped: ``never`` and what is left out of every folder (``**/``) win over ``kept``,
    which wins over the rest of ``left_out``.
    """
    if path.name.endswith(".pyc") or covers(rules["never"], path):
        return False
    general = [pattern for pattern in rules["left_out"] if pattern.startswith("**/")]
    if covers(general, path):
        return False
    return covers(rules["kept"], path) or not covers(rules["left_out"], path)


def trim(folder: Path, rules: dict[str, Any]) -> None:
    """Delete from ``folder`` what is not shipped, and the folders that are empty then."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif not is_kept(PurePosixPath(path.relative_to(folder).as_posix()), rules):
            path.unlink()
    for leftover in folder.rglob("__pycache__"):
        shutil.rmtree(leftover)
