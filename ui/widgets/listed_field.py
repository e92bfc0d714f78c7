"""A field for a name from a long list: type a few letters, without accents if you like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.text import fold
from ui.theme import Theme
from ui.widgets.form import TextField
from ui.widgets.suggestions import Suggestion, SuggestionList

MOST = 60


class ListedField(TextField):
    """``picked`` carries the value of the entry that was taken or typed out in full."""

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._entries: list[tuple[str, str, object]] = []
        self._list: SuggestionList | None = None
        self.textEdited.connect(self._offer)

    def set_entries(self, entries: Sequence[tuple[str, object]]) -> None:
        """Offer these (name, value) from now on."""
        self._entries = [(name, fold(name), value) for name, value in entries]

    def _offer(self, text: str) -> None:
        if self._list is None:
            self._list = SuggestionList(self._theme, self)
            self._list.taken.connect(self._take)
        wanted = fold(text).split()
        found = [(name, value) for name, folded, value in self._entries if _fits(folded, wanted)] if wanted else []
        self._list.offer([Suggestion(name, "", (name, value)) for name, value in found[:MOST]])

    def _take(self, entry: tuple[str, object]) -> None:
        self.setText(entry[0])
        self.picked.emit(entry[1])
        self.focusNextChild()


def _fits(folded: str, wanted: Sequence[str]) -> bool:
    words = folded.split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
