"""Looking for scanners: those that somebody entered are known at once, one way after the other adds what it finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.services.scanning.devices import Device, DevicesFound
from counter_app.services.scanning.places import FOLDER, NETWORK

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter


class ScannerSearch(QObject):
    """``found`` carries what each step of :meth:`run` found. Without a parent: a search that runs outlives the page that began it."""

    found = Signal(object)

    def run(self, counter: Counter) -> None:
        """Look everywhere; blocks for seconds. Raises as the database does."""
        places = counter.scanner_places
        names = places.names()
        entered = [Device(f"{NETWORK}:{each}", each, NETWORK) for each in places.addresses()]
        entered += [Device(f"{FOLDER}:{each}", str(each), FOLDER) for each in places.folders()]
        self.found.emit(DevicesFound(tuple(replace(each, name=names.get(each.id, each.name)) for each in entered)))
        for each in counter.scanning.look_for():
            self.found.emit(each)
