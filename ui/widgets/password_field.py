"""A password: hidden, shown on request (Ctrl+I, as elsewhere), with a word when an input method is changing what is typed."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.buttons import IconButton
from ui.widgets.form import TextField

REVEAL = "Ctrl+I"


class PasswordField(TextField):
    """``altered_changed`` tells whether an input method seems to alter the letters: it is on, or marks came out."""

    altered_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._altered = False
        self._eye = IconButton(theme, "eye", self.tr("Show the password"), role="text_muted")
        self._eye.setFixedSize(theme.px(32), theme.px(32))
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field; Ctrl+I does the same
        self._eye.clicked.connect(self._toggle)
        self._say_key()
        self.put_at_end(self._eye)
        self.textChanged.connect(self._look)

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.show_icon("eye-off" if hidden else "eye", self.tr("Hide the password") if hidden else self.tr("Show the password"))
        self._say_key()
        self.setFocus()

    def _say_key(self) -> None:
        self._eye.setToolTip(f"{self._eye.accessibleName()} ({REVEAL})")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+I shows what was typed and hides it again."""
        if QKeySequence(event.keyCombination()) == QKeySequence(REVEAL):
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _look(self, text: str) -> None:
        composes = QGuiApplication.inputMethod().locale().language() == QLocale.Language.Vietnamese
        altered = bool(text) and (composes or not text.isascii())
        if altered != self._altered:
            self._altered = altered
            self.altered_changed.emit(altered)
