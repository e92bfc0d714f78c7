"""Steps 4 and 5: the fees, each with its exemption beside it, how they are paid; and how the result goes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from counter_app.domain.catalogue import Fee, Procedure
from counter_app.domain.dossier import DeliveryMethod, FeeLine, FeeMethod
from counter_app.domain.text import money, tidy
from ui.context import DeskContext
from ui.widgets.form import TextField
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import ElidedLabel, Sheet, label, row, set_tone
from ui.widgets.step_mark import StepMark


def read_amount(text: str) -> int | None:
    """Read ``15.000 đ`` or ``15000``; None where it is no amount."""
    digits = text.replace(".", "").replace(" ", "").replace("đ", "").replace("\u00a0", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


class _FeeRow(QWidget):
    """One fee: its amount, its name with the exemption."""

    def __init__(self, context: DeskContext, fee: Fee, parent: QWidget) -> None:
        super().__init__(parent)
        theme = context.theme
        self.fee = fee
        self.amount = TextField(theme)
        self.amount.setAccessibleName(fee.name)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setFixedWidth(theme.px(112))
        self.amount.setPlaceholderText(self.tr("amount"))
        self.amount.setText(money(fee.amount_vnd) if fee.amount_vnd is not None else "")
        self.amount.editingFinished.connect(self._tidy)
        notes = [fee.name, fee.exemption_note or self.tr("no exemption known")]
        words = ElidedLabel(" · ".join(notes))
        set_tone(words, "muted")
        line = row(self.amount, words, spacing=theme.px(10))
        line.setStretch(1, 1)
        self.setLayout(line)

    def value(self) -> int | None:
        """Return the amount in đồng."""
        return read_amount(self.amount.text())

    def _tidy(self) -> None:
        if (value := self.value()) is not None:
            self.amount.setText(money(value))


class FeeBox(Sheet):
    """Fees and return of the result. ``edited`` comes after every change."""

    edited = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=8, parent=parent)
        theme = context.theme
        self._context = context
        self._rows: list[_FeeRow] = []
        self._mark = StepMark(theme, 4)
        self.method = SegmentedChoice(theme, self.tr("How the fee is paid"), (
            (self.tr("Cash"), FeeMethod.CASH), (self.tr("Transfer"), FeeMethod.TRANSFER), (self.tr("Exempt"), FeeMethod.EXEMPT),
            (self.tr("Later"), FeeMethod.UNPAID)))
        self.method.chosen.connect(self._choose_method)
        self._none = label(theme, self.tr("No fee"), tone="muted")
        self.receipt = TextField(theme, placeholder=self.tr("Receipt series and number"))
        self.receipt.setAccessibleName(self.tr("Receipt series and number"))
        self.reason = TextField(theme, placeholder=self.tr("Why exempt, by which proof"))
        self.reason.setAccessibleName(self.tr("Why exempt, by which proof"))
        title = label(theme, self.tr("Fee"), bold=True)
        title.setFixedWidth(theme.px(92))
        head = row(self._mark, title, self.method, self._none, self.receipt, self.reason, spacing=theme.px(8))
        head.setStretch(4, 1)
        head.setStretch(5, 1)
        self.body.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(4))
        self._lines.setContentsMargins(theme.px(32), 0, 0, 0)
        self.body.addLayout(self._lines)
        self._problem = label(theme, tone="danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._add_delivery()
        for field in (self.receipt, self.reason, self.address):
            field.textEdited.connect(self._edit)
        self.show_procedure(None)

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
        title.setFixedWidth(theme.px(92))
        line = row(self._delivery_mark, title, self.delivery, self.address, self.wants_message, None, spacing=theme.px(8))
        line.setStretch(3, 1)
        self.body.addLayout(line)
        self.address.hide()

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show the fees of a procedure."""
        for old in self._rows:
            self._lines.removeWidget(old)
            old.deleteLater()
        asked = [fee for fee in procedure.fees if fee.amount_vnd != 0] if procedure else []
        free = [fee for fee in procedure.fees if fee.amount_vnd == 0] if procedure else []
        self._rows = [_FeeRow(self._context, fee, self) for fee in asked]
        for each in self._rows:
            each.amount.textEdited.connect(self._edit)
            self._lines.addWidget(each)
        note = next((fee.exemption_note or fee.text for fee in free), "")
        self._none.setText(self.tr("No fee") if procedure else "")
        self._none.setToolTip(note)
        self._show_method()

    def fees(self) -> tuple[FeeLine, ...]:
        """Return the fee lines; one without an amount is left out."""
        method = FeeMethod(str(self.method.value))
        series, _, number = tidy(self.receipt.text()).rpartition(" ")
        lines = []
        for each in self._rows:
            amount = 0 if method is FeeMethod.EXEMPT else each.value()
            if amount is None or (amount == 0 and method is not FeeMethod.EXEMPT):
                continue
            paid = method in (FeeMethod.CASH, FeeMethod.TRANSFER)
            reason = tidy(self.reason.text()) if method is FeeMethod.EXEMPT else ""
            line = FeeLine("", each.fee.name, amount, method, exempt_reason=reason)
            lines.append(replace(line, receipt_series=series, receipt_number=number) if paid else line)
        return tuple(lines)

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {
            "amounts": [each.amount.text() for each in self._rows], "method": str(self.method.value),
            "receipt": self.receipt.text(), "reason": self.reason.text(), "delivery": str(self.delivery.value),
            "address": self.address.text(), "wants_message": self.wants_message.isChecked(),
        }

    def restore(self, content: dict[str, Any]) -> None:
        """Show what a draft kept; an empty one empties the box."""
        for each, text in zip(self._rows, content.get("amounts", ()), strict=False):
            each.amount.setText(text)
        self.method.choose(FeeMethod(content.get("method", FeeMethod.CASH.value)))
        self.receipt.setText(content.get("receipt", ""))
        self.reason.setText(content.get("reason", ""))
        self.delivery.choose(DeliveryMethod(content.get("delivery", DeliveryMethod.DESK.value)))
        self.address.setText(content.get("address", ""))
        self.wants_message.setChecked(bool(content.get("wants_message")))
        self._show_method()
        self._show_delivery()

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with a fee or the return."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _choose_method(self) -> None:
        self._show_method()
        self._edit()

    def _choose_delivery(self) -> None:
        self._show_delivery()
        self._edit()

    def _show_delivery(self) -> None:
        self.address.setVisible(self.delivery.value is DeliveryMethod.POSTAL)

    def _show_method(self) -> None:
        method, any_fee = self.method.value, bool(self._rows)
        self.method.setVisible(any_fee)
        self._none.setVisible(not any_fee)
        self.receipt.setVisible(any_fee and method in (FeeMethod.CASH, FeeMethod.TRANSFER))
        self.reason.setVisible(any_fee and method is FeeMethod.EXEMPT)
        for each in self._rows:
            each.amount.setEnabled(method is not FeeMethod.EXEMPT)
        self._mark.set_complete(not any_fee or bool(self.fees()))

    def _edit(self) -> None:
        self._mark.set_complete(not self._rows or bool(self.fees()))
        self.edited.emit()
