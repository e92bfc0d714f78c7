"""Both sides laid side by side: what only this PC holds, what only the province holds, what differs, and what follows from each."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.line.comparing import Comparison, DifferingOp, Side
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.line_words import moment_words
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import label

_SIDES = {
    Side.HERE: QT_TRANSLATE_NOOP("ReconcileDialog", "only on this PC"),
    Side.THERE: QT_TRANSLATE_NOOP("ReconcileDialog", "only at the province"),
    Side.DIFFERENT: QT_TRANSLATE_NOOP("ReconcileDialog", "differs"),
}
_FOLLOWS = {
    Side.HERE: QT_TRANSLATE_NOOP("ReconcileDialog", "this PC sends it again by itself"),
    Side.THERE: QT_TRANSLATE_NOOP("ReconcileDialog", "this PC reads it back by itself"),
    Side.DIFFERENT: QT_TRANSLATE_NOOP("ReconcileDialog", "change nothing; report it to the province's support"),
}


class ReconcileDialog(DeskDialog):
    """Compares as soon as it opens; Enter on a row opens its dossier."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("ReconcileDialog", "Compare with the province"), parent, width=900)
        theme = context.theme
        self._context = context
        self.banner, self.earlier = Banner(theme), label(theme, tone="muted", wrap=True)
        self.model = RowsModel[DifferingOp]((
            Column(self.tr("Where"), lambda d: self.tr(str(_SIDES[d.side])),
                   lambda d: CellLook(tone="danger" if d.side is Side.DIFFERENT else "text")),
            Column(self.tr("Dossier"), lambda d: d.dossier_code or self.tr("item {place}").format(place=d.place.rpartition("/")[2])),
            Column(self.tr("When"), lambda d: f"{d.occurred_at:%H:%M %d/%m/%Y}" if d.occurred_at else "–"),
            Column(self.tr("What follows"), lambda d: self.tr(str(_FOLLOWS[d.side]))),
        ), self)
        self.table = DeskTable(theme, self.tr("What is not the same"))
        self.table.setModel(self.model)
        self.table.set_widths((150, 260, 150, 270), stretch=3)
        self.table.setMinimumHeight(theme.px(34 + 5 * 36))
        self.table.opened.connect(self._open)
        EmptyState(theme, self.table, "git-compare", self.tr("What is not the same on both sides will stand here."))
        for part in (self.banner, self.earlier):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.again = PrimaryButton(theme, self.tr("Compare again"))
        self.again.clicked.connect(self.compare)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.add_button(self.again)
        self.add_button(close)
        context.tasks.run(context.counter.comparing.last, done=self._show_earlier)
        self.compare()

    def compare(self) -> None:
        """Compare both sides now; the desk goes on meanwhile."""
        self.again.setEnabled(False)
        self.banner.say("neutral", self.tr("Comparing with the province…"))
        compare = self._context.counter.comparing.compare
        self._context.tasks.run_slow(compare, self._context.session.actor, done=self.show_comparison, failed=self.refuse, key="compare")

    def show_comparison(self, found: Comparison) -> None:
        """Show how both sides compare."""
        self.again.setEnabled(True)
        self.model.show_rows(found.differences)
        if found.match:
            self.banner.say("accent", self.tr("Both sides hold the same."))
            return
        words = self.tr("Only on this PC: {here}. Only at the province: {there}. Different: {different}.").format(
            here=found.here, there=found.there, different=found.different)
        if found.pending:
            words += " " + self.tr("The province has changes that this PC has not read yet; compare again after the next exchange.")
        self._context.line.send_now()  # what only one side holds goes over with the next pass
        self.banner.say("danger" if found.different else "warning", words)

    def refuse(self, error: DeskError) -> None:
        """Say why both sides could not be compared now."""
        self.again.setEnabled(True)
        self.banner.say("warning", sentences_of(error))

    def _show_earlier(self, last: Comparison | None) -> None:
        if last is not None:
            outcome = self.tr("both sides held the same") if last.match else self.tr("{count} items were not the same").format(
                count=last.here + last.there + last.different)
            moment = moment_words(last.at, self._context.counter.clock.now())
            self.earlier.setText(self.tr("Last compared: {time}, {outcome}. Once a day it is done by itself.").format(
                time=moment, outcome=outcome))

    def _open(self, at: int) -> None:
        if code := self.model.rows[at].dossier_code:
            self._context.navigator.open("dossier", code=code)
            self.accept()
