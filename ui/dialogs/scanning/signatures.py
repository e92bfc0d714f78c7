"""The signatures of a PDF in plain words: of a digitised paper, or of any file; and the issuers that the commune trusts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.scanning.signing_ports import Root, SignatureCheck, Trust
from ui.context import DeskContext
from ui.dates import short_date
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.models.signing import check_columns
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label

WIDTHS = (300, 200, 170, 200)
ROOT_WIDTHS = (520, 220)


class SignaturesDialog(DeskDialog):
    """Shows the signatures of a paper, or of the file that is chosen."""

    def __init__(self, context: DeskContext, parent: QWidget, paper: DigitalPaper | None = None) -> None:
        super().__init__(context.theme, QCoreApplication.translate("SignaturesDialog", "Signatures of a PDF"), parent, width=960)
        self._context = context
        theme = context.theme
        self.banner = Banner(theme)
        self._name = label(theme, bold=True)
        self.model: RowsModel[SignatureCheck] = RowsModel(check_columns(), self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.set_high(high=True)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=3)
        self.table.setMinimumHeight(self.list_height(150, 215))
        self._nothing = EmptyState(theme, self.table, "file-certificate", self.tr("Choose a PDF to see who signed it (Ctrl+O)."))
        for part in (self.banner, self._name):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        if paper is not None:
            self._name.setText(f"{paper.paper} · {paper.filename}")
            of_paper, actor = context.counter.signatures.of_paper, context.session.actor
            context.tasks.run_slow(of_paper, paper.op_id, actor, done=self._show, failed=self._refuse, key="signatures")

    def _add_buttons(self) -> None:
        choose = PrimaryButton(self.theme, self.tr("Choose a PDF…"), key="Ctrl+O")
        roots, close = SecondaryButton(self.theme, self.tr("Trusted issuers…"), key="F4"), SecondaryButton(
            self.theme, self.tr("Close"), key="Esc")
        for button, act, key in ((choose, self._choose, "Ctrl+O"), (roots, self._show_roots, "F4"), (close, self.reject, "")):
            button.clicked.connect(act)
            button.setAutoDefault(False)
            if key:
                button.setShortcut(key)
            self.add_button(button)

    def _choose(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose a PDF…"), "", "*.pdf")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.look_at)
        chooser.open()

    def look_at(self, path: str) -> None:
        """Show the signatures of a file."""
        self._name.setText(Path(path).name)
        self.model.show_rows(())
        of_file, actor = self._context.counter.signatures.of_file, self._context.session.actor
        self._context.tasks.run_slow(of_file, Path(path), actor, done=self._show, failed=self._refuse, key="signatures")

    def _show(self, found: Sequence[SignatureCheck]) -> None:
        self._nothing.say("file-certificate", self.tr("This file bears no digital signature."))
        self.model.show_rows(found)
        if not all(each.holds for each in found):
            self.banner.say("danger", self.tr("The content is not what was signed. Do not rely on this file; ask for the original."))
        elif any(each.trust is Trust.INVALID for each in found):
            self.banner.say("danger", self.tr("The content is whole, but a certificate did not hold when it signed. Ask the signer."))
        elif any(each.trust is Trust.UNKNOWN for each in found):
            unknown = self.tr("The content is whole. Who issued the certificate could not be checked: its root is not among the trusted.")
            self.banner.say("warning", unknown)
        elif found:
            self.banner.say("accent", self.tr("The content is whole, and the issuers are trusted."))
        else:
            self.banner.hide()

    def _show_roots(self) -> None:
        RootsDialog(self._context, self).open()

    def _refuse(self, error: DeskError) -> None:
        self.model.show_rows(())
        self.banner.say("danger", sentences_of(error))


class RootsDialog(DeskDialog):
    """The issuers that the commune trusts; an administrator adds and drops them."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("RootsDialog", "Trusted issuers"), parent, width=800)
        self._context = context
        theme = context.theme
        self.banner = Banner(theme)
        self.model: RowsModel[Root] = RowsModel((
            Column(self.tr("Issuer"), _owner), Column(self.tr("Holds"), _validity)), self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.setModel(self.model)
        self.table.set_widths(ROOT_WIDTHS, stretch=0)
        self.table.setMinimumHeight(theme.px(180))
        EmptyState(theme, self.table, "file-certificate", self.tr(
            "No issuer is trusted yet. Add the root certificates (.cer, .crt) that the certification authorities publish."))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)
        add, drop = PrimaryButton(theme, self.tr("Add…"), key="Ctrl+O"), SecondaryButton(theme, self.tr("Trust no longer"), key="Del")
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, act, key in ((add, self._choose, "Ctrl+O"), (drop, self._drop, "Del"), (close, self.reject, "")):
            button.clicked.connect(act)
            button.setAutoDefault(False)
            if key:
                button.setShortcut(key)
            self.add_button(button)
        may = context.session.actor.may(Permission.MANAGE_DESK)
        add.setEnabled(may)
        drop.setEnabled(may)
        self._load()

    def _load(self, *_: object) -> None:
        self._context.tasks.run(self._context.counter.signatures.roots, done=self._show, failed=self._refuse, key="roots")

    def _show(self, roots: Sequence[Root]) -> None:
        self.model.show_rows(roots)
        if roots:
            self.table.selectRow(0)

    def _choose(self) -> None:
        chooser = QFileDialog(self, self.tr("Root certificate"), "", "*.cer *.crt *.pem *.der")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.trust)
        chooser.open()

    def trust(self, path: str) -> None:
        """Trust the issuer whose certificate is in a file."""
        trust, actor = self._context.counter.signatures.trust, self._context.session.actor
        self._run(partial(trust, Path(path), actor))

    def _drop(self) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.model.rows):
            distrust, actor = self._context.counter.signatures.distrust, self._context.session.actor
            self._run(partial(distrust, self.model.rows[at].fingerprint, actor))

    def _run(self, act: Callable[[], object]) -> None:
        self.banner.hide()
        self._context.tasks.run(act, done=self._load, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))


def _owner(root: Root) -> str:
    return root.owner


def _validity(root: Root) -> str:
    return f"{short_date(root.valid_from.date())} – {short_date(root.valid_to.date())}"
