"""Hands the fields of a dossier to a ministry's program, one by one through the clipboard, from a small panel above all windows.

The clipboard holds one field at a time and is emptied at the end, when the panel closes and when nothing happened for a while. Nothing of
what is handed over is logged or kept: the audit trail says that somebody was handed the fields, not what is in them.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.exchange.typing_tasks import HandOver
from ui.context import DeskContext
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label, paint_sheet, row

WIDTH, FORGET_AFTER = 420, 90_000
"""Pixels at 100 %, and milliseconds after which the clipboard is emptied and the panel closes what it shows."""


class TypingPanel(QWidget):
    """F8 (or Enter) gives the next field, F7 the one before; ``done`` when the dossier left the list."""

    done = Signal()

    def __init__(self, context: DeskContext, handed: HandOver, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self._context, self._handed, theme = context, handed, context.theme
        self._fields = [each for each in handed.fields if each.text]
        self._at = -1
        self._clipboard = QGuiApplication.clipboard()
        self._given = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("TypingPanel", "Type {code}").format(code=handed.code))
        self.setFixedWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        self.banner = Banner(theme)
        self.step, self.field = label(theme, tone="muted", wrap=True), label(theme, kind="title", wrap=True)
        self.value, self.coming = label(theme, wrap=True), label(theme, tone="muted", wrap=True)
        for part in (label(theme, handed.program, tone="muted", wrap=True), self.banner, self.step, self.field, self.value, self.coming):
            column.addWidget(part)
        self.forward = PrimaryButton(theme, self.tr("Next field"), key="F8")
        self.back = SecondaryButton(theme, self.tr("Back"), key="F7")
        self.forward.clicked.connect(self.give_next)
        self.back.clicked.connect(self.give_last)
        column.addLayout(row(self.back, self.forward, None))
        column.addWidget(self._make_end())
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(FORGET_AFTER)
        self._forget.timeout.connect(self.forget)
        self._look()

    def give_next(self) -> None:
        """Put the next field on the clipboard; after the last one it is emptied."""
        if self._at < len(self._fields):
            self._at += 1
        self._give()

    def give_last(self) -> None:
        """Put the field before on the clipboard."""
        self._at = max(self._at - 1, 0)
        self._give()

    def forget(self) -> None:
        """Empty the clipboard where it still holds what was given from here, and show nothing more of the field."""
        self._forget.stop()
        for mode in self._modes():
            if self._given and self._clipboard.text(mode) == self._given:
                self._clipboard.clear(mode)
        self._given = ""
        self.value.setText(self.tr("The clipboard is empty."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 forward, F7 back, Esc closes."""
        keys = {Qt.Key.Key_F8: self.give_next, Qt.Key.Key_F7: self.give_last, Qt.Key.Key_Escape: self.close}
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing behind."""
        self.forget()
        self._fields.clear()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on a white sheet with a thin frame, as dialogs do."""
        paint_sheet(self, self._context.theme, event)

    def _make_end(self) -> QWidget:
        """Return the field for the second code, which is there once everything was handed over."""
        theme = self._context.theme
        self.second = TextField(theme)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Number in that program (may stay empty)"), self.second, "second_code", at=(0, 0))
        self.form.submitted.connect(self._finish)
        save = PrimaryButton(theme, self.tr("It is typed"))
        save.clicked.connect(self._finish)
        self.form.add_wide(save, 1)
        self.form.hide()
        return self.form

    def _give(self) -> None:
        if 0 <= self._at < len(self._fields):
            self._given = self._fields[self._at].text
            for mode in self._modes():
                self._clipboard.setText(self._given, mode)
            self._forget.start()
        else:
            self.forget()
        self._look()

    def _look(self) -> None:
        count, at = len(self._fields), self._at
        over = at >= count
        self.step.setText(self.tr("Field {number} of {count}").format(number=min(max(at + 1, 1), count), count=count))
        self.field.setText(self.tr("Everything was handed over") if over else self._fields[max(at, 0)].label)
        begin = self.tr("Click into the first field there, then press F8 here.")
        self.value.setText("" if over else self._fields[at].text if at >= 0 else begin)
        coming = self._fields[at + 1].label if at + 1 < count else ""
        self.coming.setText(self.tr("On the clipboard: paste with Ctrl+V. Next: {label}").format(label=coming or "–") if at >= 0 else "")
        self.coming.setVisible(0 <= at < count)
        self.back.setEnabled(at > 0)
        self.forward.setEnabled(not over)
        self.form.setVisible(over)
        if over:
            self.second.setFocus()
        self.adjustSize()

    def _modes(self) -> tuple[QClipboard.Mode, ...]:
        """Return the clipboards that are used: X11 pastes the selection with the middle button."""
        selection = (QClipboard.Mode.Selection,) if self._clipboard.supportsSelection() else ()
        return (QClipboard.Mode.Clipboard, *selection)

    def _finish(self) -> None:
        finish, actor = self._context.counter.citizens.typing.done, self._context.session.actor
        self._context.tasks.run(finish, self._handed.task.task_id, self.second.text(), actor, done=self._close, failed=self._refuse)

    def _close(self, _: object) -> None:
        self.done.emit()
        self.close()

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
