"""Three hundred desks that all come back at the same moment after an outage, each of another commune, at a trial province on PostgreSQL."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from bench.moment import AGENCY
from tests.province.conformance.desk import Desk, json_headers
from tests.province.server.naming import uuid7
from tests.province.trial import ProvinceProcess
from tests.storage import postgres

Ops = Sequence[Mapping[str, Any]]
TRIES = 20
ENROLLING = 8
"""Desks that enrol at a time, before anything is measured."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Seconds until the last desk was done, the seconds of each push, how many ops and dossiers are there and should be,
    and how often a desk had to ask again.
    """

    seconds: float
    pushes: tuple[float, ...]
    ops: tuple[int, int]
    dossiers: tuple[int, int]
    repeated: int


class Returning:
    """One desk with what it recorded during the outage, packed and ready."""

    def __init__(self, province: ProvinceProcess, number: int, lives: Sequence[Ops]) -> None:
        self.agency = f"H36.{60 + number // 100}.{number % 100:02d}"
        self._desk = Desk(province.ticket(self.agency))
        self._desk.enrol()
        ops = [op for life in lives for op in self._own(life)]
        self._body = gzip.compress(json.dumps({"ops": ops}, ensure_ascii=False, separators=(",", ":")).encode())
        self.ops, self.dossiers, self.repeated = len(ops), len(lives), 0

    def come_back(self, together: threading.Barrier) -> float:
        """Prove contact and push until it is answered, as a desk does; returns the seconds of that."""
        together.wait()
        self._asked(self._desk.hello)
        start = time.perf_counter()
        reply = self._asked(self._push)
        if not {each["outcome"] for each in reply.json()["results"]} <= {"applied", "duplicate"}:
            raise ValueError(reply.text[:200])
        return time.perf_counter() - start

    def _push(self) -> requests.Response:
        return self._desk.call("POST", "/push", data=self._body, headers={**json_headers(self._body), "Content-Encoding": "gzip"})

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """Ask, and ask again when nothing was heard."""
        for _ in range(TRIES):
            try:
                return ask()
            except requests.exceptions.RequestException:
                self.repeated += 1
        raise TimeoutError(self.agency)

    def _own(self, life: Ops) -> Iterator[dict[str, Any]]:
        """Return the ops of a dossier as this desk's own."""
        dossier_id = uuid7(self._desk.day)
        for op in json.loads(json.dumps(life).replace(AGENCY, self.agency)):
            yield self._desk.op(op["type"], op["facts"], op["ho_so"], dossier_id, occurred_at=op["occurred_at"])


def outage(place: Path, lives: Sequence[Ops], desks: int) -> Outage | None:
    """Let them come back; None where the machine has no PostgreSQL."""
    with _province(place) as province:
        if province is None:
            return None
        with ThreadPoolExecutor(ENROLLING) as pool:
            returning = list(pool.map(lambda number: Returning(province, number, lives), range(desks)))
        together = threading.Barrier(desks + 1)
        with ThreadPoolExecutor(desks) as pool:
            waiting = [pool.submit(each.come_back, together) for each in returning]
            together.wait()
            start = time.perf_counter()
            pushes = tuple(each.result() for each in waiting)
            seconds = time.perf_counter() - start
        there = [province.state(each.agency) for each in returning]
        return Outage(
            seconds, pushes, (sum(each["ops"] for each in there), sum(each.ops for each in returning)),
            (sum(len(each["dossiers"]) for each in there), sum(each.dossiers for each in returning)),
            sum(each.repeated for each in returning))


@contextmanager
def _province(place: Path) -> Iterator[ProvinceProcess | None]:
    import psycopg

    binaries = postgres.binaries()
    if binaries is None:
        yield None
        return
    place.mkdir(parents=True)
    server = postgres.Server(binaries)
    try:
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE province")
        with ProvinceProcess(place, server.url("province")) as province:
            yield province
    finally:
        server.stop()
