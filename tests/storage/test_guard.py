"""The guard file: what it remembers over torn lines, damage, full disks, long lives and other processes."""

import errno
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import SurroundingsError
from counter_app.storage import guard as guard_module
from counter_app.storage.guard import FILE_NAME, FileNumberGuard
from counter_app.support import process_lock

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)
DEVICE, AGENCY, EPOCH = "D7K2M9Q4", "H99.10.05", "5f0c9a7be21d4468"


def guard(folder, **wishes):
    return FileNumberGuard(folder, DEVICE, AGENCY, **wishes)


@pytest.fixture
def folder(tmp_path):
    """A guard that was begun and has taken 41 and 42, the first of them settled."""
    with guard(tmp_path / "state").hold() as held:
        held.begin(EPOCH, None)
        held.advance(DAY, "normal", 41)
        held.settle(DAY, "normal", 41)
        held.advance(DAY, "normal", 42)
    return tmp_path / "state"


def story(folder):
    """Return everything that a guard says."""
    with guard(folder).hold() as held:
        return (held.is_new, held.epoch, held.suspect_through, held.last_settled, held.high_water(DAY, "normal"), held.settled(DAY, "normal"))


def test_a_fresh_guard_knows_nothing(tmp_path):
    with guard(tmp_path).hold() as held:
        assert (held.is_new, held.epoch, held.suspect_through, held.last_settled, held.high_water(DAY, "normal")) == (True, "", None, None, None)


def test_what_was_taken_is_read_back_day_by_day_and_series_by_series(folder):
    assert story(folder) == (False, EPOCH, None, (DAY, "normal", 41), 42, 41)
    with guard(folder).hold() as held:
        held.advance(NEXT, "normal", 1)
        held.advance(DAY, "provisional", 7)
    with guard(folder).hold() as held:
        assert [held.high_water(DAY, "normal"), held.high_water(NEXT, "normal"), held.high_water(DAY, "provisional")] == [42, 1, 7]
        assert held.high_water(NEXT, "provisional") is None


def test_a_new_epoch_forgets_what_was_settled_last_and_a_suspect_day_never_moves_back(folder):
    with guard(folder).hold() as held:
        held.begin("0" * 16, NEXT)
        held.begin("1" * 16, DAY)
    assert story(folder) == (False, "1" * 16, NEXT, None, 42, 41)


def suspicion(folder):
    with guard(folder).hold() as held:
        return held.open_ended, held.suspect_through


def lost(tmp_path, through=NEXT):
    with guard(tmp_path).hold() as held:
        held.begin(EPOCH, through, open_ended=True)
    return tmp_path


def test_what_is_open_ended_stays_so_over_new_epochs_until_somebody_vouches(tmp_path):
    folder = lost(tmp_path, None)
    assert suspicion(folder) == (True, None)
    with guard(folder).hold() as held:
        held.begin("1" * 16, None)
    assert suspicion(folder) == (True, None)
    with guard(folder).hold() as held:
        held.vouch(DAY)
        assert (held.open_ended, held.suspect_through) == (False, DAY)
    assert suspicion(folder) == (False, DAY)


def test_vouching_never_frees_a_day_that_was_suspect_by_itself(tmp_path):
    folder = lost(tmp_path)
    with guard(folder).hold() as held:
        held.vouch(DAY)
    assert suspicion(folder) == (False, NEXT)


def test_where_nothing_is_open_ended_vouching_writes_nothing(folder):
    before = (folder / FILE_NAME).read_bytes()
    with guard(folder).hold() as held:
        held.vouch(NEXT)
    assert (folder / FILE_NAME).read_bytes() == before
    assert suspicion(folder) == (False, None)


def test_a_guard_of_an_earlier_version_is_read(tmp_path):
    lines = [f"guard 1 {DEVICE} {AGENCY}", f"begin {EPOCH} 2026-11-23", "advance 2026-11-24 normal 7"]
    (tmp_path / FILE_NAME).write_bytes(b"".join(map(guard_module._checked, lines)))
    assert suspicion(tmp_path) == (False, DAY)
    with guard(tmp_path).hold() as held:
        assert (held.is_new, held.high_water(NEXT, "normal")) == (False, 7)


@pytest.mark.parametrize("line", [f"begin {EPOCH} - opened", f"begin {EPOCH} - open open", f"begin {EPOCH}", "vouch", "vouch 2026-02-30", "vouch -"])
def test_a_beginning_or_a_word_that_says_something_else_is_damage(tmp_path, line):
    lines = [f"guard 1 {DEVICE} {AGENCY}", f"begin {EPOCH} -", line, "advance 2026-11-24 normal 7"]
    (tmp_path / FILE_NAME).write_bytes(b"".join(map(guard_module._checked, lines)))
    with guard(tmp_path).hold() as held:
        assert held.is_new


def test_a_word_that_a_power_cut_tore_was_not_given(tmp_path):
    path = lost(tmp_path) / FILE_NAME
    before = path.stat().st_size
    with guard(tmp_path).hold() as held:
        held.vouch(NEXT)
    whole = path.read_bytes()
    for cut in range(before, len(whole)):
        path.write_bytes(whole[:cut])
        assert suspicion(tmp_path) == (True, NEXT)


def test_a_word_is_on_the_disk_when_it_counts(tmp_path, monkeypatch):
    folder, other, synced = lost(tmp_path), lost(tmp_path / "other"), []
    monkeypatch.setattr(guard_module.os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    with guard(folder).hold() as held:
        held.vouch(DAY)
    assert synced == [(folder / FILE_NAME).stat().st_size]
    monkeypatch.setattr(guard_module.os, "fsync", refuse(errno.ENOSPC))
    with guard(other).hold() as held, pytest.raises(SurroundingsError):
        held.vouch(DAY)


@pytest.mark.parametrize("vouched", [None, DAY])
def test_a_file_written_anew_tells_the_same_of_suspect_days(tmp_path, vouched):
    with guard(lost(tmp_path, None)).hold() as held:
        if vouched:
            held.vouch(vouched)
        for serial in range(1, 500):
            held.advance(DAY, "normal", serial)
    long = (tmp_path / FILE_NAME).stat().st_size
    assert suspicion(tmp_path) == (vouched is None, vouched)
    assert (tmp_path / FILE_NAME).stat().st_size < long / 20
    assert suspicion(tmp_path) == (vouched is None, vouched)


def test_a_guard_never_goes_back(folder):
    with guard(folder).hold() as held:
        held.advance(DAY, "normal", 42)
        with pytest.raises(ValueError, match="back"):
            held.advance(DAY, "normal", 41)
    assert story(folder)[4] == 42


def test_a_number_costs_one_fsync(folder, monkeypatch):
    synced = []
    monkeypatch.setattr(guard_module.os, "fsync", synced.append)
    for serial in range(43, 143):
        with guard(folder).hold() as held:
            held.advance(DAY, "normal", serial)
            held.settle(DAY, "normal", serial)
    assert len(synced) == 100


def test_the_line_is_written_before_the_fsync(folder, monkeypatch):
    seen = []
    monkeypatch.setattr(guard_module.os, "fsync", lambda handle: seen.append(os.fstat(handle).st_size))
    with guard(folder).hold() as held:
        held.advance(DAY, "normal", 43)
    assert seen == [(folder / FILE_NAME).stat().st_size]


def test_a_last_line_torn_at_any_byte_is_passed_over_and_written_over(folder):
    path = folder / FILE_NAME
    whole = path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        assert story(folder)[:1] + story(folder)[4:5] == (False, 41)
        with guard(folder).hold() as held:
            held.advance(DAY, "normal", 50)
        assert story(folder)[4] == 50
    path.write_bytes(whole[:start] + b"\x00" * (len(whole) - start))
    assert story(folder)[4] == 41


def test_a_last_line_that_is_whole_but_wrong_counts_as_torn(folder):
    path = folder / FILE_NAME
    path.write_bytes(path.read_bytes().replace(b"normal 42", b"normal 99"))
    assert story(folder)[:1] + story(folder)[4:5] == (False, 41)


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 200), bit=st.integers(0, 7))
def test_one_flipped_bit_is_never_believed(tmp_path_factory, place, bit):
    folder = tmp_path_factory.mktemp("guard")
    with guard(folder).hold() as held:
        held.begin(EPOCH, None)
        for serial in (1, 2, 3):
            held.advance(DAY, "normal", serial)
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)
    is_new, *_, taken, _ = story(folder)
    assert is_new or taken in (2, 3)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_content_upsets_the_reader(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("guard")
    (folder / FILE_NAME).write_bytes(content)
    assert story(folder)[0] is True


@pytest.mark.parametrize(("device", "agency"), [("D7K2M9Q5", AGENCY), (DEVICE, "H99.10.06")])
def test_the_guard_of_another_desk_is_none(folder, device, agency):
    before = (folder / FILE_NAME).read_bytes()
    with FileNumberGuard(folder, device, agency).hold() as held:
        assert held.is_new
        assert held.high_water(DAY, "normal") is None
        held.begin(EPOCH, DAY)
        held.advance(DAY, "normal", 5)
    assert (folder / "numbers.untrusted").read_bytes() == before


def test_a_long_life_is_kept_short_and_nothing_is_forgotten(folder):
    with guard(folder).hold() as held:
        held.begin("1" * 16, DAY)
        held.advance(NEXT, "provisional", 3)
        for serial in range(43, 1500):
            held.advance(DAY, "normal", serial)
            held.settle(DAY, "normal", serial)
    long = (folder / FILE_NAME).stat().st_size
    assert story(folder) == (False, "1" * 16, DAY, (DAY, "normal", 1499), 1499, 1499)
    assert (folder / FILE_NAME).stat().st_size < long / 100
    assert story(folder) == (False, "1" * 16, DAY, (DAY, "normal", 1499), 1499, 1499)
    with guard(folder).hold() as held:
        assert held.high_water(NEXT, "provisional") == 3


def test_a_crash_while_the_file_is_written_anew_loses_nothing(folder, monkeypatch):
    with guard(folder).hold() as held:
        for serial in range(43, 600):
            held.advance(DAY, "normal", serial)
    monkeypatch.setattr(guard_module, "write_atomically", refuse(errno.ENOSPC))
    before = story(folder)
    assert before[4] == 599
    with guard(folder).hold() as held:
        held.advance(DAY, "normal", 600)
    assert story(folder)[4] == 600


def refuse(number):
    def fails(*_args, **_more):
        raise OSError(number, os.strerror(number))

    return fails


@pytest.mark.parametrize("call", ["write", "fsync", "open", "ftruncate"])
def test_a_disk_that_takes_nothing_issues_nothing(folder, monkeypatch, call):
    with guard(folder).hold() as held:
        with monkeypatch.context() as patch:
            patch.setattr(guard_module.os, call, refuse(errno.ENOSPC))
            with pytest.raises(SurroundingsError) as error:
                held.advance(DAY, "normal", 43)
        assert error.value.code == "GUARD_UNWRITABLE"
        assert error.value.problems[0].params == {"number": errno.ENOSPC}
        assert held.high_water(DAY, "normal") == 42
        held.advance(DAY, "normal", 43)
    assert story(folder)[4] == 43


def test_half_a_line_is_no_line(folder, monkeypatch):
    write = os.write
    with guard(folder).hold() as held, monkeypatch.context() as patch:
        patch.setattr(guard_module.os, "write", lambda handle, data: write(handle, data[:9]))
        with pytest.raises(SurroundingsError):
            held.advance(DAY, "normal", 43)
    assert story(folder)[4] == 42
    with guard(folder).hold() as held:
        held.advance(DAY, "normal", 43)
    assert story(folder)[4] == 43


def test_a_settling_that_cannot_be_noted_is_left_out(folder, monkeypatch):
    with guard(folder).hold() as held, monkeypatch.context() as patch:
        patch.setattr(guard_module.os, "write", refuse(errno.ENOSPC))
        held.settle(DAY, "normal", 42)
    assert story(folder)[3:] == ((DAY, "normal", 41), 42, 41)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "state").write_text("a file stands here")
    with pytest.raises(SurroundingsError) as error, guard(tmp_path / "state").hold():
        pass
    assert error.value.code == "GUARD_UNWRITABLE"


def test_a_new_guard_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(guard_module, "write_atomically", refuse(errno.EROFS))
    with guard(tmp_path).hold() as held, pytest.raises(SurroundingsError) as error:
        held.begin(EPOCH, None)
    assert error.value.code == "GUARD_UNWRITABLE"


def test_a_file_that_the_system_will_not_give_is_said(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(SurroundingsError) as error, guard(tmp_path).hold():
        pass
    assert error.value.code == "GUARD_UNREADABLE"


def test_a_second_window_waits_and_then_says_so(folder):
    with guard(folder).hold(), pytest.raises(SurroundingsError) as error, guard(folder, patience_seconds=0.05).hold():
        pass
    assert error.value.code == "GUARD_LOCKED"
    assert story(folder)[4] == 42


def test_threads_take_turns(folder):
    def take_ten():
        for _ in range(10):
            with guard(folder, patience_seconds=30).hold() as held:
                held.advance(DAY, "normal", held.high_water(DAY, "normal") + 1)

    threads = [threading.Thread(target=take_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert story(folder)[4] == 82


def test_a_killed_process_leaves_no_lock(folder):
    script = (
        "import sys, os, signal; from pathlib import Path\n"
        "from counter_app.storage.guard import FileNumberGuard\n"
        "with FileNumberGuard(Path(sys.argv[1]), 'D7K2M9Q4', 'H99.10.05').hold():\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n")
    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    assert story(folder)[4] == 42


class Model:
    """What a guard should say after the same calls."""

    def __init__(self):
        self.taken, self.settled, self.last = {}, {}, None


@contextmanager
def few_spare_lines(count):
    kept, guard_module.SPARE_LINES = guard_module.SPARE_LINES, count
    try:
        yield
    finally:
        guard_module.SPARE_LINES = kept


moves = st.lists(st.tuples(st.sampled_from([DAY, NEXT]), st.sampled_from(["normal", "provisional"]), st.integers(1, 3), st.booleans()), max_size=40)


@settings(max_examples=30, deadline=None)
@given(moves, st.integers(0, 6))
def test_any_life_is_remembered_however_often_the_file_is_written_anew(tmp_path_factory, moves, spare):
    folder, model = tmp_path_factory.mktemp("guard"), Model()
    with few_spare_lines(spare):
        with guard(folder).hold() as held:
            held.begin(EPOCH, NEXT)
        for day, series, step, settle in moves:
            with guard(folder).hold() as held:
                serial = (held.high_water(day, series) or 0) + step
                assert serial == model.taken.get((day, series), 0) + step
                held.advance(day, series, serial)
                model.taken[day, series] = serial
                if settle:
                    held.settle(day, series, serial)
                    model.settled[day, series], model.last = serial, (day, series, serial)
        with guard(folder).hold() as held:
            assert (held.epoch, held.suspect_through, held.last_settled) == (EPOCH, NEXT, model.last)
            for key, serial in model.taken.items():
                assert (held.high_water(*key), held.settled(*key)) == (serial, model.settled.get(key))


def test_a_disk_that_can_not_lock_is_told_of_as_such(tmp_path, monkeypatch):
    def refuse(_handle):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(process_lock, "_lock", refuse)
    with pytest.raises(SurroundingsError) as error, guard(tmp_path).hold():
        pass
    assert (error.value.code, error.value.problems[0].params["path"]) == ("DISK_WITHOUT_LOCKS", str(tmp_path))
