r"""Start an installed program without a screen and see whether it does a day's work: ``python3 installer/verify.py COUNTER``.

``COUNTER`` is the installed command (``counter``, ``…\QuayMotCua\counter.exe``); words before it run it elsewhere
(``verify.py --with "chroot ROOT" /usr/bin/counter``, ``--with wine``). Standard library only, for it runs where nothing else is.
Everything is made below a folder of its own, so a real desk on that PC is not touched.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

LEAST_SLIPS = 40
DESK = ("--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng", "--desk", "2")
INTAKE = {"procedure_code": "1.004873", "applicant": {"full_name": "Trần Thị Ví Dụ"}}
PDF = b"%PDF-"


@dataclass
class Findings:
    """What was tried and how it went."""

    lines: list[tuple[bool, str]] = field(default_factory=list)

    def note(self, words: str, *, passed: bool) -> None:
        """Write one finding down and tell it."""
        self.lines.append((passed, words))
        print("✓" if passed else "✗", words, flush=True)

    @property
    def passed(self) -> bool:
        """Tell whether everything went well."""
        return bool(self.lines) and all(passed for passed, _ in self.lines)


@dataclass(frozen=True, slots=True)
class Installed:
    """The installed command, how to run it, and the folder that stands for its place of work."""

    command: str
    before: tuple[str, ...]
    folder: Path
    seen_as: str
    """The folder by the name that the program knows it by (in another root, or on another system)."""

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command and wait, at most ten minutes."""
        surroundings = {**os.environ, "COUNTER_STATE_DIR": f"{self.seen_as}/state", "COUNTER_KEY_FILE": f"{self.seen_as}/desk.key",
                        "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [*self.before, self.command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace", env=surroundings, timeout=600, check=False)


def take_first(program: Installed) -> subprocess.CompletedProcess[str]:
    """Set a desk up and take a dossier in; its slip is ``first.pdf``. The answer is that of the last command that was run."""
    (program.folder / "first.json").write_text(json.dumps(INTAKE), encoding="utf-8")
    at_desk = ("--data-dir", f"{program.seen_as}/first")
    answer = program.call(*at_desk, "init", *DESK)
    if answer.returncode == 0:
        answer = program.call(*at_desk, "intake", f"{program.seen_as}/first.json", "--slip", f"{program.seen_as}/first.pdf")
    return answer


def verify(program: Installed) -> Findings:
    """Let the installed program start, make a first slip and run the demonstration; look at what it left."""
    found = Findings()
    start = time.monotonic()
    help_text = program.call("--help")
    found.note(f"starts ({time.monotonic() - start:.1f} s)", passed=help_text.returncode == 0 and "counter" in help_text.stdout)
    if not found.passed:
        print(help_text.stdout[-2000:])
        return found
    start = time.monotonic()
    first = take_first(program)
    slip = program.folder / "first.pdf"
    found.note(f"from nothing to the first slip ({time.monotonic() - start:.1f} s)", passed=slip.is_file() and _is_pdf(slip))
    if not found.passed:
        print(first.stdout[-2000:])
        return found
    start = time.monotonic()
    demo = program.call("demo", "--out", f"{program.seen_as}/demo")
    found.note(f"does a day at a fresh desk ({time.monotonic() - start:.1f} s)", passed=demo.returncode == 0)
    if demo.returncode != 0:
        print(demo.stdout[-2000:])
        return found
    _look_at_day(program, found)
    return found


def _look_at_day(program: Installed, found: Findings) -> None:
    """Look at what the demonstration left."""
    summary = json.loads((program.folder / "demo" / "summary.json").read_text(encoding="utf-8"))
    slips = sorted((program.folder / "demo" / "slips").glob("*.pdf"))
    found.note(f"{len(slips)} slips were written, each a PDF", passed=len(slips) >= LEAST_SLIPS and all(_is_pdf(path) for path in slips))
    named = {dossier["code"] for dossier in summary["dossiers"]}
    found.note("each slip is that of a dossier of the day", passed={path.stem for path in slips} <= named)
    books, reports = summary["books"], summary["reports"]
    found.note(f"{len(books)} registers and {len(reports)} reports", passed=bool(books and reports))
    checked = program.call("--data-dir", f"{program.seen_as}/demo/desk", "verify")
    found.note("its records agree with each other", passed=checked.returncode == 0)


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PDF)) == PDF


def main(arguments: list[str] | None = None) -> int:
    """Verify the command that is named; 0 when everything passed."""
    reader = argparse.ArgumentParser(prog="verify.py", description=__doc__)
    reader.add_argument("command", help="the installed command")
    reader.add_argument("--with", dest="before", default="", metavar="WORDS", help="words before it: 'chroot /srv/root', 'wine'")
    reader.add_argument("--folder", type=Path, help="a folder to work in, kept afterwards; else a temporary one")
    reader.add_argument("--seen-as", default="", help="the name by which the program knows that folder")
    words = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = words.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        found = verify(Installed(words.command, tuple(shlex.split(words.before)), folder, words.seen_as or str(folder)))
    return 0 if found.passed else 1


if __name__ == "__main__":
    sys.exit(main())
