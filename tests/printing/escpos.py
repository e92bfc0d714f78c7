"""A receipt printer for tests: reads the commands back as pictures, and takes them at a real network port."""

import socket
import threading

from PIL import Image


def pictures(data):
    """The pictures that a printer would cut off its roll; an unknown command is an error."""
    assert data[:2] == b"\x1b@", "reset first"
    at, bands, cut = 2, [], []
    while at < len(data):
        if data[at:at + 4] == b"\x1dv0\x00":
            width, height = (int.from_bytes(data[at + place:at + place + 2], "little") for place in (4, 6))
            end = at + 8 + width * height
            assert end <= len(data), "a command is whole"
            bands.append((width, data[at + 8:end]))
            at = end
        elif data[at:at + 4] == b"\x1dVB\x00":
            cut.append(_picture(bands))
            bands, at = [], at + 4
        else:
            raise AssertionError(f"unknown command {data[at:at + 4]!r}")
    assert not bands, "the last picture is cut off"
    return cut


def _picture(bands):
    widths = {width for width, _ in bands}
    assert len(widths) == 1
    width, lines = widths.pop(), b"".join(lines for _, lines in bands)
    black_is_one = Image.frombytes("1", (width * 8, len(lines) // width), lines)
    return black_is_one.convert("L").point(lambda value: 255 - value)


class Roll:
    """A printer at a port of this computer; ``taken`` is what it was sent. ``reads`` False: it is out of paper and takes nothing."""

    def __init__(self, *, reads=True):
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.port = self._listener.getsockname()[1]
        self.address = f"escpos://127.0.0.1:{self.port}"
        self.taken = b""
        self._held = []
        self._thread = threading.Thread(target=self._read if reads else self._hold, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.close()
        for line in self._held:
            line.close()

    def done(self):
        """Wait for the end of the data and return it."""
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self.taken

    def _read(self):
        line, _ = self._listener.accept()
        with line:
            while part := line.recv(65536):
                self.taken += part

    def _hold(self):
        self._held.append(self._listener.accept()[0])
