"""Everything that was printed about a dossier: open it, print it again, strike what was printed by mistake."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.domain.registers import PrintedForm
from counter_app.services.changes import Changes
from counter_app.services.documents.forms import series_of
from ui.context import DeskContext
from ui.dialogs.acts.description import Field, FieldKind, reasons
from ui.dialogs.acts.inputs import widget_of
from ui.dialogs.base import DeskDialog
from ui.models.history_kinds import form_word
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.papers import Papers
from ui.reprinting import Reprinter
from ui.widgets.buttons import DangerButton, PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form
from ui.widgets.rows import DeskTable

VOIDED = Changes.of("dossiers", "prints")
WIDTHS = (150, 260, 60, 200)


class DossierFormsDialog(DeskDialog):
    """One line for each print, struck ones too."""

    def __init__(self, context: DeskContext, code: str, parent: QWidget) -> None:
        title = QCoreApplication.translate("DossierFormsDialog", "Forms of {code}").format(code=code)
        super().__init__(context.theme, title, parent, width=720)
        self._context, self._code = context, code
        theme = context.theme
        self._papers, self._reprinter = Papers(context, self), Reprinter(context, self)
        self._reprinter.reprinted.connect(self._load)
        self._model = RowsModel[PrintedForm]((
            Column(self.tr("Printed"), lambda form: f"{form.printed_at:%H:%M %d/%m/%Y}"),
            Column(self.tr("Form"), lambda form: form_word(series_of(form.form))),
            Column(self.tr("Issue"), lambda form: str(form.issue)),
            Column(self.tr("Struck"), lambda form: form.void_reason if form.voided_at else ""),
        ), self)
        self.table = DeskTable(theme, self.tr("Forms of this dossier"))
        self.table.setModel(self._model)
        self.table.set_widths(WIDTHS, stretch=3)
        self.table.setMinimumHeight(theme.px(220))
        self.table.opened.connect(self._open_row)
        self.body.addWidget(self.table, 1)
        self._reason = widget_of(theme, Field("reason", "", FieldKind.OFFERED, options=reasons("rejected")))
        self.form = Form(theme)
        self.form.add_row(self.tr("Reason for striking a form"), self._reason, "reason")
        self.body.addWidget(self.form)
        self._add_buttons()
        self._load()

    @classmethod
    def show_over(cls, parent: QWidget, context: DeskContext, code: str) -> DossierFormsDialog:
        """Open over a page, without blocking it."""
        dialog = cls(context, code, parent)
        dialog.open()
        return dialog

    def _add_buttons(self) -> None:
        theme = self._context.theme
        self.look, self.again = PrimaryButton(theme, self.tr("Open"), key="Enter"), SecondaryButton(theme, self.tr("Print again"))
        self.strike = DangerButton(theme, self.tr("Strike it"))
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, act in ((self.look, self._open), (self.again, self._print_again), (self.strike, self._strike), (close, self.reject)):
            button.clicked.connect(act)
            self.add_button(button)
        may = self._context.session.actor.may(Permission.RECEIVE)
        for button in (self.look, self.again, self.strike):
            button.setVisible(may)
        self.form.setVisible(may)

    def _load(self) -> None:
        self._context.tasks.run(self._read, done=self._show, key="forms of a dossier")

    def _read(self) -> list[PrintedForm]:
        """Run on the data thread."""
        counter, actor = self._context.counter, self._context.session.actor
        return counter.slips.of_dossier(counter.dossiers.show(self._code, actor).dossier.dossier_id, actor)

    def _show(self, forms: list[PrintedForm]) -> None:
        at = self.table.currentIndex().row()
        self._model.show_rows(forms)
        self.table.selectRow(at if at >= 0 else len(forms) - 1)
        self.table.setFocus()

    def _chosen(self) -> PrintedForm | None:
        at = self.table.currentIndex().row()
        return self._model.rows[at] if 0 <= at < len(self._model.rows) else None

    def _open_row(self, at: int) -> None:
        self._papers.open(self._model.rows[at].print_id)

    def _open(self) -> None:
        if (form := self._chosen()) is not None:
            self._papers.open(form.print_id)

    def _print_again(self) -> None:
        if (form := self._chosen()) is not None:
            self._reprinter.reprint(self._code, series_of(form.form))

    def _strike(self) -> None:
        form = self._chosen()
        if form is not None and isinstance(self._reason, ChoiceField):
            void, actor = self._context.counter.slips.void, self._context.session.actor
            self._context.tasks.run(void, form.print_id, self._reason.currentText(), actor, done=self._struck, failed=self._refuse)

    def _struck(self, _: PrintedForm) -> None:
        self.form.show_problems({})
        self._context.tasks.changed.emit(VOIDED)
        self._load()

    def _refuse(self, error: DeskError) -> None:
        self.form.show_problems({"reason": sentences_of(error)})
