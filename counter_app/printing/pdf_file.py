"""The bare PDF file: numbered objects, cross-reference table and trailer, written to a stream as they come."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Writes objects one after the other; only their offsets are kept.

    ``opening`` are the first bytes of the file with the offsets of the objects in them, where they were made before.
    """

    def __init__(self, out: BinaryIO, opening: bytes = HEADER, offsets: tuple[int, ...] = ()) -> None:
        self._out = out
        self._at = 0
        self._digest = sha256()
        self.offsets = list(offsets)
        self._write(opening)

    def reserve(self) -> int:
        """Return the number of an object that is written later with :meth:`put`."""
        self.offsets.append(-1)
        return len(self.offsets)

    def put(self, number: int, body: bytes) -> None:
        """Write the object of a reserved number."""
        self.offsets[number - 1] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add(self, body: bytes) -> int:
        """Write an object and return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, data: bytes, entries: bytes = b"", *, deflate: int | None = 6, deflated: bool = False) -> int:
        """Write a stream and return its number. ``deflate`` is the level, None leaves it plain; ``deflated`` data is packed already."""
        if deflate is not None and not deflated:
            data, deflated = zlib.compress(data, deflate), True
        packing = b"/Filter /FlateDecode " if deflated else b""
        return self.add(b"<< %b%b/Length %d >>\nstream\n%b\nendstream" % (entries, packing, len(data), data))

    def finish(self, catalogue: int) -> None:
        """Write the cross-reference table and the trailer. The file's id is a digest of its bytes: same content, same file."""
        start, count = self._at, len(self.offsets) + 1
        table = b"".join(b"%010d 00000 n \n" % offset for offset in self.offsets)
        mark = self._digest.hexdigest()[:32].encode("ascii")
        trailer = b"<< /Size %d /Root %d 0 R /ID [<%b> <%b>] >>" % (count, catalogue, mark, mark)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (count, table, trailer, start))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)


def text_string(text: str) -> bytes:
    """Return a text as a PDF string object."""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode("ascii")
