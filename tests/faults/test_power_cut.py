"""The power fails under a whole desk: a disk copied in mid-write holds whatever was acknowledged before, and nothing half done."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest

from counter_app.bootstrap import open_counter
from counter_app.domain.errors import SurroundingsError
from counter_app.storage import open_database, schema
from counter_app.storage.backup import check_copy
from tests.builders import command
from tests.fakes import FakeClock
from tests.faults.disk import Disk, linux_only, power_cuts
from tests.storage.samples import KEY, dossier, full_dossier
from tests.storage.test_migrations import KEPT

pytestmark = linux_only
FEW, MANY = 5, 60
MODES = [FEW, pytest.param(MANY, marks=pytest.mark.soak)]
"""How often the power is cut: in the suite, in the long run."""


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path)


@contextmanager
def computer(disk, monkeypatch, image=None):
    """Put a disk into the machine, with the desk and what belongs to the computer on it."""
    with disk.in_the_machine(image) as there:
        monkeypatch.setenv("COUNTER_STATE_DIR", str(there / "state"))
        monkeypatch.setenv("COUNTER_KEY_FILE", str(there / "desk.key"))
        yield there


@pytest.fixture
def furnished(disk, desk_template, monkeypatch, home):
    """A disk with a fresh desk."""
    with computer(disk, monkeypatch, disk.first) as there:
        shutil.copytree(desk_template, there, dirs_exist_ok=True)
    disk.again()
    return disk


def clock(minutes=0):
    made = FakeClock()
    made.moment += timedelta(minutes=minutes)
    return made


def kinds(counter):
    return {each.kind.value for each in counter.verifying.run().differences}


def take_in(disk, count=10_000):
    """Return work that takes dossiers in, and says each code once it is given out."""
    def work(say):
        counter = open_counter(disk.at / "desk", clock=clock())
        actor = counter.login.acting("", "")
        say("open")
        for _ in range(count):
            say(counter.intake.receive(command(), actor).code)
        counter.close()

    return work


@pytest.mark.parametrize("cuts", MODES)
def test_no_dossier_that_was_given_a_code_is_lost_and_no_code_is_given_twice(furnished, monkeypatch, tmp_path, cuts):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(furnished.at / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(furnished.at / "desk.key"))
    found = power_cuts(furnished, take_in(furnished), [0.031 + 0.007 * (n % 11) for n in range(cuts)], tmp_path)
    assert len(found) == cuts
    assert len(found[-1][0]) > 1, "dossiers were taken in meanwhile"
    for said, image in found:
        with computer(furnished, monkeypatch, image) as there:
            counter = open_counter(there / "desk", clock=clock(5))
            with counter.database.read() as uow:
                kept = {each.code for each in uow.dossiers.received_between(clock().now() - timedelta(days=1), clock(9).now())}
            assert set(said[1:]) <= kept, "what was acknowledged is there"
            assert kinds(counter) <= {"unfinished"}, "nothing is altered, inserted or cut off"
            code = counter.intake.receive(command(), counter.login.acting("", "")).code
            assert code > max(kept, default=""), "numbers go on above everything that may be on a paper"
            assert kinds(counter) == set(), "the next act takes up what was broken off"
            counter.close()
        image.unlink()


@pytest.mark.parametrize("cuts", MODES)
def test_a_migration_that_is_cut_is_begun_again_and_no_copy_is_taken_for_whole_that_is_not(disk, tmp_path, cuts):
    with disk.in_the_machine(disk.first) as there:
        shutil.copy(KEPT[0], there / "desk.db")
    disk.again()

    def opened(there):
        return open_database(f"sqlite:///{there / 'desk.db'}", KEY, backup_dir=there / "backups")

    def work(say):
        say("begun")
        opened(disk.at).close()
        say("done")

    found = power_cuts(disk, work, [0.25 / cuts] * 4 * cuts, tmp_path)
    assert found
    for said, image in found:
        with disk.in_the_machine(image) as there:
            for copy in (there / "backups").glob("*.db"):
                check_copy(copy, KEY)
            database = opened(there)
            with database.read() as uow:
                assert schema.version(uow._connection) == schema.HEAD
                assert [uow.dossiers.get(f"d-00000{n}") for n in (1, 2)] == [full_dossier(1), dossier(2)], said
            database.examine()
            database.close()
            assert list((there / "backups").glob("*.db")), "what was before the migration is kept"
        image.unlink()


def fill(there):
    """Leave no room on a disk."""
    with (there / "filler").open("wb", buffering=0) as filler:
        for size in (2**20, 4096):
            try:
                while filler.write(bytes(size)):
                    pass
            except OSError:
                os.fsync(filler.fileno())


def test_a_disk_that_is_full_takes_nothing_in_and_goes_on_once_there_is_room(furnished, monkeypatch):
    with computer(furnished, monkeypatch) as there:
        counter = open_counter(there / "desk", clock=clock())
        actor = counter.login.acting("", "")
        codes = [counter.intake.receive(command(), actor).code]
        fill(there)
        refused = []
        for _ in range(200):  # what room the files had inside is used up first
            try:
                codes.append(counter.intake.receive(command(note="đầy đĩa " * 60), actor).code)
            except SurroundingsError as error:
                refused.append(error.code)
            if len(refused) == 3:
                break
        assert len(refused) == 3
        assert set(refused) <= {"DISK_FULL", "GUARD_UNWRITABLE"}
        assert kinds(counter) <= {"unfinished"}
        (there / "filler").unlink()
        codes.append(counter.intake.receive(command(), actor).code)
        with counter.database.read() as uow:
            assert all(uow.dossiers.by_code(code) for code in codes)
        assert codes == sorted(set(codes))
        assert kinds(counter) == set()
        counter.close()
