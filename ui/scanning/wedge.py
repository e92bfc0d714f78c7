"""The keyboard wedge: a reader types faster than a person. A burst that ends in Enter is a scan, whatever field has the focus.

Limits as tried (scanning guide): keys at most 50 ms apart, at least 8 characters, Enter at the end. Letters reach a text field as they
come, because nobody knows yet whether they are a burst: a typist never feels the filter. When the burst turns out to be a scan, the field
gets back exactly what it held before the first letter of it, and the Enter never reaches it. A list or a button can't be given back what
a letter did to it: there the first letter waits those 50 ms, and the rest of a burst is kept away.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

GAP_MS, LEAST = 50, 8
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SILENT = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock, Qt.Key.Key_Meta}


@dataclass(frozen=True, slots=True)
class _Before:
    """What a text field held before the burst."""

    field: QLineEdit | QPlainTextEdit
    text: str
    cursor: int
    selected: tuple[int, int]


class WedgeFilter(QObject):
    """An event filter of the application; ``scanned`` carries the text of a burst. Times are those of the events, not of a clock."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._last = 0
        self._before: _Before | None = None
        self._held: tuple[QWidget, QKeyEvent] | None = None
        self._handing_on = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(GAP_MS)
        self._wait.timeout.connect(self.hand_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch keys on their way to the focused widget; keep away only what belongs to a burst."""
        if self._handing_on or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        focused = QApplication.focusWidget()
        if focused is not None and watched is not focused:
            return False  # the same key on its way up to the parents
        return self._take(watched, event)

    def hand_on(self) -> None:
        """No second letter came: the one that was held back was typed by a person."""
        self._wait.stop()
        held, self._held = self._held, None
        if held is not None and isValid(held[0]):
            self._handing_on = True
            QApplication.sendEvent(held[0], held[1])
            self._handing_on = False

    def _take(self, target: QWidget, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _SILENT:
            return False
        now = event.timestamp() or time.monotonic_ns() // 1_000_000  # keys made by a program carry no time
        fast = 0 <= now - self._last <= GAP_MS  # a time that went back belongs to another keyboard, or its counter began anew
        self._last = now
        if not fast:
            self.hand_on()
        if key in _ENDS:
            return self._end(fast=fast)
        if not _is_letter(event):
            self.hand_on()
            self._forget()
            return False
        first = not (fast and self._text)
        if first:
            self._text, self._before = "", _snapshot(target)
        self._text += event.text()
        return self._before is None and self._keep_away(target, event, first=first)

    def _keep_away(self, target: QWidget, event: QKeyEvent, *, first: bool) -> bool:
        """Hold the first letter back, drop those that follow at a reader's speed. No scan begins with a blank: that is a person."""
        if not first:
            self._wait.stop()
            self._held = None
            return True
        if event.text() == " ":
            return False
        self._held = (target, event.clone())
        self._wait.start()
        return True

    def _end(self, *, fast: bool) -> bool:
        """A burst ends; False where it was a person after all."""
        text, before = self._text, self._before
        if not fast or len(text) < LEAST:
            self.hand_on()
            self._forget()
            return False
        self._held = None
        self._forget()
        if before is not None and isValid(before.field):
            _give_back(before)
        self.scanned.emit(text)
        return True

    def _forget(self) -> None:
        self._text, self._before = "", None


def _is_letter(event: QKeyEvent) -> bool:
    """Tell whether a key writes something; Alt and a letter are a command."""
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & Qt.KeyboardModifier.AltModifier


def _snapshot(target: QWidget) -> _Before | None:
    if isinstance(target, QComboBox):
        target = target.lineEdit() or target  # the list has the focus for the line that is written into
    if isinstance(target, QLineEdit):
        return _Before(target, target.text(), target.cursorPosition(), (target.selectionStart(), target.selectionLength()))
    if isinstance(target, QPlainTextEdit):
        cursor = target.textCursor()
        start = cursor.selectionStart()
        return _Before(target, target.toPlainText(), cursor.position(), (start, cursor.selectionEnd() - start))
    return None


def _give_back(before: _Before) -> None:
    """Put a field back as it was; a line tells its form, as if the clerk had undone the letters."""
    field = before.field
    if isinstance(field, QLineEdit):
        changed = field.text() != before.text
        field.setText(before.text)
        field.setCursorPosition(before.cursor)
        if before.selected[0] >= 0:
            field.setSelection(*before.selected)
        if changed:
            field.textEdited.emit(before.text)
        return
    field.setPlainText(before.text)
    cursor = field.textCursor()
    cursor.setPosition(before.cursor)
    field.setTextCursor(cursor)
