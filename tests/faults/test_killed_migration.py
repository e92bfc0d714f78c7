"""Killed at any step of a migration: the next start finds the desk as it was, or as it became, and brings it up to date."""

from __future__ import annotations

import os
import shutil

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from counter_app.storage import backup, open_database, schema
from counter_app.storage.backup import check_copy
from tests.faults.disk import Worker, linux_only
from tests.services.killing import Bomb
from tests.storage.samples import KEY, dossier, full_dossier
from tests.storage.test_migrations import KEPT

pytestmark = linux_only
STRIDE = 17


def opened(folder):
    return open_database(f"sqlite:///{folder / 'desk.db'}", KEY, backup_dir=folder / "backups")


def arm(bomb, monkeypatch):
    """Make each statement, each commit and each step of the copy a step of the bomb."""
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, lambda *_: bomb.tick())
    for place, name in ((backup, "write_copy"), (backup, "check_copy"), (backup, "sync_folder"), (backup.Path, "replace"), (os, "fsync")):
        monkeypatch.setattr(place, name, stepping(bomb, getattr(place, name)))


def stepping(bomb, real):
    def call(*given, **named):
        bomb.tick()
        answer = real(*given, **named)
        bomb.tick()
        return answer

    return call


def is_killed(folder, step):
    """Migrate in a child, and tell whether it was killed at the step before the end."""
    def work(_):
        with pytest.MonkeyPatch.context() as patch:
            bomb = Bomb(step)
            arm(bomb, patch)
            bomb.armed = True
            opened(folder).close()

    worker = Worker(work)
    code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
    assert code in (0, 9), "the child failed by itself"
    return code == 9


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.soak)])
def test_the_next_start_brings_the_desk_up_to_date_and_nothing_is_lost(tmp_path, stride):
    step, kills = 1, 0
    while True:
        folder = tmp_path / f"killed-{step}"
        folder.mkdir()
        shutil.copy(KEPT[0], folder / "desk.db")
        was_killed = is_killed(folder, step)
        for copy in (folder / "backups").glob("*.db"):
            check_copy(copy, KEY)
        database = opened(folder)
        with database.read() as uow:
            assert schema.version(uow._connection) == schema.HEAD
            assert [uow.dossiers.get(f"d-00000{n}") for n in (1, 2)] == [full_dossier(1), dossier(2)]
        database.examine()
        database.close()
        assert list((folder / "backups").glob("*.db")), "what was before the migration is kept"
        shutil.rmtree(folder)
        if not was_killed:
            break
        step, kills = step + stride, kills + 1
    assert kills > 5
