"""Which letters of a cell a query found, so that they can be shown bold."""

from __future__ import annotations

import re

from counter_app.domain.text import fold

_WORD = re.compile(r"\S+")


def matched_ranges(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return (start, length) of every word of ``text`` that begins with one of the folded query ``words``."""
    if not words:
        return ()
    return tuple(
        (found.start(), len(found.group())) for found in _WORD.finditer(text) if fold(found.group()).strip().startswith(words)
    )
