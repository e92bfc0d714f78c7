"""One version of the program as a folder that runs by itself: its own Python, the wheels, the program, byte code, and a list of all files.

The same commit, parts and system give the same bytes: no times, no names of the machine, byte code that is checked against nothing.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import py_compile
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from counter_app.services.updating.release import LISTS, Release, ReleaseFile, ReleaseKind, write_files, write_release
from counter_app.updating.laying import HEAD, LIST
from installer.package.parts import ROOT, PackagingError, parts, run

PROGRAM = ("counter_app", "ui", "resources")
MANUAL, GUIDE = ("huong-dan", "images"), "van-hanh.md"


def commit_time() -> int:
    """Return the time of the commit that is packed, in seconds since 1970; ``SOURCE_DATE_EPOCH`` where there is no git."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout.strip() or 0)


def version() -> str:
    """Return the version that is packed: that of ``pyproject.toml``."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def copy_program(out: Path) -> None:
    """Copy the program and its data, without tests and byte code."""
    for name in PROGRAM:
        shutil.copytree(ROOT / name, out / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    about = out / f"quay_mot_cua-{version()}.dist-info" / "METADATA"  # where Python looks for a version
    about.parent.mkdir()
    about.write_text(f"Metadata-Version: 2.1\nName: quay-mot-cua\nVersion: {version()}\n", encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", out / "LICENSE")
    copy_manual(out / "docs")


def copy_manual(out: Path) -> None:
    """Copy the manual that the window shows, with its pictures, and make what can be printed of it."""
    for name in MANUAL:
        shutil.copytree(ROOT / "docs" / name, out / name)
    shutil.copy(ROOT / "docs" / GUIDE, out / GUIDE)
    run([sys.executable, "-m", "installer.manual", "--out", str(out / "pdf")], cwd=ROOT)


def copy_standard_library(source: Path, out: Path) -> None:
    """Copy what CPython has in Python from Debian's folder, without what a desk never uses; modules for Linux too where they lie there."""
    left_out = [*parts()["standard_library"]["left_out"], "__pycache__", "lib-dynload", "config-*", "sitecustomize.py"]
    shutil.copytree(source, out, ignore=shutil.ignore_patterns(*left_out), symlinks=False)


def compile_all(folder: Path) -> None:
    """Write byte code beside every module, checked against nothing: a folder of programs may be read-only, and start-up is a hot path.

    Raises:
        PackagingError: this Python is another than the one that is shipped, so its byte code would be of no use.
    """
    minor = ".".join(map(str, sys.version_info[:2]))
    if minor != parts()["python"]["minor"]:
        raise PackagingError(f"Python {parts()['python']['minor']} is shipped, so it must make the package; this is {minor}")
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=2, stripdir=str(folder), invalidation_mode=unchecked, workers=0)


def list_files(folder: Path) -> list[ReleaseFile]:
    """Return each file of a version, but for its list and its head."""
    return [described(path, path.relative_to(folder).as_posix()) for path in _files(folder) if path not in (folder / LIST, folder / HEAD)]


def described(path: Path, name: str) -> ReleaseFile:
    """Return a file as a list names it: its path there, its size, its digest."""
    content = path.read_bytes()
    return ReleaseFile(name, len(content), hashlib.sha256(content).hexdigest(), _is_program(path))


def close(folder: Path) -> None:
    """Write the lists of files and the head, the last things that a version gets; the head is signed where it is published.

    A folder that was closed before, and then changed, gets all of them anew.
    """
    shutil.rmtree(folder / LISTS, ignore_errors=True)
    write_lists(folder, list_files(folder))
    oldest, newest = schemas()
    release = Release(
        ReleaseKind.PROGRAM, "windows-x64" if (folder / "python.exe").exists() else "linux-x64", version(), commit_time(), newest, oldest,
        described(folder / LIST, LIST), released=commit_day())
    (folder / HEAD).write_text(json.dumps(write_release(release), ensure_ascii=False), encoding="utf-8")
    settle(folder)


def write_lists(folder: Path, files: Sequence[ReleaseFile]) -> None:
    """Write the list of files, with a list of its own for each folder of the second level: most updates change one of them."""
    parts: dict[str, list[ReleaseFile]] = {}
    for each in files:
        names = each.path.split("/")
        parts.setdefault("+".join(names[:2]) if len(names) > 2 else "", []).append(each)
    top = parts.pop("", [])
    for name, below in parts.items():
        target = folder / LISTS / f"{name}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(write_files(below), indent=0), encoding="utf-8")
        top.append(described(target, f"{LISTS}{name}.json"))
    (folder / LIST).write_text(json.dumps(write_files(top), indent=0), encoding="utf-8")


def commit_day(shape: str = "%d/%m/%Y") -> str:
    """Return the day of the commit in Vietnam, for people."""
    return datetime.fromtimestamp(commit_time(), timezone(timedelta(hours=7))).strftime(shape)


def schemas() -> tuple[str, str]:
    """Return the oldest and the newest state of the data that the program can take over: its first and last migration."""
    found = sorted(path.name[:4] for path in (ROOT / "counter_app" / "storage" / "migrations" / "versions").glob("0*.py"))
    return found[0], found[-1]


def settle(folder: Path) -> None:
    """Give everything below a folder the time of the commit and plain permissions."""
    for path in [*_files(folder), *(entry for entry in folder.rglob("*") if entry.is_dir()), folder]:
        path.chmod(0o755 if path.is_dir() or _is_program(path) else 0o644)
        os.utime(path, (commit_time(), commit_time()))


def _is_program(path: Path) -> bool:
    """Tell whether a file is run by name."""
    return path.suffix == ".exe" or path.parent.name == "bin" or path.name in {"counter", "quay-mot-cua"}


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
