"""Two versions of one dossier, side by side: the desk's and the province's; a person chooses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.acts.acting import Done
from counter_app.services.line.province import Trouble
from counter_app.services.line.settling import Clash, Member
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.record_words import member_word, value_words
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import DeskTable
from ui.widgets.sheet import label


class SettleDialog(DeskDialog):
    """``settled`` carries the :class:`Done` when the province's version was taken; else the dossier is opened, and corrected there."""

    settled = Signal(object)

    def __init__(self, context: DeskContext, trouble: Trouble, parent: QWidget) -> None:
        title = QCoreApplication.translate("SettleDialog", "Dossier {code}: two versions").format(code=trouble.dossier_code)
        super().__init__(context.theme, title, parent, width=820)
        theme = context.theme
        self._context, self._trouble = context, trouble
        self.banner, self.about = Banner(theme), label(theme, tone="muted", wrap=True)
        self.model = RowsModel[Member]((
            Column(self.tr("What differs"), lambda m: member_word(m.name)),
            Column(self.tr("At this desk"), lambda m: value_words(m.name, m.ours)),
            Column(self.tr("At the province"), lambda m: value_words(m.name, m.theirs)),
        ), self)
        self.table = DeskTable(theme, self.tr("What differs"))
        self.table.setModel(self.model)
        self.table.set_widths((200, 270, 270), stretch=2)
        self.table.setMinimumHeight(theme.px(34 + 4 * 36))
        self.empty = EmptyState(theme, self.table, "git-compare", self.tr("The province told nothing to lay beside it."))
        for part in (self.banner, self.about):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        self.banner.say("warning", sentence_of(trouble.problem))
        look = context.counter.life.settling.look
        context.tasks.run(look, trouble.op_id, context.session.actor, done=self.show_clash, failed=self.refuse)

    def _add_buttons(self) -> None:
        theme = self.theme
        self.take = PrimaryButton(theme, self.tr("Take the province's version"), key="F9")
        self.take.setShortcut(Qt.Key.Key_F9)
        self.take.clicked.connect(self._take)
        if not self._context.session.actor.may(Permission.SETTLE):
            self.take.setEnabled(False)
            self.take.setToolTip(self.tr("The head of the office or an administrator chooses."))
        show = SecondaryButton(theme, self.tr("Open the dossier"))
        show.clicked.connect(self._open)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        for button in (self.take, show, close):
            self.add_button(button)

    def show_clash(self, clash: Clash) -> None:
        """Lay both versions side by side."""
        self.model.show_rows(clash.members)
        self.about.setText(self.tr("Recorded here at {time}. Papers that were printed stay valid whatever is chosen.").format(
            time=f"{clash.occurred_at:%H:%M %d/%m/%Y}"))

    def refuse(self, error: DeskError) -> None:
        """Say why it could not be done."""
        self.take.setEnabled(False)
        self.banner.say("danger", sentences_of(error))

    def _take(self) -> None:
        self.take.setEnabled(False)
        settling = self._context.counter.life.settling
        self._context.tasks.run(settling.take_theirs, self._trouble.op_id, self._context.session.actor, done=self._note, failed=self.refuse)

    def _note(self, done: Done) -> None:
        words = self.tr("Dossier {code} follows the province's version; the province is told.")
        self._context.notices.say(words.format(code=done.dossier.code), "accent")
        self.settled.emit(done)
        self.accept()

    def _open(self) -> None:
        self._context.navigator.open("dossier", code=self._trouble.dossier_code)
        self.accept()
