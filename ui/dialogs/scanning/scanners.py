"""The scanners of this PC: found ones and those that a person enters, by address or folder; tried with a page, named, forgotten."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.people import Permission
from counter_app.domain.scan_profile import Abilities
from counter_app.services.changes import Changes
from counter_app.services.scanning.devices import Device, DevicesFound
from counter_app.services.scanning.places import FOLDER, NETWORK
from counter_app.services.scanning.profiles import profile_named, profiles
from ui.context import DeskContext
from ui.dialogs.base import DeskDialog
from ui.models.rows import Column, RowsModel
from ui.models.scanners import can_words, place_of, way_word
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import Form, TextField
from ui.widgets.picture import Picture
from ui.widgets.rows import DeskTable

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

WIDTHS = (220, 200, 220)
PAGE = 700
"""Pixels of the longer edge of the page that a trial shows."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a scanner: what it can do, the page as a JPEG, or why none came."""

    abilities: Abilities
    jpeg: bytes = b""
    problem: Problem | None = None


class ScannersDialog(DeskDialog):
    """Everything is kept at once. Without any scanner it says what can be done."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("ScannersDialog", "Scanners of this PC"), parent, width=1020)
        self._context = context
        self._may = context.session.actor.may(Permission.MANAGE_DESK)
        self._entered: frozenset[str] = frozenset()
        self._new = ""
        """The scanner that was entered last, until it stands in the list: it is the one that is named and tried next."""
        self.banner = Banner(context.theme)
        self.body.addWidget(self.banner)
        columns = QHBoxLayout()
        columns.setSpacing(context.theme.px(16))
        columns.addLayout(self._make_left(), 3)
        self.picture = Picture(context.theme, self.tr("The page of the trial"))
        self.picture.hide()
        columns.addWidget(self.picture, 1)
        self.body.addLayout(columns, 1)
        self._add_buttons()
        self._look_for()

    def _make_left(self) -> QVBoxLayout:
        theme = self._context.theme
        self.model: RowsModel[Device] = RowsModel((
            Column(self.tr("Scanner"), lambda device: device.name), Column(self.tr("Reached by"), way_word),
            Column(self.tr("Address"), lambda device: place_of(device.id))), self)
        self.table = DeskTable(theme, self.tr("Scanners of this PC"))
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS, stretch=2)
        self.table.setMinimumHeight(self.list_height(190, 275))
        self.empty = EmptyState(theme, self.table, "scan", "")
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        self.table.opened.connect(self._try_row)
        self.form = Form(theme)
        self.address, self.folder, self.name = TextField(theme, placeholder="192.168.1.20"), TextField(theme), TextField(theme)
        self.form.add_row(self.tr("Address of a network scanner, Enter adds it"), self.address, "address", at=(0, 0))
        self.form.add_row(self.tr("Folder that a copier scans to, Enter adds it"), self.folder, "folder", at=(0, 1))
        self.form.add_row(self.tr("Name of the chosen scanner, Enter keeps it"), self.name, "name", at=(1, 0))
        for at in (0, 1):
            self.form.grid.setColumnStretch(at, 1)
        for field in (self.address, self.folder, self.name):
            field.setEnabled(self._may)
        self.form.left.connect(self._take_field)
        self.choose = SecondaryButton(theme, self.tr("Choose a folder…"))
        self.choose.clicked.connect(self._choose_folder)
        self.choose.setEnabled(self._may)
        self.form.grid.addWidget(self.choose, 2, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.form)
        return left

    def _add_buttons(self) -> None:
        theme = self._context.theme
        self.trial = PrimaryButton(theme, self.tr("Scan a page to try it"), key="F9")
        self.ask = SecondaryButton(theme, self.tr("Does it answer?"), key="F7")
        self.again = SecondaryButton(theme, self.tr("Look for scanners"), key="F5")
        self.out = SecondaryButton(theme, self.tr("Forget it"), key="Del")
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        for button, act, key in ((self.trial, self._try, "F9"), (self.ask, self._ask, "F7"), (self.again, self._look_for, "F5"),
                                 (self.out, self._forget, "Del"), (close, self.reject, "")):
            button.clicked.connect(act)
            if key:
                button.setShortcut(key)
            self.add_button(button)
        self._offer()

    # --- what there is ------------------------------------------------------------------------------------------------

    def _look_for(self, *_: object) -> None:
        self.again.setEnabled(False)
        self.empty.say("scan", self.tr("Looking for scanners…"))
        self._context.tasks.run_slow(_find, self._context.counter, done=self._show, failed=self._refuse, key="scanners window")

    def _show(self, found: tuple[DevicesFound, frozenset[str]]) -> None:
        devices, self._entered = found
        ids, chosen = [each.id for each in devices.devices], self._chosen()
        wanted = chosen.id if chosen else ""
        if self._new in ids:
            wanted, self._new = self._new, ""
        self.model.show_rows(devices.devices)
        self._note_looked()
        self.table.selectRow(ids.index(wanted) if wanted in ids else 0)
        if devices.problems and not devices.devices:
            self.banner.say("warning", " ".join(dict.fromkeys(map(sentence_of, devices.problems))))
        self._offer()

    def _note_looked(self) -> None:
        self.again.setEnabled(True)
        self.empty.say("scan", self.tr("No scanner yet. Switch one on and press F5, or enter an address or a folder below."))

    def _chosen(self) -> Device | None:
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _offer(self, *_: object) -> None:
        device = self._chosen()
        self.trial.setEnabled(device is not None and self._context.session.actor.may(Permission.RECEIVE))
        self.ask.setEnabled(device is not None)
        self.out.setEnabled(self._may and device is not None and device.id in self._entered)
        self.name.setEnabled(self._may and device is not None)
        self.name.setText(device.name if device else "")
        self.name.setCursorPosition(0)

    # --- entering -----------------------------------------------------------------------------------------------------

    def _take_field(self, name: str) -> None:
        """A field was left, by Enter too: keep what was typed; what is wrong with it stands at the field."""
        places = self._context.counter.scanner_places
        if name == "name":
            self._rename()
        elif name == "address" and (address := self.address.text().strip()):
            self._change(places.add, f"{NETWORK}:{address}", failed=self._refuse_address)
        elif name == "folder" and (folder := self.folder.text().strip()):
            self._change(places.add, f"{FOLDER}:{folder}", failed=self._refuse_folder)

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose a folder…"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.take_folder)
        chooser.open()

    def take_folder(self, folder: str) -> None:
        """Enter a folder that was chosen."""
        self.folder.setText(folder)
        self._take_field("folder")

    def _rename(self) -> None:
        device = self._chosen()
        if device is not None and self.name.text().strip() != device.name:
            self._change(self._context.counter.scanner_places.rename, device.id, self.name.text(), failed=self._refuse_name)

    def _forget(self) -> None:
        if (device := self._chosen()) is not None:
            self._change(self._context.counter.scanner_places.remove, device.id, failed=self._refuse)

    def _change(self, act: Callable[..., object], *given: str, failed: Callable[[DeskError], None]) -> None:
        self._context.tasks.run(act, *given, self._context.session.actor, done=self._note_changed, failed=failed)

    def _note_changed(self, entered: object) -> None:
        self._new = entered if isinstance(entered, str) else ""
        self._context.tasks.changed.emit(Changes.of("settings"))
        self.banner.hide()
        self.form.show_problems({})
        self.address.clear()
        self.folder.clear()
        self._look_for()

    def _refuse_address(self, error: DeskError) -> None:
        self.form.show_problems({"address": sentences_of(error)})

    def _refuse_folder(self, error: DeskError) -> None:
        self.form.show_problems({"folder": sentences_of(error)})

    def _refuse_name(self, error: DeskError) -> None:
        self.form.show_problems({"name": sentences_of(error)})

    # --- trying -------------------------------------------------------------------------------------------------------

    def _try_row(self, _: int) -> None:
        self._try()

    def _try(self) -> None:
        """Scan one page with the chosen scanner; it is shown and kept nowhere."""
        if (device := self._chosen()) is not None and self.trial.isEnabled():
            self._begin_trial(self.tr("The scanner is being tried…"))
            name = self._context.preferences.scan_profile
            self._context.tasks.run_slow(_scan_one, self._context.counter, device.id, name, done=self._show_trial, failed=self._refuse)

    def _ask(self) -> None:
        """Ask the chosen scanner what it can do."""
        if (device := self._chosen()) is not None:
            self._begin_trial(self.tr("The scanner is being asked…"))
            self._context.tasks.run_slow(_ask_scanner, self._context.counter, device.id, done=self._show_trial, failed=self._refuse)

    def _begin_trial(self, words: str) -> None:
        self.picture.show_image(QImage())
        self.picture.hide()
        self.banner.say("neutral", words)
        self.trial.setEnabled(False)

    def _show_trial(self, trial: Trial) -> None:
        self._offer()
        self.picture.show_image(QImage.fromData(trial.jpeg))
        self.picture.setVisible(bool(trial.jpeg))
        if trial.problem is not None:
            self.banner.say("warning", sentence_of(trial.problem))
        else:
            self.banner.say("accent", can_words(trial.abilities))

    def _refuse(self, error: DeskError) -> None:
        self._note_looked()
        self._offer()
        self.banner.say("danger", sentences_of(error))


def _find(counter: Counter) -> tuple[DevicesFound, frozenset[str]]:
    """Run by a worker: what is found, and the ids of those that were entered, which stand in the list though they don't answer."""
    places, found = counter.scanner_places, counter.scanning.devices()
    entered = {f"{NETWORK}:{each}" for each in places.addresses()} | {f"{FOLDER}:{each}" for each in places.folders()}
    return found, frozenset(entered)


def _ask_scanner(counter: Counter, device_id: str) -> Trial:
    """Run by a worker."""
    return Trial(counter.scanning.abilities(device_id))


def _scan_one(counter: Counter, device_id: str, profile: str) -> Trial:
    """Run by a worker; the page lies in a private folder for as long as its picture is made."""
    wanted = next((each for each in profiles() if each.name == profile), None) or profile_named("glass")
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        abilities = counter.scanning.abilities(device_id)
        page, problem = counter.scanning.try_out(device_id, wanted, Path(folder))
        return Trial(abilities, counter.paper.room.thumbnail(page, PAGE) if page else b"", problem)
