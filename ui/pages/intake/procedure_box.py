"""Step 1: which procedure. Three letters without accents or a code are enough; then its name is the title of the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.errors import DeskError
from ui.context import DeskContext
from ui.notices import sentences_of
from ui.widgets.form import ChoiceField, TextField
from ui.widgets.sheet import Sheet, label, row
from ui.widgets.step_mark import StepMark
from ui.widgets.suggestions import Suggestion, SuggestionList

LEAST, OFFERED = 2, 8
"""Letters before anything is offered, and how much is offered."""


class _TitleField(TextField):
    """The field that is the title of the page: higher than others."""

    def sizeHint(self) -> QSize:
        """Return 44 as the height."""
        return QSize(super().sizeHint().width(), self._theme.px(44))


class ProcedureBox(Sheet):
    """``chosen`` carries the procedure, or None when the field was emptied; ``case_chosen`` comes when another limit was picked.

    While other words are typed no procedure is chosen, but the papers stay: the old choice comes back when the words lead nowhere.
    """

    chosen = Signal(object)
    case_chosen = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), parent=parent)
        theme = context.theme
        self._context = context
        self.procedure: Procedure | None = None
        self._before: Procedure | None = None
        self._wanted = ""
        """Words whose first procedure was asked for with Enter and hasn't come yet; a scan may run through the field meanwhile."""
        self._acts: list[Callable[[], None]] = []
        self._told = self._checked = ""
        self._mark = StepMark(theme, 1)
        self.field = _TitleField(theme, placeholder=self.tr("Procedure: three letters or a code"))
        self.field.setObjectName("procedure_code")
        self.field.setAccessibleName(self.tr("Procedure"))
        self.field.setFixedHeight(theme.px(44))
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
        self._add_case()
        self.body.addWidget(self._problem)
        self._list: SuggestionList | None = None
        self.field.textEdited.connect(self._edited)
        self.field.editingFinished.connect(self._left)

    def _add_case(self) -> None:
        theme = self._context.theme
        self._case = ChoiceField(theme)
        self._case.setAccessibleName(self.tr("Case"))
        self._case.activated.connect(self._choose_case)
        self._case_word = label(theme, self.tr("Case"), tone="muted")
        line = row(theme.px(24), self._case_word, self._case, spacing=theme.px(12))
        line.setStretch(2, 1)
        self.body.addLayout(line)
        self._case.hide()
        self._case_word.hide()

    # --- content ------------------------------------------------------------------------------------------------------

    @property
    def settled(self) -> Procedure | None:
        """The procedure that papers and fees are of, also while other words are being typed."""
        return self.procedure or self._before

    @property
    def is_taking(self) -> bool:
        """Tell whether a procedure was asked for and is on its way."""
        return bool(self._wanted)

    def delays(self, act: Callable[[], None]) -> bool:
        """Tell whether a procedure is on its way; the act is done when it is there. Fast fingers press F7 and F9 before it comes."""
        if self._wanted and act not in self._acts:
            self._acts.append(act)
        return bool(self._wanted)

    @property
    def case(self) -> str:
        """The case whose limit holds; empty for the usual one."""
        return str(self._case.currentData() or "")

    def show_procedure(self, procedure: Procedure | None, case: str = "") -> None:
        """Show a chosen procedure without telling anyone."""
        self.procedure, self._before, self._wanted = procedure, None, ""
        self.field.setText(procedure.label if procedure else "")
        self.field.setCursorPosition(0)
        self.field.setToolTip(procedure.name if procedure else "")
        self._case.clear()
        limits = (procedure.time_limit, *procedure.variants) if procedure else ()
        for limit in limits:
            self._case.addItem(f"{limit.case or self.tr('usual')} · {self.limit_words(limit)}", limit.case)
        self._case.setCurrentIndex(max(self._case.findData(case), 0))
        self._case.setVisible(len(limits) > 1)
        self._case_word.setVisible(len(limits) > 1)
        self._show_detail()
        self._mark.set_complete(procedure is not None)
        self._checked = ""
        self.tell("")

    def limit_words(self, given: TimeLimit) -> str:
        """Return a limit in short words."""
        if given.limit is None:
            return self.tr("no limit given")
        words = {
            "same_day": self.tr("same day"), "working_day": self.tr("{value} working days"), "day": self.tr("{value} days"),
            "month": self.tr("{value} months"), "hour": self.tr("{value} hours"),
        }
        return words[given.limit.unit.value].format(value=given.limit.value)

    def show_problem(self, sentence: str) -> None:
        """Show what a check of the form says of the procedure."""
        self._checked = sentence
        self._show_problem()

    def tell(self, sentence: str) -> None:
        """Show why the words, or a draft, lead to no procedure; it goes before what a check says, until other words or a choice come."""
        self._told = sentence
        self._show_problem()

    def _show_problem(self) -> None:
        sentence = self._told or self._checked
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._mark.set_complete(self.procedure is not None and not sentence)
        self.field.setAccessibleDescription(sentence)

    # --- looks --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the detail at the right end of the field."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._place_detail)

    def _show_detail(self) -> None:
        procedure = self.procedure
        limit = self._limit(procedure) if procedure else None
        self._detail.setText(f"{procedure.code} · {self.limit_words(limit)}" if procedure and limit else "")
        self._place_detail()

    def _limit(self, procedure: Procedure) -> TimeLimit:
        return next((limit for limit in procedure.variants if self.case and limit.case == self.case), procedure.time_limit)

    def _place_detail(self) -> None:
        px = self._context.theme.px
        self._detail.adjustSize()
        self._detail.move(self.field.width() - self._detail.width() - px(12), (self.field.height() - self._detail.height()) // 2)
        self._detail.setVisible(bool(self._detail.text()))
        self.field.setTextMargins(0, 0, self._detail.width() + px(16) if self._detail.text() else 0, 0)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter before the list is there takes the first that fits; a plain Enter goes on."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and self.procedure is None and len(self.field.text().strip()) >= LEAST:
            self._wanted = self.field.text()
            self._match(OFFERED, self._take_first)
        else:
            super().keyPressEvent(event)

    def _edited(self) -> None:
        """Other words: the choice no longer holds until one is taken."""
        if self.procedure is not None:
            self._before, self.procedure = self.procedure, None
            self._mark.set_complete(False)
            self._show_detail()
        if self._wanted and self.field.text().startswith(self._wanted):
            if self.field.text() == self._wanted:
                self._match(OFFERED, self._take_first)
            return
        self._wanted = ""
        if len(self.field.text().strip()) < LEAST:
            self._offer([])
        else:
            self._match(OFFERED, self._offer)

    def _match(self, limit: int, done: object) -> None:
        today = self._context.counter.clock.now().date()
        match = self._context.counter.catalogue.match
        run = self._context.tasks.run
        run(match, self.field.text(), today, limit, done=done, failed=self._cannot_match, key="procedure-match")  # type: ignore[arg-type]

    def _offer(self, found: list[Procedure]) -> None:
        if self._list is None:
            self._list = SuggestionList(self._context.theme, self.field, width=560)
            self._list.taken.connect(self._take)
        self._list.offer([Suggestion(each.label, f"{each.code} · {self.limit_words(each.time_limit)}", each) for each in found])
        nothing = not found and len(self.field.text().strip()) > LEAST
        self.tell(self._nothing_fits() if nothing else "")

    def _cannot_match(self, error: DeskError) -> None:
        """No procedure at all is in force on the day that the PC tells, or the data can't be read."""
        self._wanted = ""
        self._acts.clear()
        self.tell(sentences_of(error))

    def _nothing_fits(self) -> str:
        return self.tr("No procedure in force fits these words. Type fewer letters or the code, or look in the catalogue (Ctrl+Alt+D).")

    def _take(self, procedure: Procedure) -> None:
        self.show_procedure(procedure)
        self.chosen.emit(procedure)
        acts, self._acts = self._acts, []
        for act in acts:
            act()

    def _take_first(self, found: list[Procedure]) -> None:
        if self.field.text() != self._wanted:
            return
        self._wanted = ""
        self._offer([])
        if found:
            self._take(found[0])
        else:
            self._acts.clear()
            self.tell(self._nothing_fits())

    def _left(self) -> None:
        """A field that was left takes what its words mean; words that mean nothing give way to the choice before."""
        if self.procedure is not None or self._wanted or self.field.hasFocus():
            return
        if self.field.text().strip():
            self._match(2, self._settle)
        elif self._before is not None:
            self._before = None
            self.show_procedure(None)
            self.chosen.emit(None)

    def _settle(self, found: list[Procedure]) -> None:
        if self.procedure is not None or self.field.hasFocus():
            return
        if len(found) == 1:
            self._take(found[0])
        elif self._before is not None:
            self.show_procedure(self._before, self.case)
        else:
            self.tell(self.tr("Several procedures fit these words: choose one from the list.") if found else self._nothing_fits())

    def _choose_case(self) -> None:
        self._show_detail()
        self.case_chosen.emit()
