"""The dialog in which a fee is collected: for a transfer the code is shown large, so that the citizen pays from the phone first."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.dossier import Dossier, FeeMethod
from counter_app.domain.errors import DeskError
from ui.context import DeskContext
from ui.dialogs.acts.description import ActForm
from ui.dialogs.acts.dialog import ActDialog
from ui.dialogs.acts.inputs import NoSuchValueError
from ui.dialogs.payment import PaymentDialog
from ui.notices import sentences_of
from ui.widgets.buttons import SecondaryButton
from ui.widgets.form import ChoiceField


class CollectDialog(ActDialog):
    """Offers the payment code while the fee is paid by transfer and the commune has an account for it."""

    def __init__(self, context: DeskContext, form: ActForm, dossier: Dossier, parent: QWidget) -> None:
        super().__init__(context, form, parent)
        self._dossier = dossier
        self.qr = SecondaryButton(context.theme, QCoreApplication.translate("CollectDialog", "Show the payment code"))
        self.qr.clicked.connect(self._show_code)
        self.add_button(self.qr)
        self._asked, method = self._fields["method"]
        self._method = cast("ChoiceField", method)
        self._method.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        _, method = self._asked.options[self._method.currentIndex()]
        self.qr.setVisible(method is FeeMethod.TRANSFER and bool(self.context.counter.desk.bank_account))

    def _show_code(self) -> None:
        """Show the code of what is to be paid; the message of the transfer names the dossier."""
        try:
            values = self.values()
            wanted = next((line.amount_vnd for line in self._dossier.fees if line.fee_line_id == values["fee_line_id"]), None)
            amount = values["amount_vnd"] or 0 if wanted is None else wanted
            PaymentDialog.show_over(self, self.context, amount, self._dossier.code)
        except NoSuchValueError:
            return
        except DeskError as error:
            self.banner.say("danger", sentences_of(error))
