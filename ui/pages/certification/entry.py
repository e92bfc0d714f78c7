"""The line that is being typed: name, kind, pages, copies, details. Enter goes on; in the last field it makes the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.certification import CertificationKind, CertifiedLine, printed_sign
from counter_app.domain.text import fold, tidy
from counter_app.services.repositories.certification import UsualPaper
from ui.models.certified import LINE_WIDTHS, figures, kind_word
from ui.pages.certification.details import LineDetails, Offered
from ui.theme import Theme
from ui.widgets.form import ChoiceField, TextField
from ui.widgets.rows import PADDING
from ui.widgets.sheet import hold_width, label
from ui.widgets.suggestions import Suggestion, SuggestionList

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OFFERED, GAP = 6, 8
FIGURES = QRegularExpression("[0-9]{0,4}")
"""What a count may hold; a validator of numbers would let the thousands sign of the language through."""


class EntryLine(QWidget):
    """``edited`` comes after every change, ``entered`` with Enter in the last field, ``up`` when the lines above are wanted."""

    edited = Signal()
    entered = Signal()
    up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual: Sequence[UsualPaper] = ()
        self._list: SuggestionList | None = None
        self._number = label(theme, "1", tone="muted")
        self.name = TextField(theme, placeholder=self.tr("Name of the paper"))
        self.kind = ChoiceField(theme)
        self.pages, self.copies = TextField(theme), TextField(theme)
        self._fee, self._place, self._book = label(theme), label(theme, bold=True), label(theme, tone="muted")
        self.details = LineDetails(theme)
        self._error = label(theme, tone="danger", wrap=True)
        self._error.hide()
        self._name_fields()
        self._stand()
        self.show_line(None, 0)

    def _name_fields(self) -> None:
        named = ((self.name, self.tr("Paper"), "document_name"), (self.kind, self.tr("Kind"), "kind"),
                 (self.pages, self.tr("Pages of the original"), "pages"), (self.copies, self.tr("Copies"), "copies"))
        for field, word, name in named:
            field.setAccessibleName(word)
            field.setObjectName(f"line.{name}")
            field.installEventFilter(self)
        for kind in CertificationKind:
            self.kind.addItem(kind_word(kind), kind.value)
        for field in (self.pages, self.copies):
            field.setValidator(QRegularExpressionValidator(FIGURES, field))
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.textEdited.connect(self._edit)
        for part in (self.details.electronic, self.details.procedure, self.details.parties):
            part.installEventFilter(self)
        self.details.edited.connect(self._edit)
        self.name.textEdited.connect(self._offer)
        self.kind.currentIndexChanged.connect(self._edit)

    def _stand(self) -> None:
        px = self._theme.px
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        line = QHBoxLayout()
        line.setContentsMargins(0, px(6), 0, px(6))
        line.setSpacing(0)
        cells = (self._number, self.name, self.kind, self.pages, self.copies, self._fee, self._place, self._book)
        for cell, width in zip(cells, LINE_WIDTHS, strict=True):
            gap = px(GAP) if isinstance(cell, QLineEdit | ChoiceField) else 0
            line.addSpacing(gap if cell is not self.name else 0)
            line.addWidget(cell, 1 if cell is self.name else 0)
            if cell is not self.name:
                hold_width(cell, px(width) - gap)
        for text in (self._number, self._fee, self._place):
            text.setAlignment(right)
            text.setContentsMargins(0, 0, px(PADDING), 0)
        self._book.setContentsMargins(px(PADDING), 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        self.details.setContentsMargins(px(LINE_WIDTHS[0]), 0, 0, 0)
        column.addWidget(self.details)
        self._error.setContentsMargins(px(LINE_WIDTHS[0]), 0, px(12), px(6))
        column.addWidget(self._error)

    # --- content ------------------------------------------------------------------------------------------------------

    def line(self) -> CertifiedLine | None:
        """Return what was typed, None where no name stands."""
        name = tidy(self.name.text())
        if not name:
            return None
        return self.details.added_to(CertifiedLine(self._kind, name, self._count(self.pages), self._count(self.copies)))

    def show_line(self, line: CertifiedLine | None, at: int) -> None:
        """Show a line to be changed, or the empty one with its place."""
        self._number.setText(str(at + 1))
        self.name.setText(line.document_name if line else "")
        self.pages.setText(str(line.pages if line else 1))
        self.copies.setText(str(line.copies if line else 1))
        self.kind.setCurrentIndex(self.kind.findData(line.kind.value if line else CertificationKind.COPY.value))
        self.details.put(line)
        self.show_problem("")
        self._look()

    def show_outcome(self, amount_vnd: int | None, ordinal: int | None) -> None:
        """Show what the line costs and the number it will take."""
        self._fee.setText("" if amount_vnd is None else figures(amount_vnd))
        self._place.setText("" if ordinal is None else str(ordinal))

    def show_problem(self, sentence: str, member: str = "") -> None:
        """Say what is wrong with the line, below it."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        details = self.details
        field = {"pages": self.pages, "copies": self.copies, "parties": details.parties}.get(member, self.name)
        for each in (self.name, self.pages, self.copies, details.parties):
            wrong = bool(sentence) and each is field
            each.setAccessibleDescription(sentence if wrong else "")
            if bool(each.property("problem")) != wrong:
                each.setProperty("problem", wrong)
                each.style().unpolish(each)
                each.style().polish(each)
        if sentence and member in ("procedure_code", "electronic"):
            details.ask()
            (details.procedure if member == "procedure_code" else details.electronic).setFocus(Qt.FocusReason.TabFocusReason)
        elif sentence:
            self._go(field)

    def set_usual(self, papers: Sequence[UsualPaper], offered: Offered) -> None:
        """Offer these papers from now on, the most frequent first, and these procedures of each kind."""
        self._usual = papers
        self.details.set_procedures(offered)
        self._look()

    def next_kind(self) -> None:
        """Choose the kind after this one, the first after the last."""
        self.kind.setCurrentIndex((self.kind.currentIndex() + 1) % self.kind.count())

    def ask_details(self) -> None:
        """Go to who signs, or to what else may be said of a copy."""
        part = self.details.ask()
        self.edited.emit()
        part.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_name(self) -> None:
        """Begin at the name."""
        self._go(self.name)

    @property
    def _kind(self) -> CertificationKind:
        return CertificationKind(self.kind.currentData())

    def _count(self, field: QLineEdit) -> int:
        return int(field.text() or 0)

    # --- suggestions --------------------------------------------------------------------------------------------------

    def _offer(self, text: str) -> None:
        if self._list is None:
            self._list = SuggestionList(self._theme, self.name)
            self._list.taken.connect(self._take)
        wanted = fold(text).split()
        found = sorted((paper for paper in self._usual if wanted and _fits(fold(paper.document_name).split(), wanted)), key=self._rank)
        self._list.offer([Suggestion(paper.document_name, self._habit(paper), paper) for paper in found[:OFFERED]])
        self._edit()

    def _rank(self, paper: UsualPaper) -> tuple[int, int, bool]:
        """The most frequent first; among papers alike the one that begins with what was typed."""
        return -paper.today, -paper.lately, not fold(paper.document_name).startswith(fold(self.name.text()))

    def _habit(self, paper: UsualPaper) -> str:
        if paper.today:
            return self.tr("{count} times today").format(count=paper.today)
        return self.tr("{count} times this month").format(count=paper.lately) if paper.lately else kind_word(paper.kind)

    def _take(self, paper: UsualPaper) -> None:
        self.name.setText(paper.document_name)
        self.kind.setCurrentIndex(self.kind.findData(paper.kind.value))
        if paper.lately:
            self.pages.setText(str(paper.pages))
        self._edit()
        self._go(self.pages if self._kind is CertificationKind.COPY else self.copies)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back; Up in the name goes to the lines above; plus on the number pad is the next kind.

        Ctrl+Z in a field with nothing to undo is meant for the visit.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            return event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._handle(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _handle(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in ENTER:
            return self._take_enter(watched, event)
        if event.key() == Qt.Key.Key_Up and watched is self.name:
            self.up.emit()
            return True
        if event.key() == Qt.Key.Key_Plus and watched in (self.pages, self.copies):
            self.next_kind()
            return True
        return False

    def _take_enter(self, watched: QObject, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.focusNextPrevChild(False)
        elif modifiers == Qt.KeyboardModifier.NoModifier:
            self._go_on(watched)
        else:
            return False
        return True

    def _go_on(self, watched: QObject) -> None:
        if watched is self.name and not tidy(self.name.text()):
            return
        if watched in (self.name, self.kind):
            self._go(self.pages if self._kind is CertificationKind.COPY else self.copies)
        elif watched is self.pages:
            self._go(self.copies)
        elif watched is not self.details.parties and self.details.has_parties:
            self._go(self.details.parties)
        else:
            self.entered.emit()

    @staticmethod
    def _go(field: QLineEdit) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()

    def _edit(self) -> None:
        self.show_problem_off()
        self._look()
        self.edited.emit()

    def show_problem_off(self) -> None:
        """Take the sentence away: the line was changed."""
        if self._error.isVisibleTo(self):
            self.show_problem("")

    def _look(self) -> None:
        copy = self._kind is CertificationKind.COPY
        self.pages.setEnabled(copy)
        self.details.show_kind(self._kind)
        self._book.setText(printed_sign(self.details.added_to(CertifiedLine(self._kind, "")).register))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on the tint of the line under the hand."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("hover"))


def _fits(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
