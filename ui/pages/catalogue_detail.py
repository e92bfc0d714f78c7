"""One procedure as the catalogue has it: limits, papers, fees with their exemptions, results, where it stands in law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.catalogue_words import limit_words
from counter_app.domain.text import money
from ui.dates import short_date
from ui.theme import Theme
from ui.widgets.sheet import Line, Sheet, label

if TYPE_CHECKING:
    from counter_app.domain.catalogue import Fee, Procedure, ProcedureOverride, RequiredDocument


class ProcedureDetail(Sheet):
    """A sheet that scrolls. The words are the catalogue's own and are not translated."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 0), parent=parent)
        self._theme = theme
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Procedure"))
        self.body.addWidget(self._area)
        self.show_procedure(None)

    def show_procedure(self, procedure: Procedure | None, decisions: Sequence[ProcedureOverride] = ()) -> None:
        """Show a procedure with the decisions that made it what it is, or what will be here."""
        inside = QWidget()
        inside.setProperty("kind", "clear")
        self._column = QVBoxLayout(inside)
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(16), px(20), px(16))
        self._column.setSpacing(px(10))
        if procedure is None:
            self._column.addWidget(label(self._theme, self.tr("Choose a procedure at the left."), tone="muted"))
        else:
            self._fill(procedure, decisions)
        self._column.addStretch(1)
        self._area.setWidget(inside)

    def _fill(self, procedure: Procedure, decisions: Sequence[ProcedureOverride]) -> None:
        self._column.addWidget(label(self._theme, procedure.name, kind="title", wrap=True))
        self._column.addWidget(label(self._theme, f"{procedure.code} · {procedure.field_name}", tone="muted", wrap=True))
        self._block(self.tr("Time limit"), [(limit.case, limit.text) for limit in (procedure.time_limit, *procedure.variants)])
        self._block(self.tr("Papers"), [(paper.name, self._quantities(paper)) for paper in procedure.documents])
        self._block(self.tr("Fees"), [(fee.name, self._amount(fee, own=bool(procedure.overridden_by))) for fee in procedure.fees])
        self._block(self.tr("Result"), [(result.name, result.code) for result in procedure.results])
        self._block(self.tr("Own decisions"), [self._decision(each) for each in decisions])
        self._block(self.tr("In the catalogue"), self._origin(procedure))

    def _block(self, heading: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a heading and its lines: what at the left, how much at the right."""
        shown = [line for line in lines if any(line)]
        if not shown:
            return
        self._column.addWidget(Line(self._theme))
        self._column.addWidget(label(self._theme, heading, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(24))
        grid.setVerticalSpacing(self._theme.px(6))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for at, (what, much) in enumerate(shown):
            if what:
                grid.addWidget(label(self._theme, what, wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            side = label(self._theme, much, tone="muted" if what else "", wrap=True)
            grid.addWidget(side, at, 1 if what else 0, 1, 1 if what else 2, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(grid)

    def _quantities(self, paper: RequiredDocument) -> str:
        parts = [self.tr("only shown")] if paper.shown_only else []
        parts += [self.tr("{count} original").format(count=paper.original)] if paper.original and not paper.shown_only else []
        parts += [self.tr("{count} copy").format(count=paper.copy)] if paper.copy and not paper.shown_only else []
        parts += [paper.condition or self.tr("if needed")] if paper.conditional else []
        return " · ".join(parts)

    def _amount(self, fee: Fee, *, own: bool) -> str:
        """Return the fee in the catalogue's words, in figures where a decision of one's own replaced them; the exemption with it."""
        figures = "" if fee.amount_vnd is None else money(fee.amount_vnd)
        amount = (figures if own else fee.text) or fee.text or figures or self.tr("set by the provincial council")
        return f"{amount}\n{fee.exemption_note}" if fee.exemption_note else amount

    def _decision(self, decision: ProcedureOverride) -> tuple[str, str]:
        """Return number and author of a decision, and what holds from when."""
        first, last = decision.effective_from, decision.effective_to
        span = self.tr("from {first}").format(first=short_date(first))
        if last is not None:
            span = self.tr("from {first} to {last}").format(first=short_date(first), last=short_date(last))
        if decision.fee_name:
            what = f"{decision.fee_name}: {money(decision.amount_vnd or 0)}"
        else:
            what = self.tr("Time limit: {limit}").format(limit=limit_words(decision.limit))
        author = decision.decided_by or self.tr("who decided was not noted")
        return f"{decision.decision_number}\n{author}", f"{what}\n{span}"

    def _origin(self, procedure: Procedure) -> list[tuple[str, str]]:
        start, end = procedure.effective_from, procedure.effective_to
        lines = [(self.tr("Version"), procedure.catalogue_version)]
        if start or end:
            lines.append((self.tr("In force"), f"{short_date(start) if start else '…'} – {short_date(end) if end else '…'}"))
        if procedure.legal_basis:
            lines.append((self.tr("Legal basis"), procedure.legal_basis))
        return lines
