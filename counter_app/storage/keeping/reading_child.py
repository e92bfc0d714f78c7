"""The process that reads a file for :class:`~counter_app.storage.keeping.reading.ReadApart`, stretch by stretch, until nobody asks.

It is started by its path, without the program around it, and knows no key.
"""

from __future__ import annotations

import struct
import sys

ASKED, ANSWERED = struct.Struct(">QQ"), struct.Struct(">QQ")
"""Place and size of a stretch; bytes that follow and the number of the system's error, 0 for none."""


def main() -> None:
    """Answer, in order, until the questions end."""
    with open(sys.argv[1], "rb", buffering=0) as file:  # noqa: PTH123  pathlib would cost more to load than all the rest
        while len(asked := sys.stdin.buffer.read(ASKED.size)) == ASKED.size:
            at, size = ASKED.unpack(asked)
            try:
                file.seek(at)
                data, number = file.read(size), 0
            except OSError as error:
                data, number = b"", error.errno or 0
            sys.stdout.buffer.write(ANSWERED.pack(len(data), number) + data)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
