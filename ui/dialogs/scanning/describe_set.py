"""Say what stands on the paper or result that a set of pages is, before it is filed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.scanning.describing import require_details
from ui.context import DeskContext
from ui.dialogs.acts.inputs import read_all, widget_of
from ui.dialogs.base import ScrollingDialog
from ui.dialogs.scanning.describing import SetQuestions, details_fields, details_in, replaces_field
from ui.notices import sentence_of
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form


class DescribeSetDialog(ScrollingDialog):
    """``entered`` brings the :class:`PaperDetails`, tidy and checked, and why the set takes the place of a file that is there."""

    entered = Signal(object, str)

    def __init__(self, context: DeskContext, asked: SetQuestions, parent: QWidget) -> None:
        title = QCoreApplication.translate("DescribeSetDialog", "What stands on it: {paper}").format(paper=asked.name)
        super().__init__(context.theme, title, parent)
        self._context = context
        self.form = Form(context.theme, submits=True)
        self.form.submitted.connect(self._enter)
        fields = details_fields(asked.known, asked.target, asked.offer)
        if asked.taken:
            fields = (*fields, replaces_field(asked.replaces))
        self.fields = tuple((field, widget_of(context.theme, field)) for field in fields)
        for at, (field, widget) in enumerate(self.fields):
            self.form.add_row(field.text, widget, field.name, at=divmod(at, 2), hint=field.hint)
            widget.setToolTip(field.hint)
            self.form.grid.setColumnStretch(at % 2, 1)
        self.inside.body.addWidget(self.form)
        self.body.addWidget(self.area, 1)
        done, close = PrimaryButton(context.theme, self.tr("Keep"), key="F9"), SecondaryButton(context.theme, self.tr("Cancel"), key="Esc")
        done.setShortcut("F9")
        acts: tuple[tuple[PrimaryButton | SecondaryButton, Callable[[], None]], ...] = ((done, self._enter), (close, self.reject))
        for button, act in acts:
            button.clicked.connect(act)
            self.add_button(button)
        self.fields[1 if asked.target is FileTarget.RESULT else 0][1].setFocus()

    def _enter(self) -> None:
        read, wrong = read_all(self.fields, self._context.counter.clock.now().date())
        if not wrong:
            try:
                details = require_details(details_in(read))
            except RuleBrokenError as error:
                wrong = {problem.field or "": sentence_of(problem) for problem in error.problems}
        self.form.show_problems(wrong)
        if wrong:
            self.fit()
            self.form.focus_on(next(iter(wrong)))
            return
        self.entered.emit(details, read.get("replaces", ""))
        self.accept()
