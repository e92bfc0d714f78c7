"""A change of one line on its way to a desk: what goes over the line, and how long it takes until it is laid out and checked.

The program is the one of this checkout with its byte code, laid out as a set-up program does, without the runtime that seldom changes.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from pathlib import Path

from bench.measure import spread
from bench.report import Line, Table
from bench.work import Work
from counter_app.services.updating.ports import SignedRelease
from counter_app.services.updating.release import ReleaseFile, all_files, read_release
from counter_app.updating.folder import ProgramFolder
from counter_app.updating.laying import HEAD, LIST
from counter_app.updating.packages import open_package
from installer.package import payload
from installer.package.updates import publish

CHANGED = "app/counter_app/services/intake/service.py"
ROUNDS = 10
KB, MB = 1e3, 1e6


def run(work: Work) -> Table:
    """Measure with one change of one module."""
    with work.folder("updating") as place:
        first = _version(place / "program" / "versions" / "1", "1", 1)
        second = place / "2"
        shutil.copytree(first, second)
        (second / CHANGED).write_text((second / CHANGED).read_text(encoding="utf-8") + "\nONE = 1\n", encoding="utf-8")
        payload.compile_all(second)
        _close(second, "2", 2)
        whole, changed = publish(second, place / "out", secrets.token_bytes(32), earlier=first)
        (place / "program" / "current").write_text("1", encoding="ascii")
        signed = _signed_release(second)
        programs = ProgramFolder(first / "app", place / "newer", signed.release.schema)
        laid, checked = [], []
        for _ in range(work.times(ROUNDS)):
            start = time.perf_counter()
            programs.lay_out(signed, open_package(whole, signed.release.system))
            laid.append(time.perf_counter() - start)
            start = time.perf_counter()
            damaged = ProgramFolder(place / "program" / "versions" / "2" / "app", place / "newer", signed.release.schema).damaged()
            checked.append(time.perf_counter() - start)
            if damaged:
                raise AssertionError(damaged)
        everything = sum(path.stat().st_size for path in whole.rglob("*") if path.is_file())
        listing = sum(each.size for each in signed.files)
        size = changed.stat().st_size
    return Table(
        "updating", "A new version",
        f"The program of this checkout, {len(signed.files):,} files with {listing / MB:.1f} MB; a line is added to one module.",
        (
            Line("package for a change of one line", size / KB, "KB"), Line("package of the whole program", everything / MB, "MB"),
            Line("laying it out, every file checked", spread(laid), "s"),
            Line("checking all files at the first start", spread(checked), "s"),
        ),
        ("The runtime (Python, Qt and the other parts, some 7,000 files) is left out here. It has lists of its own, which are fetched only "
         "when something of it changes.",),
    )


def _version(folder: Path, version: str, sequence: int) -> Path:
    folder.mkdir(parents=True)
    payload.copy_program(folder / "app")
    payload.compile_all(folder)
    _close(folder, version, sequence)
    return folder


def _close(folder: Path, version: str, sequence: int) -> None:
    """Close a version under a name and a number of its own."""
    payload.close(folder)
    document = json.loads((folder / HEAD).read_bytes())
    (folder / HEAD).write_text(json.dumps({**document, "version": version, "sequence": sequence}), encoding="utf-8")


def _signed_release(folder: Path) -> SignedRelease:
    document, listing = json.loads((folder / HEAD).read_bytes()), (folder / LIST).read_bytes()

    def content(file: ReleaseFile) -> bytes:
        return (folder / file.path).read_bytes()

    return SignedRelease(document, read_release(document), listing, all_files(listing, content))
