"""What a finding of *verify* is: somebody changed something, put something in, took something away, or work was merely broken off."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The four kinds of findings."""

    ALTERED = "altered"
    INSERTED = "inserted"
    TRUNCATED = "truncated"
    UNFINISHED = "unfinished"


_CODES: dict[Kind, tuple[str, ...]] = {
    Kind.ALTERED: (
        "VERIFY_AUDIT", "VERIFY_PAGE", "VERIFY_TRAIL_OTHER", "VERIFY_EVENT", "VERIFY_ACT", "VERIFY_RECORD", "VERIFY_PROJECTION",
        "VERIFY_ORDINAL_ELSEWHERE", "VERIFY_VOLUME", "VERIFY_LINE", "VERIFY_MONEY", "VERIFY_PAID_OTHERWISE", "VERIFY_COUNTED",
        "VERIFY_NUMBER", "VERIFY_PRINT", "VERIFY_PRINT_CONTENT", "VERIFY_UNDONE", "VERIFY_PAPER", "VERIFY_FILE", "VERIFY_BATCH",
        "VERIFY_HELD", "VERIFY_UNREADABLE"),
    Kind.INSERTED: (
        "VERIFY_ACT_ADDED", "VERIFY_DOSSIER_ADDED", "VERIFY_LINE_ADDED", "VERIFY_PAID_ADDED", "VERIFY_PRINT_ADDED", "VERIFY_PAPER_ADDED",
        "VERIFY_HELD_ADDED", "VERIFY_RESTORE_ADDED"),
    Kind.TRUNCATED: (
        "VERIFY_AUDIT_GONE", "VERIFY_PAGE_CUT", "VERIFY_TRAIL_CUT",
        "VERIFY_MARKS_GONE", "VERIFY_EVENT_GONE", "VERIFY_ACT_GONE", "VERIFY_ACT_UNNOTED",
        "VERIFY_NO_EVENT", "VERIFY_NO_PLACE", "VERIFY_NO_DOSSIER", "VERIFY_ORDINAL", "VERIFY_NO_LINE", "VERIFY_LINE_ALONE",
        "VERIFY_PAYMENT", "VERIFY_PAID_GONE", "VERIFY_NOT_ENTERED", "VERIFY_NUMBER_GONE", "VERIFY_NUMBER_LOST", "VERIFY_NO_PRINT",
        "VERIFY_PRINT_GONE", "VERIFY_PAPER_GONE", "VERIFY_FILE_MISSING", "VERIFY_BATCH_STRANGE", "VERIFY_HELD_GONE"),
    Kind.UNFINISHED: ("VERIFY_NUMBER_UNFINISHED", "VERIFY_FILE_ALONE", "VERIFY_FILE_LEFT", "VERIFY_MARK_TORN"),
}
KIND_OF = {code: kind for kind, codes in _CODES.items() for code in codes}
"""The kind of a finding by the code of its sentence."""


def kind_of(code: str) -> Kind:
    """Return the kind of a finding; what can't be read at all (a damaged page, a value that is none) is not what was stored."""
    return KIND_OF.get(code, Kind.ALTERED)
