"""A reader on a serial port: what it reads arrives byte for byte, past any input method. Recommended for citizen cards."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal
from serial import Serial, SerialException
from serial.tools import list_ports

RETRY_SECONDS, READ_SECONDS = 2.0, 0.2
LONGEST = 4096


def ports() -> list[tuple[str, str]]:
    """Return the serial ports of this PC with their descriptions."""
    return [(port.device, port.description or port.device) for port in sorted(list_ports.comports())]


class SerialReader(QObject):
    """Listens on a thread of its own. ``scanned`` carries one read; ``lost`` and ``found`` tell of the plug, once each time."""

    scanned = Signal(str)
    lost = Signal(str)
    found = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_listening(self) -> bool:
        """Whether a port was chosen, plugged in or not."""
        return self._thread is not None

    def listen(self, port: str) -> None:
        """Listen on a port from now on; an empty one ends it."""
        self.stop()
        if port:
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._work, args=(port, self._stop), name="reader", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let go of the port."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=3 * READ_SECONDS + 1)
            self._thread = None

    def _work(self, port: str, stop: threading.Event) -> None:
        was_there: bool | None = None
        while not stop.is_set():
            try:
                with Serial(port, timeout=READ_SECONDS) as device:
                    if was_there is False:
                        self.found.emit(port)
                    was_there = True
                    self._read(device, stop)
            except (SerialException, OSError):
                if was_there is not False:
                    self.lost.emit(port)
                was_there = False
                stop.wait(RETRY_SECONDS)

    def _read(self, device: Serial, stop: threading.Event) -> None:
        """Read until the stop; a read ends with a line end, or, from readers that send none, with a pause."""
        kept = b""
        while not stop.is_set():
            got = device.read(max(1, device.in_waiting))
            kept += got
            while (end := _line_end(kept)) >= 0:
                self._tell(kept[:end])
                kept = kept[end + 1:]
            if not got and kept:
                self._tell(kept)
                kept = b""
            kept = kept[-LONGEST:]

    def _tell(self, raw: bytes) -> None:
        text = raw.decode("utf-8", errors="replace").strip("\r\n\x02\x03")
        if text:
            self.scanned.emit(text)


def _line_end(raw: bytes) -> int:
    """Return where the first CR or LF stands, -1 where there is none."""
    return min((at for at in (raw.find(b"\r"), raw.find(b"\n")) if at >= 0), default=-1)
