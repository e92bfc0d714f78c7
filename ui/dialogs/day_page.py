"""The end of a day: its figures once more, then the page with the mark."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import DeskError
from counter_app.domain.text import money
from counter_app.services.ports import ListFilter
from counter_app.services.registers.day_page import DayFigures, DayPage
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentences_of
from ui.papers import Papers, open_word
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.sheet import label


class DayPageDialog(DeskDialog):
    """Shows the figures; F9's place is the one button that makes and prints the page."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("DayPageDialog", "End of the day"), parent, width=560)
        self._context, theme = context, context.theme
        self._papers, self._made = Papers(context, self), ""
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        words = self.tr("The page bears eight characters made from the audit trail. Keep it with the register of dossiers.")
        self.body.addWidget(label(theme, words, tone="muted", wrap=True))
        self.make = PrimaryButton(theme, self.tr("Make and print the page"))
        self.open_pdf = SecondaryButton(theme, open_word())
        self.open_pdf.hide()
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, slot in ((self.make, self._make), (self.open_pdf, self._open), (close, self.close)):
            button.clicked.connect(slot)
            self.add_button(button)
        figures = context.counter.citizens.day_pages.figures
        context.tasks.run(figures, context.session.actor, done=self._show, failed=self._refuse)
        self.make.setFocus()

    def _show(self, day: DayFigures) -> None:
        lines = [
            (self.tr("Received today"), str(day.received)), (self.tr("Results returned today"), str(day.returned)),
            (self.tr("Results that wait"), str(day.open[ListFilter.RESULT_WAITING])),
            (self.tr("Overdue"), str(day.open[ListFilter.OVERDUE])),
            (self.tr("Papers awaited"), str(day.open[ListFilter.SUPPLEMENT_OPEN])), (self.tr("Numbers not used"), str(day.burned)),
            (self.tr("Cash"), money(day.money[FeeMethod.CASH][1])), (self.tr("Transfer"), money(day.money[FeeMethod.TRANSFER][1])),
            (self.tr("Paid at the portal"), money(day.money[FeeMethod.PORTAL][1]))]
        for at, (words, value) in enumerate(lines):
            self._grid.addWidget(label(self.theme, words), at, 0)
            self._grid.addWidget(label(self.theme, value, bold=True), at, 1, Qt.AlignmentFlag.AlignRight)

    def _make(self) -> None:
        self.make.setEnabled(False)
        day_pages, actor = self._context.counter.citizens.day_pages, self._context.session.actor
        self._context.tasks.run(day_pages.make, actor, done=self._note, failed=self._refuse)

    def _note(self, page: DayPage) -> None:
        self._made = page.print_id
        words = self.tr("Made, issue {issue} of today. Mark: {mark}").format(issue=page.issue, mark=page.facts["paper_code"])
        self.banner.say("accent", words)
        self.open_pdf.show()
        self.make.setEnabled(True)

    def _open(self) -> None:
        self._papers.open(self._made)

    def _refuse(self, error: DeskError) -> None:
        self.make.setEnabled(True)
        self.banner.say("danger", sentences_of(error))
