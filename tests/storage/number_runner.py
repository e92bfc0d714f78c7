"""Processes that issue numbers with the real guard and the real database, and may be killed on the way.

Each job is done in a child of its own, all at once where the list is nested. What became a dossier is told to a file outside of
everything that is restored.
"""

import os
import signal
from pathlib import Path

from counter_app.domain.dossier import CodeOfDossier
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.numbering.service import NumberingService
from counter_app.storage import guard, open_database
from tests.builders import dossier
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.numbering.test_numbering_world import GuardAfterTheCommit

DEVICE, AGENCY, KEY = "D7K2M9Q4", "H99.10.05", bytes(range(32))
NOW = local(2026, 11, 23, 9, 42)
SERVICES = {"": NumberingService, "guard after commit": GuardAfterTheCommit}


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class Doomed:
    """A held guard whose process dies at a step of the advance."""

    def __init__(self, held, step):
        self.held, self.step = held, step

    def __getattr__(self, name):
        return getattr(self.held, name)

    def advance(self, day, series, serial):
        write = os.write
        if self.step == "asked":
            die()
        elif self.step == "half a line":
            guard.os.write = lambda handle, data: (write(handle, data[: len(data) // 2]), die())
        elif self.step == "not synced":
            guard.os.fsync = lambda _handle: die()
        self.held.advance(day, series, serial)


def step_of(job, index):
    return job.get("kill_at") if index == job["count"] - 1 else None


def receive(service, database, job, index):
    step = step_of(job, index)
    if step:
        hold = service._guard.hold
        service._guard = type("DoomedGuard", (), {"hold": lambda self: _Wrapped(hold(), step)})()
        if step == "written anew":
            guard.SPARE_LINES = -100
            guard.write_atomically = lambda path, data: (path.with_suffix(".part").write_bytes(data[:50]), die())
    with service.take(NOW) as issued:
        if step == "taken":
            die()
        with database.write() as uow:
            made = dossier(code=issued.code, codes=(CodeOfDossier(issued.code, issued.kind),))
            uow.dossiers.add(made)
            service.record(uow, issued, made.dossier_id)
            if step == "written":
                die()
            uow.commit()
        tell(job, issued.code)
        if step == "committed":
            die()
    if step == "settled":
        die()


class _Wrapped:
    def __init__(self, context, step):
        self.context, self.step = context, step

    def __enter__(self):
        return Doomed(self.context.__enter__(), self.step)

    def __exit__(self, *error):
        return self.context.__exit__(*error)


def tell(job, code):
    with Path(job["told"]).open("a") as file:
        file.write(code + "\n")


def work(job):
    """Do one job: make the desk, or receive so many dossiers."""
    clock = FakeClock(NOW)
    url = f"sqlite:///{job['database']}"
    database = new_database(url, KEY) if job.get("create") else open_database(url, KEY, backup_dir=None, wait_seconds=60)
    settings = SettingsService(database, clock, DEVICE)
    if job.get("create"):
        settings.save(DeskProfile("Xã Ví Dụ", "Tỉnh Ví Dụ", AGENCY, "2", DEVICE, "a" * 16), Actor("u-0001", Role.ADMINISTRATOR))
    numbers = guard.FileNumberGuard(Path(job["state"]), DEVICE, AGENCY, patience_seconds=60)
    service = SERVICES[job.get("service", "")](numbers, database, settings, clock)
    service.begin(NOW)
    for index in range(job["count"]):
        receive(service, database, job, index)
    database.close()


def start(job):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work(job)
            status = 0
        finally:
            os._exit(status)
    return child


def run(*work):
    """Do jobs one after another, those of a list at once; return how each ended: 0, or -9 for a kill."""
    ends = []
    for jobs in work:
        children = [start(job) for job in (jobs if isinstance(jobs, list) else [jobs])]
        ends += [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert set(ends) <= {0, -signal.SIGKILL}, "a child failed by itself"
    return ends
