"""Ratings on paper: the sheet of a dossier is printed, and what came back is typed by code and figure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.acts.notes_ratings import HIGHEST, LOWEST, Rate, RatingChannel
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of, sentences_of
from ui.papers import Papers
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import label


class PaperRatingDialog(DeskDialog):
    """Scan the sheet, type 1 to 5, Enter: the next sheet."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("PaperRatingDialog", "Ratings on paper"), parent, width=640)
        self._context, theme = context, context.theme
        self._papers = Papers(context, self)
        self.banner = Banner(theme)
        self.code, self.comment = TextField(theme), TextField(theme)
        self.score: SegmentedChoice[int] = SegmentedChoice(
            theme, self.tr("Score"), [(str(score), score) for score in range(LOWEST, HIGHEST + 1)])
        self.score.choose(HIGHEST)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Scan the code of the sheet"), self.code, "code", at=(0, 0))
        self.form.add_row(self.tr("Score, 1 very bad to 5 very good"), self.score, "score", at=(1, 0))
        self.form.add_row(self.tr("What was written (may stay empty)"), self.comment, "comment", at=(2, 0))
        self.form.submitted.connect(self._keep)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self.body.addWidget(label(theme, self.tr("The sheet names the dossier and nobody; lists show no name with a rating."), tone="muted",
                                  wrap=True))
        save, sheet = PrimaryButton(theme, self.tr("Keep it"), key="Enter"), SecondaryButton(theme, self.tr("Print a sheet"))
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, slot in ((save, self._keep), (sheet, self._print), (close, self.close)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)
        self.code.setFocus()

    def take_scan(self, text: str) -> None:
        """Begin with the sheet that was scanned; its figure is typed."""
        self.code.setText(text)
        self.score.setFocus()

    def _keep(self) -> None:
        command = Rate(self.code.text(), self.score.value, RatingChannel.PAPER, self.comment.text())
        self.form.show_problems({})
        rate, actor = self._context.counter.life.ratings.rate, self._context.session.actor
        self._context.tasks.run(rate, command, actor, done=self._note, failed=self._refuse)

    def _note(self, _: object) -> None:
        self.banner.say("accent", self.tr("Kept: {code}, {score}.").format(code=self.code.text().strip(), score=self.score.value))
        self.code.clear()
        self.comment.clear()
        self.code.setFocus()

    def _print(self) -> None:
        sheet, actor = self._context.counter.citizens.rating_sheets.sheet, self._context.session.actor
        self._context.tasks.run(sheet, self.code.text(), actor, done=self._open, failed=self._refuse)

    def _open(self, pdf: bytes) -> None:
        self._papers.show_made("phieu-danh-gia", self.windowTitle(), pdf)

    def _refuse(self, error: DeskError) -> None:
        if not self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems}):
            self.banner.say("danger", sentences_of(error))
