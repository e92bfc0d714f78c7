"""Strike a certification number: which one of the visit, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.certification import CertifiedNumber
from counter_app.services.certification.terms import StrikeNumber
from ui.dialogs.base import DeskDialog
from ui.theme import Theme
from ui.widgets.buttons import DangerButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label


class StrikeDialog(DeskDialog):
    """``agreed`` carries the :class:`~counter_app.services.certification.terms.StrikeNumber`."""

    agreed = Signal(object)

    def __init__(self, theme: Theme, numbers: Sequence[CertifiedNumber], parent: QWidget) -> None:
        super().__init__(theme, self.tr("Strike a number"), parent)
        words = self.tr("The line stays in the register, struck through with the reason. The number is not used again.")
        self.body.addWidget(label(theme, words, wrap=True))
        self._number, self._reason = ChoiceField(theme), TextField(theme)
        for number in numbers:
            self._number.addItem(f"{number.label} · {number.document_name}", number.certification_id)
        self._form = Form(theme, submits=True)
        self._form.add_row(self.tr("Number"), self._number, "number")
        self._form.add_row(self.tr("Reason"), self._reason, "reason")
        self._form.submitted.connect(self._agree)
        self._receipt = QCheckBox(self.tr("The receipt is cancelled too"))
        self.body.addWidget(self._form)
        self.body.addWidget(self._receipt)
        yes = DangerButton(theme, self.tr("Strike it"), key="F9")
        yes.setShortcut(Qt.Key.Key_F9)
        yes.clicked.connect(self._agree)
        no = SecondaryButton(theme, self.tr("Leave it"), key="Esc")
        no.clicked.connect(self.reject)
        self.add_button(yes)
        self.add_button(no)
        self._reason.setFocus()

    def _agree(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._form.show_problems({"reason": self.tr("Say why the number is struck.")})
            self._reason.setFocus()
            return
        self.agreed.emit(StrikeNumber(self._number.currentData(), reason, self._receipt.isChecked()))
        self.accept()
