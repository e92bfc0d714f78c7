"""Messages to citizens: who is still to be told, the list to call from, and what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.message import MessageChannel
from counter_app.services.citizens.messages import MessageLine, Told
from ui.context import DeskContext
from ui.dates import short_date
from ui.dialogs.base import DeskDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import Seconded
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.papers import Papers
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import Form, TextField
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import row

translate = QCoreApplication.translate


class CallListDialog(DeskDialog):
    """Scan a line of the list, or choose it, when the person was reached; nothing here says that a message was sent."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, translate("CallListDialog", "Messages to citizens"), parent, width=960)
        self._context, theme = context, context.theme
        self._papers, self._seconded = Papers(context, self), Seconded(context, self)
        self.banner = Banner(theme)
        self.code, self.note = TextField(theme), TextField(theme)
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Scan the code of the line when the person was reached"), self.code, "code", at=(0, 0), span=2)
        self.form.add_row(self.tr("What was said (may stay empty)"), self.note, "note", at=(0, 2), span=2)
        self.form.submitted.connect(self._call)
        self.model: RowsModel[MessageLine] = RowsModel(_columns(), self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.set_high(high=True)
        self.table.setModel(self.model)
        self.table.set_widths((200, 190, 200, 150), stretch=1)
        self.table.setMinimumHeight(theme.px(260))
        EmptyState(theme, self.table, "message", self.tr("Nobody waits to be told. Who wants a message is noted at the intake."))
        self.table.opened.connect(self._choose)
        hand_over = LinkButton(theme, self.tr("Give the messages to the province as a file…"))
        hand_over.clicked.connect(self._ask_file)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(hand_over, None))
        self._add_buttons()
        context.tasks.run(context.counter.citizens.messages.remind, context.session.actor, done=self._refresh, failed=self._refuse)
        self.code.setFocus()

    def take_scan(self, text: str) -> None:
        """Note that the person of the scanned line was reached."""
        self.code.setText(text)
        self._call()

    def _add_buttons(self) -> None:
        called = PrimaryButton(self.theme, self.tr("Called"), key="Enter")
        listed = SecondaryButton(self.theme, self.tr("Print the call list"))
        close = SecondaryButton(self.theme, self.tr("Close"), key="Esc")
        for button, slot in ((called, self._call), (listed, self._print), (close, self.close)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)

    def _refresh(self, _: object = None) -> None:
        waiting = partial(self._context.counter.citizens.messages.waiting, shown={each.message.message_id for each in self.model.rows})
        self._context.tasks.run(waiting, self._context.session.actor, done=self._show, failed=self._refuse, key="waiting_messages")

    def _show(self, lines: Sequence[MessageLine]) -> None:
        self.model.show_rows(lines)

    def _choose(self, at: int) -> None:
        self.code.setText(self.model.rows[at].code)
        self.note.setFocus()

    def _call(self) -> None:
        chosen = self.table.currentIndex().row()
        code = self.code.text().strip() or (self.model.rows[chosen].code if 0 <= chosen < len(self.model.rows) else "")
        self.banner.hide()
        self.form.show_problems({})
        called, actor = self._context.counter.citizens.messages.called, self._context.session.actor
        self._context.tasks.run(called, code, actor, self.note.text(), done=self._note_called, failed=self._refuse)

    def _note_called(self, _: Told) -> None:
        self.banner.say("accent", self.tr("Noted: {code} was told.").format(code=self.code.text().strip() or self.tr("the dossier")))
        self.code.clear()
        self.note.clear()
        self.code.setFocus()
        self._refresh()

    def _print(self) -> None:
        self._context.tasks.run(
            self._context.counter.citizens.messages.call_list, self._context.session.actor, done=self._open, failed=self._refuse)

    def _open(self, pdf: bytes) -> None:
        self._papers.show_made("danh-sach-goi", self.windowTitle(), pdf)

    def _ask_file(self) -> None:
        dialog = SaveFileDialog(self._context, self.tr("Messages for the province"), "tin-bao", (("CSV", ".csv"),), self)
        dialog.chosen.connect(self._hand_over)
        dialog.open()

    def _hand_over(self, path: Path) -> None:
        hand_over, actor = self._context.counter.citizens.messages.hand_over, self._context.session.actor
        self._seconded.run(partial(hand_over, path, actor), self._note_handed_over, self._refuse)

    def _note_handed_over(self, told: Told) -> None:
        self.banner.say("accent", self.tr("{count} messages are in the file for the province.").format(count=told.count))
        self._refresh()

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))
        self.code.selectAll()


def _columns() -> tuple[Column[MessageLine], ...]:
    return (
        Column(translate("CallListDialog", "Who"), _person, _recipient),
        Column(translate("CallListDialog", "What about"), _title, _procedure),
        Column(translate("CallListDialog", "Dossier"), _code), Column(translate("CallListDialog", "Until"), _until, _way))


def _person(line: MessageLine) -> str:
    return line.person


def _recipient(line: MessageLine) -> CellLook:
    return CellLook(bold=True, below=line.message.recipient)


def _title(line: MessageLine) -> str:
    return line.title


def _procedure(line: MessageLine) -> CellLook:
    return CellLook(below=line.procedure)


def _code(line: MessageLine) -> str:
    return line.code


def _until(line: MessageLine) -> str:
    return short_date(line.message.expires_at)


def _way(line: MessageLine) -> CellLook:
    words = {MessageChannel.SMS: "SMS", MessageChannel.ZALO: "Zalo", MessageChannel.EMAIL: "Email",
             MessageChannel.CALL: translate("CallListDialog", "call")}
    return CellLook(below=words[line.message.channel])
