"""The right column: who asks, who signs, what it costs and how it is paid, what is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from counter_app.domain.card import Card
from counter_app.domain.certification import CertificationKind, CertifiedLine, rule_of
from counter_app.domain.dossier import Applicant, ApplicantKind, FeeMethod
from counter_app.domain.text import money, tidy
from counter_app.services.people.offices import Signer
from ui.context import DeskContext
from ui.models.certified import kind_word
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Column, IconLabel, Line, Sheet, label, row

WIDTH, SHOWN_SUMS = 308, 3
EXEMPT = ("payment.exempt_reason", "payment.exempt_proof")
NOBODY = Applicant(ApplicantKind.PERSON, "")


class CertificationSide(QScrollArea):
    """``edited`` comes after every change, ``qr_wanted`` when payment by code was chosen."""

    edited = Signal()
    qr_wanted = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = self._theme = context.theme
        self._card = NOBODY
        self._signers: Sequence[Signer] = ()
        sheet = Sheet(theme, padding=(16, 8), spacing=6)
        inside = Column()
        inside.body.addWidget(sheet)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._add_person(sheet)
        self._add_signer(sheet)
        self._add_money(sheet)
        self._add_prints(sheet)
        sheet.body.addStretch(1)

    def _add_person(self, sheet: Sheet) -> None:
        theme = self._theme
        self._source = label(theme, self.tr("citizen card"), tone="muted")
        icon = IconLabel(theme, "id", "text_muted")
        sheet.body.addLayout(
            row(label(theme, self.tr("Requester"), bold=True), KeyCap(theme, "F3"), None, icon, self._source, spacing=theme.px(8)))
        self.form = Form(theme, spacing=(8, 4))
        named = ((self.tr("Full name"), "applicant.full_name"), (self.tr("Identity number"), "applicant.id_number"))
        for at, (word, name) in enumerate(named):
            field = TextField(theme, placeholder=word)
            field.textEdited.connect(self._type_person)
            self.form.add_row(word, field, name, at=(at, 0)).label.hide()
        sheet.body.addWidget(self.form)
        sheet.body.addWidget(Line(theme))

    def _add_signer(self, sheet: Sheet) -> None:
        self.signer = ChoiceField(self._theme)
        self.signer.currentIndexChanged.connect(self.edited)
        self._signing = Form(self._theme, spacing=(8, 4))
        self._signing.add_row(self.tr("Signer"), self.signer, "signer")
        sheet.body.addWidget(self._signing)
        sheet.body.addWidget(Line(self._theme))

    def _add_money(self, sheet: Sheet) -> None:
        theme = self._theme
        self._sums = [(label(theme), label(theme)) for _ in range(SHOWN_SUMS)]
        for words, amount in self._sums:
            sheet.body.addLayout(row(words, None, amount))
        self._total = label(theme, money(0), kind="title")
        sheet.body.addLayout(row(label(theme, self.tr("Total"), bold=True), None, self._total))
        self.method: SegmentedChoice[FeeMethod] = SegmentedChoice(theme, self.tr("Payment"), (
            (self.tr("Cash"), FeeMethod.CASH), (self.tr("QR code"), FeeMethod.TRANSFER), (self.tr("Exempt"), FeeMethod.EXEMPT)))
        self.method.chosen.connect(self._choose_method)
        sheet.body.addWidget(self.method)
        self._exempt = Form(theme, spacing=(8, 4))
        for word, name in ((self.tr("Reason of exemption"), EXEMPT[0]), (self.tr("Proof: kind and number of the paper"), EXEMPT[1])):
            field = TextField(theme, placeholder=word)
            field.textEdited.connect(self.edited)
            self._exempt.add_row(word, field, name).label.hide()
        sheet.body.addWidget(self._exempt)
        self._note = label(theme, tone="muted", wrap=True)
        self._note.setText(self.tr("Mortgage contracts for farm loans are exempt."))
        sheet.body.addWidget(self._note)
        sheet.body.addWidget(Line(theme))

    def _add_prints(self, sheet: Sheet) -> None:
        theme = self._theme
        self._stamp_head = label(theme, self.tr("Number as printed on the testimony"), tone="muted")
        self._stamp = label(theme)
        self.slip = QCheckBox(self.tr("Print the receipt slip on request"))
        self.stamps = QCheckBox(self.tr("Print the testimony on the copies"))
        self.wait = QCheckBox(self.tr("To be signed later"))
        self._due = label(theme, tone="muted", wrap=True)
        for part in (self._stamp_head, self._stamp, self.slip, self.stamps, self.wait, self._due):
            sheet.body.addWidget(part)
        for box in (self.slip, self.stamps, self.wait):
            box.setAccessibleName(box.text())
            box.toggled.connect(self.edited)
        self._choose_method(FeeMethod.CASH)

    # --- content ------------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what stands in a field of the requester or the exemption."""
        form = self._exempt if name in EXEMPT else self.form
        field = form.row(name).field
        return tidy(field.text()) if isinstance(field, TextField) else ""

    def set_text(self, name: str, text: str) -> None:
        """Write into a field."""
        form = self._exempt if name in EXEMPT else self.form
        field = form.row(name).field
        if isinstance(field, TextField):
            field.setText(text)
            field.setCursorPosition(0)

    def applicant(self) -> Applicant:
        """Return who asks: what the card said, under the name and number that stand in the fields."""
        return replace(self._card, full_name=self.text("applicant.full_name"), id_number=self.text("applicant.id_number").replace(" ", ""))

    def fill_card(self, card: Card, source: str) -> None:
        """Fill in a card."""
        self._card = Applicant(
            ApplicantKind.PERSON, card.full_name, card.id_number, card.birth_date, card.birth_year, card.sex, card.address)
        self.set_text("applicant.full_name", card.full_name)
        self.set_text("applicant.id_number", card.id_number)
        self._source.setText(source)
        self.edited.emit()

    def chosen_signer(self) -> Signer | None:
        """Return who will sign; None where nobody is known."""
        at = self.signer.currentIndex()
        return self._signers[at] if 0 <= at < len(self._signers) else None

    def set_signers(self, signers: Sequence[Signer]) -> None:
        """Offer these; whoever was chosen stays chosen."""
        before = self.chosen_signer()
        self._signers = signers
        self.signer.blockSignals(True)
        self.signer.clear()
        self.signer.addItems([", ".join(filter(None, (each.name, each.title))) for each in signers] or [self.tr("written by pen")])
        self.signer.setCurrentIndex(signers.index(before) if before in signers else 0)
        self.signer.setToolTip(self.signer.currentText())
        self.signer.blockSignals(False)

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        person = self.applicant()
        return {
            "full_name": person.full_name, "id_number": person.id_number, "address": person.address, "method": self.method.value.value,
            "exempt_reason": self.text(EXEMPT[0]), "exempt_proof": self.text(EXEMPT[1]), "slip": self.slip.isChecked(),
            "wait": self.wait.isChecked(),
        }

    def restore(self, content: Mapping[str, Any]) -> None:
        """Show what a draft kept; an empty one is for the next person. The signer and what is printed stay as they are."""
        self._card = replace(NOBODY, address=str(content.get("address", "")))
        self.set_text("applicant.full_name", str(content.get("full_name", "")))
        self.set_text("applicant.id_number", str(content.get("id_number", "")))
        self.set_text(EXEMPT[0], str(content.get("exempt_reason", "")))
        self.set_text(EXEMPT[1], str(content.get("exempt_proof", "")))
        self.slip.setChecked(bool(content.get("slip")))
        self.wait.setChecked(bool(content.get("wait")))
        self._source.setText(self.tr("citizen card"))
        method = FeeMethod(content.get("method", FeeMethod.CASH.value))
        self.method.choose(method)
        self._choose_method(method)
        self.show_problems({})

    # --- looks --------------------------------------------------------------------------------------------------------

    @property
    def total_words(self) -> str:
        """What is to be paid, as it stands here."""
        return self._total.text()

    def show_sums(self, lines: Sequence[CertifiedLine], amounts: Sequence[int | None]) -> None:
        """Show what the lines cost: copies, signatures and acts apart, and all together."""
        entries = _sums(lines, amounts)
        for at, (words, amount) in enumerate(self._sums):
            words.setVisible(at < len(entries))
            amount.setVisible(at < len(entries))
            if at < len(entries):
                words.setText(entries[at][0])
                amount.setText(money(entries[at][1]))
        total = 0 if self.method.value is FeeMethod.EXEMPT else sum(amount or 0 for amount in amounts)
        self._total.setText(money(total))

    def show_stamp(self, words: str) -> None:
        """Show number and date as they will stand on the testimony."""
        self._stamp.setText(words)
        self._stamp_head.setVisible(bool(words) and not self._is_low())
        self._stamp.setVisible(bool(words) and not self._is_low())

    def show_due(self, words: str) -> None:
        """Show when papers that are not signed at once are due."""
        self._due.setText(words)

    def show_problems(self, sentences: Mapping[str, str]) -> list[str]:
        """Show sentences at their fields; return the names that have a field here."""
        return [*self.form.show_problems(sentences), *self._exempt.show_problems(sentences)]

    def focus_on(self, name: str) -> None:
        """Put the focus into a field."""
        (self._exempt if name in EXEMPT else self.form).focus_on(name)

    def next_method(self) -> None:
        """Choose the payment after this one, the first after the last."""
        methods = (FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.EXEMPT)
        method = methods[(methods.index(self.method.value) + 1) % len(methods)]
        self.method.choose(method)
        self._choose_method(method)
        self.edited.emit()
        if method is FeeMethod.EXEMPT:
            self.focus_on(EXEMPT[0])

    def _choose_method(self, method: object) -> None:
        self._exempt.setVisible(method is FeeMethod.EXEMPT)
        self._note.setVisible(method is not FeeMethod.TRANSFER)
        self.edited.emit()
        if method is FeeMethod.TRANSFER and self.isVisible():
            self.qr_wanted.emit()

    def _type_person(self) -> None:
        """Another number is another person: what only the card said no longer holds."""
        if self.text("applicant.id_number") != self._card.id_number:
            self._card = NOBODY
        self.edited.emit()

    def _is_low(self) -> bool:
        return self.height() < self._theme.px(560)


def _sums(lines: Sequence[CertifiedLine], amounts: Sequence[int | None]) -> list[tuple[str, int]]:
    """Return words and amount of each kind, in at most three entries."""
    entries = []
    for kind in dict.fromkeys(line.kind for line in lines):
        mine = [(line, amount or 0) for line, amount in zip(lines, amounts, strict=True) if line.kind is kind]
        entries.append((_counted(kind, [line for line, _ in mine]), sum(amount for _, amount in mine)))
    if len(entries) <= SHOWN_SUMS:
        return entries
    others = entries[SHOWN_SUMS - 1:]
    words = QCoreApplication.translate("Certified", "Others: {count} kinds").format(count=len(others))
    return [*entries[:SHOWN_SUMS - 1], (words, sum(amount for _, amount in others))]


def _counted(kind: CertificationKind, lines: Sequence[CertifiedLine]) -> str:
    copies = sum(line.copies for line in lines)
    if kind is CertificationKind.COPY:
        return QCoreApplication.translate("Certified", "Copies: {papers} papers, {copies} copies").format(papers=len(lines), copies=copies)
    count = copies if rule_of(kind).per_copy else len(lines)
    return QCoreApplication.translate("Certified", "{kind}: {count} cases").format(kind=kind_word(kind), count=count)
