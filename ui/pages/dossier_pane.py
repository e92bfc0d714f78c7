"""The pane beside the list: the chosen dossier in ten lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from counter_app.domain.dossier import DossierRow, FeeLine
from counter_app.domain.scan_words import SeenInScan
from counter_app.domain.text import money
from ui.context import DeskContext
from ui.models.fees import fees_text
from ui.models.states import Today, due_text, state_badge, status_word, sync_look, sync_word
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.sheet import ElidedLabel, IconLabel, Line, Sheet, hold_width, label, row

WIDTH = 264
FEE = 6
"""The row of the fee."""


class DossierPane(Sheet):
    """Facts of one row; empty where none is chosen."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, spacing=10, parent=parent)
        theme = context.theme
        self._context = context
        self._code = label(theme, bold=True)
        self._procedure = label(theme, wrap=True)
        self._where = label(theme, wrap=True, bold=True)
        self._badge = Badge(theme, BadgeLook("neutral", "progress", "…"))
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(theme.px(12))
        self._facts.setHorizontalSpacing(theme.px(12))
        self._applicant = label(theme, bold=True, wrap=True)
        self._fee = label(theme, wrap=True)  # a reason is read to its end
        self._values: list[ElidedLabel] = []
        for at, word in enumerate(self._names()):
            value: QLabel = self._fee if at == FEE else ElidedLabel()
            self._facts.addWidget(label(theme, word, tone="muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, at, 1)
            if isinstance(value, ElidedLabel):
                self._values.append(value)
        self._facts.setColumnStretch(1, 1)
        self._sync_icon = IconLabel(theme, "device-floppy")
        self._sync = label(theme)
        self.body.addWidget(self._code)
        self.body.addWidget(self._procedure)
        self.body.addWidget(self._where)
        self.body.addWidget(self._badge)
        self.body.addWidget(Line(theme))
        self.body.addWidget(self._applicant)
        self.body.addLayout(self._facts)
        self.body.addWidget(Line(theme))
        self.body.addLayout(row(self._sync_icon, self._sync, None))
        self.body.addStretch(1)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Stand in the place of the table, or beside it."""
        hold_width(self, None if wide else self._context.theme.px(WIDTH))

    def _names(self) -> tuple[str, ...]:
        return (self.tr("Identity no."), self.tr("Telephone"), self.tr("Received"), self.tr("Due"), self.tr("Stage"),
                self.tr("Papers"), self.tr("Fee"), self.tr("Book"))

    def show_row(self, seen: DossierRow | None, today: Today | None, where: SeenInScan | None = None) -> None:
        """Show one dossier, and ``where`` a search found it that only a scan matched; the words of its fees follow at once."""
        for part in self.findChildren(QWidget):
            part.setVisible(seen is not None)
        self._where.setVisible(where is not None)
        if seen is None or today is None:
            return
        if where is not None:
            self._where.setText(self.tr("Seen in a scan: {paper}, page {page}").format(paper=where.paper, page=where.page))
        self._code.setText(seen.code)
        self._procedure.setText(seen.procedure_name)
        self._badge.show_look(state_badge(self._context.theme, seen, today, in_full=True))
        place = self.tr("{volume}, no. {ordinal}").format(volume=seen.place.volume_label, ordinal=seen.place.ordinal) if seen.place else "–"
        self._fee.setText(money(seen.fee_total_vnd) if seen.fee_total_vnd else "")
        self._applicant.setText(seen.applicant)
        texts = (seen.masked_id or "–", seen.phone or "–", f"{seen.received_at:%d/%m/%Y %H:%M}", due_text(seen, today.at.now),
                 status_word(seen.status), str(seen.document_count), place)
        for value, text in zip(self._values, texts, strict=True):
            value.show_text(text)
        look = sync_look(self._context.theme, seen.sync_state)
        self._sync_icon.show_icon(look.icon, look.tone)
        self._sync.setText(sync_word(seen.sync_state))
        dossiers = self._context.counter.dossiers
        self._context.tasks.run(dossiers.fees_of, seen.dossier_id, self._context.session.actor, done=self._show_fees, key="pane-fees")

    def _show_fees(self, fees: tuple[FeeLine, ...]) -> None:
        self._fee.setText(fees_text(fees))
