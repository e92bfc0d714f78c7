"""Processes that are really killed at each boundary of a write, with the real guard file and the real database.

No code becomes a dossier twice, every gap is in the register, and the next process goes on as if nothing had happened.
"""

import os
import shutil
from collections import Counter
from datetime import date

import pytest

from counter_app.storage import open_database
from tests.storage.number_runner import DEVICE, KEY, NOW, run
from tests.storage.samples import serials_on_record

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
DAY = NOW.date()
BEFORE_THE_COMMIT = ("asked", "half a line", "not synced", "written anew", "taken", "written")
AFTER_THE_COMMIT = ("committed", "settled")
KILLED = -9


class Computer:
    """A folder for the guard, one for the data, and a list of what became a dossier."""

    def __init__(self, folder):
        self.folder, self.state, self.data = folder, folder / "state", folder / "data"
        self.data.mkdir()
        run(self.job(0, create=True))

    def job(self, count, **more):
        return {"database": str(self.data / "desk.db"), "state": str(self.state), "told": str(self.folder / "told"), "count": count, **more}

    def told(self):
        return (self.folder / "told").read_text().split()

    def back_up(self):
        shutil.copytree(self.data, self.folder / "backup", dirs_exist_ok=True)

    def restore(self):
        shutil.rmtree(self.data)
        shutil.copytree(self.folder / "backup", self.data)

    def register(self):
        """Return (serial → reason or None for a dossier) of the day."""
        database = open_database(f"sqlite:///{self.data / 'desk.db'}", KEY, backup_dir=None)
        with database.read() as uow:
            burned = {number.serial: number.reason for number in uow.numbers.burned(date.min, date.max)}
            known = serials_on_record(uow, DEVICE, DAY)
        database.close()
        return {serial: burned.get(serial) for serial in sorted(known)}


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path)


def twice(codes):
    return [code for code, times in Counter(codes).items() if times > 1]


def test_a_process_killed_anywhere_repeats_nothing_and_explains_its_gap(computer):
    steps = BEFORE_THE_COMMIT + AFTER_THE_COMMIT
    ends = run(*(job for step in steps for job in (computer.job(3, kill_at=step), computer.job(1))))
    assert ends == [KILLED, 0] * len(steps)
    told, register = computer.told(), computer.register()
    assert twice(told) == []
    assert list(register) == list(range(1, len(register) + 1))
    assert [code for code in told if register[int(code[-4:])] is not None] == []
    assert sum(reason is None for reason in register.values()) == len(told) == 3 * len(steps) + len(AFTER_THE_COMMIT)
    burned = [reason for reason in register.values() if reason is not None]
    assert set(burned) == {"crash"}
    assert 2 <= len(burned) <= len(BEFORE_THE_COMMIT)


@pytest.mark.parametrize("step", [None, "taken", "committed"])
def test_a_restored_backup_goes_on_above_everything_that_was_printed(computer, step):
    run(computer.job(2))
    computer.back_up()
    run(computer.job(5, kill_at=step))
    computer.restore()
    run(computer.job(2), computer.job(1, kill_at=step), computer.job(2))
    register = computer.register()
    assert twice(computer.told()) == []
    assert list(register) == list(range(1, len(register) + 1))
    assert [register[serial] for serial in (3, 4, 5, 6)] == ["lost"] * 4


def test_several_processes_and_a_second_copy_of_the_database_share_one_guard(computer):
    run(computer.job(1))
    copy = computer.folder / "copy"
    shutil.copytree(computer.data, copy)
    same = [computer.job(15) for _ in range(3)]
    other = [computer.job(15, database=str(copy / "desk.db"))]
    assert run([*same, *other]) == [0] * 4
    told = computer.told()
    assert len(told) == 61
    assert twice(told) == []
    assert list(computer.register()) == list(range(1, max(computer.register()) + 1))


def test_a_guard_that_is_told_after_the_commit_would_be_caught_here(computer):
    wrong = {"service": "guard after commit"}
    run(computer.job(2, **wrong))
    computer.back_up()
    run(computer.job(1, kill_at="committed", **wrong))
    computer.restore()
    run(computer.job(1, **wrong))
    assert twice(computer.told()) == ["H99.10.05-261123-0003"]
