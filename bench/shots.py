"""Real pictures of the window: a demonstration desk, a virtual screen, every page filled, in all looks.

``python -m bench.shots --out DIR [--few]``. Starts Xvfb by itself where there is no display. ``--few``: one look of each page.
Each look has a process of its own, as a clerk's window has.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counter_app.services.ports import Clock
    from ui.app import Program
    from ui.windows.desk import DeskRoom
    from ui.windows.frame import Frame

CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"
PASSWORD = "mat-khau-mau-1"
SCREEN = "1920x1080"
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
ALL = (
    *FEW, Look("dark", "vi", 1366, 768, 100), Look("light", "en", 1366, 768, 100), Look("light", "vi", 1366, 768, 150),
    Look("dark", "en", 1366, 768, 150), Look("high_contrast", "vi", 1366, 768, 100), Look("light", "vi", 1366, 690, 100),
    Look("light", "vi", 1920, 1080, 100), Look("dark", "en", 1920, 1080, 100), Look("dark", "vi", 1920, 1080, 150),
)


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
    from counter_app.services.demo_clock import DayClock

    return DayClock(local(2026, 11, 20, 15, 10) if evening else local(2026, 11, 20, 7, 20))


def make_desk(folder: Path) -> None:
    """Make a desk with a believable day behind it."""
    from counter_app.bootstrap import CreateDesk, create_desk, open_counter
    from counter_app.domain.people import Role
    from counter_app.services.demo import DemoDay
    from counter_app.services.users import NewUser

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
        self.ready = self.working = False

    def begin(self, look: Look, folder: Path) -> Program:
        """Start the program at the desk in ``folder``, and wait until its first screen can be used, however slow the PC is."""
        from ui.app import Program
        from ui.preferences import Preferences

        preferences = Preferences(folder.parent / f"{folder.name}-{look.name}.ini")
        preferences.theme, preferences.language, preferences.percent = look.theme, look.language, look.percent
        program = Program(self.application, folder, preferences, clock=self.clock)
        self.ready = self.working = False
        program.shown.connect(self._note_ready)
        program.tools.tasks.busy_changed.connect(self._note_work)
        program.start()
        program.window.setGeometry(0, 0, look.width, look.height)
        program.window.activateWindow()
        if not self._until(lambda: self.ready):
            raise TimeoutError(f"no screen could be used after {PATIENCE_S} s: {folder}")
        self.wait(900)
        return program

    def wait(self, milliseconds: int) -> None:
        """Let the program go on for so long, and then until nothing is being worked on."""
        self._go_on(milliseconds)
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

    def shoot(self, look: Look) -> None:
        """Take every page in one look."""
        program = self.begin(look, self.desk)
        self.keep(look, "login")
        program.enter(program.counter.login.login("clerk", PASSWORD))
        self.wait(900)
        self.pages(look, program.room)
        program.room.lock()
        self.keep(look, "lock")
        program.window.close()
        self.wait(50)

    def pages(self, look: Look, room: DeskRoom) -> None:
        """Take the pages of the desk."""
        frame = room.frame
        self.keep(look, "home")
        self.fill_intake(frame)
        self.keep(look, "intake")
        frame.open("dossiers", query="nguyen")
        self.wait(700)
        self.keep(look, "dossiers-search")
        frame.open("dossiers", which="all")
        self.wait(500)
        self.keep(look, "dossiers")
        code = room.frame.context.counter.home.figures().recent[0].code
        frame.open("dossier", code=code)
        self.wait(700)
        self.keep(look, "dossier")
        for page in ("returning", "hand_over"):
            frame.open(page)
            self.wait(700)
            self.keep(look, page)
        for page in ("books", "reports", "catalogue", "admin"):
            if frame.stack.has(page):
                frame.open(page)
                self.wait(900)
                self.keep(look, page)
        if frame.stack.has("catalogue"):
            frame.trigger("other_view")
            self.keep(look, "calendar")
        self.dialogs(look, frame)

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

    def dialogs(self, look: Look, frame: Frame) -> None:
        """Take the windows over the desk."""
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtWidgets import QApplication

        frame.context.notices.say(QCoreApplication.translate("DeskRoom", "Your new password is in force."), "accent")
        for action in ("palette", "help", "settings"):
            frame.trigger(action)
            self.wait(900)
            self.keep(look, action)
            for window in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
                if window is not None:
                    window.close()
            self.wait(50)

    def setup(self, look: Look) -> None:
        """Take the first start, in a folder without a desk."""
        program = self.begin(look, self.desk.parent / "bare")
        for step in (1, 2, 3):
            self.keep(look, f"setup-{step}")
            if step < 3:
                program.window.screen_shown.go_on()
        program.window.close()
        program.deleteLater()
        self.wait(50)


def shoot(look: Look, out: Path, folder: Path) -> None:
    """Take all pictures of one look; runs in a process of its own."""
    from PySide6.QtWidgets import QApplication

    photographer = Photographer(QApplication([]), out, folder / "desk", day_clock(evening=True))
    photographer.shoot(look)
    photographer.setup(look)
    for path in photographer.taken:
        print(path, flush=True)


def main() -> int:
    reader = argparse.ArgumentParser(prog="bench.shots", description=__doc__)
    reader.add_argument("--out", type=Path, default=Path("out/shots"))
    reader.add_argument("--few", action="store_true")
    reader.add_argument("--only", metavar="LOOK", help="a part of the looks' names")
    reader.add_argument("--desk", type=Path, help=argparse.SUPPRESS)
    found = reader.parse_args()
    looks = [look for look in (FEW if found.few else ALL) if found.only is None or found.only in look.name]
    if found.desk:
        shoot(looks[0], found.out, found.desk)
        return 0
    with tempfile.TemporaryDirectory() as place, screen():
        folder = Path(place)
        os.environ["COUNTER_STATE_DIR"], os.environ["COUNTER_KEY_FILE"] = str(folder / "state"), str(folder / "desk.key")
        make_desk(folder / "desk")
        for look in looks:
            command = [sys.executable, "-m", "bench.shots", "--out", str(found.out), "--only", look.name, "--desk", str(folder)]
            code = subprocess.run(command, check=False).returncode
            if code != 0:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
