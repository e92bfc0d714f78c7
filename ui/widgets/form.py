"""Forms: label above, field, and the sentence that says what is wrong right below it. The one place where fields get their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.sheet import IconLabel, label


class FieldError(QWidget):
    """The sentence that says what is wrong with a field, with an icon."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = IconLabel(theme, "alert-circle", "danger", 16)
        self._sentence = label(theme, wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.px(2), 0, 0)
        line.setSpacing(theme.px(6))
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._sentence, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, empty where all is well."""
        return self._sentence.text()

    def say(self, sentence: str, tone: str) -> None:
        """Say this in the tone danger or warning."""
        self._icon.show_icon("alert-circle" if tone == "danger" else "alert-triangle", tone)
        self._sentence.setProperty("tone", tone)
        self._sentence.setText(sentence)
        self._sentence.style().polish(self._sentence)


class FieldRow(QWidget):
    """Label, field, and an error line that takes room only when there is an error.

    ``left`` comes when the focus leaves the field: the moment to tidy and to check it. ``told`` comes when the error line changed.
    """

    left = Signal(str)
    told = Signal()

    def __init__(self, theme: Theme, text: str, field: QWidget, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.name = field, name
        self._hint = hint
        self.label: QLabel = label(theme, text, tone="muted")
        self.label.setFixedHeight(theme.px(20))
        self.label.setBuddy(field)
        field.setObjectName(name)
        field.setAccessibleName(text)
        field.setAccessibleDescription(hint)
        field.installEventFilter(self)
        self._theme = theme
        self.error: FieldError | None = None
        """The sentence with its icon, made when something is wrong for the first time; a form shows it below the whole line of fields."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._column.addWidget(self.label)
        self._column.addWidget(field)
        self._column.addStretch(1)

    @property
    def sentence(self) -> str:
        """What stands at the field, a warning too; empty where all is well."""
        return self.error.sentence if self.error is not None else ""

    @property
    def problem(self) -> str:
        """The sentence that says what is wrong with the field; empty where nothing is, or where it may be passed."""
        return self.sentence if self.field.property("problem") else ""

    def show_problem(self, sentence: str, *, tone: str = "danger") -> None:
        """Show what is wrong in words with an icon (``tone`` warning: it may be passed); an empty sentence takes it away."""
        if sentence and self.error is None:
            self.error = FieldError(self._theme)
            self._column.insertWidget(2, self.error)
            self.told.emit()  # the line takes it while it is hidden
        if self.error is not None:
            self.error.say(sentence, tone)
            self._show_error(self.error)
        self.field.setAccessibleDescription(sentence or self._hint)
        wrong = bool(sentence) and tone == "danger"
        if bool(self.field.property("problem")) != wrong:
            self.field.setProperty("problem", wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        if wrong:
            QAccessible.updateAccessibility(QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged))

    def setVisible(self, visible: bool) -> None:
        """Show or hide the row with its sentence, wherever that stands."""
        super().setVisible(visible)
        if self.error is not None:
            self._show_error(self.error)

    def _show_error(self, error: FieldError) -> None:
        error.setVisible(bool(error.sentence) and not self.isHidden())
        self.told.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the field was left."""
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.left.emit(self.name)
        return super().eventFilter(watched, event)


class _ErrorLine(QWidget):
    """The sentences about the fields of one line of a form, one below the other; no room where there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._rows: list[FieldRow] = []
        self.hide()

    def take(self, row: FieldRow) -> None:
        """Show the sentence of this row here, once there is one."""
        self._rows.append(row)
        row.told.connect(self._look)

    def _look(self) -> None:
        errors = [row.error for row in self._rows if row.error is not None]
        if any(error.parentWidget() is not self for error in errors):  # a first sentence: all again, in the order of the fields
            for error in errors:
                self._column.addWidget(error)
        self.setVisible(any(not error.isHidden() for error in errors))


class Form(QWidget):
    """Rows by name. A name is the dotted path of the input (``applicant.id_number``), so that problems find their field.

    Enter goes to the next field, Shift+Enter to the one before; with ``submits`` Enter in the last one is ``submitted``.
    """

    left = Signal(str)
    submitted = Signal()

    def __init__(self, theme: Theme, *, spacing: tuple[int, int] = (12, 8), submits: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._submits = theme, submits
        self._rows: dict[str, FieldRow] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(spacing[0]))
        self.grid.setVerticalSpacing(theme.px(spacing[1]))
        self._errors: dict[int, _ErrorLine] = {}

    def add_row(self, text: str, field: QWidget, name: str, *, at: tuple[int, int] | None = None, span: int = 1,
                hint: str = "") -> FieldRow:
        """Add a field with its label, in the next line or ``at`` (line, column) over ``span`` columns; sets buddy and accessible name.

        What is wrong with the fields of a line stands below it, as wide as the form.
        """
        made = FieldRow(self._theme, text, field, name, hint=hint)
        line, column = at if at is not None else (max(self._errors, default=-1) + 1, 0)
        self.grid.addWidget(made, 2 * line, column, 1, span)
        self._error_line(line).take(made)
        self._rows[name] = made
        made.left.connect(self.left)
        field.installEventFilter(self)
        return made

    def add_wide(self, part: QWidget, line: int) -> None:
        """Put a widget that is no field with a label over the whole width of a line."""
        self.grid.addWidget(part, 2 * line, 0, 1, -1)

    def add_button(self, button: QWidget, at: tuple[int, int]) -> None:
        """Put a button at the height of the fields of a line."""
        self.grid.addWidget(button, 2 * at[0], at[1], Qt.AlignmentFlag.AlignBottom)

    def _error_line(self, line: int) -> _ErrorLine:
        if line not in self._errors:
            self._errors[line] = _ErrorLine(self._theme)
            self.grid.addWidget(self._errors[line], 2 * line + 1, 0, 1, -1)
        return self._errors[line]

    def row(self, name: str) -> FieldRow:
        """Return a row by its name.

        Raises:
            KeyError: no such field.
        """
        return self._rows[name]

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, in the order they were added."""
        return tuple(self._rows)

    def show_problems(self, problems: Mapping[str, str], among: Iterable[str] | None = None) -> list[str]:
        """Show a sentence at each named field and clear the others (or only those ``among``); return the names found on this form."""
        for name in self._rows if among is None else among:
            if name in self._rows:
                self._rows[name].show_problem(problems.get(name, ""))
        return [name for name in problems if name in self._rows]

    def focus_on(self, name: str) -> None:
        """Put the focus into a field."""
        self._rows[name].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the next field, Shift+Enter the one before; several-line fields keep plain Enter for themselves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if modifiers == Qt.KeyboardModifier.ShiftModifier:
                self._step(forward=False)
                return True
            if modifiers == Qt.KeyboardModifier.NoModifier and not isinstance(watched, QPlainTextEdit):
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        shown = [row.field for row in self._rows.values() if row.isVisible() and row.field.isEnabled()]
        if self._submits and shown and watched is shown[-1]:
            self.submitted.emit()
        else:
            self._step(forward=True)

    def _step(self, *, forward: bool) -> None:
        self.focusNextPrevChild(forward)


class ChoiceField(QComboBox):
    """A choice from a list, with our chevron."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def minimumSizeHint(self) -> QSize:
        """Return a size that can shrink with the form."""
        return QSize(self._theme.px(96), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, what was chosen with dots where it is too long, then the chevron."""
        del event
        px = self._theme.px
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        role = "text_muted" if self.isEnabled() else "text_disabled"
        painter.drawPixmap(self.width() - px(28), (self.height() - px(20)) // 2, self._theme.pixmap("chevron-down", role))


class TextField(QLineEdit):
    """A line of text with room for an icon or key cap at its right; never reformats while typing."""

    def __init__(self, theme: Theme, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._end: QWidget | None = None
        self.setPlaceholderText(placeholder)

    def put_at_end(self, part: QWidget) -> None:
        """Show a small widget inside the field at its right end."""
        part.setParent(self)
        self._end = part
        self.setTextMargins(0, 0, part.width() + self._theme.px(4), 0)
        part.show()

    def resizeEvent(self, event: object) -> None:
        """Keep the end widget at the end."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._end is not None:
            self._end.move(self.width() - self._end.width() - self._theme.px(8), (self.height() - self._end.height()) // 2)
