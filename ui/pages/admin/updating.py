"""Which version runs, what is new, how it is installed, and the way back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.people import Actor, Permission
from counter_app.services.updating.desk import NO_PUBLISHER, UpdateStanding
from counter_app.services.updating.release import Release, ReleaseKind
from ui.context import DeskContext
from ui.dialogs.confirm import ConfirmDialog
from ui.models.versions import version_lines
from ui.notices import sentence_of, sentences_of
from ui.pages.admin.section import Section
from ui.widgets.buttons import SecondaryButton
from ui.widgets.findings import FindingsList
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import label

TAKES = frozenset({"check_update", "install_update", "update_from_stick"})
ASKS_FIRST = frozenset({"UPDATE_METERED", "UPDATE_BUDGET"})


class UpdatingSection(Section):
    """The versions of this PC. What is fetched is laid out beside the one that runs, and the work at the desk goes on."""

    section_id = "updating"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._standing: UpdateStanding | None = None
        self._working = False
        told = label(theme, self.tr(
            "A new version is laid out beside the one in use, checked file by file, and used from the next start on. If it does not open, "
            "the program goes back to this one by itself. The desk's data is never touched before there is a copy of it."),
            tone="muted", wrap=True)
        self.buttons = {
            "check_update": SecondaryButton(theme, self.tr("Look for a new version"), icon="rotate-clockwise"),
            "install_update": SecondaryButton(theme, self.tr("Fetch and prepare"), icon="device-floppy"),
            "update_from_stick": SecondaryButton(theme, self.tr("From a USB stick…"), icon="usb"),
            "version_back": SecondaryButton(theme, self.tr("Go back…"), icon="arrow-back-up"),
        }
        presses = (self._ask_to_check, self._ask_to_install, self._ask_for_stick, self._ask_to_go_back)
        for button, press in zip(self.buttons.values(), presses, strict=True):
            button.clicked.connect(press)
        self.list = FindingsList(theme, self.tr("Versions"))
        sheet = self.list.on_sheet()
        self.body.addWidget(told)
        buttons = FlowLayout(theme.px(8))
        for button in self.buttons.values():
            buttons.addWidget(button)
        self.body.addLayout(buttons)
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self._settings())

    def _settings(self) -> Form:
        theme = self.context.theme
        self.address, self.automatic = TextField(theme), QCheckBox(self.tr("Prepare new versions without being asked"))
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Address of updates"), self.address, "address", at=(0, 0),
                          hint=self.tr("From the province, such as https://…; empty: by USB stick only."))
        self.form.add_row(self.tr("By itself"), self.automatic, "automatic", at=(0, 1))
        self.save = SecondaryButton(theme, self.tr("Save"))
        self.form.add_button(self.save, (0, 2))
        self.save.clicked.connect(self._save)
        self.form.submitted.connect(self._save)
        self.automatic.clicked.connect(self._save)
        return self.form

    # --- the section's life -------------------------------------------------------------------------------------------

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("UpdatingSection", "Updates")

    def keys(self) -> tuple[str, ...]:
        """Return the key line."""
        return tuple(self.buttons)

    def activate(self) -> None:
        """Show how things stand, without a word on the line."""
        self.context.tasks.run(self.context.counter.updates.standing, done=self._show, key="versions")

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if not self.context.session.actor.may(Permission.MANAGE_DESK):
            return self.tr("Only an administrator sees to the program.")
        if self._working:
            return self.tr("An update is under way.")
        return None if self._standing is None else self._lacking(action_id, self._standing)

    def _lacking(self, action_id: str, standing: UpdateStanding) -> str | None:
        """Say what an act lacks as things stand."""
        if not standing.has_publisher and action_id in TAKES:
            return sentence_of(Problem(NO_PUBLISHER))
        if action_id == "install_update" and standing.offered is None:
            return self.tr("Look for a new version first.")
        if action_id == "version_back" and standing.previous is None:
            return self.tr("There is no version to go back to.")
        return self.tr("Enter the address of updates first, or use a USB stick.") if (
            action_id == "check_update" and not standing.terms.address) else None

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_check_update(self) -> None:
        """Ask the address."""
        self._begin(self.tr("Asking the address…"))
        self.context.tasks.run_slow(self.context.counter.updates.check, self._actor, done=self._note_checked, failed=self._give_up)

    def do_install_update(self) -> None:
        """Fetch what is new and lay it out."""
        self._install(None)

    def do_update_from_stick(self) -> None:
        """Ask for the folder, and lay out what is in it."""
        chooser = QFileDialog(self, self.tr("Folder on the stick"), self.context.preferences.save_folder)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.install_from)
        chooser.open()

    def do_version_back(self) -> None:
        """Go back to the version before, after a question."""
        if self._standing is None or self._standing.previous is None:
            return
        words = self.tr("From the next start on the program is the version {version} again. The data stays as it is.")
        title = self.tr("Go back to the version before")
        dialog = ConfirmDialog(self.context.theme, title, words.format(version=self._standing.previous.version), title, self)
        dialog.agreed.connect(self._go_back)
        dialog.open()

    def install_from(self, folder: str) -> None:
        """Lay out the release in a folder."""
        self._install(Path(folder))

    def _ask_to_check(self) -> None:
        self.asked.emit("check_update")

    def _ask_to_install(self) -> None:
        self.asked.emit("install_update")

    def _ask_for_stick(self) -> None:
        self.asked.emit("update_from_stick")

    def _ask_to_go_back(self) -> None:
        self.asked.emit("version_back")

    def _install(self, package: Path | None, *, on_metered: bool = False) -> None:
        self._begin(self.tr("Fetching and checking…"))
        install = partial(
            self.context.counter.updates.install, self._actor, package, on_metered=on_metered, stopping=self._is_stopping)
        self.context.tasks.run_slow(install, done=self._note_installed, failed=self._give_up)

    def _install_anyway(self) -> None:
        self._install(None, on_metered=True)

    def _is_stopping(self) -> bool:
        return self.context.tasks.stopping

    def _go_back(self) -> None:
        self._begin("")
        self.context.tasks.run(self.context.counter.updates.back, self._actor, done=self._note_back, failed=self._give_up)

    def _save(self) -> None:
        save = partial(
            self.context.counter.updates.save, self._actor, address=self.address.text(), automatic=self.automatic.isChecked())
        self.form.show_problems({})
        self.context.tasks.run(save, done=self._note_saved, failed=self._refuse_address)

    # --- showing ------------------------------------------------------------------------------------------------------

    @property
    def _actor(self) -> Actor:
        return self.context.session.actor

    def _begin(self, words: str) -> None:
        self._working = True
        self.say(words)

    def _end(self, words: str = "") -> None:
        self._working = False
        self.say(words)
        self.activate()

    def _show(self, standing: UpdateStanding) -> None:
        self._standing = standing
        self.list.show_lines(version_lines(standing))
        if not self.address.hasFocus():
            self.address.setText(standing.terms.address)
        self.automatic.setChecked(standing.terms.automatic)
        may = self.context.session.actor.may(Permission.MANAGE_DESK)
        self.form.setEnabled(may)
        self.told.emit()

    def _note_checked(self, found: Release) -> None:
        newer = self._standing is None or self._standing.is_new(found)
        self._end(self.tr("There is a new version: {version}").format(version=found.version) if newer else self.tr("Nothing newer"))

    def _note_installed(self, release: Release) -> None:
        self._end()
        if release.kind is ReleaseKind.DATA:
            words = self.tr("Forms and books {version} are in place; the next start uses them.")
        else:
            words = self.tr("Version {version} is prepared. It is used once this window was closed.")
        self.context.notices.say(words.format(version=release.version), "accent")

    def _note_back(self, release: Release) -> None:
        self._end()
        words = self.tr("The next start is version {version} again.")
        self.context.notices.say(words.format(version=release.version), "accent")

    def _note_saved(self, _: object) -> None:
        self.activate()
        self.context.notices.say(self.tr("The settings of updates were saved."), "accent")

    def _refuse_address(self, error: DeskError) -> None:
        self.form.show_problems({"address": sentences_of(error)})

    def _give_up(self, error: DeskError) -> None:
        self._end()
        if error.code not in ASKS_FIRST:
            self.context.tasks.refused.emit(error)
            return
        dialog = ConfirmDialog(
            self.context.theme, self.tr("Fetch anyway?"), sentences_of(error), self.tr("Fetch anyway"), self)
        dialog.agreed.connect(self._install_anyway)
        dialog.open()
