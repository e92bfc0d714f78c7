"""Takes queued papers to the printer, one at a time, off the window's thread, for as long as somebody is at the desk.

It looks when something was queued, when it starts (papers that a killed program left behind go on) and every half minute. A failed try
waits for the next look; after the third one the paper stays in the queue until a person deals with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import DeskError
from counter_app.domain.registers import FAILED, PRINTED, WAITING, PrintJob
from counter_app.services.changes import Changes
from counter_app.services.documents.print_queue import PrintQueue, QueueLine
from ui.background import Task, TaskRunner
from ui.notices import sentences_of

LOOK_MS = 30_000
TITLE = "Quầy Một Cửa"
"""What the system's own queue calls our papers: other people of the computer may read it there."""

Printer = Callable[[bytes, str, int, str], None]
"""The shape of :func:`ui.printing.print_pdf`."""


def print_next(queue: PrintQueue, printer: Printer) -> PrintJob | None:
    """Print the oldest waiting job and note what came of it; return it as it is then, None when nothing waits.

    All of it runs on one worker thread, so that a paper that came out is noted as printed also when the window goes meanwhile.

    Raises:
        DeskError: the database is not to be had; the job is then taken up at the next start.
    """
    found = queue.next()
    if found is None:
        return None
    job, pdf = found
    try:
        printer(pdf, job.printer, job.copies, TITLE)
    except DeskError as error:
        return queue.failed(job.job_id, sentences_of(error))
    queue.printed(job.job_id)
    return replace(job, state=PRINTED)


class PrintWorker(QObject):
    """``changed`` carries the open papers (tuple of QueueLine) after each change, ``gave_up`` a line whose third try failed."""

    changed = Signal(object)
    gave_up = Signal(object)

    def __init__(self, queue: PrintQueue, tasks: TaskRunner, printer: Printer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue, self._tasks, self._printer = queue, tasks, printer
        self._task: Task | None = None
        self._again, self._stopped = False, False
        self._given_up: set[str] = set()
        self.lines: tuple[QueueLine, ...] = ()
        tasks.changed.connect(self._note_changes)
        tasks.crashed.connect(self._note_crash)
        self._ticker = QTimer(self)
        self._ticker.setInterval(LOOK_MS)
        self._ticker.timeout.connect(self.look)

    def start(self) -> None:
        """Begin with what was left behind."""
        self._ticker.start()
        self.refresh()
        self.look()

    def stop(self) -> None:
        """Take nothing more; what is on its way to the printer gets there."""
        self._ticker.stop()
        self._stopped = True

    def look(self) -> None:
        """Print what waits, unless a paper is on its way: then look again afterwards."""
        if self._task is not None or self._stopped:
            self._again = True
            return
        self._again = False
        self._task = self._tasks.run_slow(print_next, self._queue, self._printer, done=self._note, failed=self._rest)

    def refresh(self) -> None:
        """Tell anew what is in the queue."""
        self._tasks.run(self._lines, done=self._tell, key="print queue")

    def _lines(self) -> tuple[QueueLine, ...]:
        return tuple(self._queue.lines())

    def _note(self, job: PrintJob | None) -> None:
        self._task = None
        if job is not None:
            if job.state == FAILED:
                self._given_up.add(job.job_id)
            self.refresh()
        if self._again or (job is not None and job.state != WAITING):
            self.look()

    def _rest(self, _: DeskError) -> None:
        """The database is busy or gone: whoever types something is told, here the next look will do."""
        self._task = None

    def _tell(self, lines: tuple[QueueLine, ...]) -> None:
        self.lines = lines
        self.changed.emit(lines)
        for line in lines:
            if line.job.job_id in self._given_up:
                self._given_up.discard(line.job.job_id)
                self.gave_up.emit(line)

    def _note_changes(self, changes: Changes) -> None:
        if changes.touch("prints") and not self._stopped:
            self.refresh()
            self.look()

    def _note_crash(self, error: Exception) -> None:
        """A bug on the way to the printer: the others still get their paper; this one stays in the list as being printed."""
        if self._task is not None and self._task.error is error:
            self._task = None
            self.refresh()
