"""Real pictures of the window: a demonstration desk, a virtual screen, every page filled, in all looks.

``python -m bench.shots --out DIR [--few]``. Starts Xvfb by itself where there is no display. ``--few``: one look of each page.
Each look has a process of its own, as a clerk's window has.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.photographer import FEW, PASSWORD, Look, Photographer, day_clock, make_desk, screen

if TYPE_CHECKING:
    from ui.windows.desk import DeskRoom
    from ui.windows.frame import Frame

ALL = (
    *FEW, Look("dark", "vi", 1366, 768, 100), Look("light", "en", 1366, 768, 100), Look("light", "vi", 1366, 768, 150),
    Look("dark", "vi", 1366, 768, 150), Look("dark", "en", 1366, 768, 150), Look("high_contrast", "vi", 1366, 768, 100),
    Look("light", "vi", 1366, 690, 100), Look("light", "vi", 1920, 1080, 100), Look("dark", "en", 1920, 1080, 100),
    Look("dark", "vi", 1920, 1080, 150),
)


class Shots(Photographer):
    """Takes every page of the program in one look."""

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
        """Take every page that the window has; those that a clerk fills are filled."""
        from ui.desk_pages import ENTRIES

        frame = room.frame
        fillings = {"intake": self.fill_intake, "dossiers": self.fill_dossiers, "dossier": self.fill_dossier,
                    "hand_over": self.fill_hand_over, "returning": self.fill_returning,
                    "certification": self.fill_certification, "scanning": self.fill_scanning}
        for entry in ENTRIES:
            fillings.get(entry.page_id, partial(self.open_page, page_id=entry.page_id))(frame)
            self.keep(look, entry.page_id)
            if entry.page_id == "dossiers":
                frame.open("dossiers", query="nguyen")
                self.wait(700)
                self.keep(look, "dossiers-search")
            elif entry.page_id == "catalogue":
                frame.trigger("other_view")
                self.keep(look, "calendar")
            elif entry.page_id == "admin":
                self.sections(look, frame)
        self.dialogs(look, frame)

    def sections(self, look: Look, frame: Frame) -> None:
        """Take each tab of the administration."""
        from ui.pages.admin.sections import SECTIONS

        for section in SECTIONS:
            frame.open("admin", section=section.section_id)
            self.wait(700)
            self.keep(look, f"admin-{section.section_id}")

    def open_page(self, frame: Frame, page_id: str) -> None:
        """Open a page that fills itself."""
        frame.open(page_id)
        self.wait(900)

    def fill_dossiers(self, frame: Frame) -> None:
        """List all dossiers."""
        frame.open("dossiers", which="all")
        self.wait(700)

    def fill_dossier(self, frame: Frame) -> None:
        """Open the newest dossier."""
        frame.open("dossier", code=frame.context.counter.home.figures().recent[0].code)
        self.wait(700)

    def dialogs(self, look: Look, frame: Frame) -> None:
        """Take the windows over the desk."""
        from PySide6.QtCore import QCoreApplication, QRect
        from PySide6.QtWidgets import QApplication

        frame.context.notices.say(QCoreApplication.translate("DeskRoom", "Your new password is in force."), "accent")
        for action in ("palette", "help", "settings"):
            frame.trigger(action)
            if frame.window().help is not None:  # the screen may be wider than the picture
                frame.window().help.stand_within(QRect(0, 0, look.width, look.height))
            self.wait(900)
            self.keep(look, action)
            for window in (QApplication.activePopupWidget(), QApplication.activeModalWidget(), frame.window().help):
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

    photographer = Shots(QApplication([]), out, folder / "desk", day_clock(evening=True))
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
