"""Copies in folders: encrypted, whole or not there, of one moment, each sealed file once, and honest about damage."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import SurroundingsError
from counter_app.services.keeping.records import never
from counter_app.storage.keeping import store
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces, answers
from tests.fakes import FakeClock
from tests.storage.keeping.copied import DEVICE
from tests.storage.samples import KEY, dossier, fill, written_to

OLD = Path(__file__).parents[1] / "old"
def refuse(*_):
    raise OSError(errno.EROFS, "read-only")


def test_a_copy_says_what_it_holds_and_shows_nothing(world, database):
    fill(database, *(dossier(n) for n in range(1, 41)))
    world.seal("files/ab/00000000-0000-0000-0000-0000000000ab", b"x" * 700)
    made = world.copy()
    beside = [path for path in world.folder.rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in beside)
    facts = Container(made.path).facts
    assert (facts.dossiers, facts.files, facts.files_bytes, facts.device, facts.recovery) == (40, 1, 700, DEVICE, '{"wrapped_key": "00"}')
    assert (made.path.suffix, made.bytes + 700, made.new_bytes) == (".qmc", len(data), len(data))
    assert not any(path.stat().st_mode & 0o077 for path in beside)
    assert facts.database_bytes == world.places.database.stat().st_size
    assert b"SQLite format 3" not in data
    assert dossier(1).applicant.full_name.encode() not in data
    assert world.left() == []


def test_copies_of_a_busy_desk_are_of_one_moment(world, database):
    with written_to(database):
        counts = [world.copy().facts.dossiers for _ in range(3)]
    assert all(count % 2 for count in counts), "never half a transaction"
    assert counts == sorted(counts)


# --- sealed files --------------------------------------------------------------------------------------------------------


def test_a_sealed_file_is_copied_once(world):
    for name in ("files/aa/1", "files/bb/2", "scans/b1/pages/cc/3", "scans/b1/journal"):
        world.seal(name, name.encode())
    assert (world.copy().new_files, len(world.kept())) == (4, 4)
    again = world.copy()
    assert (again.new_files, again.facts.files) == (0, 4)
    world.seal("scans/b1/journal", b"one more line")
    more = world.copy()
    assert (more.new_files, more.facts.files, len(world.kept())) == (1, 4, 5)
    assert more.new_bytes == 13 + more.path.stat().st_size, "the database had no new block"


def test_the_same_bytes_under_two_names_lie_there_once(world):
    world.seal("files/aa/1")
    world.seal("files/bb/2")
    made = world.copy()
    assert (made.new_files, made.facts.files, len(world.kept())) == (1, 2, 1)


def test_what_lies_in_the_clear_or_is_unfinished_is_never_copied(world):
    in_the_clear = Path("scans", "b1", "work", "page.png")
    for name in (in_the_clear, "scans/b1/lock", "scans/b1/dropped", "files/aa/1.part", "files/aa/.1.part", "reading/page.png", "slips/a.pdf"):
        world.seal(name)
    assert world.copy().facts.files == 0
    assert world.kept() == set()


@pytest.mark.parametrize("name", ["files/ab/Bản sao.pdf", "files/ab/1 (conflicted copy)", "scans/b1/a\nb", "files/mới/1", "files/~1"])
def test_what_somebody_else_put_into_the_folder_makes_no_copy_useless(world, database, name):
    fill(database, dossier(1))
    world.seal("files/ab/00000000-0000-0000-0000-0000000000ab")
    world.seal(name, b"a stranger's")
    world.copy()
    (copy,) = world.room.copies(world.folder)
    assert set(Container(copy.path).files()) == {"files/ab/00000000-0000-0000-0000-0000000000ab"}
    found = world.room.examine(copy, never)
    assert (found.dossiers, found.files, found.missing) == (1, 1, ())


def test_what_comes_and_goes_while_the_database_is_taken_belongs_to_the_copy(world):
    gone = world.seal("scans/b1/pages/aa/1", b"filed meanwhile")

    def meanwhile():
        gone.unlink()
        world.seal("files/cc/3", b"sealed meanwhile")

    made = world.copy(meanwhile=meanwhile)
    assert set(Container(made.path).files()) == {"scans/b1/pages/aa/1", "files/cc/3"}
    assert set(Container(world.copy().path).files()) == {"files/cc/3"}


def test_a_kept_file_that_was_cut_short_is_copied_again(world):
    world.seal("files/aa/1", b"x" * 1000)
    world.copy()
    kept = store.place_of(world.folder, *world.kept())
    kept.write_bytes(b"x" * 10)
    assert world.copy().new_files == 1
    assert kept.read_bytes() == b"x" * 1000


def test_a_file_that_was_changed_within_its_size_is_seen_by_its_time(world):
    path = world.seal("scans/b1/journal", b"aaaa")
    world.copy()
    path.write_bytes(b"bbbb")
    os.utime(path, ns=(1, 1))
    assert world.copy().new_files == 1


def test_only_what_no_copy_names_is_deleted_with_a_copy(world):
    world.seal("files/aa/1", b"stays")
    gone = world.seal("files/bb/2", b"destroyed")
    first = world.copy()
    gone.unlink()
    second = world.copy()
    for path in (world.folder / "files").glob("*/*"):
        os.utime(path, (1, 1))
    assert len(world.kept()) == 2, "the first copy names it still"
    world.room.remove(world.folder, [each for each in world.room.copies(world.folder) if each.path == first.path])
    assert [each.path for each in world.room.copies(world.folder)] == [second.path]
    assert world.kept() == {each.sha256 for each in Container(second.path).files().values()}


def test_a_young_file_stays_and_so_does_everything_beside_a_copy_that_can_not_be_read(world):
    gone = world.seal("files/bb/2", b"destroyed")
    first = world.copy()
    gone.unlink()
    world.copy()
    world.room.remove(world.folder, [world.room.copies(world.folder)[-1]])
    assert len(world.kept()) == 1, "young"
    for path in (world.folder / "files").glob("*/*"):
        os.utime(path, (1, 1))
    (world.folder / "0.qmc").write_bytes(b"half a copy")
    world.copy()
    world.room.remove(world.folder, [world.room.copies(world.folder)[-1]])
    assert len(world.kept()) == 1
    assert not first.path.exists()
    assert world.room.remove(world.folder, []) is False


# --- whole or not there ---------------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_copy_that_was_cut_anywhere_is_none(world, share):
    made = getattr(world, "made", None) or world.copy()
    world.made = made
    cut = world.folder / "cut.qmc"
    data = made.path.read_bytes()
    cut.write_bytes(data[:int(len(data) * share)])
    with pytest.raises(SurroundingsError) as refused:
        Container(cut)
    assert refused.value.code in ("COPY_UNREADABLE", "COPY_DAMAGED")
    assert [each.path for each in world.room.copies(world.folder)] == [made.path]
    cut.unlink()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(at=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_copy_with_any_bit_turned_is_never_taken_for_whole(world, at, bit):
    made = getattr(world, "made", None) or world.copy()
    world.made = made
    data = bytearray(made.path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    other = world.folder / "other.qmc"
    other.write_bytes(data)
    try:
        copy = Container(other)
        taken = copy.is_proven(KEY) and bool(list(copy.database()))
    except SurroundingsError as error:
        taken, code = False, error.code
        assert code in ("COPY_UNREADABLE", "COPY_DAMAGED", "COPY_NEWER")
    assert not taken
    other.unlink()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=600))
def test_any_other_file_is_refused_in_words(world, data):
    other = world.stick / "other.qmc"
    other.write_bytes(data)
    with pytest.raises(SurroundingsError) as refused:
        Container(other)
    assert refused.value.code in ("COPY_UNREADABLE", "COPY_DAMAGED")


def test_a_copy_of_another_desk_is_no_copy_of_this_one(world):
    made = world.copy()
    stranger = CopyRoom(world.places, DEVICE, b"s" * 32)
    assert stranger.copies(world.folder) == []
    assert not Container(made.path).is_proven(b"s" * 32)


@pytest.mark.parametrize("after", range(1, 9))
def test_a_copy_that_is_broken_off_leaves_nothing_but_what_counts_the_next_time(world, after):
    for n in range(3):
        world.seal(f"files/aa/{n}", bytes([n]) * 100)
    asked = iter(range(1, 100))
    with pytest.raises(SurroundingsError, match="BACKUP_HALTED"):
        world.copy(stop=lambda: next(asked) >= after)
    assert (world.room.copies(world.folder), world.left()) == ([], [])
    assert world.copy().facts.files == 3


def test_a_disk_that_gives_back_something_else_is_found_out(world, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"something else")
    with pytest.raises(SurroundingsError) as refused:
        world.copy()
    assert refused.value.code == "COPY_DAMAGED"
    assert [path for path in world.folder.rglob("*") if path.is_file()] == []


def test_a_damaged_database_is_never_copied(world):
    file = world.places.database
    whole = bytearray(file.read_bytes())
    whole[4096 * 10 + 100] ^= 1
    file.write_bytes(whole)
    with pytest.raises(SurroundingsError) as refused:
        world.copy()
    assert refused.value.code == "DATABASE_CORRUPT"
    assert (world.left(), world.room.copies(world.folder)) == ([], [])


def test_what_a_killed_copy_left_is_cleared_once_it_no_longer_grows(world):
    world.seal("files/aa/1")
    world.copy()
    left = [world.folder / "1.qmc.part", world.folder / "files" / "1.part"]
    for path in left:
        path.write_bytes(b"half")
    world.copy()
    assert all(path.exists() for path in left), "it may still grow"
    for path in left:
        os.utime(path, (1, 1))
    world.copy()
    assert not any(path.exists() for path in left)


# --- places -----------------------------------------------------------------------------------------------------------------


def test_an_empty_mount_point_is_no_stick(world):
    assert world.room.is_there(str(world.stick), known=False)
    assert not world.room.is_there(str(world.stick), known=True)
    world.copy()
    assert world.room.is_there(str(world.stick), known=True)
    assert not world.room.is_there(str(world.stick / "gone"), known=False)
    assert world.room.is_there("", known=True)


def test_a_share_whose_server_is_gone_keeps_nobody_waiting():
    back = threading.Event()

    def stale():
        raise OSError(116, "Stale file handle")

    assert answers(lambda: True, 30)
    assert not answers(lambda: False, 30)
    assert not answers(back.wait, 0.01)
    assert not answers(stale, 30)
    back.set()


def test_a_folder_on_the_same_disk_is_no_second_copy_and_one_on_another_is(world, tmp_path):
    assert world.copy().second is False
    other = Path("/dev/shm") / tmp_path.name
    if not other.parent.is_dir() or other.parent.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("one file system only")
    other.mkdir()
    try:
        with world.room.snapshot(never) as snapshot:
            made = world.room.put(snapshot, other, None, "asked", world.clock.now(), never)
        assert made.second is True
    finally:
        shutil.rmtree(other)


def test_the_desks_own_disk_keeps_the_database_alone(world):
    world.seal("files/aa/1")
    with world.room.snapshot(never) as snapshot:
        made = world.room.put(snapshot, world.room.folder_of(""), None, "update", world.clock.now(), never)
    assert (made.path.parent, made.facts.with_files, made.facts.files) == (world.places.backups, False, 0)


def test_one_at_a_time(world):
    pid = None
    with world.room.alone():
        pid = os.fork()
        if pid == 0:
            try:
                with CopyRoom(world.places, DEVICE, KEY).alone():
                    os._exit(1)
            except SurroundingsError as error:
                os._exit(0 if error.code == "BACKUP_ELSEWHERE" else 2)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        with pytest.raises(SurroundingsError, match="BACKUP_ELSEWHERE"), CopyRoom(world.places, DEVICE, KEY).alone():
            pass  # nor two threads of one program, which would share a folder for their work
    with world.room.alone():
        pass


def test_a_servers_desk_keeps_its_scans_alone(world):
    world.seal("files/aa/1")
    room = CopyRoom(replace(world.places, database=None), DEVICE, b"")
    files = room.keep_files(world.folder, never)
    with room.snapshot(never) as snapshot:
        made = room.put(snapshot, world.folder, files, "asked", world.clock.now(), never)
    (copy,) = room.copies(world.folder)
    assert (room.on_server, made.facts.database_bytes, made.facts.files, room.examine(copy, never).files) == (True, 0, 1, 1)


@pytest.mark.parametrize("kept", sorted(OLD.glob("schema-*.db")), ids=lambda path: path.stem)
def test_a_database_of_any_earlier_schema_can_be_copied_and_looked_through(tmp_path, kept):
    """Before an update the data is still the old one."""
    database = tmp_path / "desk.db"
    shutil.copy(kept, database)
    room = CopyRoom(DeskPlaces(tmp_path, tmp_path / "backups", database, tmp_path / "none", tmp_path / "lock"), DEVICE, KEY)
    with room.snapshot(never) as snapshot:
        made = room.put(snapshot, room.folder_of(""), None, "update", FakeClock().now(), never)
    assert made.facts.schema == kept.stem[-4:]
    (copy,) = room.copies(room.folder_of(""))
    assert room.examine(copy, never).dossiers == made.facts.dossiers > 0


# --- looking through --------------------------------------------------------------------------------------------------------


def test_a_rehearsal_counts_what_can_be_restored_and_leaves_nothing(world, database):
    fill(database, *(dossier(n) for n in range(1, 6)))
    for n in range(3):
        world.seal(f"files/aa/{n}", bytes([n]) * 100)
    world.copy()
    (copy,) = world.room.copies(world.folder)
    found = world.room.examine(copy, never)
    assert (found.dossiers, found.files, found.missing, world.left()) == (5, 3, (), [])


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"z" * 100)])
def test_a_rehearsal_names_each_scan_that_is_gone_or_damaged(world, damage):
    for n in range(3):
        world.seal(f"files/aa/{n}", bytes([n]) * 100)
    world.copy()
    (copy,) = world.room.copies(world.folder)
    kept = Container(copy.path).files()["files/aa/1"]
    damage(store.place_of(world.folder, kept.sha256))
    assert world.room.examine(copy, never).missing == ("files/aa/1",)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"z" * 100), lambda path: path.write_bytes(b"z" * 101)])
def test_what_a_rehearsal_found_damaged_is_brought_again_by_the_next_copy(world, damage):
    """A file of the same name and size would be taken for kept for ever."""
    for n in range(3):
        world.seal(f"files/aa/{n}", bytes([n]) * 100)
    world.copy()
    (copy,) = world.room.copies(world.folder)
    path = store.place_of(world.folder, Container(copy.path).files()["files/aa/1"].sha256)
    damage(path)
    world.room.examine(copy, never)
    assert not path.exists()
    assert world.copy().new_files == 1
    assert path.read_bytes() == b"\1" * 100
    assert [world.room.examine(each, never).missing for each in world.room.copies(world.folder)] == [(), ()], "the older copy is whole again too"


def test_what_was_put_aside_goes_when_copies_are_thinned_out(world):
    world.seal("files/aa/1")
    world.copy()
    (copy,) = world.room.copies(world.folder)
    path = store.place_of(world.folder, Container(copy.path).files()["files/aa/1"].sha256)
    path.write_bytes(b"z" * 6)
    os.utime(path, (0, 0))
    world.room.examine(copy, never)
    world.copy()
    assert len(world.kept()) == 2
    assert world.room.remove(world.folder, [copy])
    assert world.kept() == {path.name}


def test_a_disk_that_takes_nothing_any_more_keeps_what_it_has(world, monkeypatch):
    world.seal("files/aa/1")
    world.copy()
    (copy,) = world.room.copies(world.folder)
    path = store.place_of(world.folder, Container(copy.path).files()["files/aa/1"].sha256)
    path.write_bytes(b"z" * 6)
    monkeypatch.setattr(Path, "replace", refuse)
    assert world.room.examine(copy, never).missing == ("files/aa/1",)
    assert path.exists()


def test_a_rehearsal_of_a_damaged_copy_fails_and_leaves_nothing(world):
    world.copy()
    (copy,) = world.room.copies(world.folder)
    block = world.place_of_block(0)
    data = bytearray(block.read_bytes())
    data[4096 * 5 + 7] ^= 1
    block.write_bytes(data)
    with pytest.raises(SurroundingsError) as refused:
        world.room.examine(copy, never)
    assert (refused.value.code, world.left()) == ("COPY_DAMAGED", [])


def test_copies_are_listed_newest_first(world):
    made = [world.copy().path for _ in range(3)]
    assert [each.path for each in world.room.copies(world.folder)] == made[::-1]
    assert world.room.copies(world.folder)[0].facts.made_at - world.room.copies(world.folder)[2].facts.made_at == timedelta(minutes=2)
