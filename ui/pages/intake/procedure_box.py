"""Step 1: which procedure. Three letters without accents or a code are enough; then its name is the title of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.catalogue import Procedure
from ui.context import DeskContext
from ui.widgets.form import TextField
from ui.widgets.sheet import Sheet, label
from ui.widgets.step_mark import StepMark
from ui.widgets.suggestions import Suggestion, SuggestionList


class ProcedureBox(Sheet):
    """``chosen`` carries the procedure, or None when the field was emptied."""

    chosen = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), parent=parent)
        theme = context.theme
        self._context = context
        self.procedure: Procedure | None = None
        self._mark = StepMark(theme, 1)
        self.field = TextField(theme, placeholder=self.tr("Procedure: three letters or a code"))
        self.field.setObjectName("procedure_code")
        self.field.setAccessibleName(self.tr("Procedure"))
        self.field.setMinimumHeight(theme.px(44))
        self.field.setFont(theme.font("title"))
        self._detail = label(theme, tone="muted")
        self._detail.setParent(self.field)
        self._problem = label(theme, tone="danger", wrap=True)
        self._problem.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(self._mark)
        line.addWidget(self.field, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._problem)
        self._list: SuggestionList | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._ask)
        self.field.textEdited.connect(self._edited)
        self.field.editingFinished.connect(self._left)

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show a chosen procedure without telling anyone."""
        self.procedure = procedure
        self.field.setText(procedure.label if procedure else "")
        self.field.setCursorPosition(0)
        self.field.setToolTip(procedure.name if procedure else "")
        self._detail.setText(f"{procedure.code} · {self.limit_words(procedure)}" if procedure else "")
        self._place_detail()
        self._mark.set_complete(procedure is not None)
        self.show_problem("")

    def limit_words(self, procedure: Procedure) -> str:
        """Return the limit in short words."""
        limit = procedure.time_limit.limit
        if limit is None:
            return self.tr("no limit given")
        words = {
            "same_day": self.tr("same day"), "working_day": self.tr("{value} working days"), "day": self.tr("{value} days"),
            "month": self.tr("{value} months"), "hour": self.tr("{value} hours"),
        }
        return words[limit.unit.value].format(value=limit.value)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with the procedure."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def resizeEvent(self, event: object) -> None:
        """Keep the detail at the right end of the field."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self._place_detail)

    def _place_detail(self) -> None:
        px = self._context.theme.px
        self._detail.adjustSize()
        self._detail.move(self.field.width() - self._detail.width() - px(12), (self.field.height() - self._detail.height()) // 2)
        self._detail.setVisible(bool(self._detail.text()) and not self._wait.isActive())
        self.field.setTextMargins(0, 0, self._detail.width() + px(16) if self._detail.text() else 0, 0)

    def _edited(self) -> None:
        """Other words: the choice no longer holds until one is taken."""
        if self.procedure is not None:
            self.procedure = None
            self._detail.setText("")
            self._mark.set_complete(False)
            self._place_detail()
            self.chosen.emit(None)
        self._wait.start()

    def _ask(self) -> None:
        text = self.field.text().strip()
        if len(text) < 2:
            self._offer([])
            return
        today = self._context.counter.clock.now().date()
        self._context.tasks.run(self._context.counter.catalogue.match, text, today, done=self._offer, key="procedure-match")

    def _offer(self, found: list[Procedure]) -> None:
        if self._list is None:
            self._list = SuggestionList(self._context.theme, self.field, width=560)
            self._list.taken.connect(self._take)
        self._list.offer([Suggestion(each.label, f"{each.code} · {self.limit_words(each)}", each) for each in found])
        if not found and len(self.field.text().strip()) >= 3:
            self.show_problem(self.tr("No procedure in force begins with these words."))
        else:
            self.show_problem("")

    def _take(self, procedure: Procedure) -> None:
        self.show_procedure(procedure)
        self.chosen.emit(procedure)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focusNextChild()

    def _left(self) -> None:
        """A field left with words that mean one procedure only takes it."""
        if self.procedure is None and len(self.field.text().strip()) >= 3:
            today = self._context.counter.clock.now().date()
            self._context.tasks.run(self._context.counter.catalogue.match, self.field.text(), today, 2, done=self._take_only)

    def _take_only(self, found: list[Procedure]) -> None:
        if self.procedure is None and len(found) == 1 and not self.field.hasFocus():
            self.show_procedure(found[0])
            self.chosen.emit(found[0])
