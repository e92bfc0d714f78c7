"""The C library's heap."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
"""glibc's names for how many heaps there may be, and for the bytes from which a block lies outside of them (``malloc.h``)."""
_LARGE = 4 * 2**20


def share_heap() -> None:
    """Let all threads take memory from one heap; to be called before there are any. Does nothing where the C library isn't glibc.

    glibc gives each thread a heap of its own and keeps what was needed there once: 20 MB after pdfium has drawn the first slip. The few
    threads here hardly ever ask it for memory at the same moment. Scanned pages go back to the system as soon as they are forgotten;
    after the first one glibc would keep them in the heap.
    """
    set_option = _glibc("mallopt")
    if set_option is not None:
        set_option(_M_ARENA_MAX, 1)
        set_option(_M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return to the system what was freed. Does nothing where the C library isn't glibc.

    To be called after a piece of work that needs much for a moment: glibc keeps freed memory while anything above it is in use.
    """
    trim = _glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _glibc(function: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), function, None) if sys.platform == "linux" else None
