"""The head of the page: which scanner, which way of scanning, what is under way, and the button that stops it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.scan_profile import ScanProfile
from counter_app.services.scanning.devices import Device
from counter_app.services.scanning.profiles import profiles
from ui.notices import language
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.form import ChoiceField
from ui.widgets.sheet import label


class ScanHead(QWidget):
    """``changed`` when another scanner or profile was taken, ``stop_wanted`` by the button. Both choices are remembered at this PC."""

    changed = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.device, self.profile = ChoiceField(theme), ChoiceField(theme)
        for field, name, wide in ((self.device, self.tr("Scanner"), 250), (self.profile, self.tr("Way of scanning"), 236)):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setMinimumWidth(theme.px(140))
            field.setMaximumWidth(theme.px(wide))
        for known in profiles():
            self.profile.addItem(f"{known.key}  {known.titles[language()]}", known.name)
        self.profile.setCurrentIndex(max(0, self.profile.findData(preferences.scan_profile)))
        self._words = label(theme, tone="muted")
        self.stop = SecondaryButton(theme, self.tr("Stop"), icon="player-stop", key="Esc")
        self.stop.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(label(theme, self.tr("Digitise"), kind="title"))
        line.addWidget(self.device, 1)
        line.addWidget(self.profile, 1)
        line.addStretch(1)
        line.addWidget(self._words)
        line.addWidget(self.stop)
        self.stop.clicked.connect(self.stop_wanted)
        self.device.activated.connect(self._take_device)
        self.profile.activated.connect(self._take_profile)
        self.show_devices(())

    @property
    def device_id(self) -> str:
        """The id of the chosen scanner; empty where none is known."""
        return str(self.device.currentData() or "")

    @property
    def chosen_profile(self) -> ScanProfile:
        """The chosen way of scanning."""
        return profiles()[self.profile.currentIndex()]

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Offer scanners; the one of the last time is chosen, and offered although it doesn't answer now."""
        last = self._preferences.scanner
        known = {device.id: device.name for device in devices}
        if last and last not in known:
            known = {last: last.partition(":")[2], **known}
        self.device.clear()
        for device_id, name in known.items():
            self.device.addItem(name, device_id)
            self.device.setItemData(self.device.count() - 1, device_id, Qt.ItemDataRole.ToolTipRole)
        self.device.setCurrentIndex(max(0, self.device.findData(last)))
        self.device.setEnabled(bool(known))
        if not known:
            self.device.addItem(self.tr("No scanner found"), "")

    def choose_profile(self, key: str) -> bool:
        """Take the way of scanning under a digit; False where there is none."""
        at = next((at for at, known in enumerate(profiles()) if known.key == key), -1)
        if at >= 0:
            self.profile.setCurrentIndex(at)
            self._take_profile()
        return at >= 0

    def show_work(self, words: str, *, stoppable: bool) -> None:
        """Say what is under way; empty words: nothing is."""
        self._words.setText(words)
        self.stop.setVisible(stoppable)

    @property
    def words(self) -> str:
        """What is under way, in words."""
        return self._words.text()

    def _take_device(self) -> None:
        self._preferences.scanner = self.device_id
        self.changed.emit()

    def _take_profile(self) -> None:
        self._preferences.scan_profile = self.chosen_profile.name
        self.changed.emit()
