"""A PostgreSQL server of the tests' own: found, started without network on a private socket, thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

ADMIN = "desk"


def binaries():
    """Return the folder of the newest PostgreSQL from 15 on; None where there is none."""
    found = [Path(path).resolve().parent for path in (shutil.which("postgres"),) if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name) if p.parent.name.isdigit() else 0)
    return next((place for place in found if (place / "initdb").exists() and _version(place) >= 15), None)


def _version(place):
    words = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=True).stdout.split()
    return int(next(word for word in words if word[0].isdigit()).split(".")[0])


class Server:
    """One cluster in a temporary folder. As root it runs as ``postgres`` or ``nobody``, for it refuses to be root."""

    def __init__(self, place):
        self._bin = place
        self._folder = Path(tempfile.mkdtemp(prefix="desk-pg-", dir=_quick_place()))
        self._as: list[str] = []
        if os.geteuid() == 0:
            name = next(name for name in ("postgres", "nobody") if _known(name))
            self._as = ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups"]
            os.chown(self._folder, pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid)
        self._data = self._folder / "data"
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", ADMIN, "-E", "UTF8", "--no-locale", "--no-sync")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "-o", f"-c listen_addresses='' -k {self._folder}", "start")

    def url(self, name="postgres"):
        return f"postgresql://{ADMIN}@/{name}?host={self._folder}"

    def stop(self):
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, name, *arguments):
        command = [*self._as, str(self._bin / name), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, env=_environment())
        assert done.returncode == 0, done.stderr


def _quick_place():
    """Return memory where there is enough of it: the server forces every commit to its disk, as it must."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None


def _known(name):
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _environment():
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
