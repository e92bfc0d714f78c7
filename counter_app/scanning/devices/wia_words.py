"""The numbers of Windows Image Acquisition 2.0 (``wiadef.h``): properties, flags and errors."""

from __future__ import annotations

from collections.abc import Mapping

HANDLING_CAPABILITIES, HANDLING_STATUS, HANDLING_SELECT, PAGES = 3086, 3087, 3088, 3096
BED_WIDTH, BED_HEIGHT, FEEDER_WIDTH, FEEDER_HEIGHT = 3074, 3075, 3076, 3077
"""In thousandths of an inch."""
INTENT, DPI_ACROSS, DPI_DOWN, LEFT, TOP, WIDTH, HEIGHT = 6146, 6147, 6148, 6149, 6150, 6151, 6152
"""Of an item; lengths in pixels."""

CAN_FEED, CAN_FLAT, CAN_DUPLEX = 1, 2, 4
SELECT_FEEDER, SELECT_FLATBED, SELECT_DUPLEX = 1, 2, 4
FEED_READY, COVER_UP, PAPER_JAM = 1, 16, 32
INTENT_COLOUR, INTENT_GREY, INTENT_TEXT = 1, 2, 4

FORMAT_BMP = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
"""What every driver can give, without loss."""
RANGE, LIST = 1, 2
"""How a property tells its values."""
SCANNER = 1
"""The type of a device."""

PAPER_EMPTY = 0x80210003
CODES: Mapping[int, str] = {
    0x80210002: "SCAN_JAM", PAPER_EMPTY: "SCAN_NO_PAPER", 0x80210004: "SCAN_MISFEED", 0x80210005: "SCAN_CUT", 0x80210006: "SCAN_BUSY",
    0x80210007: "SCAN_BUSY", 0x80210009: "SCAN_CUT", 0x8021000A: "SCAN_CUT", 0x8021000B: "SCAN_SETTINGS_REFUSED",
    0x8021000C: "SCAN_SETTINGS_REFUSED", 0x8021000D: "SCAN_BUSY", 0x8021000E: "SCAN_DRIVER_DIED", 0x8021000F: "SCAN_DRIVER_DIED",
    0x80210015: "SCAN_CUT", 0x80210016: "SCAN_COVER_OPEN", 0x80210020: "SCAN_MISFEED", 0x80070005: "SCAN_REFUSED",
    0x800706BA: "SCAN_DRIVER_DIED", 0x800706BE: "SCAN_DRIVER_DIED", 0x80070057: "SCAN_SETTINGS_REFUSED",
}
"""HRESULT → code of a sentence; what is not here is a fault of the device."""


def code_of(number: int) -> str:
    """Return the code of the sentence for an error, an HRESULT without a sign."""
    return CODES.get(number, "SCAN_DEVICE_FAULT")
