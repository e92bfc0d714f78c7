"""Two computers with copies of one desk in one place: what one relies on while it makes a copy, the other's rotation never takes away.

Both are stopped before any change or look of theirs at the place, in every order of two halves each.
"""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.services.keeping.records import Counted, KeptFile, Snapshot, never
from counter_app.storage.keeping import store
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces
from tests.fakes import FakeClock
from tests.storage.keeping.copied import DEVICE
from tests.storage.samples import KEY

CONTENTS = (b"first.", b"shared", b"third.")
STEPS = ("glob", "replace")
"""What of one computer at the place another one can see or undo: it looks what lies there, or gives something its name."""


def snapshot_of(*contents):
    blocks = tuple(KeptFile(sha256(each).hexdigest(), len(each), 0) for each in contents)
    return Snapshot(Counted(DEVICE), sum(map(len, contents)), blocks, contents.__getitem__)


class Computers:
    """Two rooms over one place. The keeper makes a copy that relies on what the other's rotation is about to take away."""

    def __init__(self, place):
        self.place, self.clock = place, FakeClock()
        self.keeper, self.rotating = (self._room(name) for name in ("one", "two"))
        self.folder = self.keeper.folder_of(str(place))
        scan = place / "one" / "files" / "ab" / "scan"
        scan.parent.mkdir(parents=True)
        scan.write_bytes(b"sealed")
        self.old = [self.copy(self.rotating, *CONTENTS), self.copy(self.keeper, *CONTENTS)]
        for path in self.folder.rglob("*"):
            if path.is_file():
                os.utime(path, (1, 1))
        self.made = None

    def _room(self, name):
        desk = self.place / name
        desk.mkdir()
        return CopyRoom(DeskPlaces(desk, desk / "backups", desk / "none", desk / "none", self.place / f"{name}.lock"), DEVICE, KEY)

    def copy(self, room, *contents):
        self.clock.moment += timedelta(minutes=1)
        files = room.keep_files(self.folder, never)
        return room.put(snapshot_of(*contents), self.folder, files, "asked", self.clock.moment, never).path

    def keep(self):
        self.made = self.copy(self.keeper, *CONTENTS[:2], b"today.")

    def rotate(self):
        self.rotating.remove(self.folder, [each for each in self.rotating.copies(self.folder) if each.path in self.old])

    def lost(self):
        """What the copy names and is not beside it."""
        return Container(self.made).named() - {path.name for path in (self.folder / "files").glob("*/*")}


class Stops:
    """Stops threads before the n-th thing they do at a place; whoever has none goes on."""

    def __init__(self, monkeypatch):
        self._left, self._then = {}, {}
        for name in STEPS:
            monkeypatch.setattr(Path, name, self._stopping(getattr(Path, name)))

    def at(self, step, then):
        """Do something before that thing which the thread that runs does as its ``step``-th."""
        mine = threading.get_ident()
        self._left[mine], self._then[mine] = step, then

    def forget(self):
        """Let everybody go on."""
        self._left.clear()

    def _stopping(self, real):
        def _act(*arguments, **named):
            mine = threading.get_ident()
            if mine in self._left:
                self._left[mine] -= 1
                if not self._left[mine]:
                    del self._left[mine]
                    self._then[mine]()
            return real(*arguments, **named)

        return _act


def interleave(stops, first, second, first_step, second_step):
    """Do the first up to a step, the second up to a step, then the rest of the first, then of the second; tell who came to their steps."""
    stopped, go_on, came, faults = threading.Event(), threading.Event(), [], []

    def wait_for_the_other():
        came.append("first")
        stopped.set()
        go_on.wait()

    def run_first():
        stops.at(first_step, wait_for_the_other)
        try:
            first()
        except SurroundingsError as error:
            faults.append(error)
        finally:
            stopped.set()

    def let_the_other_end():
        came.append("second")
        go_on.set()
        thread.join()

    thread = threading.Thread(target=run_first)
    thread.start()
    stopped.wait()
    stops.at(second_step, let_the_other_end)
    try:
        second()
    finally:
        go_on.set()
        thread.join()
        stops.forget()
    assert faults == []
    return came


@pytest.mark.parametrize("order", [("rotate", "keep"), ("keep", "rotate")])
def test_a_copy_is_whole_whenever_the_other_computer_thins_out(tmp_path, monkeypatch, order):
    monkeypatch.setattr(os, "fsync", bool)  # no power is cut here, and there are hundreds of orders
    stops, lost, first_step, number = Stops(monkeypatch), [], 1, 0
    while True:
        second_step, came = 1, ["first", "second"]
        while len(came) == 2:
            number += 1
            (place := tmp_path / str(number)).mkdir()
            computers = Computers(place)
            first, second = (getattr(computers, each) for each in order)
            came = interleave(stops, first, second, first_step, second_step)
            if computers.lost():
                lost.append((first_step, second_step))
            second_step += 1
        if "first" not in came:
            break
        first_step += 1
    assert first_step > 5, "it was stopped at each of its steps"
    assert lost == []


# --- what goes, and what comes back -------------------------------------------------------------------------------------------


@pytest.fixture
def computers(tmp_path):
    return Computers(tmp_path)


def beside(computers):
    return {path.name: path.read_bytes() for path in (computers.folder / "files").glob("*/*")}


def test_what_nobody_names_goes_and_leaves_nothing_aside(computers):
    computers.keep()
    computers.rotate()
    assert beside(computers).keys() == Container(computers.made).named()


def test_a_copy_that_another_computer_is_about_to_name_keeps_what_it_relies_on(computers):
    being_made = computers.old[1].with_name(f"29991231T000000000000-asked.qmc{store.PART}")
    being_made.write_bytes(computers.old[1].read_bytes())
    before = beside(computers)
    computers.rotate()
    assert beside(computers) == before
    assert not any(each.exists() for each in computers.old), "the copies themselves went"


@pytest.mark.parametrize("name", ["29991231T000000000000-asked.qmc", "29991231T000000000000-asked.qmc.part"])
def test_with_a_copy_that_can_not_be_read_nothing_goes(computers, name):
    (computers.folder / name).write_bytes(b"half of")
    before = beside(computers)
    computers.rotate()
    assert beside(computers) == before


def test_everything_comes_back_where_it_can_not_be_asked_a_second_time(computers):
    before, answers = beside(computers), iter([set()])

    def named():
        for each in answers:
            return each
        raise failed("COPY_UNREADABLE", path="x")

    with pytest.raises(SurroundingsError, match="COPY_UNREADABLE"):
        store.sweep(computers.folder, named)
    assert beside(computers) == before


def test_a_file_that_fails_to_go_aside_keeps_the_others_in_their_places(computers, monkeypatch):
    before, real, left = beside(computers), Path.replace, iter(range(2))

    def fails_the_third_time(path, target):
        if path.name in before and next(left, None) is None:
            raise PermissionError(13, "in use")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fails_the_third_time)
    with pytest.raises(PermissionError):
        store.sweep(computers.folder, set)
    assert beside(computers) == before


def test_what_a_killed_rotation_left_aside_goes_once_nobody_names_it(computers):
    block = store.place_of(computers.folder, sha256(CONTENTS[0]).hexdigest())
    left = block.rename(block.with_name(f"{block.name}{store.GOING}"))
    assert computers.rotating.remove(computers.folder, []) is False, "copies name it"
    assert left.exists()
    computers.copy(computers.keeper, *CONTENTS)
    assert block.read_bytes() == CONTENTS[0], "the next copy brings it again"
    computers.rotate()
    assert left.exists()
    for path in computers.folder.glob("*.qmc"):
        path.unlink()
    computers.rotating.remove(computers.folder, [])
    assert not left.exists()


def test_a_scan_that_the_desk_threw_away_meanwhile_hinders_no_copy(computers, monkeypatch):
    """It belongs to the database of that moment; the rehearsal names it where another computer took it."""
    scan = computers.place / "one" / "files" / "ab" / "scan"
    kept, real = store.place_of(computers.folder, sha256(scan.read_bytes()).hexdigest()), store.keep_blocks

    def thrown_away(*arguments):
        for path in (scan, kept):
            path.unlink(missing_ok=True)
        return real(*arguments)

    monkeypatch.setattr(store, "keep_blocks", thrown_away)
    computers.keep()
    assert computers.lost() == {kept.name}
    assert [path.name for path in computers.folder.glob(f"*{store.PART}")] == []
