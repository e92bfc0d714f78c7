"""The widgets behind the fields of a described dialog, and what they hold as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import VIETNAM
from counter_app.domain.text import read_day
from ui.dates import read_moment
from ui.dialogs.acts.description import Field, FieldKind
from ui.theme import Theme
from ui.widgets.form import ChoiceField, TextField

translate = QCoreApplication.translate


class NoSuchValueError(Exception):
    """What was typed is no such value; its text says so in the language of the window."""


class OfferedField(ChoiceField):
    """A line with answers to choose from; nothing is completed while typing, so that the input method is left alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setEditable(True)
        self.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's own way to have none

    def setAccessibleName(self, name: str) -> None:
        """Name the line inside too: it is what has the focus."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)


class _PaperBox(QCheckBox):
    """A box whose long name is cut at its right end; the whole name is its tool tip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name for the new width."""
        super().resizeEvent(event)
        room = self.width() - 2 * self.iconSize().width()
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, max(room, 1)).replace("&", "&&"))


class PapersField(QWidget):
    """Papers to tick, and a line for those that nobody foresaw."""

    def __init__(self, theme: Theme, names: tuple[str, ...], other: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.boxes = [_PaperBox(name) for name in names]
        self._names = names
        for box in self.boxes:
            column.addWidget(box)
        self.other = TextField(theme, placeholder=other)
        self.other.setAccessibleName(other)
        column.addWidget(self.other)
        self.setFocusProxy(self.boxes[0] if self.boxes else self.other)

    def tick(self, chosen: tuple[str, ...]) -> None:
        """Tick these."""
        for box, name in zip(self.boxes, self._names, strict=True):
            box.setChecked(name in chosen)

    def papers(self) -> tuple[str, ...]:
        """Return what is ticked, then what was typed."""
        ticked = [name for box, name in zip(self.boxes, self._names, strict=True) if box.isChecked()]
        typed = [part.strip() for part in self.other.text().split(";")]
        return (*ticked, *(part for part in typed if part))


def widget_of(theme: Theme, field: Field) -> QWidget:
    """Return the widget of a field, with its first value in it."""
    made = _MAKERS.get(field.kind, _line)(theme, field)
    fill(made, field)
    return made


def fill(widget: QWidget, field: Field) -> None:
    """Show the value of a field in its widget."""
    if isinstance(widget, QCheckBox):
        widget.setChecked(bool(field.value))
    elif isinstance(widget, PapersField):
        widget.tick(field.value if isinstance(field.value, tuple) else ())
    elif field.kind is FieldKind.CHOICE and isinstance(widget, ChoiceField):
        widget.setCurrentIndex(next((at for at, (_, value) in enumerate(field.options) if value == field.value), 0))
    else:
        _write(widget, field)


def _write(widget: QWidget, field: Field) -> None:
    """Show a text from its beginning."""
    line = widget.lineEdit() if isinstance(widget, ChoiceField) else widget
    if isinstance(widget, ChoiceField):
        widget.setCurrentText(str(field.value or ""))
    if isinstance(line, QLineEdit):
        line.setText(_shown(field))
        line.setCursorPosition(0)


def _tick(_: Theme, field: Field) -> QWidget:
    return QCheckBox(field.text.replace("&", "&&"))


def _papers(theme: Theme, field: Field) -> QWidget:
    return PapersField(theme, tuple(name for name, _ in field.options), translate("Acts", "Others, separated by a semicolon"))


def _choice(theme: Theme, field: Field) -> QWidget:
    choice = ChoiceField(theme)
    choice.addItems([words for words, _ in field.options])
    return choice


def _offered(theme: Theme, field: Field) -> QWidget:
    offered = OfferedField(theme)
    offered.addItems([words for words, _ in field.options])
    return offered


def _line(theme: Theme, field: Field) -> QWidget:
    return TextField(theme, placeholder=_pattern(field.kind))


_MAKERS: dict[FieldKind, Callable[[Theme, Field], QWidget]] = {
    FieldKind.TICK: _tick, FieldKind.PAPERS: _papers, FieldKind.CHOICE: _choice, FieldKind.OFFERED: _offered,
}


def read_all(fields: Iterable[tuple[Field, QWidget]], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what the widgets of fields hold, by name, and the sentences about those that hold no such value."""
    read: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, widget in fields:
        try:
            read[field.name] = value_of(widget, field, today)
        except NoSuchValueError as error:
            wrong[field.name] = str(error)
    return read, wrong


def value_of(widget: QWidget, field: Field, today: date) -> object:
    """Return what a widget holds.

    Raises:
        NoSuchValueError: it is no number, day or moment.
    """
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, PapersField):
        return widget.papers()
    if isinstance(widget, ChoiceField):
        if field.kind is FieldKind.OFFERED:
            return widget.currentText().strip()
        return field.options[widget.currentIndex()][1] if field.options else None  # Qt makes plain texts of enum values that it keeps
    text = widget.text().strip() if isinstance(widget, TextField) else ""
    return text if field.kind is FieldKind.LINE else _read(text, field.kind, today) if text else None


def _read(text: str, kind: FieldKind, today: date) -> object:
    if kind is FieldKind.NUMBER:
        digits = text.removesuffix("đ").strip().replace(".", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()):
            raise NoSuchValueError(translate("Acts", "Write a whole number, like 12."))
        return int(digits)
    if kind is FieldKind.MOMENT:
        moment = read_moment(text, today)
        if moment is None:
            raise NoSuchValueError(translate("Acts", "Write hour and day, like 17:00 27/11/2026."))
        return moment
    try:
        return datetime.combine(read_day(text), time(), VIETNAM)
    except (RuleBrokenError, ValueError) as error:
        raise NoSuchValueError(translate("Acts", "Write a day, like 27/11/2026.")) from error


def _shown(field: Field) -> str:
    if isinstance(field.value, datetime):
        return f"{field.value:%H:%M %d/%m/%Y}" if field.kind is FieldKind.MOMENT else f"{field.value:%d/%m/%Y}"
    return "" if field.value is None else str(field.value)


def _pattern(kind: FieldKind) -> str:
    return {FieldKind.MOMENT: "17:00 27/11/2026", FieldKind.DAY: "27/11/2026"}.get(kind, "")
