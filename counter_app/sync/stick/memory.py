"""What a desk remembers of its files on sticks: how many it wrote, which wait for an answer, whether a ticket waits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

from counter_app.services.line.province import Ticket
from counter_app.services.ports import UnitOfWork

MOST_OPEN = 50
"""Files that may wait for an answer; older ones are lost for good, and what was in them is in the later ones."""


@dataclass(frozen=True, slots=True)
class Memory:
    """``written`` files, of which ``taken`` is the last one with an answer. ``waiting`` are the numbers by the SHA-256 of the head.

    ``ticket`` is that of an enrolment that no answer has completed yet.
    """

    written: int = 0
    taken: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    ticket: Ticket | None = None

    def with_ticket(self, ticket: Ticket) -> Memory:
        """Return it with the ticket of an enrolment that is to be asked for."""
        return replace(self, ticket=ticket)

    def with_file(self, digest: str) -> Memory:
        """Return it with one more file that was written."""
        newest = dict(list(self.waiting.items())[1 - MOST_OPEN:])
        return replace(self, written=self.written + 1, waiting={**newest, digest: self.written + 1})

    def answered(self, number: int, *, ticket: Ticket | None = None) -> Memory:
        """Return it after the answer to a file: those before it need none any more. ``ticket`` is one that is to be tried again."""
        later = {digest: each for digest, each in self.waiting.items() if each > number}
        return replace(self, taken=number, waiting=later, ticket=ticket)


def memory_of(uow: UnitOfWork, device: str) -> Memory:
    """Return what is remembered for a device."""
    stored = uow.settings.get(_key(device)) or {}
    ticket = stored.get("ticket")
    return Memory(
        int(stored.get("written", 0)), int(stored.get("taken", 0)), dict(stored.get("waiting", {})), Ticket(**ticket) if ticket else None)


def remember(uow: UnitOfWork, device: str, memory: Memory) -> None:
    """Store what is remembered for a device."""
    uow.settings.put(_key(device), asdict(memory))


def _key(device: str) -> str:
    return f"stick/{device}"
