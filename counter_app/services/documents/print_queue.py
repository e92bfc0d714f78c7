"""The print queue: it outlives the program, tries three times and never loses a slip silently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.registers import CANCELLED, FAILED, PRINTED, PRINTING, WAITING, PrintJob
from counter_app.domain.text import tidy
from counter_app.services.documents.slips import SlipService, code_on
from counter_app.services.ports import Clock, Database, UnitOfWork

MOST_TRIES = 3
LONGEST_MESSAGE = 200
THERMAL = "escpos:"
"""What the name of a receipt printer begins with: ``escpos://host:9100``, ``escpos:/dev/usb/lp0``, ``escpos:\\\\PC\\share``."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A job as people see it: which dossier's paper it is, and which print of it."""

    job: PrintJob
    code: str
    issue: int


def queued(print_id: str, printer: str, copies: int, at: datetime, *, device: str) -> PrintJob:
    """Return a new job of a counter; an empty ``printer`` is the system's own.

    A document holds both copies of a slip: it goes to paper once.
    """
    return PrintJob(new_id(at), print_id, printer, copies, WAITING, at, device=device)


class PrintQueue:
    """Jobs of one counter that wait for a printer; other counters of the same database have their own.

    One program at a time prints; a job it was printing when it died waits again after :meth:`begin`.
    """

    def __init__(self, database: Database, clock: Clock, slips: SlipService, device: str) -> None:
        self._database = database
        self._clock = clock
        self._slips = slips
        self._device = device

    def begin(self) -> None:
        """Let jobs that were being printed when the program ended wait again: nobody knows whether the paper came out."""
        with self._database.write() as uow:
            for job in self._in_order(uow):
                if job.state == PRINTING:
                    uow.prints.update_job(replace(job, state=WAITING))
            uow.commit()

    def add(self, print_id: str, printer: str, copies: int = 1) -> PrintJob:
        """Queue a stored print.

        Raises:
            RuleBrokenError: PRINT_UNKNOWN.
        """
        with self._database.write() as uow:
            if uow.prints.get(print_id) is None:
                raise broken("PRINT_UNKNOWN")
            job = queued(print_id, printer, copies, self._clock.now(), device=self._device)
            uow.prints.add_job(job)
            uow.commit()
        return job

    def next(self) -> tuple[PrintJob, bytes] | None:
        """Take the oldest waiting job and its document; None when nothing waits. Looking costs no write."""
        with self._database.read() as uow:
            if not any(job.state == WAITING for job in self._in_order(uow)):
                return None
        with self._database.write() as uow:
            job = next((job for job in self._in_order(uow) if job.state == WAITING), None)
            if job is None:
                return None
            job = replace(job, state=PRINTING, tries=job.tries + 1)
            uow.prints.update_job(job)
            uow.commit()
        return job, self._slips.document(job.print_id)

    def printed(self, job_id: str) -> None:
        """Note that the paper came out. Raises JOB_GONE."""
        self._move(job_id, PRINTED)

    def failed(self, job_id: str, message: str) -> PrintJob:
        """Note a failure; the job waits again until it has failed three times, then it stays visible as failed. Raises JOB_GONE."""
        with self._database.write() as uow:
            job = _job(uow, job_id)
            job = replace(job, state=FAILED if job.tries >= MOST_TRIES else WAITING, message=tidy(message)[:LONGEST_MESSAGE])
            uow.prints.update_job(job)
            uow.commit()
        return job

    def retry(self, job_id: str, printer: str = "") -> None:
        """Let a failed job wait again from the first try, for another printer where one is named. Raises JOB_GONE."""
        self._move(job_id, WAITING, printer)

    def cancel(self, job_id: str) -> None:
        """Give a job up; its document stays stored. Raises JOB_GONE."""
        self._move(job_id, CANCELLED)

    def open(self) -> list[PrintJob]:
        """Return the jobs that wait, print or have failed, oldest first."""
        with self._database.read() as uow:
            return self._in_order(uow)

    def lines(self) -> list[QueueLine]:
        """Return the same jobs with the codes of their dossiers."""
        with self._database.read() as uow:
            forms = [(job, uow.prints.get(job.print_id)) for job in self._in_order(uow)]
        return [QueueLine(job, code_on(form), form.issue) for job, form in forms if form is not None]

    def _in_order(self, uow: UnitOfWork) -> list[PrintJob]:
        ours = (job for job in uow.prints.open_jobs() if job.device in (self._device, ""))
        return sorted(ours, key=lambda job: (job.queued_at, job.job_id))

    def _move(self, job_id: str, state: str, printer: str = "") -> None:
        with self._database.write() as uow:
            job = _job(uow, job_id)
            tries = 0 if state == WAITING else job.tries
            uow.prints.update_job(replace(job, state=state, message="", tries=tries, printer=printer or job.printer))
            uow.commit()


def _job(uow: UnitOfWork, job_id: str) -> PrintJob:
    job = next((job for job in uow.prints.open_jobs() if job.job_id == job_id), None)
    if job is None:
        raise broken("JOB_GONE")
    return job
