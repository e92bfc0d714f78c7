"""The fees of a procedure, one line each: the amount, and beside or below it who is exempt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.catalogue import Fee
from counter_app.domain.text import money, read_money
from ui.theme import Theme
from ui.widgets.form import TextField

WIDTH = 104


class AmountField(TextField):
    """The amount of one fee, written as money when it is left. An empty one is a fee whose amount the province sets."""

    edited = Signal()
    fee: Fee

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(theme.px(WIDTH))
        self.setPlaceholderText(self.tr("amount"))
        self.setAccessibleName(self.placeholderText())
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self._tidy)

    def show_fee(self, fee: Fee) -> None:
        """Ask for another fee, with the amount of the catalogue where it knows one."""
        self.fee = fee
        self.setAccessibleName(fee.name)
        self.setAccessibleDescription(fee.exemption_note)
        self.setToolTip(fee.text or fee.name)
        self.setText(money(fee.amount_vnd) if fee.amount_vnd is not None else "")

    def value(self) -> int | None:
        """Return the amount in đồng; None where there is none, or none that can be read."""
        amount = read_money(self.text())
        return amount if amount is not None and amount >= 0 else None

    def is_unreadable(self) -> bool:
        """Tell whether something stands here that is no amount."""
        return bool(self.text().strip()) and self.value() is None

    def _tidy(self) -> None:
        if (value := self.value()) is not None:
            self.setText(money(value))
