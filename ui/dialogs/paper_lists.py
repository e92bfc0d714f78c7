"""The digitised papers of the desk in lists: where the originals lie, how long they are kept, what goes to the archive or is destroyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Permission
from counter_app.domain.text import write_day
from counter_app.services.scanning.archive_content import ListedPaper, ListKind, PaperList
from counter_app.services.scanning.paper_lists import ListFile
from ui.context import DeskContext
from ui.dialogs.acts.description import Field, FieldKind
from ui.dialogs.paper_act import PaperAct, PaperActDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.trail import AskedList
from ui.models.rows import Column, RowsModel
from ui.widgets.buttons import SecondaryButton
from ui.widgets.rows import CellLook
from ui.widgets.sheet import row

translate = QCoreApplication.translate
KINDS = (("PDF", ".pdf"), ("Excel", ".xlsx"))
FILE_NAMES = {ListKind.FILED: "da-so-hoa", ListKind.DUE: "het-han-luu", ListKind.HANDED_OVER: "muc-luc-nop-luu",
              ListKind.UNREAD: "khong-doc-duoc-chu"}
"""What the files of the lists are called, whatever the language of the window: they go to other offices."""
Values = Mapping[str, Any]


class PaperListsDialog(AskedList):
    """Shows what was digitised this month at once; acts go to the chosen lines, of which there may be several."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        now = context.counter.clock.now()
        self._today = now.date()
        today = datetime.combine(self._today, time(), VIETNAM)
        super().__init__(context, translate("PaperListsDialog", "Digitised papers: shelf, retention, archive"), (
            Field("kind", translate("PaperListsDialog", "List"), FieldKind.CHOICE, ListKind.FILED, (
                (translate("PaperListsDialog", "digitised in these days"), ListKind.FILED),
                (translate("PaperListsDialog", "kept no longer, as of today"), ListKind.DUE),
                (translate("PaperListsDialog", "gone to the archive in these days"), ListKind.HANDED_OVER),
                (translate("PaperListsDialog", "words that could not be read"), ListKind.UNREAD))),
            Field("first", translate("PaperListsDialog", "From day"), FieldKind.DAY, today.replace(day=1)),
            Field("last", translate("PaperListsDialog", "To day"), FieldKind.DAY, today)), parent)
        self._listed: PaperList | None = None
        self.model: RowsModel[ListedPaper] = RowsModel(_columns(), self)
        self.show_in(self.model, (200, 230, 165, 70, 140, 115), self.tr("Nothing stands in this list."), stretch=1)
        self.table.set_high(high=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._open)
        self._add_acts()
        self.add_buttons(self.tr("Look"))
        self.ask()

    def _add_acts(self) -> None:
        """One button for each act that this person may do."""
        may, acts = self.context.session.actor.may, (
            (self.tr("Shelve…"), self._ask_shelf, Permission.RECEIVE), (self.tr("Keep until…"), self._ask_until, Permission.CLOSE_BOOK),
            (self.tr("To the archive…"), self._ask_archive, Permission.CLOSE_BOOK),
            (self.tr("Destroy…"), self._ask_destroy, Permission.CLOSE_BOOK),
            (self.tr("Read the words again"), self._read_again, Permission.RECEIVE),
            (self.tr("Write the list…"), self._ask_file, Permission.EXPORT))
        self.acts: dict[str, SecondaryButton] = {}
        for word, slot, permission in acts:
            if may(permission):
                self.acts[slot.__name__] = button = SecondaryButton(self.theme, word)
                button.clicked.connect(slot)
                button.setAutoDefault(False)
        self.body.addLayout(row(*self.acts.values(), None))

    # --- looking ------------------------------------------------------------------------------------------------------

    def look(self, read: dict[str, object]) -> None:
        """Ask for a list."""
        look, actor = self.context.counter.paper.lists.look, self.context.session.actor
        kind = ListKind(str(read["kind"]))
        days = (value.date() if isinstance(value, datetime) else self._today for value in (read["first"], read["last"]))
        self.context.tasks.run(look, kind, *days, actor, done=self._show, failed=self.refuse, key="paper-lists")

    def _show(self, listed: PaperList) -> None:
        self._listed = listed
        self.model.show_rows(listed.papers)
        pages = sum(each.paper.pages for each in listed.papers)
        self.told.setText(self.tr("{files} files, {pages} pages. Shift and the arrows choose several; Enter opens the dossier.").format(
            files=len(listed.papers), pages=pages))
        if listed.papers:
            self.table.selectRow(0)
        if (again := self.acts.get("_read_again")) is not None:
            again.setVisible(listed.kind is ListKind.UNREAD)

    @property
    def chosen(self) -> tuple[DigitalPaper, ...]:
        """The papers of the chosen lines."""
        return tuple(self.model.rows[index.row()].paper for index in self.table.selectionModel().selectedRows())

    def _open(self, at: int) -> None:
        self.open_dossier(self.model.rows[at].code)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _ask_shelf(self) -> None:
        fields = Field("box", self.tr("Box")), Field("folder", self.tr("Folder"))
        self._ask(PaperAct(self.tr("Shelve…"), self.tr("Where the originals of {count} papers lie."), fields), self._shelve)

    def _shelve(self, papers: tuple[DigitalPaper, ...], values: Values) -> None:
        self._run(self.context.counter.paper.library.shelve, [each.op_id for each in papers], values["box"], values["folder"])

    def _ask_until(self) -> None:
        fields = (Field("until", self.tr("Last day (empty: for ever)"), FieldKind.DAY),)
        words = self.tr("How long {count} papers are kept. The register shows it.")
        self._ask(PaperAct(self.tr("Keep until…"), words, fields), self._keep)

    def _keep(self, papers: tuple[DigitalPaper, ...], values: Values) -> None:
        self._run(self.context.counter.paper.library.keep, [each.op_id for each in papers], _day(values["until"]))

    def _ask_archive(self) -> None:
        fields = (Field("on", self.tr("Handed over on"), FieldKind.DAY, datetime.combine(self._today, time(), VIETNAM)),)
        words = self.tr("{count} papers went to the archive. Their files stay here until somebody destroys them.")
        self._ask(PaperAct(self.tr("To the archive…"), words, fields), self._hand_over)

    def _hand_over(self, papers: tuple[DigitalPaper, ...], values: Values) -> None:
        self._run(self.context.counter.paper.library.hand_over, [each.op_id for each in papers], _day(values["on"]) or self._today)

    def _ask_destroy(self) -> None:
        words = self.tr("The files of {count} papers are destroyed with their keys and their words: this desk can never open them again. "
                        "That they were there stays on record.")
        self._ask(PaperAct(self.tr("Destroy…"), words, (Field("reason", self.tr("Decision, reason")),), final=True), self._destroy)

    def _destroy(self, papers: tuple[DigitalPaper, ...], values: Values) -> None:
        self._run(self._destroy_each, dict.fromkeys(each.stored_id for each in papers), values["reason"])

    def _destroy_each(self, stored_ids: Mapping[str, None], reason: str, actor: Any) -> None:  # noqa: ANN401  as the services take it
        """Run on the data thread; what is still kept ends it with its sentence, what came before stays destroyed."""
        for stored_id in stored_ids:
            self.context.counter.paper.library.destroy(stored_id, reason, actor)

    def _read_again(self) -> None:
        self._run(self.context.counter.paper.reading.try_again, [each.stored_id for each in self.chosen])

    def _ask(self, act: PaperAct, then: Callable[[tuple[DigitalPaper, ...], Values], None]) -> None:
        papers = self.chosen
        if not papers:
            self.banner.say("warning", self.tr("Choose a line first."))
            return
        dialog = PaperActDialog(self.theme, replace(act, words=act.words.format(count=len(papers))), self._today, self)
        dialog.agreed.connect(partial(then, papers))
        dialog.open()

    def _run(self, act: Callable[..., object], *arguments: object) -> None:
        self.banner.hide()
        self.context.tasks.run(act, *arguments, self.context.session.actor, done=self._again, failed=self.refuse)

    def _again(self, _: object) -> None:
        self.ask()

    # --- on paper -----------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        if self._listed is not None:
            name = f"{FILE_NAMES[self._listed.kind]}-{self._listed.end:%Y-%m-%d}"
            dialog = SaveFileDialog(self.context, self.tr("Write the list…").rstrip("…"), name, KINDS, self)
            dialog.chosen.connect(partial(self._write, self._listed))
            dialog.open()

    def _write(self, listed: PaperList, out: Path) -> None:
        write, actor = self.context.counter.paper.lists.write, self.context.session.actor
        self.context.tasks.run_slow(write, listed.kind, listed.start, listed.end, out, actor, done=self._note_written, failed=self.refuse)

    def _note_written(self, written: ListFile) -> None:
        self.banner.say("accent", self.tr("{count} lines written to {name}.").format(count=written.papers, name=written.out.name))


def _columns() -> tuple[Column[ListedPaper], ...]:
    return (
        Column(translate("PaperListsDialog", "Dossier"), _code), Column(translate("PaperListsDialog", "Paper, number"), _paper, _number),
        Column(translate("PaperListsDialog", "Digitised"), _filed, _archived),
        Column(translate("PaperListsDialog", "Pages"), _pages, right=True),
        Column(translate("PaperListsDialog", "Shelf"), _box, _folder), Column(translate("PaperListsDialog", "Kept until"), _kept))


def _code(line: ListedPaper) -> str:
    return line.code


def _paper(line: ListedPaper) -> str:
    return line.paper.paper


def _number(line: ListedPaper) -> CellLook:
    return CellLook(below=" · ".join(filter(None, (line.paper.number, line.paper.result_code))))


def _filed(line: ListedPaper) -> str:
    return write_day(line.paper.filed_at.date())


def _archived(line: ListedPaper) -> CellLook:
    on = line.paper.archived_on
    return CellLook(below=translate("PaperListsDialog", "archive {day}").format(day=write_day(on)) if on else "")


def _pages(line: ListedPaper) -> str:
    return str(line.paper.pages)


def _box(line: ListedPaper) -> str:
    return line.paper.box


def _folder(line: ListedPaper) -> CellLook:
    return CellLook(below=line.paper.folder)


def _kept(line: ListedPaper) -> str:
    return write_day(line.paper.kept_until) if line.paper.kept_until else translate("PaperListsDialog", "for ever")


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None
