"""A disk without room, at every amount of room there may be: what can't be whole is not there, and the sentence says why."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.bootstrap import desk_exists, open_counter, restore_desk
from counter_app.domain.errors import DeskError
from counter_app.storage import open_database, schema
from counter_app.storage.backup import check_copy
from counter_app.storage.keeping.room import SUFFIX
from tests.faults.disk import Disk, linux_only
from tests.faults.test_power_cut import clock, computer, fill
from tests.faults.test_power_cut_of_copies import furnished, take_in
from tests.storage.samples import KEY, dossier, full_dossier
from tests.storage.test_migrations import KEPT

__all__ = ["furnished"]
pytestmark = linux_only
KIB = 1024
ROOMS = [0, 40 * KIB, 400 * KIB, *(pytest.param(size * KIB, marks=pytest.mark.soak) for size in range(20, 2000, 90))]


@pytest.fixture
def no_room():
    """Leaves so many bytes of room on a disk."""
    def leave(there, room):
        (there / "room").write_bytes(bytes(room))
        fill(there)
        (there / "room").unlink()

    return leave


def refusal(act):
    """Return the code that an act is refused with, empty where there was room enough; nothing of it stays open."""
    try:
        act()
    except DeskError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_migration_without_room_leaves_the_desk_as_it_was(tmp_path, no_room, room):
    disk = Disk(tmp_path)
    disk.again()
    with disk.in_the_machine() as there:
        shutil.copy(KEPT[0], there / "desk.db")
        no_room(there, room)

        def opened():
            return open_database(f"sqlite:///{there / 'desk.db'}", KEY, backup_dir=there / "backups")

        assert refusal(lambda: opened().close()) in {"", "DISK_FULL", "DATABASE_READ_ONLY"}
        assert not list((there / "backups").glob("*.part")), "nothing is left of the try"
        (there / "filler").unlink()
        for copy in (there / "backups").glob("*.db"):
            check_copy(copy, KEY)
        with closing(opened()) as database, database.read() as uow:
            assert schema.version(uow._connection) == schema.HEAD
            assert [uow.dossiers.get(f"d-00000{n}") for n in (1, 2)] == [full_dossier(1), dossier(2)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_copy_and_a_restore_without_room_leave_nothing_half_made(furnished, monkeypatch, no_room, room):
    with computer(furnished, monkeypatch) as there:
        with closing(open_counter(there / "desk", clock=(now := clock()))) as counter:
            made = Path(counter.keeping.make_in(str(there / "stick")).path)
            now.forward(seconds=1)
            no_room(there, room)
            refused = refusal(lambda: counter.keeping.make_in(str(there / "stick")))
            copies = [path.name for path in (there / "stick").rglob(f"*{SUFFIX}")]
            assert (refused, copies) == ("DISK_FULL", [made.name]) or (refused, len(copies)) == ("", 2)
        refused = refusal(lambda: restore_desk(made, there / "back", clock=clock()))
        assert (refused, desk_exists(there / "back")) in {("DISK_FULL", False), ("", True)}
        (there / "filler").unlink()
        if refused:
            assert restore_desk(made, there / "back", clock=clock(60)).facts.dossiers == 3
        with closing(open_counter(there / "desk", clock=clock(60))) as counter:
            take_in(counter)
