"""Steps 4 and 5: the fees, each with its exemption beside it, how they are paid; and how the result goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from counter_app.domain.catalogue import Fee, Procedure
from counter_app.domain.dossier import DeliveryMethod, FeeLine, FeeMethod
from counter_app.domain.text import tidy
from ui.context import DeskContext
from ui.pages.intake.fee_rows import AmountField
from ui.theme import Theme
from ui.widgets.buttons import IconButton
from ui.widgets.form import TextField
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import ElidedLabel, Sheet, label, row, set_tone
from ui.widgets.step_mark import StepMark

TITLE = 96
PAID = (FeeMethod.CASH, FeeMethod.TRANSFER)


class _FeeLine(QWidget):
    """A further fee: its amount, and its name with who is exempt."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.amount, self.note = AmountField(theme), ElidedLabel()
        set_tone(self.note, "muted")
        line = row(self.amount, self.note, spacing=theme.px(8))
        line.setStretch(1, 1)
        self.setLayout(line)


class FeeBox(Sheet):
    """Fees and return of the result. ``edited`` comes after every change, ``qr_asked`` when the payment code is wanted."""

    edited = Signal()
    qr_asked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=8, parent=parent)
        self._context = context
        self._amounts: list[AmountField] = []
        self._lines: list[_FeeLine] = []
        self._given: list[AmountField] = []
        self._any = False
        self._flawed: set[str] = set()
        self._add_method()
        self._add_proof()
        self.problem = label(context.theme, tone="danger", wrap=True)
        self.problem.setContentsMargins(context.theme.px(32), 0, 0, 0)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._add_delivery()
        for field in (self.receipt, self.reason, self.proof, self.address):
            field.textEdited.connect(self._edit)
        self.show_procedure(None)

    def _add_method(self) -> None:
        """First line: what, how much, how paid."""
        theme = self._context.theme
        self._mark = StepMark(theme, 4)
        self._first = AmountField(theme)
        self._first.edited.connect(self._edit)
        self.method = SegmentedChoice(theme, self.tr("How the fee is paid"), (
            (self.tr("Cash"), FeeMethod.CASH), (self.tr("Transfer"), FeeMethod.TRANSFER), (self.tr("Exempt"), FeeMethod.EXEMPT),
            (self.tr("Later"), FeeMethod.UNPAID)))
        self.method.chosen.connect(self._choose_method)
        self._none = ElidedLabel()
        set_tone(self._none, "muted")
        self._qr = IconButton(theme, "qrcode", self.tr("Show the payment code"))
        self._qr.clicked.connect(self.qr_asked)
        title = label(theme, self.tr("Fee"), bold=True)
        title.setFixedWidth(theme.px(TITLE))
        line = row(self._mark, title, self._first, self.method, self._qr, self._none, spacing=theme.px(8))
        line.setStretch(5, 1)
        line.addStretch(0)
        self.body.addLayout(line)

    def _add_proof(self) -> None:
        """Further lines: who is exempt, the receipt or the reason, other fees."""
        theme = self._context.theme
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.px(4))
        self._others.setContentsMargins(theme.px(32 + TITLE + 8), 0, 0, 0)
        self.body.addLayout(self._others)
        self._exempt = ElidedLabel()
        set_tone(self._exempt, "muted")
        self.receipt = TextField(theme, placeholder=self.tr("Receipt series and number"))
        self.receipt.setAccessibleName(self.tr("Receipt series and number"))
        self.receipt.setMinimumWidth(theme.px(208))
        self.reason = TextField(theme, placeholder=self.tr("Why exempt"))
        self.reason.setAccessibleName(self.tr("Why exempt"))
        self.proof = TextField(theme, placeholder=self.tr("By which paper: kind, number, date"))
        self.proof.setAccessibleName(self.tr("Paper that proves the exemption"))
        line = row(self._exempt, self.receipt, self.reason, self.proof, spacing=theme.px(8))
        line.setContentsMargins(theme.px(32 + TITLE + 8), 0, 0, 0)
        for part, share in ((0, 2), (2, 4), (3, 4)):
            line.setStretch(part, share)
        self.body.addLayout(line)

    def _add_delivery(self) -> None:
        theme = self._context.theme
        self._delivery_mark = StepMark(theme, 5)
        self._delivery_mark.set_complete(True)
        self.delivery = SegmentedChoice(theme, self.tr("How the result goes back"), (
            (self.tr("At the desk"), DeliveryMethod.DESK), (self.tr("By post"), DeliveryMethod.POSTAL),
            (self.tr("Online"), DeliveryMethod.ONLINE)))
        self.delivery.chosen.connect(self._choose_delivery)
        self.wants_message = QCheckBox(self.tr("Message when ready"))
        self.wants_message.toggled.connect(self._edit)
        self.address = TextField(theme, placeholder=self.tr("Address for the post (empty: the applicant's)"))
        self.address.setAccessibleName(self.tr("Address for the post"))
        title = label(theme, self.tr("Result"), bold=True)
        title.setFixedWidth(theme.px(TITLE))
        self.body.addLayout(row(self._delivery_mark, title, self.delivery, self.wants_message, None, spacing=theme.px(8)))
        below = row(self.address)
        below.setContentsMargins(theme.px(32 + TITLE + 8), 0, 0, 0)
        self.body.addLayout(below)
        self.address.hide()

    # --- content ------------------------------------------------------------------------------------------------------

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show the fees of a procedure."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._any, self._lines, self._amounts = procedure is not None, [], []
        fees = procedure.fees if procedure else ()
        self._ask_for([fee for fee in fees if fee.amount_vnd != 0])
        free = [fee.exemption_note or fee.text for fee in fees if fee.amount_vnd == 0][:1]
        self._none.show_text(" · ".join([self.tr("No fee"), *filter(None, free)]) if procedure else "")
        self._show_method()

    def _ask_for(self, asked: Sequence[Fee]) -> None:
        for at, fee in enumerate(asked):
            self._amounts.append(self._first if at == 0 else self._add_other())
            self._amounts[-1].show_fee(fee)
        for line in self._lines:
            line.note.show_text(self._words(line.amount.fee))
        self._exempt.show_text(self._words(asked[0]) if asked else "")

    def _add_other(self) -> AmountField:
        """Add a line for a further fee; Tab comes to it after the fee before."""
        line = _FeeLine(self._context.theme)
        line.amount.edited.connect(self._edit)
        self._others.addWidget(line)
        self._lines.append(line)
        self.setTabOrder(self._amounts[-1], line.amount)
        return line.amount

    def _words(self, fee: Fee) -> str:
        """Name a fee with its exemption; the name alone says nothing where there is but one."""
        exempt = fee.exemption_note or self.tr("no exemption known")
        return exempt if len(self._amounts) == 1 else f"{fee.name} · {exempt}"

    def fees(self) -> tuple[FeeLine, ...]:
        """Return the fee lines; one without an amount is left out."""
        method = FeeMethod(str(self.method.value))
        series, _, number = tidy(self.receipt.text()).rpartition(" ")
        lines = []
        self._given = []
        for field in self._amounts:
            amount = 0 if method is FeeMethod.EXEMPT else field.value()
            if amount is None or (amount == 0 and method is not FeeMethod.EXEMPT):
                continue
            why, proof = map(tidy, (self.reason.text(), self.proof.text())) if method is FeeMethod.EXEMPT else ("", "")
            line = FeeLine("", field.fee.name, amount, method, exempt_reason=why, exempt_proof=proof)
            lines.append(replace(line, receipt_series=series, receipt_number=number) if method in PAID else line)
            self._given.append(field)
        return tuple(lines)

    def unreadable(self) -> dict[str, str]:
        """Return the sentences about amounts that can't be read, as ``amounts.<line>``."""
        words = self.tr("Write the fee in dong, figures only.")
        return {f"amounts.{at}": words for at, field in enumerate(self._amounts) if field.isEnabled() and field.is_unreadable()}

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {
            "amounts": [field.text() for field in self._amounts], "method": str(self.method.value),
            "receipt": self.receipt.text(), "reason": self.reason.text(), "proof": self.proof.text(), "delivery": str(self.delivery.value),
            "address": self.address.text(), "wants_message": self.wants_message.isChecked(),
        }

    def restore(self, content: dict[str, Any]) -> None:
        """Show what a draft kept; an empty one empties the box."""
        for field, text in zip(self._amounts, content.get("amounts", ()), strict=False):
            field.setText(text)
        self.method.choose(FeeMethod(content.get("method", FeeMethod.CASH.value)))
        self.receipt.setText(content.get("receipt", ""))
        self.reason.setText(content.get("reason", ""))
        self.proof.setText(content.get("proof", ""))
        self.delivery.choose(DeliveryMethod(content.get("delivery", DeliveryMethod.DESK.value)))
        self.address.setText(content.get("address", ""))
        self.wants_message.setChecked(bool(content.get("wants_message")))
        self._show_method()
        self._show_delivery()

    # --- problems -----------------------------------------------------------------------------------------------------

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Say what is wrong with a fee or the return, and frame the field."""
        fields = {name: self._field_of(name) for name in sentences}
        for field in (*self._amounts, self.receipt, self.reason, self.proof, self.address):
            wrong = field in fields.values()
            if bool(field.property("problem")) != wrong:
                field.setProperty("problem", wrong)
                field.style().unpolish(field)
                field.style().polish(field)
        self.problem.setText(" ".join(dict.fromkeys(sentences.values())))
        self.problem.setVisible(bool(sentences))
        self._flawed = {name.partition(".")[0] for name in sentences}
        self._complete()

    def focus_on(self, name: str) -> None:
        """Put the focus where a problem stands."""
        self._field_of(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_of(self, name: str) -> QWidget:
        part, _, rest = name.partition(".")
        if part == "result_delivery":
            return self.address
        at, _, what = rest.partition(".")
        if what in (named := {"exempt_reason": self.reason, "exempt_proof": self.proof, "receipt_number": self.receipt}):
            return named[what]
        given = self._amounts if part == "amounts" else self._given
        return given[int(at)] if at.isdigit() and int(at) < len(given) else self.method

    # --- looks --------------------------------------------------------------------------------------------------------

    def _choose_method(self) -> None:
        self._show_method()
        self._edit()

    def _choose_delivery(self) -> None:
        self._show_delivery()
        self._edit()

    def _show_delivery(self) -> None:
        self.address.setVisible(self.delivery.value is DeliveryMethod.POSTAL)

    def _show_method(self) -> None:
        method, any_fee, desk = self.method.value, bool(self._amounts), self._context.counter.desk
        self._first.setVisible(any_fee)
        self.method.setVisible(any_fee)
        self._none.setVisible(not any_fee)
        self._exempt.setVisible(any_fee)
        self.receipt.setVisible(any_fee and method in PAID)
        for field in (self.reason, self.proof):
            field.setVisible(any_fee and method is FeeMethod.EXEMPT)
        self._qr.setVisible(any_fee and method is FeeMethod.TRANSFER and bool(desk.bank_account))
        for field in self._amounts:
            field.setEnabled(method is not FeeMethod.EXEMPT)
        self._complete()

    def _complete(self) -> None:
        proven = self.method.value is not FeeMethod.EXEMPT or bool(tidy(self.reason.text()) and tidy(self.proof.text()))
        paid = self._any and (not self._amounts or (proven and bool(self.fees())))
        self._mark.set_complete(paid and not self._flawed & {"fees", "amounts"})
        self._delivery_mark.set_complete("result_delivery" not in self._flawed)

    def _edit(self) -> None:
        self._complete()
        self.edited.emit()
