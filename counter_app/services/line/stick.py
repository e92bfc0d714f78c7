"""The exchange with the province by a stick, where there is no line, or none just now: who may, and what is noted of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from counter_app.domain.errors import Problem
from counter_app.domain.people import Actor, Permission
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import require
from counter_app.services.line.history import note_pass
from counter_app.services.line.province import PassEnd, Ticket
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit

MEGABYTE = 1_000_000
USUAL_MB = 1000
"""How many megabytes of scans a file takes at most, unless something else is said."""


@dataclass(frozen=True, slots=True)
class StickWritten:
    """What a file for the province holds: ops, scans and their bytes. ``files_left`` are scans that had no room and go another time."""

    file: Path
    number: int
    ops: int
    files: int
    file_bytes: int
    files_left: int
    changes: Changes = Changes.of("outbox")  # noqa: RUF009  frozen


@dataclass(frozen=True, slots=True)
class StickRead:
    """What an answer brought: ``sent`` ops that the province has recorded, ``received`` changes, ``uploaded`` scans that it holds.

    ``trouble`` is what the province refused, of the whole relation or of a lane.
    """

    number: int
    sent: int = 0
    received: int = 0
    uploaded: int = 0
    enrolled: bool = False
    size: int = 0
    trouble: Problem | None = None
    changes: Changes = Changes.of("outbox", "dossiers")  # noqa: RUF009  frozen


class Stick(Protocol):
    """Both files of the exchange. Everything raises SurroundingsError SYNC_RUNNING while a pass runs, and the disk's."""

    def write(self, folder: Path, most_bytes: int, ticket: Ticket | None) -> StickWritten:
        """Write what the desk has to say into a folder; ``ticket`` for a computer that is to be enrolled by it.

        Raises:
            RuleBrokenError: NOT_ENROLLED, ENROLLED_ALREADY, PRACTICE_NO_PROVINCE; STICK_NO_KEY, the province takes no such files.
        """

    def read(self, folder: Path) -> StickRead:
        """Take the province's answer in a folder.

        Raises:
            RuleBrokenError: STICK_NOTHING, STICK_OTHER_DESK, STICK_OTHER_PROVINCE, STICK_OLD, STICK_TOO_NEW, NOT_ENROLLED; those of an
                enrolment.
            SurroundingsError: STICK_DAMAGED.
        """


class StickService:
    """The two verbs of the exchange by a stick, for whoever takes dossiers in: the file can be read by the province alone."""

    def __init__(self, database: Database, clock: Clock, stick: Stick, device: str) -> None:
        self._database = database
        self._clock = clock
        self._stick = stick
        self._device = device

    def write(self, folder: Path, actor: Actor, *, most_mb: int = USUAL_MB, ticket: Ticket | None = None) -> StickWritten:
        """Write what waits for the province into a folder; with a ticket, only whoever may enrol. Raises NOT_ALLOWED; as :class:`Stick`."""
        require(actor, Permission.MANAGE_DESK if ticket else Permission.RECEIVE)
        done = self._stick.write(folder, most_mb * MEGABYTE, ticket)
        self._audit(actor, "stick.written", {"number": done.number, "ops": done.ops, "files": done.files})
        return done

    def read(self, folder: Path, actor: Actor) -> StickRead:
        """Take the province's answer in a folder, and note it in the history of the line. Raises NOT_ALLOWED; as :class:`Stick`."""
        require(actor, Permission.RECEIVE)
        began = self._clock.now()
        done = self._stick.read(folder)
        end = PassEnd(done.sent, done.received, done.uploaded, bytes_down=done.size, contact=True, trouble=done.trouble)
        with self._database.write() as uow:
            note_pass(uow, self._device, began, self._clock.now(), end)
            uow.commit()
        self._audit(actor, "stick.read", {"number": done.number, "enrolled": done.enrolled})
        return done

    def _audit(self, actor: Actor, action: str, details: dict[str, object]) -> None:
        with self._database.write() as uow:
            write_audit(uow, self._clock.now(), actor.user_id, action, self._device, details)
            uow.commit()
