"""What goes wrong on purpose: the next answers at some addresses become problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Fault:
    """The next ``times`` requests whose method and path begin so get a problem instead of an answer.

    ``after``: the work is done all the same, only its reply is lost.
    """

    path: str
    code: str
    method: str = ""
    times: int = 1
    retry_after: int | None = None
    after: bool = False


@dataclass(slots=True)
class Faults:
    """The faults that are still to happen, the oldest first."""

    waiting: list[Fault] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, fault: Fault) -> None:
        """Let something go wrong."""
        with self.lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        """Let everything work again."""
        with self.lock:
            self.waiting.clear()

    def taken(self, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        with self.lock:
            met = next((fault for fault in self.waiting if fault.method in ("", method) and path.startswith(fault.path)), None)
            if met is not None:
                met.times -= 1
                if met.times <= 0:
                    self.waiting.remove(met)
            return met
