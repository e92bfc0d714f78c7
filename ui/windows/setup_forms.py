"""The three short forms of the first start: where, how, who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.people import suggested_login
from ui.theme import Theme
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.listed_field import ListedField
from ui.widgets.password_field import PasswordField
from ui.widgets.sheet import label

if TYPE_CHECKING:
    from counter_app.services.desk.places import AgencyCodes, Place, Places


class SetupStep(QWidget):
    """A heading, a line under it, a form. ``finished`` comes for Enter in the last field."""

    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heading, self._words = label(theme, kind="title"), label(theme, tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._heading)
        column.addWidget(self._words)
        column.addSpacing(theme.px(8))
        self.form = Form(theme, spacing=(12, 10), submits=True)
        self.form.submitted.connect(self.finished)
        column.addWidget(self.form)
        column.addStretch(1)

    def say(self, heading: str, words: str) -> None:
        """Show what is asked, and what it is for."""
        self._heading.setText(heading)
        self._words.setText(words)

    def values(self) -> dict[str, str]:
        """Return what stands in the form, by the names of the set-up."""
        raise NotImplementedError


class _BegunField(TextField):
    """A field whose beginning is known: coming to it, the cursor stands behind that beginning, so that the rest can be typed."""

    def __init__(self, theme: Theme, *, placeholder: str) -> None:
        super().__init__(theme, placeholder=placeholder)
        self._beginning = ""

    @property
    def is_untouched(self) -> bool:
        """Tell whether nothing but the beginning stands here."""
        return self.text() in ("", self._beginning)

    def begin_with(self, beginning: str) -> None:
        """Write the beginning where nothing else was typed."""
        if self.is_untouched:
            self._beginning = beginning
            self.setText(beginning)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the selection off a mere beginning: the next letter would replace it."""
        super().focusInEvent(event)
        if self.is_untouched:
            self.end(False)


class PlaceStep(SetupStep):
    """Province, commune, agency identifier, counter."""

    def __init__(self, theme: Theme, places: Places, agencies: AgencyCodes, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.say(self.tr("Where is this desk?"),
                 self.tr("The name is printed on every slip; the identifier begins every code."))
        self._places, self._agencies = places, agencies
        self._province, self._commune = ListedField(theme), ListedField(theme)
        self._agency, self._desk = _BegunField(theme, placeholder="H36.50.05"), TextField(theme)
        self._desk.setText("1")
        self._province.set_entries([(place.full_name, place) for place in places.provinces()])
        self._province.picked.connect(self._take_province)
        self.form.add_row(self.tr("Province or city"), self._province, "province", at=(0, 0), span=2)
        self.form.add_row(self.tr("Commune, ward or special zone"), self._commune, "commune", at=(1, 0), span=2)
        self.form.add_row(self.tr("Agency identifier, as the province issued it"), self._agency, "agency", at=(2, 0))
        self.form.add_row(self.tr("Counter"), self._desk, "desk", at=(2, 1))
        self.form.grid.setColumnStretch(0, 3)
        self.form.grid.setColumnStretch(1, 1)
        self.form.left.connect(self._note_left)

    def values(self) -> dict[str, str]:
        """Return province, commune, agency and desk."""
        return {"province": self._province.text(), "commune": self._commune.text(), "agency": self._agency.text(),
                "desk": self._desk.text()}

    def _note_left(self, name: str) -> None:
        """The province may have been typed out in full instead of being picked."""
        if name == "province" and (place := self._places.province(self._province.text())) is not None:
            self._take_province(place)

    def _take_province(self, place: Place) -> None:
        """Offer its communes, and the beginning of its agency identifiers where nothing else was typed."""
        self._commune.set_entries([(commune.full_name, commune) for commune in self._places.communes(place.code)])
        self._agency.begin_with(self._agencies.beginning(place.code))


class DeskStep(SetupStep):
    """Hours, paper, printer, telephone and address: what the slips say."""

    def __init__(self, theme: Theme, hours: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.say(self.tr("How does it work?"),
                 self.tr("Appointments fall into the opening hours. Printer, paper, telephone and address can be changed later."))
        self._hours, self._paper, self._printer = ChoiceField(theme), ChoiceField(theme), ChoiceField(theme)
        self._phone, self._address = TextField(theme), TextField(theme)
        for name, key in hours:
            self._hours.addItem(name, key)
        for name, key in ((self.tr("A5, one slip a sheet"), "a5"), (self.tr("A4, two slips with a cutting line"), "a5x2"),
                          (self.tr("A4"), "a4"), (self.tr("80 mm roll"), "80mm")):
            self._paper.addItem(name, key)
        self.show_printers([])
        self.form.add_row(self.tr("Opening hours"), self._hours, "hours_profile", at=(0, 0), span=2)
        self.form.add_row(self.tr("Printer"), self._printer, "printer", at=(1, 0))
        self.form.add_row(self.tr("Paper of the slips"), self._paper, "paper", at=(1, 1))
        self.form.add_row(self.tr("Telephone, printed on the slips"), self._phone, "phone", at=(2, 0))
        self.form.add_row(self.tr("Address of the office"), self._address, "address", at=(2, 1))

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer the printers of this PC; none chosen keeps the slips as PDF."""
        self._printer.clear()
        self._printer.addItem(self.tr("None now, keep the PDF"), "")
        for name in names:
            self._printer.addItem(name, name)
        if names:
            self._printer.setCurrentIndex(1)

    def values(self) -> dict[str, str]:
        """Return hours, paper, printer, phone and address."""
        return {"hours_profile": self._hours.currentData(), "paper": self._paper.currentData(), "printer": self._printer.currentData(),
                "phone": self._phone.text(), "address": self._address.text()}


class PersonStep(SetupStep):
    """The first person, who is the administrator too."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.say(self.tr("Who works here first?"),
                 self.tr("This person is the administrator too and adds the others."))
        self._name, self._title, self._login = TextField(theme), TextField(theme), TextField(theme)
        self._password, self._again = PasswordField(theme), PasswordField(theme)
        self._name.textChanged.connect(self._suggest_login)
        self._login.textEdited.connect(self._note_own_login)
        self._own_login = False
        """Whether the login was typed: it is not suggested any more."""
        self.form.add_row(self.tr("Full name"), self._name, "full_name", at=(0, 0))
        self.form.add_row(self.tr("Post, as shown at login"), self._title, "title", at=(0, 1))
        self.form.add_row(self.tr("Login name, without accents"), self._login, "login", at=(1, 0))
        self.form.add_row(self.tr("Password, at least 8 signs"), self._password, "password", at=(2, 0))
        self.form.add_row(self.tr("Password once more"), self._again, "again", at=(2, 1))

    def _suggest_login(self, name: str) -> None:
        if not self._own_login:
            self._login.setText(suggested_login(name))

    def _note_own_login(self, login: str) -> None:
        """A login that was typed stays; one that was taken away is suggested again."""
        self._own_login = bool(login)

    def values(self) -> dict[str, str]:
        """Return name, title, login and password."""
        return {"full_name": self._name.text(), "title": self._title.text(), "login": self._login.text(), "password": self._password.text()}

    def differs(self) -> bool:
        """Tell whether the two passwords differ, and say so at the field."""
        wrong = self._password.text() != self._again.text()
        self.form.row("again").show_problem(self.tr("The two passwords differ. Type the same one twice.") if wrong else "")
        return wrong
