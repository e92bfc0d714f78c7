"""The environment of the peers: programs and libraries that are run beside ours and never linked with it."""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
LOCKS = (ROOT / "installer" / "build-tools.lock", ROOT / "installer" / "bench-tools.lock")
OFFICE_PACKAGES = ("libreoffice-writer-nogui", "python3-uno")
FAST_SUBSETS = "libharfbuzz-subset0"
"""What WeasyPrint makes its font subsets with; without it fontTools does it in Python, several times slower."""
SYSTEM_PYTHON = Path("/usr/bin/python3")
"""The Python that Debian's bridge to LibreOffice is made for."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something a peer needs: where it is, or why it isn't there."""

    path: Path | None
    missing: str = ""


def peer_python() -> Tool:
    """Return the Python of the peers' own environment, made first where it can be."""
    python, stamp = VENV / "bin" / "python", VENV / "installed"
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return Tool(python)
    print("installing the peers into .venv-bench", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    made_from_source = ["--no-build-isolation", "--only-binary", ":all:", "--no-binary", "picard"]
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(VENV)], [*pip, "-r", str(LOCKS[0])], [*pip, *made_from_source, "-r", str(LOCKS[1])],
    )
    for step in steps:
        if subprocess.run(step, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            return Tool(None, "the peers' packages could not be installed (a network and a C compiler are needed once)")
    stamp.write_text(wanted)
    return Tool(python)


def office(*, may_install: bool) -> Tool:
    """Return LibreOffice's command where it and its Python bridge are there; as root, and when asked to, they are installed."""
    found = _office()
    if found.path is None and may_install:
        _install(OFFICE_PACKAGES)
        found = _office()
    return found


def fast_subsets(*, may_install: bool) -> bool:
    """Return whether WeasyPrint runs at its best here."""
    there = ctypes.util.find_library("harfbuzz-subset") is not None
    if not there and may_install:
        _install((FAST_SUBSETS,))
        there = ctypes.util.find_library("harfbuzz-subset") is not None
    return there


def tesseract(*, may_install: bool) -> Tool:
    """Return the program that tells OCRmyPDF how far a page hangs; as root, and when asked to, it is installed."""
    if shutil.which("tesseract") is None and may_install:
        _install(("tesseract-ocr",))
    there = shutil.which("tesseract")
    return Tool(Path(there)) if there else Tool(None, "OCRmyPDF needs tesseract-ocr to straighten a page (`--peers` installs it)")


def _install(packages: Sequence[str]) -> None:
    """Install Debian packages where we may; where not, the peer is left out and says so."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _office() -> Tool:
    command = shutil.which("soffice")
    if command and SYSTEM_PYTHON.exists():
        bridge = subprocess.run([str(SYSTEM_PYTHON), "-c", "import uno"], capture_output=True, check=False)
        if bridge.returncode == 0:
            return Tool(Path(command))
    return Tool(None, f"LibreOffice is not installed ({' '.join(OFFICE_PACKAGES)}; `--peers` installs it)")
