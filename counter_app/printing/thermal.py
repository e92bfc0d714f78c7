"""Pictures of dots as ESC/POS raster commands, and the ways they take to a receipt printer: its network port, or a device file.

No word of a slip is sent as text: printers of this kind know no Vietnamese. Whoever renders the page hands its dots over; eight of them
are a byte, the leftmost in the highest bit, 1 is black.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.documents.print_queue import THERMAL
from counter_app.services.ports import ThermalPrinter

PORT = 9100
_PATHS = ("/", "\\\\")
"""How a device file and a share of Windows begin."""
DOTS, DOTS_IN_A_MM = 576, 8
"""A line of an 80 mm roll: 72 mm."""

_RESET, _RASTER, _FEED_AND_CUT = b"\x1b@", b"\x1dv0\x00", b"\x1dVB\x00"
_BAND = 240
"""Lines of one command: small printers keep no more in their memory."""
_CONNECT_SECONDS, _STALL_SECONDS = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture: its lines one after another, each of ``width`` dots, a multiple of 8."""

    width: int
    lines: bytes

    @property
    def line_bytes(self) -> int:
        """Bytes of a line."""
        return self.width // 8


def commands(pages: Iterable[Dots], copies: int = 1) -> bytes:
    """Return what prints the pages, each cut off behind its end, as often as asked."""
    return _RESET + b"".join(_page(page) for page in pages) * copies


def _page(page: Dots) -> bytes:
    step = page.line_bytes * _BAND
    bands = [page.lines[at:at + step] for at in range(0, len(page.lines), step)]
    heads = [page.line_bytes.to_bytes(2, "little") + (len(band) // page.line_bytes).to_bytes(2, "little") for band in bands]
    return b"".join(_RASTER + head + band for head, band in zip(heads, bands, strict=True)) + _FEED_AND_CUT


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """A printer with a network port of its own."""

    host: str
    port: int = PORT
    stall_seconds: float = _STALL_SECONDS

    def send(self, data: bytes) -> None:
        """Send everything; as :class:`~counter_app.services.ports.ThermalPrinter`."""
        printer = f"{self.host}:{self.port}"
        try:
            with socket.create_connection((self.host, self.port), _CONNECT_SECONDS) as line:
                line.settimeout(self.stall_seconds)
                for at in range(0, len(data), 4096):
                    _whole(line, data[at:at + 4096], printer)
                line.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise failed("PRINTER_UNREACHABLE", printer=printer) from error


def _whole(line: socket.socket, part: bytes, printer: str) -> None:
    try:
        line.sendall(part)
    except TimeoutError as error:
        raise failed("PRINTER_STUCK", printer=printer) from error


@dataclass(frozen=True, slots=True)
class DevicePrinter:
    """A printer behind a file: ``/dev/usb/lp0``, or a share of Windows."""

    path: str
    stall_seconds: float = _STALL_SECONDS

    def send(self, data: bytes) -> None:
        """Write everything; as :class:`~counter_app.services.ports.ThermalPrinter`."""
        flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            file = os.open(self.path, flags)
        except OSError as error:
            raise failed("PRINTER_UNREACHABLE", printer=self.path) from error
        try:
            self._write(file, memoryview(data))
        except OSError as error:
            raise failed("PRINTER_UNREACHABLE", printer=self.path) from error
        finally:
            os.close(file)

    def _write(self, file: int, data: memoryview) -> None:
        while data:
            try:
                data = data[os.write(file, data[:4096]):]
            except BlockingIOError:
                self._wait(file)

    def _wait(self, file: int) -> None:
        """Wait until the printer takes more."""
        if not select.select([], [file], [], self.stall_seconds)[1]:
            raise failed("PRINTER_STUCK", printer=self.path)


def thermal_printer(address: str) -> ThermalPrinter:
    """Return the printer at ``escpos://host[:port]`` or ``escpos:/dev/usb/lp0``.

    Raises:
        SurroundingsError: PRINTER_UNREACHABLE, the address names none.
    """
    rest = address[len(THERMAL):]
    if not rest.startswith("//"):
        return DevicePrinter(rest)
    try:
        parts = urlsplit(f"escpos:{rest}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _nowhere(address) from error
    if not host:
        raise _nowhere(address)
    return NetworkPrinter(host, port or PORT)


def address_of(text: str) -> str | None:
    """Return the address of a receipt printer as a person types it (``192.168.1.50``, ``/dev/usb/lp0``); None where it names none."""
    typed = text.strip().removeprefix(THERMAL)
    address = THERMAL + (typed if typed.startswith(_PATHS) else f"//{typed}")
    if not typed or " " in typed:
        return None
    try:
        thermal_printer(address)
    except SurroundingsError:
        return None
    return address


def _nowhere(address: str) -> SurroundingsError:
    return failed("PRINTER_UNREACHABLE", printer=address)
