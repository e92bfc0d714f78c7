"""Several processes at one database: locks, races for an ordinal, and processes that are killed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.ports import ListFilter
from tests.storage import worker
from tests.storage.samples import AT, dossier, fill, opened


def kill(process):
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_lock_held_too_long_is_said_and_harms_nothing(url):
    holder = worker.start("hold", url)
    desk = opened(url, wait_seconds=0.2)
    with pytest.raises(SurroundingsError) as refused, desk.write():
        pass
    assert refused.value.code == "DATABASE_LOCKED"
    with desk.read() as uow:
        assert uow.settings.get("held") is None, "who looks waits for nobody"
    worker.finish(holder)
    with desk.write() as uow:
        assert uow.settings.get("held") is None, "it was not committed"
    desk.close()


def test_a_writer_waits_for_a_short_while(url):
    holder = worker.start("hold", url)
    desk = opened(url, wait_seconds=20)
    go = threading.Timer(0.3, worker.finish, [holder])
    go.start()
    with desk.write() as uow:
        uow.settings.put("after", 1)
        uow.commit()
    go.join()
    desk.close()


def test_processes_that_race_never_get_the_same_ordinal(url):
    workers = [worker.start("enter_lines", url, n, 20) for n in (1, 2, 3)]
    for each in workers:
        each.stdin.write("go\n")
        each.stdin.flush()
    ordinals = [int(line) for each in workers for line in worker.finish(each).split()]
    assert sorted(ordinals) == list(range(1, 61))
    desk = opened(url)
    with desk.read() as uow:
        assert [line.place.ordinal for line in uow.logbooks.lines("dossiers", 2026, 1, first=1, count=99)] == list(range(1, 61))
        assert uow.events.lane_head("device", "epoch")[0] == 60
        assert uow.dossiers.count(ListFilter.ALL, AT) == 60
    desk.close()


def test_threads_of_one_process_share_a_database(database):
    def enter(first):
        for n in range(first, first + 15):
            with database.write() as uow:
                place = uow.logbooks.next_place("dossiers", 2026)
                uow.dossiers.add(dossier(n, place=place))
                uow.logbooks.add_line(place, f"d-{n:06d}", AT.now.date())
                uow.commit()

    threads = [threading.Thread(target=enter, args=[first]) for first in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as uow:
        assert [line.place.ordinal for line in uow.logbooks.lines("dossiers", 2026, 1, first=1, count=99)] == list(range(1, 46))


def test_what_was_committed_survives_a_killed_process(url):
    kill(worker.start("write_and_wait", url, "commit", 1, 30))
    desk = opened(url)
    with desk.read() as uow:
        assert uow.dossiers.get("d-000030") == dossier(30)
        assert uow.events.lane_head("device", "epoch")[0] == 30
        assert uow.dossiers.search(("0030",), "0030", limit=5).total == 1
    desk.close()


def test_what_was_not_committed_leaves_no_trace(url):
    kill(worker.start("write_and_wait", url, "break off", 1, 600))
    desk = opened(url, wait_seconds=20)
    with desk.write() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == 0
        assert uow.events.lane_head("device", "epoch")[0] == 0
        assert uow.dossiers.search(("tran",), "tran", limit=5).total == 0
        uow.dossiers.add(dossier(1))
        uow.commit()
    desk.close()


@pytest.mark.parametrize("commit", ["commit", "break off"])
def test_a_copy_of_the_files_of_the_moment_tells_the_same(sqlite_url, tmp_path, commit):
    """What a power cut leaves is what lies in the file and its log at that moment."""
    process = worker.start("write_and_wait", sqlite_url, commit, 1, 50)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    for suffix in ("", "-wal"):
        shutil.copy(str(file) + suffix, tmp_path / f"after.db{suffix}")
    kill(process)
    desk = opened(f"sqlite:///{tmp_path / 'after.db'}")
    with desk.read() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == (50 if commit == "commit" else 0)
    desk.close()


def test_a_reader_keeps_its_snapshot_while_another_writes(database):
    fill(database, dossier(1))
    with database.read() as before:
        assert before.dossiers.count(ListFilter.ALL, AT) == 1
        fill(database, dossier(2))
        assert before.dossiers.count(ListFilter.ALL, AT) == 1
    with database.read() as after:
        assert after.dossiers.count(ListFilter.ALL, AT) == 2


def test_a_reader_can_change_nothing(database):
    with database.read() as uow, pytest.raises(SurroundingsError) as refused:
        uow.settings.put("a", 1)
    assert refused.value.code == "DATABASE_READ_ONLY"
    with database.write() as uow:
        uow.settings.put("a", 1)
        uow.commit()


def test_a_unit_that_is_over_commits_nothing(database):
    unit = database.write()
    with unit:
        pass
    with pytest.raises(RuntimeError):
        unit.commit()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to count")
def test_a_commit_is_one_forced_write_to_the_disk(sqlite_url, tmp_path):
    """None would lose acknowledged dossiers at a power cut, two would make every citizen wait twice."""
    opened_desk, trace = opened(sqlite_url), tmp_path / "trace"
    fill(opened_desk, dossier(1))  # the log has its head now; the desk stays open, so that nobody empties it
    command = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(trace), sys.executable, "-m", "tests.storage.worker"]
    counts = []  # of the database and its log; each process also syncs the folder once
    for n, act in enumerate(("commit", "break off"), start=2):
        done = subprocess.run([*command, "write_and_wait", sqlite_url, act, str(n), str(n)], input="go\n", capture_output=True, text=True,
                              cwd=Path(__file__).resolve().parents[2], check=False)
        if "ptrace" in done.stderr.lower():
            pytest.skip("tracing is not allowed here")
        assert done.returncode == 0, done.stderr
        counts.append(len(re.findall(r"(?:fsync|fdatasync)\(\d+<[^>]*\.db(?:-wal)?>\)", trace.read_text())))
    opened_desk.close()
    assert counts == [1, 0]
