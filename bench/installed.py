"""What a commune's PC gets: how large it is, how long it takes to build, to install and until the first slip, and how quickly it starts.

Looks at what ``make installer-debian installer-windows`` left in ``dist``, and at the bare Debian 12 that ``make installer-check`` left in
``build``, where the program is installed and started anew. What isn't there is not measured, and the page says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measure import spread
from bench.report import Line, Table
from bench.startup import PROBE, SCREEN, quiet_place, run_to_end, virtual_screen
from bench.work import Work
from installer.package.__main__ import SECONDS
from installer.package.parts import ROOT
from installer.package.payload import version
from installer.verify import Installed, take_first

MB = 1e6
INSTALLS, STARTS = 3, 10
NAME = "quay-mot-cua"
DESK = "/tmp/desk"
STAND = f"opt/{NAME}/versions"
START = "import ui, runpy; runpy.run_path('/tmp/probe.py', run_name='__main__')"
"""The program's own start with the probe at its side; ``ui`` first, as in the installed command."""
METHOD = (
    "The installers of this checkout, and the .deb in a bare Debian 12 (debootstrap, what the package depends on is there already). An "
    "installation is `dpkg -i`, flushed to the disk; then a desk is set up and a dossier taken in by the installed command, until its slip "
    f"lies there as PDF. A start is that of the installed window to its painted login on Xvfb {SCREEN}, with that desk; cold: no file of "
    "the bare system, program and libraries alike, is in the page cache."
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a checkout has built: installers in ``dist``, parts and times in ``build/package``."""

    root: Path

    def installer(self, ending: str) -> Path:
        """Return where the installer of this version with a file name's end lies, built or not."""
        name = f"{NAME}_{version()}_amd64.deb" if ending == "deb" else f"{NAME}-{version()}-x64.{ending}"
        return self.root / "dist" / name

    def sizes(self) -> Iterator[Line]:
        """Give what is there: each installer, and what lies on the PC afterwards."""
        laid = self.root / "build" / "package"
        for ending, words in (("deb", "package for Debian and Ubuntu"), ("exe", "set-up program for Windows"), ("msi", "MSI for Windows")):
            if (path := self.installer(ending)).is_file():
                yield Line(words, path.stat().st_size / MB, "MB")
        for folder, system in ((laid / "deb" / "opt", "Debian"), (laid / "stand", "Windows")):
            if folder.is_dir():
                yield Line(f"installed on {system}", sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / MB, "MB")
        for kind in ("debian", "windows"):
            if (path := laid / SECONDS.format(kind=kind)).is_file():
                yield Line(f"building for {kind.title()}, the last time", float(path.read_text()), "s")


@dataclass(frozen=True, slots=True)
class Bare:
    """A bare system in a folder of this one."""

    root: Path

    def missing(self, package: Path) -> str:
        """Return why nothing can be installed there, empty where it can."""
        if not package.is_file():
            return "no .deb was built (make installer-debian)"
        if not (self.root / "usr").is_dir():
            return "there is no bare system (make installer-check)"
        return "" if os.geteuid() == 0 else "only root can work in the bare system"

    def install(self, package: Path) -> float:
        """Install a package of which nothing is there; return the seconds."""
        shutil.copy(package, self.root / "tmp" / "package.deb")
        subprocess.run(self._words("dpkg", "--purge", NAME), check=True, capture_output=True)
        start = time.perf_counter()
        subprocess.run(self._words("dpkg", "-i", "/tmp/package.deb"), check=True, capture_output=True)
        return time.perf_counter() - start

    def first_slip(self) -> float:
        """Set a desk up and take a dossier in; return the seconds to its slip.

        Raises:
            RuntimeError: there is no slip; what the program said.
        """
        folder = self.root / DESK[1:]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        start = time.perf_counter()
        answer = take_first(Installed("/usr/bin/counter", tuple(self._words()), folder, DESK))
        seconds = time.perf_counter() - start
        if not (folder / "first.pdf").is_file():
            raise RuntimeError(answer.stdout[-2000:])
        return seconds

    def start(self, screen: str, log: Path) -> float:
        """Start the installed window at the desk that was set up; return the milliseconds to its painted login."""
        shutil.copy(PROBE, self.root / "tmp" / "probe.py")
        out = self.root / "tmp" / "probe.out"
        out.unlink(missing_ok=True)
        surroundings = quiet_place(Path(DESK), screen) | {
            "PATH": os.environ["PATH"], "COUNTER_STATE_DIR": f"{DESK}/state", "COUNTER_KEY_FILE": f"{DESK}/desk.key"}
        python = f"/{STAND}/{version()}/bin/python3.11"
        ended = run_to_end(
            self._words(python, "-X", "utf8", "-c", START, "/tmp/probe.out", "PySide6", "ui.__main__:main", "--data-dir", f"{DESK}/first"),
            surroundings, log)
        return (int(out.read_text()) - ended.started) / 1e6

    def forget(self) -> None:
        """Put every file of the system out of the page cache."""
        os.sync()
        for path in self.root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def _words(self, *words: str) -> list[str]:
        return ["chroot", str(self.root), *words]


def run(work: Work) -> Table:
    """Measure what there is."""
    built, bare = Built(ROOT), Bare(ROOT / "build" / "bare-bookworm")
    lines, notes = list(built.sizes()), []
    if why := bare.missing(built.installer("deb")):
        notes.append(f"Installing and starting: not measured, {why}.")
    else:
        lines += _installed(work, bare, built.installer("deb"))
    if not built.installer("exe").is_file():
        notes.append("Windows: not measured, no set-up program was built (make installer-windows).")
    return Table("installed", "What a commune's PC gets", METHOD, tuple(lines), tuple(notes))


def _installed(work: Work, bare: Bare, package: Path) -> list[Line]:
    installs, slips, cold, warm = [], [], [], []
    for _ in range(work.times(INSTALLS)):
        installs.append(bare.install(package))
        slips.append(bare.first_slip())
    with virtual_screen() as screen, work.folder("installed") as place:
        for _ in range(work.times(STARTS)):
            bare.forget()
            cold.append(bare.start(screen, place / "log"))
            warm.append(bare.start(screen, place / "log"))
    whole = [install + slip for install, slip in zip(installs, slips, strict=True)]
    return [
        Line("installing on Debian 12", spread(installs), "s"), Line("from the fresh installation to the first slip", spread(slips), "s"),
        Line("both together", spread(whole), "s"), Line("cold start to the login painted", spread(cold)),
        Line("warm start to the login painted", spread(warm)),
    ]
