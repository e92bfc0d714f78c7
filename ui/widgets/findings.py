"""What a check found, one line each: a sign, what was looked at, and the sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.sheet import Column, IconLabel, Line, Sheet, label, row

NAME = 190
_SIGNS = {"accent": "circle-check", "warning": "alert-triangle", "danger": "alert-circle", "neutral": "flag"}


@dataclass(frozen=True, slots=True)
class FoundLine:
    """``tone`` is accent (in order), neutral, warning or danger; ``state`` says the same in a word, for those who don't see it."""

    tone: str
    state: str
    name: str
    words: str


class FindingsList(QScrollArea):
    """The lines, those that need somebody first; takes the focus so that the keys scroll it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_lines(())

    def on_sheet(self) -> Sheet:
        """Return a sheet that the list fills."""
        sheet = Sheet(self._theme, padding=(0, 0), spacing=0)
        sheet.body.addWidget(self)
        return sheet

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show other lines."""
        inside = Column()
        shown = sorted(lines, key=_urgency)
        for line in shown:
            self._add(inside, line)
        inside.body.addStretch(1)
        self.setWidget(inside)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(". ".join(f"{line.name}: {line.state}" for line in shown))

    def _add(self, inside: Column, line: FoundLine) -> None:
        theme, px = self._theme, self._theme.px
        name, words = label(theme, line.name, bold=line.tone in ("warning", "danger"), wrap=True), label(theme, line.words, wrap=True)
        name.setFixedWidth(px(NAME))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sign = IconLabel(theme, _SIGNS[line.tone], line.tone)
        sign.setToolTip(line.state)
        sign.setAccessibleName(line.state)
        across = row(sign, name, words, spacing=px(12))
        across.setContentsMargins(px(16), px(8), px(16), px(8))
        across.setStretch(2, 1)
        across.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        across.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        inside.body.addLayout(across)
        inside.body.addWidget(Line(theme))


def _urgency(line: FoundLine) -> int:
    return ("danger", "warning").index(line.tone) if line.tone in ("danger", "warning") else 2
