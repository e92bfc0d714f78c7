"""Step 3: the papers. What is required, what lies on the desk, and a line for what the catalogue doesn't know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.text import tidy
from ui.context import DeskContext
from ui.models.papers import ORIGINAL, QUANTITIES, PapersModel, papers_of
from ui.widgets.buttons import LinkButton
from ui.widgets.checklist import Checklist
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import Sheet, label, row, set_tone
from ui.widgets.step_mark import StepMark


class PapersBox(Sheet):
    """``edited`` comes after every change."""

    edited = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(0, 0), spacing=0, parent=parent)
        theme = context.theme
        self._context = context
        self._mark = StepMark(theme, 3)
        self._count = label(theme, tone="muted")
        tick, there = label(theme, self.tr("tick"), tone="muted"), label(theme, self.tr("all there"), tone="muted")
        self._more = LinkButton(theme, self.tr("Another paper"))
        self._more.setEnabled(False)
        self._more.clicked.connect(self._ask_other)
        self._head = row(self._mark, label(theme, self.tr("Papers"), bold=True), self._count, None, self._more, theme.px(4),
                   KeyCap(theme, "Space"), tick, theme.px(4), KeyCap(theme, "F7"), there, spacing=theme.px(8))
        self.body.addLayout(self._head)
        self.set_tight(False)
        titles = ("", "", self.tr("Original"), self.tr("Certified"), self.tr("Photocopy"))
        self.model = PapersModel(titles, self)
        self.view = Checklist(theme, self.model, self.tr("Papers"))
        self._empty = EmptyState(theme, self.view, "file-text", self.tr("Choose the procedure: its papers stand here."))
        self.body.addWidget(self.view, 1)
        self.body.addSpacing(theme.px(6))
        self.other = TextField(theme, placeholder=self.tr("Another paper, then Enter"))
        self.other.setAccessibleName(self.tr("Another paper"))
        self.other.setVisible(False)
        line = row(self.other)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.body.addLayout(line)
        self.problem = label(theme, tone="danger", wrap=True)
        self.problem.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8))
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.model.edited.connect(self._edit)
        self._look()

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show the papers of a procedure."""
        self.model.clock_text = f"{self._context.counter.clock.now():%H:%M}"
        self.model.show_papers(papers_of(procedure) if procedure else [])
        self._more.setEnabled(procedure is not None)
        if procedure:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.updateGeometry()
        self._look()

    def documents(self) -> tuple[DocumentLine, ...]:
        """Return the ticked papers."""
        return self.model.lines()

    def tick_required(self) -> None:
        """F7: all required papers are there."""
        self.model.clock_text = f"{self._context.counter.clock.now():%H:%M}"
        self.model.tick_required()

    def content(self) -> list[dict[str, Any]]:
        """Return what a draft keeps."""
        return self.model.content()

    def restore(self, content: list[dict[str, Any]]) -> None:
        """Show what a draft kept."""
        self.model.restore(content)
        self._look()

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Say what is wrong with the papers."""
        self.problem.setText(" ".join(dict.fromkeys(sentences.values())))
        self.problem.setVisible(bool(sentences))
        self._look()

    def focus_on(self, name: str) -> None:
        """Put the focus on the line that a problem (``documents.2.original``) is about."""
        _, _, rest = name.partition(".")
        at, _, what = rest.partition(".")
        ticked = [line for line, paper in enumerate(self.model.papers) if paper.ticked]
        line = ticked[int(at)] if at.isdigit() and int(at) < len(ticked) else 0
        column = QUANTITIES.index(what) + ORIGINAL if what in QUANTITIES else 0
        self.view.setCurrentIndex(self.model.index(line, column))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_unrolled(self, unrolled: bool) -> None:
        """Show every line without a scroll bar of its own, where the whole form scrolls."""
        self.view.set_unrolled(unrolled)

    def set_tight(self, tight: bool) -> None:
        """Give up the air around the title in a low window."""
        px = self._context.theme.px
        self._head.setContentsMargins(px(16), px(2 if tight else 8), px(16), px(2))

    def _ask_other(self) -> None:
        """Show the line for a paper that the catalogue doesn't know."""
        self.other.show()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_other(self) -> None:
        """Add the paper that was typed; an empty line only goes away."""
        name = tidy(self.other.text())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.other.hide()
        if name:
            self.model.add(name)
            self.other.clear()
            self.view.scrollToBottom()
            self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 2))

    def _edit(self) -> None:
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        there, wanted = self.model.required()
        full = there == wanted
        words = self.tr("all {wanted} required papers") if full else self.tr("{there} of {wanted} required papers")
        self._count.setText(words.format(there=there, wanted=wanted) if wanted else "")
        set_tone(self._count, "muted" if full or not there else "warning")
        self._mark.set_complete(full and bool(self.model.lines()) and self.problem.isHidden())
