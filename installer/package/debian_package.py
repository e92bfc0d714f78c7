"""The ``.deb`` for Debian 12, Ubuntu 22.04 and newer: its own Python and Qt below ``/opt``, the rest from the system."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from installer.package import licences, parts, payload, trimming
from installer.package.parts import HERE, PackagingError, run
from installer.prepare import QT_PACKAGES

_GLIBC = re.compile(rb"\0GLIBC_(2\.\d+)(?=\0)")
PLACES = ("../lib/python3.11", "../lib/python3.11/lib-dynload", "../site", "../app")
RENAMED = ("libreadline8", "libglib2.0-0", "libssl3", "libcups2")
"""Packages that newer systems have under their name and ``t64``."""
OLDEST_GLIBC = (2, 35)
"""That of Ubuntu 22.04."""


def build(work: Path, out: Path, *, quick: bool = False) -> list[Path]:
    """Make the ``.deb`` in ``out`` and return its path; ``quick`` compresses less.

    Raises:
        PackagingError: a tool or a part is missing.
    """
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    number = payload.version()
    stand = root / "opt" / "quay-mot-cua"
    lay_out(work, stand / "versions" / number)
    (stand / "current").write_text(number, encoding="ascii")
    (stand / "versions" / number / "confirmed").touch()
    _copy("starter.sh", stand / "counter")
    _copy("starter.sh", stand / "quay-mot-cua")
    _copy("quay-mot-cua.desktop", root / "usr" / "share" / "applications" / "quay-mot-cua.desktop")
    icon = root / "usr" / "share" / "icons" / "hicolor" / "256x256" / "apps" / "quay-mot-cua.png"
    icon.parent.mkdir(parents=True)
    shutil.copy(HERE / "art" / "quay-mot-cua.png", icon)
    _copy("copyright", root / "usr" / "share" / "doc" / "quay-mot-cua" / "copyright")
    (root / "usr" / "bin").mkdir(parents=True)
    payload.settle(root)
    for name in ("counter", "quay-mot-cua"):
        (stand / name).chmod(0o755)
        (root / "usr" / "bin" / name).symlink_to(f"/opt/quay-mot-cua/{name}")
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(control_file(root), encoding="utf-8")
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"quay-mot-cua_{number}_amd64.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(payload.commit_time())}
    compression = ("-Zgzip", "-z1") if quick else ("-Zxz", "-z6")
    run(["dpkg-deb", "--root-owner-group", *compression, "--build", str(root), str(target)], environment=environment)
    return [target]


def lay_out(work: Path, folder: Path) -> None:
    """Lay one version out: ``bin`` and ``lib`` as CPython knows them, ``site`` and ``app`` beside."""
    python = parts.fetch_debian_python(work) / "usr"
    name = f"python{parts.parts()['python']['minor']}"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(python / "bin" / name, folder / "bin" / name)
    (folder / "bin" / f"{name}._pth").write_text("".join(f"{place}\n" for place in PLACES), encoding="ascii")
    payload.copy_standard_library(python / "lib" / name, folder / "lib" / name)
    shutil.copytree(python / "lib" / name / "lib-dynload", folder / "lib" / name / "lib-dynload")
    parts.install_wheels(folder / "site", parts.LINUX)
    licences.write(folder, [licences.python(parts.debian_version(work))])
    trimming.trim(folder / "site", parts.parts()["wheels"])
    for pattern in parts.parts()["wheels"]["stripped"]:
        for path in sorted((folder / "site").glob(pattern)):
            run(["strip", "--strip-unneeded", str(path)])
    check_glibc(folder)
    payload.copy_program(folder / "app")
    payload.compile_all(folder)
    payload.close(folder)


def check_glibc(folder: Path) -> None:
    """See that nothing asks for a newer C library than the oldest system has.

    Raises:
        PackagingError: a library does; it is named.
    """
    for path in sorted(entry for entry in folder.rglob("*") if entry.is_file()):
        content = path.read_bytes()
        if content.startswith(b"\x7fELF"):
            newest = max((tuple(map(int, found.split(b"."))) for found in _GLIBC.findall(content)), default=OLDEST_GLIBC)
            if newest > OLDEST_GLIBC:
                raise PackagingError(f"{path.name} needs glibc {'.'.join(map(str, newest))}; Ubuntu 22.04 has 2.35")


def control_file(root: Path) -> str:
    """Return what dpkg is told of the package."""
    needed = [*parts.parts()["debian_python"]["depends"], *QT_PACKAGES.values()]
    depends = ", ".join(f"{name} | {name}t64" if name in RENAMED else name for name in needed)
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    return (f"Package: quay-mot-cua\nVersion: {payload.version()}\nArchitecture: amd64\nMaintainer: Quầy Một Cửa\n"
            f"Section: office\nPriority: optional\nInstalled-Size: {size}\nDepends: {depends}\n"
            "Recommends: sane-utils, cups-client, tesseract-ocr-vie\n"
            "Description: Quầy Một Cửa, the desk application of Vietnam's commune one-stop desks\n"
            " Takes in dossiers, prints slips, keeps the registers and works without a connection.\n")


def _copy(name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "debian" / name, target)
