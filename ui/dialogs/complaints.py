"""Complaints: what is to be answered by when, a new one taken down, an answer, and whether it satisfied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from counter_app.domain.complaint import ComplaintChannel
from counter_app.domain.errors import DeskError, RuleBrokenError
from counter_app.domain.text import read_day
from counter_app.services.citizens.complaints import ComplaintLine, TakeComplaint
from ui.context import DeskContext
from ui.dates import short_date
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import label, row

translate = QCoreApplication.translate


class ComplaintsDialog(DeskDialog):
    """The list; Enter opens a complaint to be answered."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, translate("ComplaintsDialog", "Complaints and suggestions"), parent, width=960)
        self._context, theme = context, context.theme
        self.banner = Banner(theme)
        self.which: SegmentedChoice[bool] = SegmentedChoice(
            theme, self.tr("Which complaints"), [(self.tr("To be answered"), True), (self.tr("All"), False)])
        self.which.chosen.connect(self.refresh)
        self.model: RowsModel[ComplaintLine] = RowsModel(_columns(), self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.set_high(high=True)
        self.table.setModel(self.model)
        self.table.set_widths((130, 320, 200, 160), stretch=1)
        self.table.setMinimumHeight(theme.px(280))
        EmptyState(theme, self.table, "message", self.tr("No complaint waits for an answer."))
        self.table.opened.connect(self._answer)
        self.body.addWidget(self.banner)
        self.body.addLayout(row(self.which, None))
        self.body.addWidget(self.table, 1)
        take, answer = PrimaryButton(theme, self.tr("Take one down")), SecondaryButton(theme, self.tr("Answer"), key="Enter")
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, slot in ((take, self._take), (answer, self._answer_chosen), (close, self.close)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)
        self.refresh()
        self.table.setFocus()

    def refresh(self, _: object = None) -> None:
        """Read the list anew."""
        listed = partial(self._context.counter.citizens.complaints.listed, self._context.session.actor, is_open=self.which.value)
        self._context.tasks.run(listed, done=self._show, failed=self._refuse, key="complaints")

    def _show(self, lines: Sequence[ComplaintLine]) -> None:
        self.model.show_rows(lines)
        if lines:
            self.table.selectRow(0)

    def _take(self) -> None:
        dialog = ComplaintDialog(self._context, self)
        dialog.kept.connect(self.refresh)
        dialog.open()

    def _answer_chosen(self) -> None:
        self._answer(self.table.currentIndex().row())

    def _answer(self, at: int) -> None:
        if 0 <= at < len(self.model.rows):
            dialog = AnswerDialog(self._context, self.model.rows[at], self)
            dialog.kept.connect(self.refresh)
            dialog.open()

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))


class ComplaintDialog(DeskDialog):
    """Takes a complaint down; ``kept`` when it is on record."""

    kept = Signal()

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, translate("ComplaintDialog", "Take a complaint down"), parent, width=640)
        self._context, theme = context, context.theme
        self.banner = Banner(theme)
        self.body_text = _long_text()
        self.code, self.person, self.phone, self.owner, self.due = (TextField(theme) for _ in range(5))
        self.channel = ChoiceField(theme)
        for channel in ComplaintChannel:
            self.channel.addItem(_channel_word(channel), channel)
        self.due.setText(short_date(context.counter.citizens.complaints.usual_day()))
        self.form = Form(theme)
        self.form.add_row(self.tr("What is complained of or suggested"), self.body_text, "body", at=(0, 0), span=4)
        self.form.add_row(self.tr("Dossier (may stay empty)"), self.code, "code", at=(1, 0), span=2)
        self.form.add_row(self.tr("How it came"), self.channel, "channel", at=(1, 2), span=2)
        self.form.add_row(self.tr("Who (may stay empty)"), self.person, "person", at=(2, 0), span=2)
        self.form.add_row(self.tr("Telephone"), self.phone, "phone", at=(2, 2), span=2)
        self.form.add_row(self.tr("Who answers"), self.owner, "owner", at=(3, 0), span=2)
        self.form.add_row(self.tr("Answer until"), self.due, "answer_due", at=(3, 2), span=2)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        save, cancel = PrimaryButton(theme, self.tr("Keep it")), SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self.add_button(save)
        self.add_button(cancel)
        self.body_text.setFocus()

    def _save(self) -> None:
        try:
            due = read_day(self.due.text(), "answer_due") if self.due.text().strip() else None
        except RuleBrokenError as error:
            self._refuse(error)
            return
        command = TakeComplaint(
            self.body_text.toPlainText(), ComplaintChannel(self.channel.currentData()), self.code.text(), self.person.text(),
            self.phone.text(), self.owner.text(), due)
        self.form.show_problems({})
        take, actor = self._context.counter.citizens.complaints.take, self._context.session.actor
        self._context.tasks.run(take, command, actor, done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.kept.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        if not self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems}):
            self.banner.say("danger", sentences_of(error))


class AnswerDialog(DeskDialog):
    """Shows a complaint; takes its answer, and once there is one, whether it satisfied."""

    kept = Signal()

    def __init__(self, context: DeskContext, line: ComplaintLine, parent: QWidget) -> None:
        super().__init__(context.theme, translate("AnswerDialog", "Answer a complaint"), parent, width=640)
        self._context, self._line, theme = context, line, context.theme
        known = line.complaint
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        who = ", ".join(word for word in (known.person, known.phone, line.code) if word) or self.tr("without a name")
        self.body.addWidget(label(theme, who, tone="muted", wrap=True))
        self.body.addWidget(label(theme, known.body, wrap=True))
        self.answer = _long_text()
        self.answer.setPlainText(known.answer)
        self.answer.setReadOnly(known.answered_at is not None)
        self.form = Form(theme)
        self.form.add_row(self.tr("Answer"), self.answer, "answer")
        self.body.addWidget(self.form)
        for words, satisfied in self._choices():
            button = (PrimaryButton if satisfied is not False else SecondaryButton)(theme, words)
            button.clicked.connect(partial(self._keep, satisfied))
            self.add_button(button)
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(cancel)
        self.answer.setFocus()

    def _choices(self) -> tuple[tuple[str, bool | None], ...]:
        if self._line.complaint.answered_at is None:
            return ((self.tr("Keep the answer"), None),)
        return (self.tr("Satisfied"), True), (self.tr("Not satisfied"), False)

    def _keep(self, satisfied: bool | None, _: bool = False) -> None:
        complaints, actor, known = self._context.counter.citizens.complaints, self._context.session.actor, self._line.complaint
        self.form.show_problems({})
        if satisfied is None:
            act = partial(complaints.answer, known.complaint_id, self.answer.toPlainText(), actor)
        else:
            act = partial(complaints.judge, known.complaint_id, actor, satisfied=satisfied)
        self._context.tasks.run(act, done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.kept.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        if not self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems}):
            self.banner.say("danger", sentences_of(error))


def _long_text() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(110)
    return made


def _channel_word(channel: ComplaintChannel) -> str:
    words = {
        ComplaintChannel.DESK: translate("ComplaintDialog", "at the desk"),
        ComplaintChannel.PHONE: translate("ComplaintDialog", "by telephone"),
        ComplaintChannel.LETTER: translate("ComplaintDialog", "in writing, from the letter box"),
        ComplaintChannel.PORTAL: translate("ComplaintDialog", "from the portal")}
    return words[channel]


def _columns() -> tuple[Column[ComplaintLine], ...]:
    return (
        Column(translate("ComplaintsDialog", "Answer until"), _due, _lateness), Column(translate("ComplaintsDialog", "What"), _what, _code),
        Column(translate("ComplaintsDialog", "Who"), _person, _phone), Column(translate("ComplaintsDialog", "State"), _state))


def _due(line: ComplaintLine) -> str:
    return short_date(line.complaint.answer_due)


def _lateness(line: ComplaintLine) -> CellLook:
    if not line.late:
        return CellLook()
    return CellLook(tone="danger", icon="alert-circle", below=translate("ComplaintsDialog", "overdue"))


def _what(line: ComplaintLine) -> str:
    return line.complaint.body


def _code(line: ComplaintLine) -> CellLook:
    return CellLook(below=line.code or translate("ComplaintsDialog", "about no dossier"))


def _person(line: ComplaintLine) -> str:
    return line.complaint.person or translate("ComplaintsDialog", "without a name")


def _phone(line: ComplaintLine) -> CellLook:
    return CellLook(below=line.complaint.phone or " ")


def _state(line: ComplaintLine) -> str:
    words = {None: translate("ComplaintsDialog", "answered"), True: translate("ComplaintsDialog", "satisfied"),
             False: translate("ComplaintsDialog", "not satisfied")}
    return words[line.complaint.satisfied] if line.complaint.answered_at else translate("ComplaintsDialog", "to be answered")
