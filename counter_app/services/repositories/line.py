"""The repository of the line to the province, as a protocol: what waits, what became of passes. :mod:`counter_app.storage` has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LinePass:
    """What became of one pass; of several in a row (``passes``) that all ended the same way with nothing to move.

    ``sent`` ops and ``uploaded`` files have arrived, ``received`` changes were taken in. Bytes are those of bodies, ``file_bytes`` the part
    of ``bytes_up`` that was of files. ``trouble`` is the code of what stopped it; empty where nothing did.
    """

    pass_id: str
    device: str
    began_at: datetime
    ended_at: datetime
    passes: int = 1
    sent: int = 0
    received: int = 0
    uploaded: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    file_bytes: int = 0
    trouble: str = ""

    @property
    def idle(self) -> bool:
        """Nothing was moved either way."""
        return not (self.sent or self.received or self.uploaded or self.file_bytes)


@dataclass(frozen=True, slots=True)
class WaitingOps:
    """Ops of one type without an answer of their own; ``size`` in bytes of text, before anything is compressed."""

    type: str
    count: int
    size: int
    oldest_at: datetime


class LineRepository(Protocol):
    """What waits to be sent, and the history of passes, each device's its own."""

    def waiting(self) -> list[WaitingOps]:
        """Return what has no answer of its own yet, by type."""

    def add(self, value: LinePass) -> None:
        """Add a pass."""

    def update(self, value: LinePass) -> None:
        """Write a known pass anew."""

    def latest(self, device: str, *, limit: int) -> list[LinePass]:
        """Return the newest passes of a device, the newest first."""

    def file_bytes(self, device: str, since: datetime) -> int:
        """Return how many bytes of files a device has sent in passes that began since a moment."""

    def forget(self, device: str, before: datetime) -> None:
        """Drop what ended before a moment."""
