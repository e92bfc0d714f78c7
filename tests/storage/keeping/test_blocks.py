"""The database in blocks beside its copies: what did not change is not written again, and every copy stays whole by itself."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule, run_state_machine_as_test

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.moments import local
from counter_app.services.keeping.records import Counted, KeptFile, Snapshot, never
from counter_app.storage.engine import keyed_connection
from counter_app.storage.keeping import snapshot, still, store
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.snapshot import BLOCK
from counter_app.storage.keeping.store import keep_blocks, place_of
from counter_app.storage.keeping.unpacking import unpack_database
from tests.storage.keeping.copied import World
from tests.storage.samples import KEY, dossier, fill, opened

AT = local(2026, 11, 20, 9, 42)


class Killed(BaseException):
    """The process ends here."""


def beside(folder):
    return {path.name: path.read_bytes() for path in (folder / "files").glob("*/*")}


def age(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))


def codes_of(copy, key=KEY):
    """Unpack a copy as a restore does and return the codes of its dossiers."""
    out = copy.parent.parent / "unpacked" / "desk.db"
    try:
        unpack_database(Container(copy), key, out)
        with closing(keyed_connection(out, key)) as connection:
            return {code for (code,) in connection.execute("SELECT code FROM dossier")}
    finally:
        shutil.rmtree(out.parent, ignore_errors=True)


# --- what is written ------------------------------------------------------------------------------------------------------


def test_a_block_that_did_not_change_is_not_written_again(world, database, monkeypatch):
    monkeypatch.setattr(snapshot, "BLOCK", 4 * 4096)
    fill(database, *(dossier(n) for n in range(1, 400)))
    first = world.copy()
    before = beside(world.folder)
    again = world.copy()
    assert (again.new_bytes, beside(world.folder)) == (again.path.stat().st_size, before), "nothing happened between them"
    fill(database, dossier(400))
    third = world.copy()
    come = beside(world.folder).keys() - before.keys()
    assert 0 < len(come) < len(before) / 2
    assert third.new_bytes == third.path.stat().st_size + sum(place_of(world.folder, name).stat().st_size for name in come)
    assert (third.bytes > 1_000_000, third.path.stat().st_size < 5000, first.new_bytes > 1_000_000) == (True, True, True)


def test_every_copy_is_the_desk_of_its_moment(world, database):
    made = {}
    for n in range(1, 5):
        fill(database, dossier(n))
        made[world.copy().path] = {dossier(each).code for each in range(1, n + 1)}
    for path, codes in made.items():
        assert codes_of(path) == codes


def test_copies_of_one_place_can_be_taken_to_another_with_their_folder(world, database):
    fill(database, dossier(1))
    made = world.copy()
    other = world.stick / "elsewhere"
    shutil.copytree(world.folder, other)
    assert codes_of(other / made.path.name) == {dossier(1).code}


def test_blocks_go_with_the_last_copy_that_names_them(world, database):
    for n in range(3):
        fill(database, *(dossier(each) for each in range(100 * n + 1, 100 * n + 101)))
        world.copy()
    newest, middle, oldest = world.room.copies(world.folder)
    age(world.folder)
    world.room.remove(world.folder, [middle])
    assert beside(world.folder).keys() == Container(newest.path).named() | Container(oldest.path).named()
    world.room.remove(world.folder, [oldest])
    assert beside(world.folder).keys() == Container(newest.path).named()
    assert len(codes_of(newest.path)) == 300


def test_blocks_of_a_copy_that_came_to_nothing_go_from_a_full_disk_though_no_copy_does(world, monkeypatch):
    assert world.room.remove(world.folder, []) is False, "not even a folder"
    made, real = world.copy(), store.write_proven
    monkeypatch.setattr(still, "TRIES", 0)

    def is_full_at_the_end(path, *rest):
        if path.name.endswith(f".qmc{store.PART}"):
            raise OSError(errno.ENOSPC, "full")
        real(path, *rest)

    monkeypatch.setattr(store, "write_proven", is_full_at_the_end)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        world.copy()
    assert world.room.remove(world.folder, []) is False, "they are young"
    age(world.folder)
    assert world.room.remove(world.folder, []) is True
    assert beside(world.folder).keys() == Container(made.path).named()
    assert world.room.remove(world.folder, []) is False


def test_several_desks_share_a_place_and_no_block(world, database):
    world.copy()
    before = beside(world.folder)
    other = world.stick / "QuayMotCua-other"
    shutil.copytree(world.folder, other)
    age(world.stick)
    fill(database, dossier(1))
    world.copy()
    world.room.remove(world.folder, world.room.copies(world.folder)[1:])
    assert beside(other) == before


def test_where_the_database_never_holds_still_it_is_copied_whole(world, database, monkeypatch):
    monkeypatch.setattr(still, "TRIES", 1)
    fill(database, dossier(1))
    with closing(keyed_connection(world.places.database, KEY)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM dossier").fetchone()
        fill(database, dossier(2))
        made = world.copy()
    assert codes_of(made.path) == {dossier(1).code, dossier(2).code}
    assert world.left() == []


def test_who_halts_a_whole_copy_leaves_nothing_of_it(world, monkeypatch):
    monkeypatch.setattr(still, "TRIES", 0)
    asked = iter(range(100))
    with pytest.raises(SurroundingsError, match="BACKUP_HALTED"):
        world.copy(stop=lambda: next(asked) >= 1)
    assert world.left() == []


# --- a disk that fails -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [
    Path.unlink, lambda path: path.write_bytes(bytes(path.stat().st_size)), lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_what_a_rehearsal_found_damaged_is_written_anew_by_the_next_copy(world, database, damage):
    fill(database, *(dossier(n) for n in range(1, 60)))
    world.copy()
    whole = beside(world.folder)
    for number in (1, 2):
        damage(world.place_of_block(number))
    with pytest.raises(SurroundingsError, match=r"COPY_(DAMAGED|INCOMPLETE)"):
        world.room.examine(world.room.copies(world.folder)[0], never)
    assert len(beside(world.folder).keys() & whole.keys()) == len(whole) - 2
    world.copy()
    assert whole.items() <= beside(world.folder).items()
    assert [world.room.examine(each, never).dossiers for each in world.room.copies(world.folder)] == [59, 59], "the older one too"


def test_a_block_that_lost_its_end_is_seen_by_the_next_copy_without_a_rehearsal(world):
    world.copy()
    block = world.place_of_block(0)
    whole = block.read_bytes()
    block.write_bytes(whole[:100])
    world.copy()
    assert block.read_bytes() == whole


def test_a_full_disk_keeps_what_it_took_and_the_next_try_goes_on_from_there(world, monkeypatch):
    written, real = [], store.write_proven

    def fills_up(path, part, content, told):
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "full")
        written.append(path.name)
        real(path, part, content, told)

    monkeypatch.setattr(store, "write_proven", fills_up)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        world.copy()
    assert (world.room.copies(world.folder), world.left(), set(beside(world.folder))) == ([], [], set(written))
    monkeypatch.setattr(store, "write_proven", real)
    made = world.copy()
    assert made.new_bytes == made.bytes - 2 * BLOCK
    assert codes_of(made.path) == set()


def test_a_database_that_can_no_longer_be_read_is_no_copy(world, monkeypatch):
    real = snapshot.ReadApart.read

    def ends_early(apart, at, size):
        return real(apart, at, size) if at < BLOCK else real(apart, at, size + 2**30)

    monkeypatch.setattr(snapshot.ReadApart, "read", ends_early)
    with pytest.raises(SurroundingsError, match="FILE_FAILED"):
        world.copy()
    assert (world.room.copies(world.folder), world.left()) == ([], [])


def test_a_block_that_reads_otherwise_the_second_time_is_not_kept(tmp_path):
    told = KeptFile(store.sha256(b"first").hexdigest(), 5, 0)
    with pytest.raises(SurroundingsError, match="COPY_DAMAGED"):
        keep_blocks(tmp_path, Snapshot(Counted("d"), 5, (told,), lambda _: b"other"), AT, never)
    assert beside(tmp_path) == {}


def test_every_block_is_looked_at_within_ten_days_by_the_copies_that_rely_on_it(tmp_path):
    contents = [bytes([n]) * 10 for n in range(70)]
    blocks = tuple(KeptFile(store.sha256(each).hexdigest(), 10, 0) for each in contents)
    taken = Snapshot(Counted("d"), 700, blocks, contents.__getitem__)
    assert keep_blocks(tmp_path, taken, AT, never) == 700
    whole, lost = beside(tmp_path), {blocks[n].sha256 for n in (0, 29, 30, 69)}
    for name in lost:
        place_of(tmp_path, name).write_bytes(b"x" * 10)
    brought = [keep_blocks(tmp_path, taken, AT + timedelta(hours=8 * n), never) for n in range(store.TURNS)]
    assert sorted(brought)[-4:] == [0, 10, 10, 20], "0 and 30 have the same turn"
    assert beside(tmp_path) == whole


# --- any order of things ------------------------------------------------------------------------------------------------------


class Keeping(RuleBasedStateMachine):
    """Dossiers come, copies are made, killed at any step, thinned out and damaged: what is named a copy is the desk of its moment.

    A damaged block is a fault of the disk: the copies that name it are not whole until it was found and brought again.
    """

    copies = Bundle("copies")
    template = None
    number = 0

    @initialize()
    def furnish(self):
        Keeping.number += 1
        self.place = Keeping.template.parent / f"machine-{Keeping.number}"
        self.place.mkdir()
        shutil.copy(Keeping.template, self.place / "new.db")
        self.world = World(self.place, f"sqlite:///{self.place / 'new.db'}")
        self.database = opened(f"sqlite:///{self.world.places.database}")
        self.codes, self.made = set(), {}

    @rule(count=st.integers(1, 40))
    def take_in(self, count):
        come = [dossier(len(self.codes) + n) for n in range(1, count + 1)]
        fill(self.database, *come)
        self.codes |= {each.code for each in come}

    @rule(target=copies)
    def copy(self):
        made = self.world.copy()
        self.made[made.path] = set(self.codes)
        return made.path

    @rule(step=st.integers(0, 12))
    def be_killed_while_copying(self, step):
        """Whatever is written next when the steps are over is not, and nobody clears up."""
        steps, replace, unlink, killed = iter(range(step)), Path.replace, Path.unlink, []

        def until(path, target):
            if next(steps, None) is None:
                killed.append(path)
                raise Killed
            return replace(path, target)

        def clear_up(path, missing_ok=False):
            if not killed:
                unlink(path, missing_ok=missing_ok)

        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            patch.setattr(Path, "replace", until)
            patch.setattr(Path, "unlink", clear_up)
            made = self.world.copy()
            self.made[made.path] = set(self.codes)

    @rule(path=consumes(copies), old=st.booleans())
    def thin_out(self, path, old):
        if old:
            age(self.world.folder)
        self.world.room.remove(self.world.folder, [each for each in self.world.room.copies(self.world.folder) if each.path == path])
        self.made.pop(path, None)

    @rule(path=copies, number=st.integers(0, 9))
    def damage_find_and_mend(self, path, number):
        """The newest copy is looked through once a month; what it names and the desk still has comes back with the next."""
        self.copy()
        (newest, *_) = self.world.room.copies(self.world.folder)
        blocks = Container(newest.path).blocks()
        block = place_of(self.world.folder, blocks[number % len(blocks)].sha256)
        block.write_bytes(bytes(block.stat().st_size))
        with pytest.raises(SurroundingsError, match="COPY_DAMAGED"):
            self.world.room.examine(newest, never)
        self.copy()

    @invariant()
    def every_copy_is_the_desk_of_its_moment(self):
        if not hasattr(self, "world"):
            return
        listed = {each.path: each for each in self.world.room.copies(self.world.folder)}
        assert listed.keys() >= self.made.keys()
        for path in self.made:
            assert codes_of(path) == self.made[path]

    def teardown(self):
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.place)


def test_any_order_of_dossiers_copies_kills_and_damage(sqlite_url):
    Keeping.template = Path(sqlite_url.removeprefix("sqlite:///"))
    run_state_machine_as_test(Keeping, settings=settings(max_examples=settings.default.max_examples // 2, stateful_step_count=8))
