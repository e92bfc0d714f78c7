"""The automation objects of WIA 2.0 through comtypes, which exists on Windows alone: their errors as ours, their properties by number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from counter_app.scanning.devices.wia_words import FORMAT_BMP, LIST, RANGE, SCANNER

ComObject = Any
"""What COM hands out has the shape that the installed driver gives it."""


class WiaError(Exception):
    """A call of WIA failed; ``number`` is its HRESULT without a sign."""

    def __init__(self, number: int) -> None:
        super().__init__(hex(number))
        self.number = number


@contextmanager
def errors() -> Iterator[None]:
    """Turn errors of COM into :class:`WiaError`."""
    import comtypes  # type: ignore[import-not-found]  # noqa: PLC0415  there is none elsewhere

    try:
        yield
    except comtypes.COMError as error:
        raise WiaError(int(error.hresult) & 0xFFFFFFFF) from error


@contextmanager
def devices() -> Iterator[dict[str, WiaDevice]]:
    """Give the scanners that Windows knows to this thread, by id, in Windows' order, until the block is left.

    Raises:
        WiaError: Windows has no WIA, or its service doesn't run.
    """
    import comtypes  # noqa: PLC0415

    known: dict[str, WiaDevice] = {}
    comtypes.CoInitialize()
    try:
        with errors():
            known |= _scanners()
        yield known
    finally:
        for device in known.values():
            device.let_go()
        comtypes.CoUninitialize()


def _scanners() -> dict[str, WiaDevice]:
    import comtypes.client  # type: ignore[import-not-found]  # noqa: PLC0415

    manager = comtypes.client.CreateObject("WIA.DeviceManager", dynamic=True)
    return {str(info.DeviceID): WiaDevice(info) for info in manager.DeviceInfos if int(info.Type) == SCANNER}


class WiaDevice:
    """A scanner; it is connected when something of it is asked for, and every method then raises :class:`WiaError`."""

    def __init__(self, info: ComObject) -> None:
        self._info = info
        self._device: ComObject = None

    def let_go(self) -> None:
        """Hold nothing of COM any more: what is let go of after its end takes the program along."""
        self._info = self._device = None

    def name(self) -> str:
        """Return the name that Windows shows; empty where there is none."""
        with errors():
            return next((str(known.Value) for known in self._info.Properties if str(known.Name) == "Name"), "")

    def get(self, which: int) -> int | None:
        """Return a property of the device or of its first item, None where it lacks it."""
        with errors():
            known = self._property(which)
            return None if known is None else int(known.Value)

    def set(self, which: int, value: int) -> None:
        """Set a property; a device that lacks it or does not let it be set does without."""
        with errors():
            known = self._property(which)
            if known is not None and not known.IsReadOnly:
                known.Value = value

    def choices(self, which: int) -> tuple[int, ...] | range:
        """Return the values that a property may have; none where it doesn't tell."""
        with errors():
            known = self._property(which)
            kind = 0 if known is None else int(known.SubType)
            if kind == LIST:
                return tuple(int(value) for value in known.SubTypeValues)
            return range(int(known.SubTypeMin), int(known.SubTypeMax) + 1) if kind == RANGE else ()

    def transfer(self, path: Path) -> None:
        """Read a page into a file that is not there yet, as a bitmap."""
        with errors():
            self._item().Transfer(FORMAT_BMP).SaveFile(str(path))

    def _property(self, which: int) -> ComObject:
        for owner in (self._connected(), self._item()):
            for known in owner.Properties:
                if int(known.PropertyID) == which:
                    return known
        return None

    def _item(self) -> ComObject:
        return next(iter(self._connected().Items))

    def _connected(self) -> ComObject:
        if self._device is None:
            self._device = self._info.Connect()
        return self._device
