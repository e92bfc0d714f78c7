"""The right column of an opened dossier: what can be done now, its papers, its fees."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.digitised import WHOLE
from counter_app.domain.dossier import DocumentLine, Dossier
from ui.context import DeskContext
from ui.dialogs.acts.description import ActFacts
from ui.models.digital_papers import count_words, lines_of
from ui.models.fees import fees_text
from ui.pages.dossier_verbs import ORDER, line_of
from ui.widgets.sheet import Column, ElidedLabel, IconLabel, Line, Sheet, label, row
from ui.widgets.verb_row import VerbRow

WIDTH = 396
MOST_SEEN = 4
"""Papers that are seen without scrolling."""
LEAST, PAPER = 150, 30
"""Heights: the acts that are seen in the lowest window, and one paper."""


class DossierSide(QScrollArea):
    """``asked`` carries the id of the act that was pressed. Scrolls where the window is too low for both sheets."""

    asked = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self._inside_column = inside = Column(theme.px(12))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.body.addWidget(self._make_verbs(), 1)
        inside.body.addWidget(self._make_papers())

    def _make_verbs(self) -> Sheet:
        theme = self._context.theme
        sheet = Sheet(theme, padding=(0, 10), spacing=0)
        title = label(theme, self.tr("What can be done now"), bold=True)
        title.setContentsMargins(theme.px(16), 0, 0, theme.px(6))
        sheet.body.addWidget(title)
        rows = QWidget()
        rows.setProperty("kind", "clear")
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._verbs = {name: VerbRow(theme, name, "") for name in ORDER}
        for verb in self._verbs.values():
            self._column.addWidget(verb)
            verb.clicked.connect(self._ask)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(theme.px(LEAST))
        self._area = area
        sheet.body.addWidget(area, 1)
        return sheet

    def _make_papers(self) -> Sheet:
        theme = self._context.theme
        sheet = Sheet(theme)
        self._count = label(theme, tone="muted")
        sheet.body.addLayout(row(label(theme, self.tr("Papers"), bold=True), None, self._count))
        self._inside = QWidget()
        self._inside.setProperty("kind", "clear")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.px(PAPER))
        self._papers_area = area
        self._seen = 1
        sheet.body.addWidget(area)
        sheet.body.addWidget(Line(theme))
        self._fee = label(theme, wrap=True)  # the reason of an exemption is read to its end
        self._receipt = label(theme, tone="muted")
        fee = row(IconLabel(theme, "cash"), self._fee, self._receipt)
        fee.setStretch(1, 1)
        sheet.body.addLayout(fee)
        return sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out anew."""
        super().resizeEvent(event)
        self._share_height()

    def take_focus(self) -> None:
        """Put the focus on the first act that is possible."""
        by_place = sorted(self._verbs.values(), key=self._column.indexOf)
        first = next((verb for verb in by_place if verb.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(first)

    def show_facts(self, facts: ActFacts, reasons: Mapping[str, str | None], main: str) -> None:
        """Show acts, papers and fees of a dossier: the main act first, then what is possible, then what is not, with its reason."""
        for name, verb in self._verbs.items():
            verb.show_line(line_of(facts, name), main=name == main)
            verb.show_reason(reasons[name])
        for at, name in enumerate(sorted(ORDER, key=lambda name: (name != main, reasons[name] is not None))):
            self._column.insertWidget(at, self._verbs[name])
        self._show_papers(facts.dossier)

    def _show_papers(self, dossier: Dossier) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        theme, quantities = self._context.theme, [self._quantity(paper) for paper in dossier.documents]
        lines = [line for line in lines_of(dossier) if line.part != WHOLE]
        for at, line in enumerate(lines):
            icon = IconLabel(theme, line.icon, line.role)
            icon.setToolTip(line.word)
            self._grid.addWidget(icon, at, 0)
            self._grid.addWidget(ElidedLabel(line.name), at, 1)
            quantity = quantities[at] if at < len(quantities) else self.tr("result")
            self._grid.addWidget(label(theme, quantity, tone="muted"), at, 2)
        self._grid.setRowStretch(len(lines), 1)
        self._seen = min(max(len(lines), 1), MOST_SEEN)
        self._count.setText(count_words(dossier))
        self._fee.setText(fees_text(dossier.fees))
        receipts = (f"{line.receipt_series} {line.receipt_number}".strip() for line in dossier.fees)
        self._receipt.setText(", ".join(receipt for receipt in receipts if receipt))
        self._share_height()

    def _share_height(self) -> None:
        """Show as many papers as there is room for beside the least of the acts: two bars beside each other confuse."""
        paper, inside = self._context.theme.px(PAPER), self._inside_column
        inside.body.activate()
        others = inside.heightForWidth(self.viewport().width()) - self._papers_area.height()
        self._papers_area.setFixedHeight(paper * max(1, min(self._seen, (self.viewport().height() - others) // paper)))

    def _quantity(self, paper: DocumentLine) -> str:
        if paper.shown_only:
            return self.tr("shown")
        counts = ((paper.original, self.tr("{count} original")), (paper.copy, self.tr("{count} copy")),
                  (paper.photocopy, self.tr("{count} photocopy")))
        return ", ".join(words.format(count=count) for count, words in counts if count)

    def _ask(self) -> None:
        sender = self.sender()
        if isinstance(sender, VerbRow):
            self.asked.emit(sender.action_id)
