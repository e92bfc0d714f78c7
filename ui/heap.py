"""The C library's heap."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
"""glibc's name for how many heaps there may be (``malloc.h``)."""


def share_heap() -> None:
    """Let all threads take memory from one heap; to be called before there are any. Does nothing where the C library isn't glibc.

    glibc gives each thread a heap of its own and keeps what was needed there once: 20 MB after pdfium has drawn the first slip. The few
    threads here hardly ever ask it for memory at the same moment.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_M_ARENA_MAX, 1)
