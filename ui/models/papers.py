"""The papers of a form being filled: what the procedure asks for, what lies on the desk, what was only shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DocumentLine

CHECK, NAME, ORIGINAL, COPY, PHOTOCOPY = range(5)
QUANTITIES = ("original", "copy", "photocopy")
MOST = 99
PAPER_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Paper:
    """One line. ``usual`` are the quantities that a tick fills in; ``seen_at`` is ``HH:MM`` for a paper that was only shown."""

    name: str
    code: str = ""
    condition: str = ""
    shown_only: bool = False
    required: bool = False
    usual: tuple[int, int, int] = (1, 0, 0)
    ticked: bool = False
    original: int = 0
    copy: int = 0
    photocopy: int = 0
    seen_at: str = ""

    def line(self) -> DocumentLine:
        """Return it as the services take it."""
        return DocumentLine(self.name, self.original, self.copy, self.photocopy, self.shown_only, self.code)

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps of it."""
        return {"name": self.name, "ticked": self.ticked, "seen_at": self.seen_at, **{name: getattr(self, name) for name in QUANTITIES}}


def papers_of(procedure: Procedure) -> list[Paper]:
    """Return the lines of a procedure, the required ones first, those only asked for online left out."""
    papers = [
        Paper(asked.name, asked.code, asked.condition, asked.shown_only, not asked.conditional,
              (asked.original, asked.copy, 0) if asked.original or asked.copy else (1, 0, 0))
        for asked in procedure.documents if not asked.online_only
    ]
    return sorted(papers, key=lambda paper: not paper.required)


class PapersModel(QAbstractTableModel):
    """Columns: tick, name, originals, copies, photocopies. ``edited`` comes after every change by hand."""

    edited = Signal()

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._papers: list[Paper] = []
        self.clock_text = ""

    @property
    def papers(self) -> Sequence[Paper]:
        """All lines."""
        return self._papers

    def show_papers(self, papers: Iterable[Paper]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._papers = list(papers)
        self.endResetModel()

    def lines(self) -> tuple[DocumentLine, ...]:
        """Return the ticked papers."""
        return tuple(paper.line() for paper in self._papers if paper.ticked)

    def required(self) -> tuple[int, int]:
        """Return how many of the required papers are there, and how many are required."""
        wanted = [paper for paper in self._papers if paper.required]
        return sum(paper.ticked for paper in wanted), len(wanted)

    def content(self) -> list[dict[str, Any]]:
        """Return what a draft keeps."""
        return [paper.content() for paper in self._papers]

    def restore(self, content: Iterable[dict[str, Any]]) -> None:
        """Fill in what a draft kept; papers that the catalogue doesn't list are added."""
        known = {paper.name: paper for paper in self._papers}
        for kept in content:
            paper = known.get(kept["name"])
            if paper is None:
                paper = Paper(kept["name"])
                self._papers.append(paper)
            paper.ticked, paper.seen_at = bool(kept["ticked"]), str(kept["seen_at"])
            paper.original, paper.copy, paper.photocopy = (int(kept[name]) for name in QUANTITIES)
        self.beginResetModel()
        self.endResetModel()

    def tick(self, at: int, *, ticked: bool | None = None) -> None:
        """Tick a line or take the tick away; a tick fills in the usual quantities."""
        paper = self._papers[at]
        ticked = not paper.ticked if ticked is None else ticked
        if ticked == paper.ticked:
            return
        self._set_ticked(paper, ticked)
        self._changed(at)

    def tick_required(self) -> None:
        """Tick every required paper."""
        for paper in self._papers:
            if paper.required and not paper.ticked:
                self._set_ticked(paper, ticked=True)
        self._changed(0, len(self._papers) - 1)

    def set_quantity(self, at: int, column: int, number: int) -> None:
        """Set a quantity; a line with any is ticked, one without is not."""
        paper = self._papers[at]
        if paper.shown_only or not ORIGINAL <= column <= PHOTOCOPY:
            return
        setattr(paper, QUANTITIES[column - ORIGINAL], min(max(number, 0), MOST))
        paper.ticked = any(getattr(paper, name) for name in QUANTITIES)
        self._changed(at)

    def quantity(self, at: int, column: int) -> int:
        """Return a quantity."""
        return int(getattr(self._papers[at], QUANTITIES[column - ORIGINAL]))

    def add(self, name: str) -> None:
        """Add a paper that the catalogue doesn't list, ticked with one original."""
        at = len(self._papers)
        self.beginInsertRows(QModelIndex(), at, at)
        self._papers.append(Paper(name, ticked=True, original=1))
        self.endInsertRows()
        self.edited.emit()

    def _set_ticked(self, paper: Paper, ticked: bool) -> None:
        paper.ticked = ticked
        given = paper.usual if ticked and not paper.shown_only else (0, 0, 0)
        paper.original, paper.copy, paper.photocopy = given
        paper.seen_at = self.clock_text if ticked and paper.shown_only else ""

    def _changed(self, first: int, last: int | None = None) -> None:
        if self._papers:
            self.dataChanged.emit(self.index(first, CHECK), self.index(first if last is None else last, PHOTOCOPY))
            self.edited.emit()

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many papers there are."""
        return 0 if parent.isValid() else len(self._papers)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the five columns."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the titles of the quantities."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= ORIGINAL:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell can be reached; the tick is a tick for those who listen."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, tick, or the whole line for the delegate."""
        if not index.isValid():
            return None
        paper = self._papers[index.row()]
        if role == PAPER_ROLE:
            return paper
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK:
            return Qt.CheckState.Checked if paper.ticked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(paper, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return f"{paper.name} · {paper.condition}" if paper.condition else paper.name
        return None

    def _text(self, paper: Paper, column: int) -> str:
        if column == NAME:
            return paper.name
        return "" if column == CHECK else str(getattr(paper, QUANTITIES[column - ORIGINAL]))
