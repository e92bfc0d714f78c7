"""How the scanners of a PC read: by which way each is reached, and what it says that it can do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.scan_profile import Abilities, ScanSource
from counter_app.services.scanning.devices import Device
from counter_app.services.scanning.places import FOLDER, NETWORK

translate = QCoreApplication.translate


def way_word(device: Device) -> str:
    """Return by which way a scanner is reached."""
    return {
        NETWORK: translate("Scanners", "network"), FOLDER: translate("Scanners", "folder of a copier"),
    }.get(device.way, translate("Scanners", "connected to this PC"))


def place_of(device_id: str) -> str:
    """Return address, folder or system's name of a scanner."""
    return device_id.partition(":")[2]


def can_words(abilities: Abilities) -> str:
    """Return what a scanner says that it can do; a folder can do nothing by itself."""
    if not abilities.sources:
        return translate("Scanners", "The folder is there. What a copier puts into it can be taken in.")
    sources = {
        ScanSource.FLATBED: translate("Scanners", "glass"), ScanSource.ADF: translate("Scanners", "feeder"),
        ScanSource.ADF_DUPLEX: translate("Scanners", "feeder, both sides"),
    }
    told = ", ".join(sources[each] for each in abilities.sources if each in sources)
    if not abilities.resolutions:
        return translate("Scanners", "The scanner answers: {sources}.").format(sources=told)
    return translate("Scanners", "The scanner answers: {sources}; {least} to {most} dpi.").format(
        sources=told, least=min(abilities.resolutions), most=max(abilities.resolutions))
