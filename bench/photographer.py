"""A demonstration desk, a virtual screen, and somebody who leads the program through it: for the pictures of every page and of the manual.

Each look has a process of its own, as a clerk's window has. Scenes reach into the window's parts as a test does.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counter_app.services.ports import Clock
    from ui.app import Program
    from ui.windows.frame import Frame

CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"
PASSWORD = "mat-khau-mau-1"
CERTIFIED = (("Bằng tốt nghiệp trung học", 1, 3), ("Thẻ căn cước", 2, 5), ("Học bạ trung học phổ thông", 12, 2))
"""Papers of a visit: name, pages, copies."""
STACK = (("slip", 0), ("text", 1), ("text", 2), ("stamp", 3), ("slip", 1), ("text", 4), ("text", 5), ("slip", 2), ("text", 6), ("stamp", 7))
"""Sheets of a copied stack: kind and number, a slip before the papers of its dossier."""
SCREEN = "1920x1080"
LEAST_PAUSE_MS = 350
"""What a page needs to have looked at what was typed."""
PATIENCE_S = 60
"""How long a slow PC may take to open the desk, or to finish what a page asked for."""


@dataclass(frozen=True)
class Look:
    """One way the window can look."""

    theme: str
    language: str
    width: int
    height: int
    percent: int

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}x{self.height}-{self.percent}"


FEW = (Look("light", "vi", 1366, 768, 100),)


@contextlib.contextmanager
def screen() -> Iterator[None]:
    """Give this process a display, its own virtual one where there is none."""
    if os.environ.get("DISPLAY"):
        yield
        return
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{SCREEN}x24", "-nolisten", "tcp"], pass_fds=[writer],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            os.environ["DISPLAY"] = f":{answer.readline().strip()}"
        yield
    finally:
        server.terminate()
        server.wait()


def day_clock(*, evening: bool) -> Clock:
    """Return the clock of the day of the pictures, before it opens or at the hour the pictures are taken."""
    from counter_app.domain.moments import local
    from counter_app.services.demo.clock import DayClock

    return DayClock(local(2026, 11, 20, 15, 10) if evening else local(2026, 11, 20, 7, 20))


def make_desk(folder: Path) -> None:
    """Make a desk with a believable day behind it."""
    from counter_app.bootstrap import CreateDesk, create_desk, open_counter
    from counter_app.domain.people import Role
    from counter_app.services.demo.day import DemoDay
    from counter_app.services.people.users import NewUser

    clock = day_clock(evening=False)
    wish = CreateDesk("H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2", full_name="Lý Thị Mẫu Đơn", title="Cán bộ một cửa, quầy 2",
                      password=PASSWORD, phone="0261 000 0000", address="Thôn Mẫu 1, xã Đắk Mil, tỉnh Lâm Đồng", unattended=True)
    create_desk(wish, folder, clock=clock)
    counter = open_counter(folder, clock=clock)
    actor = counter.login.acting("", "")
    for login, name, title, role in (("thuchanh", "Vũ Văn Thực Hành", "Hộ tịch", Role.CLERK),
                                     ("giadinh", "Hoàng Thị Giả Định", "Phó Chủ tịch, ký chứng thực", Role.HEAD),
                                     ("quantri", "Đỗ Thị Thí Điểm", "Quản trị", Role.ADMINISTRATOR)):
        counter.users.add(NewUser(login, name, role, title, PASSWORD), actor)
    DemoDay(counter, clock).run(actor, 60, until=day_clock(evening=True).now())
    counter.close()


class Photographer:
    """Leads the program from page to page and keeps what the screen shows."""

    def __init__(self, application: QApplication, folder: Path, desk: Path, clock: Clock) -> None:
        self.application, self.folder, self.desk, self.clock = application, folder, desk, clock
        self.taken: list[Path] = []
        self.pace = 1.0
        """Of the pauses between two steps, down to ``LEAST_PAUSE_MS``: whoever looks at words and not at pictures needs shorter ones."""
        self.ready = self.working = False

    def begin(self, look: Look, folder: Path) -> Program:
        """Start the program at the desk in ``folder``, and wait until its first screen can be used, however slow the PC is."""
        from PySide6.QtCore import Qt

        from ui.app import Program
        from ui.preferences import Preferences

        preferences = Preferences(folder.parent / f"{folder.name}-{look.name}.ini")
        preferences.theme, preferences.language, preferences.percent = look.theme, look.language, look.percent
        program = Program(self.application, folder, preferences, clock=self.clock)
        self.ready = self.working = False
        program.shown.connect(self._note_ready)
        program.tools.tasks.busy_changed.connect(self._note_work)
        program.start()
        program.window.setWindowState(Qt.WindowState.WindowNoState)  # on a small screen it fills it
        program.window.setGeometry(0, 0, look.width, look.height)
        program.window.activateWindow()
        if not self._until(lambda: self.ready):
            raise TimeoutError(f"no screen could be used after {PATIENCE_S} s: {folder}")
        program.tools.keeping.stop()  # what it tells after a minute would stand in some pictures and not in others
        self.wait(900)
        return program

    def wait(self, milliseconds: int) -> None:
        """Let the program go on for so long, and then until nothing is being worked on."""
        self._go_on(min(milliseconds, max(round(milliseconds * self.pace), LEAST_PAUSE_MS)))
        self._until(lambda: not self.working)

    def _until(self, reached: Callable[[], bool]) -> bool:
        latest = time.monotonic() + PATIENCE_S
        while not reached() and time.monotonic() < latest:
            self._go_on(20)
        return reached()

    def _go_on(self, milliseconds: int) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _note_ready(self) -> None:
        self.ready = True

    def _note_work(self, working: bool) -> None:
        self.working = working

    def keep(self, look: Look, page: str) -> None:
        """Save what the screen shows of the window."""
        self.wait(250)
        path = self.folder / look.name / f"{page}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.application.primaryScreen().grabWindow(0, 0, 0, look.width, look.height).save(str(path))
        self.taken.append(path)

    def fill_intake(self, frame: Frame) -> None:
        """Fill the form as a clerk would: three letters, the card, all papers present."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        frame.open("intake")
        self.wait(700)
        field = frame.findChild(QLineEdit, "procedure_code")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "tinh trang hon", delay=60)  # slower than a reader
        self.wait(400)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait(300)
        frame.search(CARD)
        self.wait(200)
        frame.trigger("all_papers")
        self.wait(1500)

    def fill_hand_over(self, frame: Frame) -> None:
        """Scan slips, as a clerk does before the officer takes the papers."""
        from counter_app.domain.dossier import Status
        from counter_app.services.ports import ListFilter

        frame.open("hand_over")
        self.wait(600)
        rows = frame.context.counter.dossiers.list(ListFilter.ALL, frame.context.session.actor).rows
        for code in [row.code for row in rows if row.status is Status.RECEIVED][:3]:
            frame.search(code)
            self.wait(400)

    def fill_returning(self, frame: Frame) -> None:
        """Scan the slip of a result that waits to be collected."""
        from counter_app.services.ports import ListFilter

        frame.open("returning")
        self.wait(600)
        for row in frame.context.counter.dossiers.list(ListFilter.RESULT_WAITING, frame.context.session.actor).rows[:1]:
            frame.search(row.code)
            self.wait(900)

    def fill_certification(self, frame: Frame) -> None:
        """Type a visit of three papers."""
        from counter_app.domain.scan import meaning

        frame.open("certification")
        self.wait(800)
        page: Any = frame.stack.page
        page.take_scan(meaning(CARD, self.clock.now().date()))
        for name, pages, copies in CERTIFIED:
            entry = page._lines.entry
            entry.name.setText(name)
            entry.pages.setText(str(pages))
            entry.copies.setText(str(copies))
            entry.entered.emit()
        self.wait(300)

    def fill_scanning(self, frame: Frame) -> None:
        """Take in a stack from the folder of a copier; a look after the first one finds it open."""
        folder = self.desk.parent / "Máy photo tầng 1"
        first = not folder.exists()
        if first:
            copied_stack(folder)
        counter = frame.context.counter
        administrator = counter.login.login("quantri", PASSWORD).actor
        frame.context.preferences.scanner = counter.scanner_places.add(f"folder:{folder}", administrator)
        frame.open("scanning")
        self.wait(2500)
        if first:
            frame.trigger("scan_stack")
            self.wait(1500)
        page: Any = frame.stack.page
        page.strip.choose(page.strip.sets[0].pages[1].page_id)
        page.strip.setFocus()
        self.wait(1500)
        self.quiet(frame)

    def quiet(self, frame: Frame) -> None:
        """Take the passing notices away, where they are not what the picture is about."""
        for toast in tuple(frame.toasts.toasts):
            frame.toasts.remove(toast)


def copied_stack(folder: Path) -> None:
    """Write what a copier scanned: three slips with their papers, a file each."""
    from bench import sheets

    folder.mkdir()
    for number, (kind, which) in enumerate(STACK, start=1):
        sheets.save(sheets.sheet(kind, which), folder / f"quet-{number:03d}.png")
