"""Prepare a checkout: system libraries, virtual environment, locked dependencies.

Runs with any bare Python 3.11 or newer, standard library only, because it runs before anything is installed::

    python3 installer/prepare.py run    # what `make run` needs
    python3 installer/prepare.py test   # that, and the tools and servers of the tests
    python3 installer/prepare.py package   # that of `run`, and what builds installers (Debian 12)

A second call with nothing changed touches neither the network nor the disk.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
QT_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0", "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1", "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-xkb.so.1": "libxcb-xkb1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1", "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0", "libcups.so.2": "libcups2",
}
"""Shared library that Qt loads → the Debian package that brings it (Debian 12, Ubuntu 22.04)."""
TEST_PROGRAMS = {
    "Xvfb": "xvfb", "xauth": "xauth", "/usr/lib/postgresql/15/bin/postgres": "postgresql-15",
    "/usr/sbin/cupsd": "cups", "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf", "pdftoppm": "poppler-utils", "qpdf": "qpdf",
    "scanimage": "sane-utils", "airscan-discover": "sane-airscan", "tesseract": "tesseract-ocr-vie", "softhsm2-util": "softhsm2",
}
"""Program that only tests use → its Debian package."""
PACKAGE_PROGRAMS = {
    "makensis": "nsis", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64", "wixl": "wixl", "faketime": "faketime", "dpkg-deb": "dpkg",
    "strip": "binutils",
}
"""Program that only the making of installers uses → its Debian package."""
VIRTUAL_SCREEN = {"Xvfb": "xvfb"}
"""What takes the pictures of the window on a machine without a screen → its Debian package."""


class PreparationError(Exception):
    """Something is missing that this program may not or can not install; the message says what to do."""


def missing_libraries() -> list[str]:
    """Return the Debian packages of the Qt libraries that the loader does not find; empty where there is no ldconfig."""
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if ldconfig is None:
        return []
    known = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return [package for library, package in QT_PACKAGES.items() if f"\t{library} " not in known]


def missing_programs(programs: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of the programs that are not on this machine."""
    return [package for program, package in programs.items() if shutil.which(program) is None]


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install_packages(packages: Sequence[str], *, needed_for: str, required: bool) -> None:
    """Install Debian packages when we may; otherwise name them.

    Raises:
        PreparationError: ``required`` packages are missing and can not be installed here.
    """
    if not packages:
        return
    sentence = f"Missing for {needed_for}: please run  sudo apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        if required:
            raise PreparationError(sentence)
        print(sentence, "(what needs them is left out)", file=sys.stderr)
        return
    print("Installing", " ".join(packages), file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0 and "install" in command:
            if required:
                raise PreparationError(sentence)
            print(sentence, file=sys.stderr)


def make_environment() -> Path:
    """Return the environment's Python, made first where it is missing.

    Raises:
        PreparationError: this Python is too old, or its venv module is missing and can not be installed.
    """
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python may well run this file, and must be told)
        raise PreparationError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists():
        return python
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        install_packages(["python3-venv"], needed_for="a virtual environment", required=True)
        subprocess.run(command, check=True)
    return python


def install_package_tools(python: Path) -> None:
    """Install what fetches wheels for another system.

    Raises:
        PreparationError: pip failed, most often for want of a network.
    """
    lock = ROOT / "installer" / "package-tools.lock"
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode != 0:
        raise PreparationError("The tools for installers could not be installed. Is there a network? Run the same command again.")


def install_requirements(python: Path, lock: Path) -> None:
    """Install the locked dependencies and the checkout itself, unless exactly this was done before.

    Raises:
        PreparationError: pip failed, most often for want of a network.
    """
    stamp = VENV / f"installed-{lock.stem}"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    build_tools = ["--require-hashes", "-r", str(ROOT / "installer" / "build-tools.lock")]
    steps = ([*pip, *build_tools], [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
             [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    for step in steps:
        if subprocess.run(step, check=False).returncode != 0:
            raise PreparationError("The dependencies could not be installed. Is there a network? Run the same command again.")
    stamp.write_text(wanted)


def main(arguments: Sequence[str]) -> int:
    """Prepare for ``run``, ``test`` or ``package``; 0 when all is there."""
    purpose = arguments[0] if arguments else "run"
    lock = ROOT / ("requirements-dev.lock" if purpose == "test" else "requirements.lock")
    try:
        if sys.platform == "linux":
            install_packages(missing_libraries(), needed_for="the window", required=True)
            if purpose == "test":
                install_packages(missing_programs(TEST_PROGRAMS), needed_for="all the tests", required=False)
            elif purpose == "package":
                install_packages(missing_programs(PACKAGE_PROGRAMS), needed_for="installers", required=True)
            elif not has_screen():
                install_packages(missing_programs(VIRTUAL_SCREEN), needed_for="pictures of the window", required=False)
        python = make_environment()
        install_requirements(python, lock)
        if purpose == "package":
            install_package_tools(python)
    except PreparationError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
