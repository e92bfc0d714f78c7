"""Copies of the desk: where they go, how old they are, whether they can be restored, and how that is done."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.keeping import settings as keeping_settings
from counter_app.services.keeping.policy import Why
from counter_app.services.keeping.records import CopiesMade, KeepingStanding, Rehearsal
from counter_app.services.keeping.settings import PREFIX, KeepingSettings
from ui.context import DeskContext
from ui.models.keeping import keeping_lines, strip_words
from ui.notices import sentence_of
from ui.pages.admin.section import Section
from ui.widgets.buttons import SecondaryButton
from ui.widgets.findings import FindingsList
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label, row

LEAST_LIST = 170
COUNTS = ("keep_newest", "keep_days", "keep_weeks", "keep_months")


class KeepingSection(Section):
    """How safe keeping stands, a copy by hand, a rehearsal by hand, and the settings."""

    section_id = "keeping"
    stepped = Signal(int, int)
    """From the worker: how many steps are done, and of how many."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._kept, self._working, self._halt = KeepingSettings(), False, Event()
        told = label(theme, self.tr(
            "Copies are encrypted and made by themselves: at the first start of a day, at the times below, at the close, before an update. "
            "After a broken disk restore one in the window of the first start, on a new PC with the recovery sheet; no number is "
            "issued twice."),
            tone="muted", wrap=True)
        self.buttons = {
            "backup_now": SecondaryButton(theme, self.tr("Make a copy now"), icon="device-floppy"),
            "rehearse_restore": SecondaryButton(theme, self.tr("Rehearse a restore"), icon="rotate-clockwise"),
            "add_backup_place": SecondaryButton(theme, self.tr("Add a place…"), icon="usb"),
            "halt_backup": SecondaryButton(theme, self.tr("Break off"), icon="player-stop"),
        }
        presses = (self._ask_for_copy, self._ask_to_rehearse, self._ask_for_place, self._ask_to_halt)
        for button, press in zip(self.buttons.values(), presses, strict=True):
            button.clicked.connect(press)
        self.buttons["halt_backup"].hide()
        self.list = FindingsList(theme, self.tr("Copies of the desk"))
        sheet = self.list.on_sheet()
        sheet.setMinimumHeight(theme.px(LEAST_LIST))
        self.body.addWidget(told)
        self.body.addLayout(row(*self.buttons.values(), None, spacing=theme.px(8)))
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self._settings())
        context.keeping.told.connect(self._show)
        self.stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    def _settings(self) -> Form:
        theme = self.context.theme
        self.fields = {name: TextField(theme) for name in ("places", "times", *COUNTS)}
        self.at_close = QCheckBox(self.tr("A copy when the program is closed"))
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Places"), self.fields["places"], PREFIX + "places", at=(0, 0), span=2,
                          hint=self.tr("Folders on other disks, shares or sticks, with commas between."))
        self.form.add_row(self.tr("Times"), self.fields["times"], PREFIX + "times", at=(0, 2), hint=self.tr("such as 10:30, 15:00"))
        self.form.add_row(self.tr("At close"), self.at_close, PREFIX + "at_close", at=(0, 3))
        words = (self.tr("Newest kept"), self.tr("Days kept"), self.tr("Weeks kept"), self.tr("Months kept"))
        for column, (name, text) in enumerate(zip(COUNTS, words, strict=True)):
            self.form.add_row(text, self.fields[name], PREFIX + name, at=(1, column))
        self.save = SecondaryButton(theme, self.tr("Save"))
        self.form.add_button(self.save, (1, len(COUNTS)))
        self.save.clicked.connect(self._save)
        self.form.submitted.connect(self._save)
        self.at_close.clicked.connect(self._save)
        return self.form

    # --- the section's life -------------------------------------------------------------------------------------------

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("KeepingSection", "Copies")

    def keys(self) -> tuple[str, ...]:
        """Return the key line; breaking off stands there while there is something to break off."""
        return tuple(name for name in self.buttons if name != "halt_backup" or self._working)

    def activate(self) -> None:
        """Show how things stand; a place on a slow share answers when it does."""
        self.context.tasks.run(self.context.counter.keeping.settings, done=self._fill, key="keeping settings")
        self.context.tasks.run_slow(self.context.counter.keeping.standing, done=self._show, key="keeping section")

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id == "halt_backup":
            return None if self._working else self.tr("Nothing is under way.")
        if action_id == "add_backup_place" and not self._may:
            return self.tr("Only an administrator says where copies go.")
        return self.tr("A copy is being made.") if self._working else None

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_backup_now(self) -> None:
        """Make a copy in every place, behind the window."""
        self._begin(self.tr("Making a copy…"))
        make = partial(self.context.counter.keeping.make, Why.ASKED, stop=self._is_stopping, step=self.stepped.emit)
        self.context.tasks.run_slow(make, done=self._note_made, failed=self._give_up)

    def do_rehearse_restore(self) -> None:
        """Restore the newest copy on trial, behind the window."""
        self._begin(self.tr("Rehearsing a restore…"))
        rehearse = partial(self.context.counter.keeping.rehearse, self._is_stopping)
        self.context.tasks.run_slow(rehearse, done=self._note_rehearsed, failed=self._give_up)

    def do_halt_backup(self) -> None:
        """Break off what is under way; earlier copies stay whole, and what was brought counts the next time."""
        self._halt.set()
        self.say(self.tr("Breaking off…"))

    def do_add_backup_place(self) -> None:
        """Ask for a folder on another disk."""
        chooser = QFileDialog(self, self.tr("Folder on another disk"), self.context.preferences.save_folder)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.add_place)
        chooser.open()

    def add_place(self, folder: str) -> None:
        """Put a folder beside the places that there are, and save."""
        before = self.fields["places"].text().strip()
        added = keeping_settings.quoted(folder)
        self.fields["places"].setText(f"{before}, {added}" if before else added)
        self._save()

    def _ask_for_copy(self) -> None:
        self.asked.emit("backup_now")

    def _ask_to_rehearse(self) -> None:
        self.asked.emit("rehearse_restore")

    def _ask_to_halt(self) -> None:
        self.asked.emit("halt_backup")

    def _ask_for_place(self) -> None:
        self.asked.emit("add_backup_place")

    def _save(self) -> None:
        wishes = {PREFIX + name: field.text().strip() for name, field in self.fields.items()}
        wishes[PREFIX + "at_close"] = "true" if self.at_close.isChecked() else "false"
        self.form.show_problems({})
        try:
            wanted = keeping_settings.changed(self._kept, wishes)
        except DeskError as error:
            self._refuse(error)
            return
        actor = self.context.session.actor
        self.context.tasks.run(self.context.counter.keeping.save, wanted, actor, done=self._note_saved, failed=self._refuse)

    # --- showing ------------------------------------------------------------------------------------------------------

    @property
    def _may(self) -> bool:
        return self.context.session.actor.may(Permission.MANAGE_DESK)

    def _is_stopping(self) -> bool:
        return self._halt.is_set() or self.context.tasks.stopping

    def _begin(self, words: str) -> None:
        self._halt.clear()
        self._working = True
        self.buttons["halt_backup"].show()
        self.say(words)

    def _end(self) -> None:
        self._working = False
        self.buttons["halt_backup"].hide()
        self.activate()
        self.context.keeping.ask()

    def _fill(self, kept: KeepingSettings) -> None:
        self._kept = kept
        values = keeping_settings.values(kept)
        for name, field in self.fields.items():
            value = values[PREFIX + name]
            if not field.hasFocus():
                field.setText(", ".join(keeping_settings.quoted(str(each)) for each in value) if isinstance(value, list) else str(value))
        self.at_close.setChecked(kept.at_close)
        self.form.setEnabled(self._may)

    def _show(self, standing: KeepingStanding) -> None:
        self.list.show_lines(keeping_lines(standing))
        if not self._working:
            self.say(strip_words(standing))

    def _show_step(self, done: int, of: int) -> None:
        if self._working and not self._halt.is_set():
            self.say(self.tr("Making a copy… step {done} of {of}").format(done=done, of=of))

    def _note_made(self, report: CopiesMade) -> None:
        self._end()
        if not report.failed:
            words = self.tr("Copied to {count} places and checked.").format(count=len(report.made))
            self.context.notices.say(words, "accent")
        for problem in report.failed.values():
            self.context.notices.say(sentence_of(problem), "warning")

    def _note_rehearsed(self, found: Rehearsal | None) -> None:
        self._end()
        if found is None:
            self.context.notices.say(self.tr("There is no copy yet to be restored. Make one first."), "warning")

    def _note_saved(self, _: object) -> None:
        self._end()
        self.context.notices.say(self.tr("The places and times of copies were saved."), "accent")

    def _refuse(self, error: DeskError) -> None:
        problems = {each.field or PREFIX + "places": sentence_of(each) for each in error.problems}
        self.form.show_problems(problems)

    def _give_up(self, error: DeskError) -> None:
        self._end()
        if error.code != "BACKUP_HALTED":
            self.context.tasks.refused.emit(error)
