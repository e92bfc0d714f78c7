"""What is still to be typed into ministries' programs: one by one with the panel, or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.exchange.typing_tasks import HandOver, TaskLine, Typed
from ui.context import DeskContext
from ui.dates import short_date
from ui.dialogs.base import DeskDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import Seconded
from ui.models.rows import Column, RowsModel
from ui.notices import sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import CellLook, DeskTable

translate = QCoreApplication.translate
KINDS = (("Excel", ".xlsx"), ("CSV", ".csv"), ("JSON", ".json"))


class TypingListDialog(DeskDialog):
    """``handed`` carries the fields of the dossier that was chosen: the panel opens, this list closes."""

    handed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, translate("TypingListDialog", "To be typed into ministries' programs"), parent, width=960)
        self._context, theme = context, context.theme
        self._seconded = Seconded(context, self)
        self.banner = Banner(theme)
        self.model: RowsModel[TaskLine] = RowsModel(_columns(), self)
        self.table = DeskTable(theme, self.windowTitle())
        self.table.set_high(high=True)
        self.table.setModel(self.model)
        self.table.set_widths((190, 220, 340, 120), stretch=2)
        self.table.setMinimumHeight(theme.px(300))
        nothing = self.tr("Everything is typed. New dossiers of these procedures come here by themselves.")
        EmptyState(theme, self.table, "circle-check", nothing)
        self.table.opened.connect(self._begin)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        self.refresh()
        self.table.setFocus()

    def _add_buttons(self) -> None:
        begin, drop = PrimaryButton(self.theme, self.tr("Type it"), key="Enter"), SecondaryButton(self.theme, self.tr("Not needed"))
        out, back = SecondaryButton(self.theme, self.tr("As a file…")), SecondaryButton(self.theme, self.tr("Read the numbers…"))
        back.setVisible(self._context.session.actor.may(Permission.IMPORT))
        close = SecondaryButton(self.theme, self.tr("Close"), key="Esc")
        for button, slot in ((begin, self._begin_chosen), (drop, self._drop), (out, self._ask_file), (back, self._look_for_file),
                             (close, self.close)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)

    @property
    def chosen(self) -> TaskLine | None:
        """The task of the selected row."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def refresh(self, _: object = None) -> None:
        """Read the list anew."""
        tasks = partial(self._context.counter.citizens.typing.open_ones, shown={each.task.task_id for each in self.model.rows})
        self._context.tasks.run(tasks, self._context.session.actor, done=self._show, failed=self._refuse, key="typing_tasks")

    def _show(self, lines: Sequence[TaskLine]) -> None:
        self.model.show_rows(lines)
        if lines:
            self.table.selectRow(0)

    def _begin_chosen(self) -> None:
        self._begin(self.table.currentIndex().row())

    def _begin(self, at: int) -> None:
        if 0 <= at < len(self.model.rows):
            hand_over, actor = self._context.counter.citizens.typing.hand_over, self._context.session.actor
            self._context.tasks.run(hand_over, self.model.rows[at].task.task_id, actor, done=self._hand_over, failed=self._refuse)

    def _hand_over(self, handed: HandOver) -> None:
        self.handed.emit(handed)
        self.accept()

    def _drop(self) -> None:
        if (line := self.chosen) is not None:
            drop, actor = self._context.counter.citizens.typing.drop, self._context.session.actor
            self._context.tasks.run(drop, line.task.task_id, actor, done=self.refresh, failed=self._refuse)

    def _ask_file(self) -> None:
        if (line := self.chosen) is not None:
            dialog = SaveFileDialog(self._context, line.program, line.task.system, KINDS, self)
            dialog.chosen.connect(partial(self._export, line.task.system))
            dialog.open()

    def _export(self, system: str, path: Path) -> None:
        export, actor = self._context.counter.citizens.typing.export, self._context.session.actor
        self._seconded.run(partial(export, system, path, actor), self._note_export, self._refuse)

    def _note_export(self, typed: Typed) -> None:
        self.banner.say("accent", self.tr("{count} dossiers are in the file. They stay here until their numbers are read.").format(
            count=typed.count))

    def _look_for_file(self) -> None:
        if self.chosen is not None:
            chooser = QFileDialog(self, self.tr("Read the numbers…"), "", "*.xlsx *.csv *.json")
            chooser.fileSelected.connect(self._take_codes)
            chooser.open()

    def _take_codes(self, path: str) -> None:
        if (line := self.chosen) is not None:
            take, actor = self._context.counter.citizens.typing.take_codes, self._context.session.actor
            self._context.tasks.run(take, line.task.system, Path(path), actor, done=self._note_codes, failed=self._refuse)

    def _note_codes(self, typed: Typed) -> None:
        words = self.tr("{count} dossiers have their number.").format(count=typed.count)
        if typed.unknown:
            words += " " + self.tr("Not on the list: {codes}.").format(codes=", ".join(typed.unknown[:5]))
        if typed.refused:
            words += " " + self.tr("Their number can not be taken: {codes}.").format(codes=", ".join(typed.refused[:5]))
        self.banner.say("warning" if typed.unknown or typed.refused else "accent", words)
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.banner.say("danger", sentences_of(error))


def _columns() -> tuple[Column[TaskLine], ...]:
    return (
        Column(translate("TypingListDialog", "Dossier"), _code), Column(translate("TypingListDialog", "Applicant"), _person),
        Column(translate("TypingListDialog", "Procedure and program"), _procedure, _program),
        Column(translate("TypingListDialog", "Due"), _due))


def _code(line: TaskLine) -> str:
    return line.code


def _person(line: TaskLine) -> str:
    return line.person


def _procedure(line: TaskLine) -> str:
    return line.procedure


def _program(line: TaskLine) -> CellLook:
    return CellLook(below=line.program)


def _due(line: TaskLine) -> str:
    return short_date(line.due_at.date()) if line.due_at else "–"
