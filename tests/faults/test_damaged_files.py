"""Files that lost something while the program was closed: whatever they lack of what was acknowledged is told, and never made up."""

from __future__ import annotations

import os
import random
import shutil

import pytest

from counter_app.bootstrap import open_counter
from counter_app.domain.errors import SurroundingsError
from tests.builders import command
from tests.fakes import FakeClock
from tests.faults.disk import Worker, linux_only

pytestmark = linux_only
PAGE = 4096
DOSSIERS = 3


@pytest.fixture
def killed(desk_dir, home):
    """A desk that was ended by force after some dossiers: what they brought stands in the log beside the database."""
    def work(say):
        counter = open_counter(desk_dir, clock=FakeClock())
        actor = counter.login.acting("", "")
        for _ in range(DOSSIERS):
            say(counter.intake.receive(command(), actor).code)
        os._exit(0)

    worker = Worker(work)
    worker.until(DOSSIERS)
    assert worker.end()
    assert (desk_dir / "desk.db-wal").stat().st_size > PAGE
    return desk_dir, worker.said()


def findings(counter):
    return {(each.what, each.kind.value) for each in counter.verifying.run().differences}


def test_a_desk_that_was_ended_by_force_has_everything(killed):
    desk_dir, codes = killed
    counter = open_counter(desk_dir, clock=FakeClock())
    with counter.database.read() as uow:
        assert all(uow.dossiers.by_code(code) for code in codes)
    assert findings(counter) == set()
    counter.close()


def lost(log):
    log.unlink()


def torn(log):
    log.write_bytes(log.read_bytes()[:-2 * PAGE])


def spoiled(log):
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)


@pytest.mark.parametrize("harm", [lost, torn, spoiled])
def test_a_log_that_lost_its_end_is_told_as_cut_off_and_no_code_comes_again(killed, harm):
    """SQLite takes a damaged log for one that ends there, and says nothing: only what lies beside shows what is missing."""
    desk_dir, codes = killed
    harm(desk_dir / "desk.db-wal")
    (desk_dir / "desk.db-shm").unlink(missing_ok=True)
    counter = open_counter(desk_dir, clock=FakeClock())
    with counter.database.read() as uow:
        kept = [code for code in codes if uow.dossiers.by_code(code)]
    assert len(kept) < DOSSIERS
    assert kept == codes[:len(kept)], "what is there is whole"
    told = findings(counter)
    assert ("guard", "truncated") in told
    assert {kind for _, kind in told} == {"truncated"}
    following = counter.intake.receive(command(), counter.login.acting("", "")).code
    assert following not in codes
    counter.close()


@pytest.mark.parametrize("stride", [11, pytest.param(1, marks=pytest.mark.soak)])
def test_verify_finds_a_damaged_page_of_every_kind_and_never_falls(killed, home, stride):
    """Leaves, inner pages, overflow, indexes, the free list: every page of the file in turn."""
    desk_dir, _ = killed
    open_counter(desk_dir, clock=FakeClock()).close()
    sound, chance = (desk_dir / "desk.db").read_bytes(), random.Random(3)
    refusals, state = set(), shutil.copytree(home / "state", home / "state-before")
    for page in range(0, len(sound) // PAGE, stride):
        damaged = bytearray(sound)
        damaged[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        (desk_dir / "desk.db").write_bytes(damaged)
        shutil.rmtree(home / "state")
        shutil.copytree(state, home / "state")
        try:
            counter = open_counter(desk_dir, clock=FakeClock())
        except SurroundingsError as refused:
            refusals.add(refused.code)
            continue
        found = counter.verifying.run()
        assert not found.verified
        assert (found.differences[0].what, found.differences[0].problem.code) == ("database", "DATABASE_CORRUPT"), page
        counter.close()
    assert refusals <= {"DATABASE_CORRUPT", "DATABASE_WRONG_KEY"}
