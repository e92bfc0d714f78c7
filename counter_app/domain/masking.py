"""What a list, a log line or a corner of the window may show of a person (domain guide 16)."""

from __future__ import annotations

_SHOWN_DIGITS = 4


def mask_id(id_number: str) -> str:
    """Return the number with its last four characters only, ``••••••••0456``; one of four or less is hidden whole."""
    shown = id_number[-_SHOWN_DIGITS:] if len(id_number) > _SHOWN_DIGITS else ""
    return "•" * (len(id_number) - len(shown)) + shown


def initials(full_name: str) -> str:
    """Return the first letters of the last two words, ``VA`` for Nguyễn Văn An: the given name stands last."""
    return "".join(word[0] for word in full_name.split()[-2:]).upper()
