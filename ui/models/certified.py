"""What the tables of the certification counter show: the lines being typed, and the visits of today."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from counter_app.domain.certification import CertificationKind, CertifiedLine, printed_sign, rule_of
from counter_app.domain.dossier import BookPlace
from counter_app.services.certification.terms import Visit
from ui.models.rows import Column
from ui.widgets.badge import BadgeLook
from ui.widgets.rows import CellLook

MUTED, BOLD = CellLook(tone="text_muted"), CellLook(bold=True)
LINE_WIDTHS = (44, 200, 132, 80, 70, 80, 58, 102)
NAME = 1
VISIT_WIDTHS = (66, 164, 200, 106, 140, 78, 84)
REPRINT, STRIKE = 5, 6


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of the form with what it costs and the number it will take, as far as they are known."""

    at: int
    line: CertifiedLine
    amount_vnd: int | None
    place: BookPlace | None


def kind_word(kind: CertificationKind) -> str:
    """Return the short name of a kind."""
    translate = QCoreApplication.translate
    words = {
        CertificationKind.COPY: translate("Certified", "Copy"), CertificationKind.SIGNATURE: translate("Certified", "Signature"),
        CertificationKind.TRANSLATOR: translate("Certified", "Translator"),
        CertificationKind.TRANSACTION: translate("Certified", "Transaction"), CertificationKind.AMEND: translate("Certified", "Amendment"),
        CertificationKind.CANCEL: translate("Certified", "Cancellation"), CertificationKind.CORRECT: translate("Certified", "Correction"),
    }
    return words[kind]


def figures(amount: int) -> str:
    """Return an amount without its unit, as a column headed "đ" shows it."""
    return f"{amount:,}".replace(",", ".")


def pages_word(line: CertifiedLine) -> str:
    """Return the pages of a line; only those of copies count."""
    return str(line.pages) if line.kind is CertificationKind.COPY else "–"


def line_columns() -> tuple[Column[TypedLine], ...]:
    """Return the columns of the lines being typed."""
    translate = QCoreApplication.translate
    return (
        Column(translate("Certified", "#"), lambda row: str(row.at + 1), lambda _: MUTED, right=True),
        Column(translate("Certified", "Paper"), lambda row: row.line.document_name),
        Column(translate("Certified", "Kind"), lambda row: kind_word(row.line.kind)),
        Column(translate("Certified", "Pages"), lambda row: pages_word(row.line), right=True),
        Column(translate("Certified", "Copies"), lambda row: str(row.line.copies), right=True),
        Column(translate("Certified", "Fee"), lambda row: "–" if row.amount_vnd is None else figures(row.amount_vnd), right=True),
        Column(translate("Certified", "No."), lambda row: str(row.place.ordinal) if row.place else "", lambda _: BOLD, right=True),
        Column(translate("Certified", "Book"), lambda row: printed_sign(row.line.register), lambda _: MUTED),
    )


def visit_columns() -> tuple[Column[Visit], ...]:
    """Return the columns of the visits of today."""
    translate = QCoreApplication.translate
    return (
        Column(translate("Certified", "Time"), lambda visit: f"{visit.at:%H:%M}", lambda _: MUTED),
        Column(translate("Certified", "Requester"), lambda visit: visit.applicant, _struck),
        Column(translate("Certified", "Papers"), papers_words, lambda _: MUTED),
        Column(translate("Certified", "Fee"), lambda visit: f"{figures(visit.amount_vnd)} đ", right=True),
        Column(translate("Certified", "State"), _state, _state_look),
        Column("", lambda visit: translate("Certified", "Reprint") if visit.standing else "", lambda _: CellLook(tone="accent")),
        Column("", lambda visit: translate("Certified", "Strike…") if visit.standing else "", lambda _: CellLook(tone="accent")),
    )


def papers_words(visit: Visit) -> str:
    """Return what a visit was about: ``4 papers, 11 copies · 1 signature``."""
    translate, parts = QCoreApplication.translate, []
    copies = [number for number in visit.standing if number.kind is CertificationKind.COPY]
    others = [number for number in visit.standing if number.kind is not CertificationKind.COPY]
    if copies:
        words = translate("Certified", "{papers} papers, {copies} copies")
        parts.append(words.format(papers=len(copies), copies=sum(number.copies for number in copies)))
    for kind in dict.fromkeys(number.kind for number in others):
        count = sum(number.copies if rule_of(kind).per_copy else 1 for number in others if number.kind is kind)
        parts.append(f"{count} {kind_word(kind).lower()}")
    return " · ".join(parts) or translate("Certified", "struck")


def _struck(visit: Visit) -> CellLook | None:
    return None if visit.standing else CellLook(tone="text_muted", struck=True)


def _state(visit: Visit) -> str:
    return QCoreApplication.translate("Certified", "to be signed") if visit.is_waiting else ""


def _state_look(visit: Visit) -> CellLook | None:
    return CellLook(badge=BadgeLook("neutral", "user-edit", _state(visit))) if visit.is_waiting else None
