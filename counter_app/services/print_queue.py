"""The print queue: it outlives the program, tries three times and never loses a slip silently."""

from __future__ import annotations

from counter_app.domain.registers import PrintJob
from counter_app.services.ports import Clock, Database
from counter_app.services.slips import SlipService


class PrintQueue:
    """Jobs that wait for a printer."""

    def __init__(self, database: Database, clock: Clock, slips: SlipService) -> None:
        self._database = database
        self._clock = clock
        self._slips = slips

    def add(self, print_id: str, printer: str, copies: int = 1) -> PrintJob:
        """Queue a stored print."""
        raise NotImplementedError

    def next(self) -> tuple[PrintJob, bytes] | None:
        """Take the oldest waiting job and its document; None when nothing waits."""
        raise NotImplementedError

    def printed(self, job_id: str) -> None:
        """Note that the paper came out."""
        raise NotImplementedError

    def failed(self, job_id: str, message: str) -> PrintJob:
        """Note a failure; the job waits again until it has failed three times, then it stays visible as failed."""
        raise NotImplementedError

    def retry(self, job_id: str) -> None:
        """Let a failed job wait again from the first try."""
        raise NotImplementedError

    def cancel(self, job_id: str) -> None:
        """Give a job up; its document stays stored."""
        raise NotImplementedError

    def open(self) -> list[PrintJob]:
        """Return the jobs that wait, print or have failed, oldest first."""
        raise NotImplementedError
