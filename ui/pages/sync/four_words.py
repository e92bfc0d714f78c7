"""The four words at the head of the page of the line, each with what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.moments import read_local
from counter_app.services.line.desk import LineView
from counter_app.services.line.province import Standing
from ui.models.line_words import moment_words, size_words
from ui.theme import Theme
from ui.widgets.sheet import ElidedLabel, IconLabel, Line, Sheet, label, set_tone

TONES = {"received_by_province": "proven", "needs_attention": "warning", "sending": "accent"}


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words: its state in the theme, the word with its count, a line below; ``quiet`` where nothing is to be stressed."""

    state: str
    word: str
    line: str
    quiet: bool = False


class WordCell(QWidget):
    """Icon, word and line of one state."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.icon, self.word, self.line = IconLabel(theme, "device-floppy"), label(theme, bold=True), ElidedLabel()
        self.line.setProperty("tone", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.word)
        words.addWidget(self.line)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), theme.px(10))
        across.setSpacing(theme.px(10))
        across.addWidget(self.icon)
        across.addLayout(words, 1)

    def show_word(self, told: Word) -> None:
        """Show another count."""
        look = self._theme.state(told.state)
        self.icon.show_icon(look.icon, "text_muted" if told.quiet else look.role)
        self.word.setText(told.word)
        set_tone(self.word, "muted" if told.quiet else TONES.get(told.state, ""))
        self.line.show_text(told.line)
        self.setAccessibleName(f"{told.word}, {told.line}")


class FourWords(Sheet):
    """Saved here, sending, the province has it, needs action: side by side, with dividers and no boxes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(0, 0), parent=parent)
        self.cells = tuple(WordCell(theme) for _ in range(4))
        across = QHBoxLayout()
        across.setSpacing(0)
        for at, cell in enumerate(self.cells):
            if at:
                across.addWidget(Line(theme, vertical=True))
            across.addWidget(cell, 1)
        self.body.addLayout(across)

    def show_view(self, view: LineView, now: datetime, *, working: bool) -> None:
        """Show how much stands where."""
        for cell, word in zip(self.cells, self._words(view, now, working=working), strict=True):
            cell.show_word(word)

    def _words(self, view: LineView, now: datetime, *, working: bool) -> tuple[Word, ...]:
        counts, total, standing = view.counts, sum(view.counts.values()), view.standing or Standing()
        proven = read_local(standing.proven_at) if standing.proven_at else None
        attention = len(view.troubles)
        return (
            Word("saved_here", self.tr("Saved on this PC"), self.tr("{count} items").format(count=total)),
            self._sending(counts["saved"] + counts["sending"], standing, working=working),
            Word("received_by_province", self.tr("Province has {count}/{total}").format(count=counts["province_has"], total=total),
                 self.tr("last answer {time}").format(time=moment_words(proven, now)), quiet=not counts["province_has"]),
            Word("needs_attention", self.tr("Needs action {count}").format(count=attention),
                 self.tr("see below") if attention else self.tr("nothing"), quiet=not attention),
        )

    def _sending(self, ops: int, standing: Standing, *, working: bool) -> Word:
        if not (ops or standing.files):
            return Word("sending", self.tr("To be sent"), self.tr("nothing waits"), quiet=True)
        waits = self.tr("{ops} items, {files} scans").format(ops=ops, files=standing.files)
        if standing.file_bytes:
            waits += f", {size_words(standing.file_bytes)}"
        return Word("sending", self.tr("Sending") if working else self.tr("To be sent"), waits)
