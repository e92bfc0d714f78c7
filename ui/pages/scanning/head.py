"""The head of the page: which stack, which scanner, which way of scanning, what is under way, and the button that stops it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.scan_profile import ScanProfile
from counter_app.services.scanning.batches import WaitingBatch
from counter_app.services.scanning.devices import Device
from counter_app.services.scanning.profiles import profiles
from ui.models.scan_stack import name_of_stack
from ui.notices import language
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.form import ChoiceField
from ui.widgets.sheet import label


class ScanHead(QWidget):
    """``changed`` when another scanner or profile was taken, ``stop_wanted`` by the button. Both choices are remembered at this PC.

    ``stack_chosen`` carries the id of another stack.
    """

    changed = Signal()
    stop_wanted = Signal()
    stack_chosen = Signal(str)

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._devices: dict[str, str] = {}
        self.stack, self.device, self.profile = (ChoiceField(theme) for _ in range(3))
        for field, name, wide in ((self.stack, self.tr("Stack"), 236), (self.device, self.tr("Scanner"), 250),
                                  (self.profile, self.tr("Way of scanning"), 236)):
            field.setAccessibleName(name)
            field.currentTextChanged.connect(self._show_choices)
            field.setMinimumWidth(theme.px(120))
            field.setMaximumWidth(theme.px(wide))
        for known in profiles():
            self.profile.addItem(f"{known.key}  {known.titles[language()]}", known.name)
        self.profile.setCurrentIndex(max(0, self.profile.findData(preferences.scan_profile)))
        self._words = label(theme, tone="muted")
        self.stop = SecondaryButton(theme, self.tr("Stop"), icon="player-stop", key="Esc")
        self.stop.hide()
        self._lines, self._line = QVBoxLayout(self), QHBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        line = self._line
        line.setSpacing(theme.px(12))
        self._lines.addLayout(line)
        line.addWidget(label(theme, self.tr("Digitise"), kind="title"))
        for field in (self.stack, self.device, self.profile):
            line.addWidget(field, 4)
        line.addStretch(1)
        line.addWidget(self._words)
        line.addWidget(self.stop)
        self.stop.clicked.connect(self.stop_wanted)
        self.stack.activated.connect(self._take_stack)
        self.device.activated.connect(self._take_device)
        self.profile.activated.connect(self._take_profile)
        self.show_stacks((), "")
        self.show_devices((), looking=False)

    @property
    def device_id(self) -> str:
        """The id of the chosen scanner; empty where none is known."""
        return str(self.device.currentData() or "")

    @property
    def chosen_profile(self) -> ScanProfile:
        """The chosen way of scanning."""
        return profiles()[self.profile.currentIndex()]

    def show_stacks(self, waiting: Sequence[WaitingBatch], current: str) -> None:
        """Offer the stacks that wait, each by its age and pages; there is nothing to choose where the only one is open."""
        self.stack.clear()
        for each in waiting:
            self.stack.addItem(name_of_stack(each), each.batch_id)
        if not current or self.stack.findData(current) < 0:
            self.stack.addItem(self.tr("New stack"), "")
            current = ""
        self.stack.setCurrentIndex(self.stack.findData(current))
        self.stack.setVisible(self.stack.count() > 1)

    def forget_others(self, found: Collection[str]) -> None:
        """Offer from now on only the scanners with these ids, and the one of the last time."""
        self._devices = {device_id: name for device_id, name in self._devices.items() if device_id in found}

    def show_devices(self, devices: Sequence[Device], *, looking: bool) -> None:
        """Offer scanners beside those known before; the one of the last time is chosen, and offered although it doesn't answer now.

        ``looking``: more may be found.
        """
        last = self._preferences.scanner
        remembered = {last: last.partition(":")[2]} if last else {}
        self._devices = {**remembered, **self._devices, **{device.id: device.name for device in devices}}
        self.device.clear()
        for device_id, name in self._devices.items():
            self.device.addItem(name, device_id)
            self.device.setItemData(self.device.count() - 1, device_id, Qt.ItemDataRole.ToolTipRole)
        if looking:
            self.device.addItem(self.tr("Looking for more…") if self._devices else self.tr("Looking for scanners…"), "")
        elif not self._devices:
            self.device.addItem(self.tr("No scanner found"), "")
        self.device.setCurrentIndex(max(0, self.device.findData(last)))
        self.device.setEnabled(bool(self._devices))

    def choose_profile(self, key: str) -> bool:
        """Take the way of scanning under a digit; False where there is none."""
        at = next((at for at, known in enumerate(profiles()) if known.key == key), -1)
        if at >= 0:
            self.profile.setCurrentIndex(at)
            self._take_profile()
        return at >= 0

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window what is under way stands below, or the choices would be cut."""
        if narrow:
            self._lines.addWidget(self._words)
        else:
            self._line.insertWidget(self._line.indexOf(self.stop), self._words)

    def show_work(self, words: str, *, stoppable: bool) -> None:
        """Say what is under way; empty words: nothing is."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.stop.setVisible(stoppable)

    @property
    def words(self) -> str:
        """What is under way, in words."""
        return self._words.text()

    def _show_choices(self) -> None:
        """Tell in full what a narrow window cuts."""
        for field in (self.stack, self.device, self.profile):
            field.setToolTip(f"{field.accessibleName()}: {field.currentText()}")

    def _take_stack(self) -> None:
        self.stack_chosen.emit(str(self.stack.currentData() or ""))

    def _take_device(self) -> None:
        if self.device_id:
            self._preferences.scanner = self.device_id
        self.changed.emit()

    def _take_profile(self) -> None:
        self._preferences.scan_profile = self.chosen_profile.name
        self.changed.emit()
