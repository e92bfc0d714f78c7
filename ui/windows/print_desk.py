"""What the room of a clerk has to do with paper: the worker, the word that a paper did not come out, the queue's dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.domain.registers import FAILED
from counter_app.services.documents.print_queue import QueueLine
from ui import paper_folder
from ui.context import Tools
from ui.dialogs.print_queue import PrintQueueDialog
from ui.papers import Papers, open_word
from ui.print_worker import PrintWorker
from ui.printing import print_pdf
from ui.windows.frame import Frame

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter


class PrintDesk(QObject):
    """Prints from log-in to log-out, whatever frame is shown. ``settings_wanted`` when another printer is to be chosen."""

    settings_wanted = Signal()

    def __init__(self, tools: Tools, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = tools.notices
        self._frame: Frame | None = None
        self._papers: Papers | None = None
        self.worker = PrintWorker(counter.print_queue, tools.tasks, print_pdf, self)
        self.worker.changed.connect(self._show_matter)
        self.worker.gave_up.connect(self._tell)
        paper_folder.empty()
        self.worker.start()

    def attach(self, frame: Frame) -> None:
        """Speak in this frame from now on."""
        self._frame, self._papers = frame, Papers(frame.context, frame)
        self._show_matter(self.worker.lines)

    def show_queue(self) -> None:
        """Open the dialog."""
        if self._frame is not None:
            dialog = PrintQueueDialog(self._frame.context, self.worker, self._frame)
            dialog.settings_wanted.connect(self.settings_wanted)
            dialog.open()

    def close(self) -> None:
        """Print nothing more, and leave no paper behind in the viewer's folder."""
        self.worker.stop()
        paper_folder.empty()

    def _tell(self, line: QueueLine) -> None:
        words = self.tr("{code} was not printed. {message}").format(code=line.code, message=line.job.message)
        if self._papers is not None:
            self._notices.say(words, "danger", undo=partial(self._papers.open, line.job.print_id), undo_text=open_word())

    def _show_matter(self, lines: tuple[QueueLine, ...]) -> None:
        """Keep a banner above every page as long as a paper has not come out."""
        if self._frame is None:
            return
        failed = [line for line in lines if line.job.state == FAILED]
        troubled = failed or [line for line in lines if line.job.message]
        if not troubled:
            self._frame.say_above("", "")
            return
        codes = ", ".join(line.code for line in troubled[:3]) + (" …" if len(troubled) > 3 else "")
        words = self.tr("Not printed: {codes}.") if failed else self.tr("Not printed yet, it is tried again: {codes}.")
        sentence = f"{words.format(codes=codes)} {troubled[-1].job.message}"
        self._frame.say_above("danger" if failed else "warning", sentence, action=self.tr("Print queue"), action_id="print_queue")
