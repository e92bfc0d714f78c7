"""The payment code of a fee: the citizen pays from the phone while the desk goes on without a network."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import broken
from counter_app.domain.text import money
from counter_app.domain.vietqr import payload, plain_message
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.sheet import label

SIDE, QUIET = 296, 4
"""Side of the code in pixels, and the modules that stay white around it."""


class CodeView(QWidget):
    """A QR code drawn module by module, ink on paper in every theme."""

    def __init__(self, theme: Theme, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from counter_app.printing.codes import qr, qr_modules  # noqa: PLC0415  loaded when a code is asked for

        self._theme = theme
        self._whole = qr_modules(text) + 2 * QUIET
        self._dark = qr(text, QUIET, QUIET, self._whole - 2 * QUIET)
        self.setFixedSize(QSize(theme.px(SIDE), theme.px(SIDE)))
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the modules in whole pixels, so that every phone reads them."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("paper"))
        module = self.width() // self._whole
        edge = (self.width() - module * self._whole) / 2
        for x, y, width, height in self._dark:
            area = QRectF(edge + round(x) * module, edge + round(y) * module, round(width) * module, round(height) * module)
            painter.fillRect(area, self._theme.colour("ink"))


class PaymentDialog(DeskDialog):
    """Shows amount, account and code; closes with Esc."""

    def __init__(self, context: DeskContext, text: str, amount_vnd: int, message: str, parent: QWidget) -> None:
        theme, desk = context.theme, context.counter.desk
        super().__init__(theme, self.tr("Pay {amount} by phone").format(amount=money(amount_vnd)), parent, width=400)
        self.body.addWidget(CodeView(theme, text, self.tr("Payment code")), 0, Qt.AlignmentFlag.AlignHCenter)
        account = self.tr("Account {account}, bank {bank}").format(account=desk.bank_account, bank=desk.bank_bin)
        self.body.addWidget(label(theme, account))
        self.body.addWidget(label(theme, self.tr("Message: {text}").format(text=plain_message(message)), tone="muted"))
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(close)
        close.setFocus()

    @classmethod
    def show_over(cls, parent: QWidget, context: DeskContext, amount_vnd: int, name: str) -> PaymentDialog:
        """Open over a page for an amount; ``name`` is in the message by which the transfer is found.

        Raises:
            RuleBrokenError: FEE_AMOUNT_IMPOSSIBLE where nothing is due, BANK_BIN_INVALID or BANK_ACCOUNT_INVALID of the settings.
        """
        desk = context.counter.desk
        message = f"LP {name}"
        text = payload(desk.bank_bin, desk.bank_account, amount_vnd, message)
        if text is None:
            raise broken("FEE_AMOUNT_IMPOSSIBLE", None)
        dialog = cls(context, text, amount_vnd, message, parent)
        dialog.open()
        return dialog
