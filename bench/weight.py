"""How much memory this process holds, read from the kernel; loading anything more for it would be weighed too."""

from __future__ import annotations

from pathlib import Path


def memory() -> float:
    """Return the memory this process holds now, MiB, shared libraries counted in full."""
    return _read("VmRSS")


def most_memory() -> float:
    """Return the most memory this process ever held, MiB; its parent's, which ``getrusage`` counts in, is left out."""
    return _read("VmHWM")


def _read(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024
