"""Login and lock: choose yourself, type your password. The same screen for both; a locked desk shows one person only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from ui.actions import Action
from ui.context import Tools
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.form import FieldRow
from ui.widgets.key_line import KeyButton, KeyItem
from ui.widgets.password_field import PasswordField
from ui.widgets.people_list import PeopleList, Person
from ui.widgets.sheet import IconLabel, Sheet, label, row
from ui.windows.bottom_line import BottomLine
from ui.windows.welcome import WelcomePanel, lay_beside

FORM = 432


class LoginScreen(QWidget):
    """``submitted`` carries login and password, ``other_wanted`` the link (practice, another person), ``retried`` the banner's button."""

    submitted = Signal(str, str)
    other_wanted = Signal()
    retried = Signal()

    def __init__(self, tools: Tools, title: str, other: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = tools.theme
        self.welcome = WelcomePanel(theme)
        self.banner = Banner(theme)
        self.banner.acted.connect(self.retried)
        self.people = PeopleList(theme, self.tr("Who are you?"))
        self.people.person_changed.connect(self._note_person)
        self.password = PasswordField(theme)
        self.password.installEventFilter(self)
        self.password.returnPressed.connect(self._submit)
        self.password.altered_changed.connect(self._warn_of_input_method)
        self.row = FieldRow(theme, self.tr("Password"), self.password, "password")
        self.enter = PrimaryButton(theme, self.tr("Start work"), key="Enter")
        self.enter.height_px = 40
        self.enter.setFixedHeight(theme.px(40))
        self.enter.clicked.connect(self._submit)
        self.other = LinkButton(theme, other)
        self.other.clicked.connect(self.other_wanted)
        self._title = label(theme, title, kind="title")
        self._left = 0
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._count_down)
        self._lay_out()
        self.set_busy(busy=True)

    def show_people(self, people: Sequence[Person], chosen: str) -> None:
        """Show who may log in; the focus goes to the password."""
        self.people.show_people(people, chosen)
        self.set_busy(busy=False)
        self.password.setFocus()

    def show_title(self, title: str) -> None:
        """Show which counter this is."""
        self._title.setText(title)

    def set_busy(self, *, busy: bool) -> None:
        """While the data is opened or a password is checked, nothing can be sent."""
        self.enter.setEnabled(not busy)
        self.password.setReadOnly(busy)

    def refuse(self, error: DeskError) -> None:
        """Say why the door stays closed; a lock-out counts down before the clerk's eyes."""
        self.set_busy(busy=False)
        problem = error.problems[0]
        if problem.code == "LOCKED_OUT":
            self._left = int(problem.params.get("seconds", 60))
            self.enter.setEnabled(False)
            self._countdown.start()
            self._show_countdown()
            return
        self.row.show_problem(sentences_of(error))
        self.password.selectAll()
        self.password.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the password field choose the person."""
        if watched is self.password and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.people.step(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 tells what to do about a forgotten password."""
        if event.key() == Qt.Key.Key_F1:
            self._tell_forgotten()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        px = self._theme.px
        sheet = Sheet(self._theme, padding=(8, 8))
        sheet.body.addWidget(self.people)
        form = QWidget()
        form.setMaximumWidth(px(FORM))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for part in (self.banner, self._title, sheet, self.row):
            column.addWidget(part)
        buttons = row(self.enter, None, self.other)
        column.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(form, 1000)
        middle.addStretch(1)
        right.addLayout(middle)
        right.addStretch(1)
        right.addWidget(self._bottom())
        lay_beside(self, self.welcome, right)

    def _bottom(self) -> BottomLine:
        line = BottomLine(self._theme)
        choose = KeyButton(self._theme, KeyItem(Action("", ("Up Down",), "")))
        choose.setText(self.tr("Choose the person"))
        choose.clicked.connect(self.people.setFocus)
        forgotten = KeyButton(self._theme, KeyItem(Action("", ("F1",), "")))
        forgotten.setText(self.tr("Forgotten password"))
        forgotten.clicked.connect(self._tell_forgotten)
        offline = label(self._theme, self.tr("Offline, work goes on as usual"), tone="neutral")
        line.fill([choose, forgotten], [IconLabel(self._theme, "cloud-off", "neutral"), offline])
        return line

    def _submit(self) -> None:
        person = self.people.person
        if person is None or not self.enter.isEnabled():
            return
        if not self.password.text():
            self.row.show_problem(self.tr("Type your password, then press Enter."))
            return
        self.row.show_problem("")
        self.set_busy(busy=True)
        self.submitted.emit(person.login, self.password.text())

    def _note_person(self, person: Person) -> None:
        self.row.label.setText(self.tr("Password of {name}").format(name=person.name))
        self.password.clear()
        self.row.show_problem("")
        self._countdown.stop()
        self.enter.setEnabled(True)

    def _warn_of_input_method(self, altered: bool) -> None:
        sentence = self.tr("The Vietnamese input method is on and may change the letters of your password") if altered else ""
        self.row.show_problem(sentence, tone="warning")

    def _count_down(self) -> None:
        self._left -= 1
        self._show_countdown()

    def _show_countdown(self) -> None:
        if self._left <= 0:
            self._countdown.stop()
            self.row.show_problem("")
            self.enter.setEnabled(True)
            self.password.setFocus()
            return
        minutes, seconds = divmod(self._left, 60)
        words = self.tr("Too many wrong passwords. Try again in {minutes}:{seconds}.")
        self.row.show_problem(words.format(minutes=minutes, seconds=f"{seconds:02d}"))

    def _tell_forgotten(self) -> None:
        words = self.tr("Ask the administrator of this desk to give you a new password; it can't be read back, only replaced.")
        self.banner.say("neutral", words)
