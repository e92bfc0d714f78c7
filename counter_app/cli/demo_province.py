"""The province of a demonstration: a trial one on loopback, whose line breaks in the morning and comes back in the afternoon."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from counter_app.domain.errors import failed
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import require
from counter_app.services.line.province import read_ticket
from counter_app.services.ports import JsonValue

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

ROOT = Path(__file__).resolve().parents[2]
"""The checkout: the trial province stands beside the program and is no part of it."""
TRIAL = ROOT / "tests" / "province"
CALM, BREAKS, TRIED, COMES_BACK = 0.2, 0.35, 0.5, 0.7
"""When of the day's people a first pass is made, the line breaks, it is tried in vain, and it is there again."""
LONGEST_S, VAIN_S, STARTED_S = 240.0, 0.5, 60
ONLINE = {"ChuHoSo": "Phạm Thị Trực Tuyến", "MaTTHC": "1.004873"}


class TrialServer:
    """The process of a trial province; ``folder`` takes its database.

    Raises:
        SurroundingsError: DEMO_NO_PROVINCE, this program was installed without it, or it does not start.
    """

    def __init__(self, folder: Path) -> None:
        if not TRIAL.is_dir():
            raise failed("DEMO_NO_PROVINCE")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._port = folder, 0
        self.start()

    def start(self) -> None:
        """Start it, the second time at the same address."""
        database = f"sqlite:///{self._folder.absolute() / 'province.db'}"
        command = [sys.executable, "-m", "tests.province", "--port", str(self._port), "--database", database]
        with (self._folder / "province.log").open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603  our own program
        told = self._process.stdout.readline() if self._process.stdout else ""
        port = urlsplit(told.strip()).port
        if port is None:
            self.stop()
            raise failed("DEMO_NO_PROVINCE")
        self.url, self._port = told.strip(), port

    def stop(self) -> None:
        """End it; nobody answers at its address any more."""
        self._process.terminate()
        self._process.wait(STARTED_S)
        if self._process.stdout:
            self._process.stdout.close()

    def do(self, verb: str, **arguments: JsonValue) -> JsonValue:
        """Play the people of the province; raises SurroundingsError DEMO_NO_PROVINCE where it can't be done."""
        line = HTTPConnection("127.0.0.1", self._port, timeout=STARTED_S)
        try:
            line.request("POST", f"/trial/{verb}", json.dumps(arguments).encode(), {"Content-Type": "application/json"})
            reply = line.getresponse()
            told: dict[str, JsonValue] = json.loads(reply.read())
        finally:
            line.close()
        if "result" not in told:
            raise failed("DEMO_NO_PROVINCE")
        return told["result"]


class ProvinceDay:
    """What passes between a desk and its province on that day; give :meth:`so_far` the share of the day that has gone by."""

    def __init__(self, counter: Counter, server: TrialServer, actor: Actor, agency: str) -> None:
        require(actor, Permission.MANAGE_DESK)
        self._counter, self._server, self._agency = counter, server, agency
        self._left: list[tuple[float, Callable[[], None]]] = [
            (CALM, self._pass), (BREAKS, server.stop), (TRIED, self._try), (COMES_BACK, self._comes_back)]
        self._passes: list[dict[str, JsonValue]] = []
        self._set_clock()
        counter.province.enrol(read_ticket(server.do("ticket", agency=agency)))

    def so_far(self, share: float) -> None:
        """Let happen what happens until this share of the day."""
        while self._left and self._left[0][0] <= share:
            self._left.pop(0)[1]()

    def end(self) -> dict[str, JsonValue]:
        """Send and fetch what is left, compare both sides, and return what the day was like."""
        self.so_far(1.0)
        self._pass()
        found = self._counter.province.reconcile()
        return {"passes": list(self._passes), "match": found.match, "here_only": list(found.here_only),
                "there_only": list(found.there_only), "different": list(found.different)}

    def _comes_back(self) -> None:
        """While nobody at the desk could hear it, a citizen has handed a dossier in online."""
        self._server.start()
        self._set_clock()
        self._server.do("assign", agency=self._agency, record={**ONLINE})
        self._pass()

    def _try(self) -> None:
        self._pass(VAIN_S)

    def _pass(self, seconds: float = LONGEST_S) -> None:
        told = self._counter.province.run(seconds)
        self._passes.append({
            "at": self._counter.clock.now().strftime("%H:%M"), "contact": told.contact, "sent": told.sent, "received": told.received,
            "uploaded": told.uploaded, "pending": told.pending})

    def _set_clock(self) -> None:
        """Let the province live on the day of the demonstration."""
        self._server.do("clock", offset_s=int(self._counter.clock.now().timestamp() - time.time()))

