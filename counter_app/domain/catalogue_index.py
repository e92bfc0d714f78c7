"""The catalogue in force on a day, found by a few letters without accents or by a code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.catalogue import Procedure
from counter_app.domain.catalogue_overrides import national_code
from counter_app.domain.text import fold, matches, tidy, words

_UNRANKED = 1_000_000_000
_CODE_BEGUN = re.compile(r"[\d.]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A procedure with its folded words."""

    procedure: Procedure
    label: str
    everything: str


class CatalogueIndex:
    """Procedures sorted for the desk: the most frequent ones first (``desk_rank``), the others by field and name."""

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        self.procedures = tuple(sorted(procedures, key=_desk_order))
        self._by_code = {procedure.code: procedure for procedure in self.procedures}
        self._entries = [
            _Entry(known, fold(known.label), fold(f"{known.short_name} {known.name} {known.field_name}")) for known in self.procedures
        ]

    def find(self, code: str) -> Procedure | None:
        """Return the procedure with exactly this code, else the one that its first two groups name."""
        return self._by_code.get(code) or self._by_code.get(national_code(code))

    def match(self, query: str, limit: int = 8) -> list[Procedure]:
        """Return what every word of the query begins a word of, best first; digits and dots are the beginning of a code.

        Those with the accents as typed come first, then those whose short name matches, then by frequency.
        """
        query = tidy(query)
        if _CODE_BEGUN.fullmatch(query):
            return self._by_code_begun(query)[:limit]
        asked = words(query)
        accented = "" if query.isascii() else query.casefold()

        def _rank(entry: _Entry) -> tuple[bool, bool]:
            return accented not in entry.procedure.label.casefold(), not matches(asked, entry.label)

        found = sorted((entry for entry in self._entries if matches(asked, entry.everything)), key=_rank)
        return [entry.procedure for entry in found[:limit]]

    def listed(self, field: str | None = None) -> tuple[Procedure, ...]:
        """Return the procedures of a field of work, its name with or without accents; all of them for None."""
        return tuple(known for known in self.procedures if field is None or fold(known.field_name) == fold(field))

    def _by_code_begun(self, query: str) -> list[Procedure]:
        """Find codes by their beginning, with or without the dot, or by the beginning of the six digits after it."""
        digits = query.replace(".", "")
        return [
            known for known in self.procedures
            if digits and (known.code.replace(".", "").startswith(digits) or known.code.partition(".")[2].startswith(query))
        ]


def _desk_order(known: Procedure) -> tuple[int, str, str]:
    return known.desk_rank or _UNRANKED, fold(known.field_name), fold(known.name)
