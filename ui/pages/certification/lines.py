"""The lines of a visit: those that are done as a table, below them the one that is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.certification import CertificationKind, CertifiedLine
from counter_app.domain.dossier import BookPlace
from ui.models.certified import LINE_WIDTHS, NAME, TypedLine, line_columns
from ui.models.rows import RowsModel
from ui.pages.certification.entry import EntryLine
from ui.theme import Theme
from ui.widgets.rows import HEAD, ROW, DeskTable
from ui.widgets.sheet import Sheet

LEAST_ROWS = 2
KEPT = ("kind", "document_name", "pages", "copies", "parties", "procedure_code", "electronic")
"""What a draft keeps of a line; who signs is chosen at the side."""


class VisitLines(Sheet):
    """``edited`` comes after every change. The last line is always the empty one; Enter on a line above takes it up to be changed."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 0), spacing=0, parent=parent)
        self._theme = theme
        self._done: list[CertifiedLine] = []
        self._changing: int | None = None
        self._amounts: Sequence[int | None] = ()
        self._places: Sequence[BookPlace] = ()
        self.table = DeskTable(theme, self.tr("Lines to certify"))
        self._model: RowsModel[TypedLine] = RowsModel(line_columns(), self)
        self.table.setModel(self._model)
        self.table.set_widths(LINE_WIDTHS, stretch=NAME)
        self.table.installEventFilter(self)
        self.table.opened.connect(self.change)
        self.entry = EntryLine(theme)
        self.entry.edited.connect(self.edited)
        self.entry.entered.connect(self._enter)
        self.entry.up.connect(self._go_up)
        self.body.addWidget(self.table)
        self.body.addWidget(self.entry)
        self.body.addStretch(1)
        self._show()

    # --- content ------------------------------------------------------------------------------------------------------

    def lines(self) -> tuple[CertifiedLine, ...]:
        """Return all lines, the one being typed at its place."""
        lines, typed = list(self._done), self.entry.line()
        if typed is not None:
            lines[self.at:self.at + (0 if self._changing is None else 1)] = [typed]
        return tuple(lines)

    @property
    def at(self) -> int:
        """The place of the line being typed."""
        return len(self._done) if self._changing is None else self._changing

    def content(self) -> list[dict[str, Any]]:
        """Return what a draft keeps of the lines."""
        return [{name: getattr(line, name) for name in KEPT} for line in self.lines()]

    def restore(self, lines: Sequence[dict[str, Any]]) -> None:
        """Show what a draft kept; none empties the table."""
        self._done = [CertifiedLine(**line | {"kind": CertificationKind(line["kind"])}) for line in lines]
        self._changing, self._amounts, self._places = None, (), ()
        self.entry.show_line(None, len(self._done))
        self._show()

    def show_outcome(self, amounts: Sequence[int | None], places: Sequence[BookPlace] | None = None) -> None:
        """Show what the lines cost and, once they are known, the numbers they will take."""
        self._amounts = amounts
        self._places = self._places if places is None else places
        self._show()

    def take_out(self) -> None:
        """Take out the chosen line, else the one being typed, else the last one."""
        at = self.table.currentIndex().row() if self.table.hasFocus() else self.at
        if self._changing is not None or (at == len(self._done) and self.entry.line() is not None):
            if self._changing is not None:
                del self._done[self._changing]
        elif self._done:
            del self._done[min(at, len(self._done) - 1)]
        self._next()

    def change(self, at: int) -> None:
        """Take a line up into the fields."""
        if self.entry.line() is not None and self._changing is None:
            self._enter()
        self._changing = at
        self.entry.show_line(self._done[at], at)
        self._show()
        self.entry.focus_name()

    def show_problem(self, at: int, member: str, sentence: str) -> None:
        """Take the line up that something is wrong with, and say it there."""
        if at != self.at:
            self.change(at)
        self.entry.show_problem(sentence, member)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the lines: Del takes one out, Down behind the last one and Esc go back to the line being typed."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            last = self.table.currentIndex().row() >= len(self._done) - 1
            if event.key() == Qt.Key.Key_Delete:
                self.take_out()
                return True
            if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Down and last):
                self.entry.focus_name()
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        typed = self.entry.line()
        if typed is None:
            return
        if self._changing is None:
            self._done.append(typed)
        else:
            self._done[self._changing] = typed
        self._next()

    def _next(self) -> None:
        """Open the empty line."""
        self._changing = None
        self.entry.show_line(None, len(self._done))
        self._show()
        self.entry.focus_name()
        self.edited.emit()

    def _go_up(self) -> None:
        if self._done:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(len(self._done) - 1)

    # --- looks --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        """Give the table the room of its lines, and no more than there is."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _show(self) -> None:
        self._model.show_rows([
            TypedLine(at, line, _known(self._amounts, at), _known(self._places, at)) for at, line in enumerate(self._done)])
        place = _known(self._places, self.at)
        typed = self.entry.line() is not None
        self.entry.show_outcome(_known(self._amounts, self.at) if typed else None, place.ordinal if place and typed else None)
        self._fit()

    def _fit(self) -> None:
        px, wanted = self._theme.px, len(self._done)
        room = max(LEAST_ROWS, (self.height() - px(HEAD) - self.entry.sizeHint().height()) // px(ROW))
        self.table.setFixedHeight(px(HEAD) + min(wanted, room) * px(ROW) + 2)
        self.table.scrollToBottom()


def _known(values: Sequence[Any], at: int) -> Any:  # noqa: ANN401
    return values[at] if at < len(values) else None
