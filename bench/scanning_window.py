"""A stack comes to the window's own page, which shows it on no screen, and is filed there: how soon a page is seen, what memory it takes.

``python -m bench.scanning_window FOLDER DPI PAGES PLACE``. The pages of the folder come over and over; ``PLACE`` is an empty folder for
the desk. Prints as JSON ``ms``, from a page being whole on the disk to its thumbnail being painted, for each page; ``mib``, the memory
before the first page, the most while pages come, and the most ever, filing included; ``filed``, how many pages became a file.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bench.moment import AGENCY, LOGIN, PASSWORD, StandingClock
from bench.weight import memory, most_memory
from counter_app.bootstrap import Counter, CreateDesk, create_desk, open_counter
from counter_app.domain.dossier import Applicant, ApplicantKind
from counter_app.domain.people import Actor
from counter_app.domain.scan_profile import Abilities
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd, FeedWatch, ScanJob, ScannedPage
from ui.background import TaskRunner
from ui.context import DeskContext
from ui.heap import share_heap
from ui.notices import Notices
from ui.preferences import Preferences
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.pages.scanning import ScanningPage

LONGEST_S = 900
WIDTH, HEIGHT = 1182, 664
"""What a page has of a screen of 1366 × 768."""
PERSON = Applicant(ApplicantKind.PERSON, "Trần Thị Ví Dụ", "067190000123", address="Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng")


class Copier:
    """A scanner that gives pictures from a folder as quickly as they are taken; ``whole`` is when the last one was."""

    way = "copy"

    def __init__(self, pages: Sequence[ScannedPage], count: int) -> None:
        self._pages, self._count, self.whole = pages, count, 0.0

    def devices(self) -> tuple[Device, ...]:
        """Return the one."""
        return (Device("copy:1", "Máy quét thử", self.way),)

    def abilities(self, _device: str) -> Abilities:
        """Return nothing: it takes no wishes."""
        return Abilities((), (), (), {})

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Copy page after page."""
        for at, page in enumerate(islice(cycle(self._pages), self._count), start=job.first):
            path = job.folder / f"page-{at:04d}{page.path.suffix}"
            shutil.copyfile(page.path, path)
            self.whole = time.perf_counter()
            watch.arrived(replace(page, path=path, ordinal=at))
        return FeedEnd(self._count)


class Nowhere:
    """A navigator of a window with one page."""

    def open(self, page_id: str, **arguments: object) -> None:
        """Stay."""

    def back(self) -> None:
        """Stay."""


class Sitting:
    """Somebody at the page: scans a stack for a dossier and files it."""

    def __init__(self, page: ScanningPage, feeder: Copier) -> None:
        self._page, self._feeder = page, feeder
        self.took_ms: list[float] = []
        page.seat.arriving.connect(self._note)

    def _note(self, _thumb: bytes) -> None:
        self._page.strip.repaint()
        self.took_ms.append(1000 * (time.perf_counter() - self._feeder.whole))

    def do(self, action_id: str, done: Callable[[], bool]) -> None:
        """Do something once it can be done, and wait until it is."""
        wait_until(lambda: self._page.why_not(action_id) is None)
        self._page.trigger(action_id)
        wait_until(done)


def wait_until(reached: Callable[[], bool]) -> None:
    """Let the window go on until something holds; ends the program where it never does."""
    loop, latest = QEventLoop(), time.monotonic() + LONGEST_S
    while not reached():
        if time.monotonic() > latest:
            raise TimeoutError("the page never got there")
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def desk_at(place: Path) -> tuple[Counter, Actor, str]:
    """Return a new desk, its person, and the code of a dossier that was received there."""
    os.environ |= {
        "COUNTER_STATE_DIR": str(place / "state"), "COUNTER_KEY_FILE": str(place / "desk.key"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    clock = StandingClock()
    create_desk(CreateDesk(AGENCY, "Xã Đắk Mil", "Lâm Đồng", "2", password=PASSWORD, unattended=True), place / "desk", clock=clock)
    counter = open_counter(place / "desk", clock=clock)
    actor = counter.login.acting(LOGIN, PASSWORD)
    return counter, actor, counter.intake.receive(ReceiveDossier(procedure_code="1.004873", applicant=PERSON), actor).code


def main(arguments: Sequence[str]) -> None:
    """Run."""
    from PIL import Image

    folder, dpi, count, place = Path(arguments[0]), int(arguments[1]), int(arguments[2]), Path(arguments[3])
    pages = []
    for path in sorted(folder.iterdir()):
        with Image.open(path) as picture:
            pages.append(ScannedPage(path, dpi, "front", 1, picture.size))
    share_heap()
    application = QApplication([])
    counter, actor, code = desk_at(place)
    feeder, tasks = Copier(pages, count), TaskRunner()
    context = DeskContext(
        replace(counter, scanning=DeviceService(lambda: [feeder])), counter.login.session_of(actor), tasks, Theme(application), Notices(),
        Nowhere(), Preferences(place / "window.ini"))

    from ui.pages.scanning import ScanningPage

    page = ScanningPage(context)
    page.resize(WIDTH, HEIGHT)
    page.show()
    page.activate(code=code)
    sitting = Sitting(page, feeder)
    wait_until(lambda: page.why_not("scan_stack") is None)
    mib = {"before": memory()}
    sitting.do("scan_stack", lambda: len(sitting.took_ms) == count and page.seat.listener is None)
    mib["coming"] = most_memory()
    sitting.do("file_stack", lambda: not page.seat.filing and page.why_not("file_stack") is not None)
    mib["most"] = most_memory()
    (paper,) = counter.paper.library.of_dossier(code, actor)
    print(json.dumps({"ms": sitting.took_ms, "mib": mib, "filed": paper.pages}))
    page.close()
    tasks.stop()
    counter.close()


if __name__ == "__main__":
    main(sys.argv[1:])
