"""Columns of two lines for dossiers, where a window is too narrow for one line each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from counter_app.domain.dossier import DossierRow
from ui.models.rows import Column
from ui.widgets.rows import CellLook


def code_and_procedure(instead: Callable[[DossierRow], str] | None = None) -> Column[DossierRow]:
    """Return the code with the procedure under it, or with what ``instead`` says where it says something."""
    def _below(row: DossierRow) -> str:
        return (instead(row) if instead else "") or row.procedure_name

    return Column(QCoreApplication.translate("DossierColumns", "Dossier"), lambda row: row.code,
                  lambda row: CellLook(below=_below(row)), spoken=lambda row: f"{row.code}, {_below(row)}")


def applicant_and_due(due: Callable[[DossierRow], str],
                      matched: Callable[[DossierRow], tuple[tuple[int, int], ...]] | None = None) -> Column[DossierRow]:
    """Return the applicant, the words that were searched for in bold, with the due time under the name."""
    def _look(row: DossierRow) -> CellLook:
        return CellLook(bold_ranges=matched(row) if matched else (), below=due(row))

    return Column(QCoreApplication.translate("DossierColumns", "Applicant, due"), lambda row: row.applicant, _look,
                  spoken=lambda row: f"{row.applicant}, {due(row)}")
