"""What the catalogue itself fills into an intake: the papers that are always asked for, and the fees whose amount is known."""

from __future__ import annotations

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DocumentLine, FeeLine, FeeMethod

PER_CASE = ("", "case", "transaction")
"""Units of which an ordinary dossier has one; fees by page, copy or paper depend on what lies on the desk."""


def required_documents(procedure: Procedure) -> tuple[DocumentLine, ...]:
    """Return the papers that every dossier of the procedure needs, with the quantities of the catalogue."""
    return tuple(
        DocumentLine(paper.name, *_quantities(paper.original, paper.copy, shown_only=paper.shown_only), shown_only=paper.shown_only,
                     component_code=paper.code)
        for paper in procedure.documents if not (paper.conditional or paper.online_only)
    )


def known_fees(procedure: Procedure) -> tuple[FeeLine, ...]:
    """Return the fees that are due in any case and by a known amount, unpaid."""
    known = ((fee.name, fee.amount_vnd) for fee in procedure.fees if fee.amount_vnd and fee.per in PER_CASE)
    return tuple(FeeLine("", name, amount, FeeMethod.UNPAID) for name, amount in known)


def _quantities(original: int, copy: int, *, shown_only: bool) -> tuple[int, int]:
    """A paper that is only shown is not handed in; one that the catalogue doesn't count is one original."""
    if shown_only:
        return 0, 0
    return (original, copy) if original or copy else (1, 0)
