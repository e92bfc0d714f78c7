"""A second process at the desk's database, for tests of locks, crashes and races: ``python -m tests.storage.worker ACT URL …``.

It says ``ready`` on standard output where the test shall go on, and waits for a line on standard input where it shall be told.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from counter_app.domain.books import known_books
from tests.storage.samples import TODAY, dossier, event, opened


def start(act, url, *arguments):
    """Start a worker; its first line of output is read already: it is where the act says it is."""
    command = [sys.executable, "-m", "tests.storage.worker", act, url, *map(str, arguments)]
    root = Path(__file__).resolve().parents[2]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
    assert worker.stdout.readline() == "ready\n"
    return worker


def finish(worker):
    """Tell a worker to go on, and wait for its end."""
    output, _ = worker.communicate("go\n", timeout=60)
    assert worker.returncode == 0, output
    return output


def ready():
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def hold(database):
    """Take the write lock, change something, and keep it until told."""
    with database.write() as uow:
        uow.settings.put("held", True)
        ready()
        sys.stdin.readline()


def write_and_wait(database, commit, first, last):
    """Write dossiers with events in one transaction, commit if told so, then wait to be killed."""
    with database.write() as uow:
        uow.dossiers.add_many(dossier(n) for n in range(int(first), int(last) + 1))
        for n in range(int(first), int(last) + 1):
            uow.events.append(event(n, dossier_id=f"d-{n:06d}"))
        if commit == "commit":
            uow.commit()
        ready()
        sys.stdin.readline()


def enter_lines(database, worker, lines):
    """Enter dossiers into the book as fast as it goes, and tell each place."""
    ready()
    sys.stdin.readline()
    for n in range(int(lines)):
        number = int(worker) * 1000 + n
        with database.write() as uow:
            place = uow.logbooks.next_place("dossiers", 2026)
            seq, before = uow.events.lane_head("device", "epoch")
            uow.dossiers.add(dossier(number, code=f"H36.50.05-261120-{number}", codes=(), place=place))
            uow.logbooks.add_line(place, f"d-{number:06d}", TODAY)
            uow.events.append(event(seq + 1, op_id=f"op-{number}", dossier_id=f"d-{number:06d}"))
            assert before == f"{seq:064x}"
            uow.commit()
        sys.stdout.write(f"{place.ordinal}\n")


def enter_registers(database, worker, lines):
    """Enter a line into every register at once, in one transaction, as fast as it goes; tell each place."""
    ready()
    sys.stdin.readline()
    for n in range(int(lines)):
        with database.write() as uow:
            places = [uow.logbooks.next_place(book, 2026) for book in known_books()]
            for place in places:
                ref = f"{worker}-{n}"
                uow.logbooks.add_line(place, "d-000001", TODAY, ref=ref, content={"note": ref})
            uow.commit()
        for place in places:
            sys.stdout.write(f"{place.book}\t{place.ordinal}\n")


if __name__ == "__main__":
    act, url, *arguments = sys.argv[1:]
    desk = opened(url, wait_seconds=30)
    {"hold": hold, "write_and_wait": write_and_wait, "enter_lines": enter_lines, "enter_registers": enter_registers}[act](desk, *arguments)
    desk.close()
