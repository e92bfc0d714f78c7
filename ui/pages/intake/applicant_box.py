"""Step 2: whose case it is and who stands at the desk. A scanned card fills it; earlier dossiers of the person are offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from counter_app.domain.card import Card
from counter_app.domain.dossier import Applicant, ApplicantKind, Sex, Submitter
from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.text import read_day, tidy, write_day
from counter_app.services.dossiers.service import EarlierDossier
from ui.context import DeskContext
from ui.notices import sentence_of
from ui.widgets.buttons import LinkButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import ElidedLabel, IconLabel, Sheet, label, row, set_tone
from ui.widgets.step_mark import StepMark

APPLICANT = ("full_name", "id_number", "birth_date", "address", "phone", "email")
SUBMITTER = ("full_name", "id_number", "phone", "relation")
MORE = ("applicant.kind", "applicant.email", *(f"submitter.{name}" for name in SUBMITTER))


class ApplicantBox(Sheet):
    """``edited`` comes after every change, ``left`` with the name of a field that was left, ``more_asked`` when the rest is wanted."""

    edited = Signal()
    left = Signal(str)
    more_asked = Signal(bool)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=6, parent=parent)
        theme = context.theme
        self._context = context
        self._sex: Sex | None = None
        self._flawed = False
        self._read_at: datetime | None = None
        self.card_warnings: tuple[str, ...] = ()
        """Codes of what the card that was read gives to look at; they stay with the form, also when it is parked."""
        self._earlier: list[EarlierDossier] = []
        self._mark = StepMark(theme, 2)
        self._source_icon = IconLabel(theme, "id", "text_muted")
        self._source = ElidedLabel()
        self._source.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        set_tone(self._source, "muted")
        self._offer = LinkButton(theme, "")
        self._offer.clicked.connect(self._choose_earlier)
        self._more = LinkButton(theme, self.tr("More"))
        self._more.clicked.connect(self._toggle_more)
        head = row(self._mark, label(theme, self.tr("Applicant"), bold=True), KeyCap(theme, "F3"), None,
                   self._source_icon, self._source, self._offer, self._more, spacing=theme.px(8))
        self.body.addLayout(head)
        self.form = Form(theme, spacing=(12, 6))
        self._add_rows()
        self.body.addWidget(self.form)
        self.form.left.connect(self._leave_field)
        self._order_tabs()
        self.set_more(False)
        self._show_card(None)
        self._show_offer([])

    def _add_rows(self) -> None:
        add = self._add_field
        add(self.tr("Full name"), "applicant.full_name", (0, 0), 3)
        add(self.tr("Identity number"), "applicant.id_number", (0, 3), 2).textEdited.connect(self._forget_card)
        add(self.tr("Date of birth"), "applicant.birth_date", (0, 5), 1)
        add(self.tr("Address"), "applicant.address", (1, 0), 4)
        add(self.tr("Telephone"), "applicant.phone", (1, 4), 2)
        self.kind = ChoiceField(self._context.theme)
        for word, kind in ((self.tr("Person"), ApplicantKind.PERSON), (self.tr("Enterprise"), ApplicantKind.ENTERPRISE),
                           (self.tr("State agency"), ApplicantKind.STATE_AGENCY), (self.tr("Organisation"), ApplicantKind.ORGANISATION)):
            self.kind.addItem(word, kind.value)
        self.kind.currentIndexChanged.connect(self._edit)
        self.form.add_row(self.tr("Kind"), self.kind, "applicant.kind", at=(2, 0), span=2)
        add(self.tr("E-mail"), "applicant.email", (2, 2), 4)
        add(self.tr("Submitted by (if another person)"), "submitter.full_name", (3, 0), 3)
        add(self.tr("Their identity number"), "submitter.id_number", (3, 3), 3)
        add(self.tr("Their telephone"), "submitter.phone", (4, 0), 2)
        add(self.tr("Relation or authority"), "submitter.relation", (4, 2), 4)
        for column, stretch in enumerate((3, 3, 3, 3, 2, 4)):
            self.form.grid.setColumnStretch(column, stretch)

    def _order_tabs(self) -> None:
        """The fields first, the links after them: the way of a form that is filled."""
        fields = [self.form.row(name).field for name in self.form.names()]
        order = [*fields, self._offer, self._more]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _add_field(self, text: str, name: str, at: tuple[int, int], span: int) -> TextField:
        field = TextField(self._context.theme)
        field.setMinimumWidth(self._context.theme.px(64))
        field.textEdited.connect(self._edit)
        self.form.add_row(text, field, name, at=at, span=span)
        return field

    def _forget_card(self) -> None:
        """Another number is another person: what only the card said no longer holds."""
        self._sex, self.card_warnings = None, ()
        self._show_card(None)

    # --- content ----------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        field = self.form.row(name).field
        return field.text() if isinstance(field, TextField) else ""

    def set_text(self, name: str, text: str) -> None:
        """Write into a field."""
        field = self.form.row(name).field
        if isinstance(field, TextField):
            field.setText(text)
            field.setCursorPosition(0)

    def applicant(self) -> Applicant:
        """Return what was typed; a date that can't be read is left out (it has its sentence at the field)."""
        texts = {name: tidy(self.text(f"applicant.{name}")) for name in APPLICANT}
        born = _read_birth(texts["birth_date"])
        birth_date, year = (born if isinstance(born, date) else None), (born if isinstance(born, int) else None)
        return Applicant(
            kind=ApplicantKind(self.kind.currentData()), full_name=texts["full_name"], id_number=texts["id_number"].replace(" ", ""),
            birth_date=birth_date, birth_year=birth_date.year if birth_date else year, sex=self._sex, address=texts["address"],
            phone=texts["phone"], email=texts["email"],
        )

    def submitter(self) -> Submitter | None:
        """Return who stands at the desk, None when it is the applicant."""
        texts = {name: tidy(self.text(f"submitter.{name}")) for name in SUBMITTER}
        return Submitter(**texts) if any(texts.values()) else None

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        kept: dict[str, Any] = {name: self.text(name) for name in self.form.names()}
        return kept | {"applicant.kind": self.kind.currentData(), "sex": self._sex.value if self._sex else "",
                       "card_read_at": self._read_at.isoformat() if self._read_at else "", "card_warnings": list(self.card_warnings)}

    def restore(self, content: dict[str, Any]) -> None:
        """Show what a draft kept; an empty one empties the box."""
        for name in self.form.names():
            self.set_text(name, str(content.get(name, "")))
        self.kind.setCurrentIndex(max(self.kind.findData(content.get("applicant.kind", ApplicantKind.PERSON.value)), 0))
        self._sex = Sex(content["sex"]) if content.get("sex") else None
        read_at = content.get("card_read_at")
        self._show_card(datetime.fromisoformat(read_at) if read_at else None)
        self.card_warnings = tuple(content.get("card_warnings", ()))
        self.show_problems({})
        self._show_offer([])
        self._look()

    def fill_card(self, card: Card, read_at: datetime, warnings: tuple[str, ...] = ()) -> None:
        """Fill in what a card says; telephone and e-mail stay. ``warnings`` are the codes of what is to be looked at."""
        self.card_warnings = warnings
        self.set_text("applicant.full_name", card.full_name)
        self.set_text("applicant.id_number", card.id_number)
        born = write_day(card.birth_date) if card.birth_date else str(card.birth_year or "")
        self.set_text("applicant.birth_date", born)
        self.set_text("applicant.address", card.address)
        self._sex = card.sex
        self.kind.setCurrentIndex(self.kind.findData(ApplicantKind.PERSON.value))
        self._show_card(read_at)
        self.show_problems({})
        self._edit()
        self._ask_earlier()

    def fill(self, applicant: Applicant) -> None:
        """Fill in an earlier dossier's applicant."""
        for name in APPLICANT:
            if name != "birth_date":
                self.set_text(f"applicant.{name}", getattr(applicant, name))
        born = write_day(applicant.birth_date) if applicant.birth_date else str(applicant.birth_year or "")
        self.set_text("applicant.birth_date", born)
        self._sex = applicant.sex
        self.kind.setCurrentIndex(max(self.kind.findData(applicant.kind.value), 0))
        self._edit()

    # --- looks ------------------------------------------------------------------------------------------------------

    def set_more(self, shown: bool) -> None:
        """Show or hide the second block."""
        for name in MORE:
            self.form.row(name).setVisible(shown)
        self._more.setText(self.tr("Less") if shown else self.tr("More"))
        self._more.updateGeometry()

    def _show_card(self, read_at: datetime | None) -> None:
        """Show where the details came from: from a card that was read then, or from no card."""
        self._read_at = read_at
        words = self.tr("Read from the card {time}").format(time=f"{read_at:%H:%M}") if read_at else ""
        self._source.show_text(words)
        self._source.setVisible(bool(words))
        self._source_icon.setVisible(bool(words))

    def has_more(self) -> bool:
        """Tell whether the second block holds anything."""
        return any(self.text(name) for name in MORE if name != "applicant.kind") or self.kind.currentIndex() > 0

    def hidden_names(self) -> tuple[str, ...]:
        """Return the fields of the second block."""
        return MORE

    @property
    def shows_more(self) -> bool:
        """Whether the second block is shown."""
        return self.form.row(MORE[0]).isVisibleTo(self)

    def _toggle_more(self) -> None:
        self.more_asked.emit(not self.shows_more)

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Show the sentences at their fields; a step with a problem is not complete."""
        self._flawed = bool(self.form.show_problems(sentences))
        self._look()

    def _look(self) -> None:
        self._mark.set_complete(bool(self.text("applicant.full_name").strip()) and not self._flawed)

    def _edit(self) -> None:
        self._look()
        self.edited.emit()

    def _leave_field(self, name: str) -> None:
        """Tidy the text; what is wrong with it the page says."""
        if name == "applicant.birth_date":
            self._tidy_birth()
        elif isinstance(self.form.row(name).field, TextField):
            tidied = tidy(self.text(name))
            if tidied != self.text(name):
                self.set_text(name, tidied)
        if name == "applicant.id_number":
            self._ask_earlier()
        self.left.emit(name)

    def _tidy_birth(self) -> None:
        born = _read_birth(self.text("applicant.birth_date"))
        if isinstance(born, date):
            self.set_text("applicant.birth_date", write_day(born))

    def unreadable(self) -> dict[str, str]:
        """Return the sentences about what can't be read, by field."""
        born = _read_birth(self.text("applicant.birth_date"))
        return {"applicant.birth_date": sentence_of(born)} if isinstance(born, Problem) else {}

    # --- earlier dossiers -------------------------------------------------------------------------------------------

    def _ask_earlier(self) -> None:
        number = self.text("applicant.id_number").replace(" ", "")
        if len(number) >= 9:
            ask, actor = self._context.counter.dossiers.earlier_of, self._context.session.actor
            self._context.tasks.run(ask, number, actor, done=self._show_offer, key="earlier")
        else:
            self._show_offer([])

    def _show_offer(self, earlier: list[EarlierDossier]) -> None:
        self._earlier = earlier
        self._offer.setText(self.tr("{count} earlier dossiers").format(count=len(earlier)))
        self._offer.setVisible(bool(earlier))
        self._offer.updateGeometry()

    def _choose_earlier(self) -> None:
        menu = QMenu(self)
        for at, each in enumerate(self._earlier):
            words = f"{each.row.received_at:%d/%m/%Y} · {each.row.procedure_name[:60]} · {each.applicant.full_name}"
            menu.addAction(words).setData(at)
        menu.triggered.connect(self._take_earlier)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._offer.mapToGlobal(self._offer.rect().bottomLeft()))

    def _take_earlier(self, action: QAction) -> None:
        self.fill(self._earlier[int(action.data())].applicant)


def _read_birth(text: str) -> date | int | Problem | None:
    """Return the day, the year alone, what is wrong, or None where nothing was written."""
    born = tidy(text)
    if not born:
        return None
    if len(born) == 4 and born.isascii() and born.isdigit():
        return int(born)
    try:
        return read_day(born)
    except RuleBrokenError as error:
        return error.problems[0]
