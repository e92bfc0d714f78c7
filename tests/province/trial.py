"""A province for tests: started, stopped, killed, restored from an old backup, and played by hand, from Python."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

from tests.province.server.running import ThreadedServer, kept

ROOT = Path(__file__).resolve().parents[2]
AGENCY = "H36.50.05"


class Hand:
    """Plays the people of the province over HTTP: ``do("move", agency=…, dossier_id=…, to="4")``; the verbs are in README.md."""

    def __init__(self, url: str) -> None:
        self.url = url

    def do(self, verb: str, **arguments: Any) -> Any:
        """Do one thing at the province; returns its result. Raises ValueError when it can't be done."""
        reply = requests.post(f"{self.url}/trial/{verb}", json=arguments, timeout=60)
        answer = reply.json()
        if reply.status_code != 200:
            raise ValueError(answer["error"])
        return answer["result"]

    def ticket(self, agency: str = AGENCY, **more: Any) -> dict[str, str]:
        """Return a fresh enrolment ticket."""
        made: dict[str, str] = self.do("ticket", agency=agency, base_url=self.url, **more)
        return made

    def state(self, agency: str = AGENCY) -> dict[str, Any]:
        """Return what the province holds of a commune: devices, lanes, ops, files, dossiers, changes, attention, days."""
        everything = requests.get(f"{self.url}/trial/state", params={"agency": agency}, timeout=60).json()
        return next((item for item in everything["agencies"]), {})


class TrialProvince(Hand):
    """A province in this program, on SQLite or any database given; ready when it is made.

    ``folder`` takes the database and the files. Use it as a context manager.
    """

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self._database = url or f"sqlite:///{folder / 'province.db'}"
        self._server = self._started(0)
        self._address = kept(self._server.port)
        super().__init__(f"http://127.0.0.1:{self._server.port}")

    def __enter__(self) -> TrialProvince:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop it for good; its address is free again."""
        self.stop()
        self._address.close()

    def stop(self) -> None:
        """Stop it; what is under way is finished first."""
        self._server.stop()

    def start(self, *, restored: bool = False) -> None:
        """Start it again at the same address; ``restored``: with a new server epoch."""
        self._server = self._started(self._server.port, restored=restored)

    def restart(self) -> None:
        """Stop it and start it again."""
        self.stop()
        self.start()

    def backup(self, name: str = "backup") -> Path:
        """Copy everything that a stopped province holds; returns the copy. It runs again afterwards. SQLite only."""
        self.stop()
        copy = self.folder / name
        _copied(self.folder, copy)
        self.start()
        return copy

    def restore(self, copy: Path) -> None:
        """Put an old backup in the place of what is there, as after a lost disk, and start with a new server epoch."""
        self.stop()
        _copied(copy, self.folder)
        self.start(restored=True)

    def _started(self, port: int, *, restored: bool = False) -> ThreadedServer:
        return ThreadedServer(self._database, self.folder / "files", port, restored=restored)


class ProvinceProcess(Hand):
    """The province as a program of its own, for tests that kill it. ``folder`` as for TrialProvince; SQLite or any database given."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self._folder, self._database, self._port = folder, url or f"sqlite:///{folder / 'province.db'}", 0
        self._log = folder / "province.log"
        self.start()
        self._address = kept(self._port)

    def __enter__(self) -> ProvinceProcess:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self._address.close()

    def start(self) -> None:
        """Start it, the second time at the same address; returns when it listens."""
        options = {"--port": str(self._port), "--database": self._database, "--files": str(self._folder / "files")}
        command = [sys.executable, "-m", "tests.province", *(part for option in options.items() for part in option)]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        super().__init__(self._process.stdout.readline().strip())
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def log(self) -> str:
        """Return what it has written to its log."""
        return self._log.read_text("utf-8")

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _copied(source: Path, target: Path) -> None:
    """Make a folder's database and files those of another one."""
    target.mkdir(exist_ok=True)
    for old in target.glob("province.db*"):
        old.unlink()
    for part in source.glob("province.db*"):
        shutil.copy(part, target)
    shutil.rmtree(target / "files", ignore_errors=True)
    shutil.copytree(source / "files", target / "files")
