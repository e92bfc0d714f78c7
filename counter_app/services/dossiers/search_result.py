"""What a search over dossiers found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.domain.dossier import DossierRow
from counter_app.domain.scan_words import SeenInScan


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Rows that match, best first. ``total`` counts them all, up to ``capped_at`` where counting stopped there.

    ``seen`` tells by dossier id where those match that nothing in their record does: on a page of a scan.
    """

    rows: tuple[DossierRow, ...]
    total: int
    capped: bool = False
    seen: Mapping[str, SeenInScan] = field(default_factory=dict)
