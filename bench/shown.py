"""What a picture shows, as words: the program's own texts and keys that stand in its windows, without the data of the desk.

A picture of the manual is kept with these words; a test shows the same windows again and tells which picture is no longer true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QLineEdit, QPlainTextEdit, QWidget

from counter_app.support.paths import resource_path
from ui.widgets.buttons import DeskButton
from ui.widgets.key_cap import KeyCap

_PLACE = re.compile(r"\{\w+[^}]*\}|%n|%L?\d")
_PIECES = re.compile(r"\s*(?:, | · |: |\d+)\s*")
LEAST_LETTERS = 4
"""Of a text with places for data: one with fewer letters of its own would fit anything."""


class OwnWords:
    """The texts of the program in Vietnamese, by which its words are told from the data of a desk."""

    def __init__(self) -> None:
        texts = {text for text in (*_window_texts(), *_messages()) if text.strip()}
        self.literal = frozenset(text for text in texts if not _PLACE.search(text))
        self._open = sorted((text for text in texts - self.literal if _letters(text) >= LEAST_LETTERS), key=_closeness)

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(".+".join(map(re.escape, _PLACE.split(text))), re.DOTALL), text) for text in self._open]

    def known(self, text: str) -> Iterator[str]:
        """Yield the program's own texts that a shown text is made of; places for data stand as they are in the translation."""
        if text in self.literal:
            yield text
        elif fitting := next((known for pattern, known in self._patterns if pattern.fullmatch(text)), ""):
            yield fitting
        else:
            yield from (piece for piece in _PIECES.split(text) if piece in self.literal)

    def __contains__(self, text: object) -> bool:
        """Tell whether this is still a text of the program."""
        return text in self.literal or text in self._open


def shown(windows: list[QWidget], own: OwnWords) -> list[str]:
    """Return what stands in these windows, each text once, sorted; a key is ``[F9] text`` where a button bears both, else ``[F9]``."""
    parts = [part for window in windows for part in (window, *window.findChildren(QWidget)) if _is_seen(part)]
    return sorted({words for part in parts for words in _words(part, own)})


def _is_seen(part: QWidget) -> bool:
    return part.isVisible() and not part.visibleRegion().isEmpty()


def _words(part: QWidget, own: OwnWords) -> Iterator[str]:
    if isinstance(part, KeyCap):
        yield f"[{part.accessibleName()}]"
    elif isinstance(part, DeskButton) and part.key:
        yield f"[{part.key}] {part.text()}"
    else:
        for text in _texts(part):
            yield from own.known(text)


def _texts(part: QWidget) -> list[str]:
    """Return what a part shows, lists left out: they show data."""
    if isinstance(part, QLabel):
        return [part.accessibleName() or part.text()]
    if isinstance(part, QAbstractButton):
        return [part.text() or part.accessibleName()]
    if isinstance(part, QLineEdit | QPlainTextEdit):
        return [part.placeholderText()]
    if isinstance(part, QComboBox):
        return [part.currentText()]
    if isinstance(part, QHeaderView) and (model := part.model()) is not None and part.orientation() == Qt.Orientation.Horizontal:
        columns = [at for at in range(model.columnCount()) if not part.isSectionHidden(at)]
        return [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
    return [part.windowTitle()] if part.isWindow() else []


def _letters(text: str) -> int:
    return sum(map(str.isalpha, _PLACE.sub("", text)))


def _closeness(text: str) -> tuple[int, str]:
    """Sort the texts that leave the least to data first."""
    return -_letters(text), text


def _window_texts() -> Iterator[str]:
    for translation in ElementTree.parse(resource_path("translations/vi.ts")).iter("translation"):
        yield from (each.text or "" for each in translation.iter("numerusform"))
        yield translation.text or ""


def _messages() -> Iterator[str]:
    for path in sorted(Path(resource_path("messages/vi")).glob("*.json")):
        yield from (text for text in json.loads(path.read_text(encoding="utf-8")).values() if isinstance(text, str))
