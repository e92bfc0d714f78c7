"""One at a time holds a lock, and a dead program holds nothing."""

import errno
import os

import pytest

from counter_app.support import process_lock
from counter_app.support.process_lock import ProcessLock
from tests.support.other_program import holding


def test_another_program_holds_it_until_it_is_killed(tmp_path):
    path = tmp_path / "new" / "lock"
    lock = ProcessLock(path)
    with holding(path):
        assert not lock.hold()
        assert not lock.hold(), "still"
    assert lock.hold()
    assert lock.hold(), "twice is once"


def test_what_is_let_go_can_be_held_by_another_program(tmp_path):
    lock = ProcessLock(tmp_path / "lock")
    lock.let_go()
    assert lock.hold()
    with pytest.raises(AssertionError), holding(tmp_path / "lock"):
        pass
    lock.let_go()
    with holding(tmp_path / "lock"):
        assert not lock.hold()


def test_it_is_let_go_with_whatever_held_it(tmp_path):
    lock = ProcessLock(tmp_path / "lock")
    assert lock.hold()
    del lock
    with holding(tmp_path / "lock"):
        pass


def test_a_folder_that_can_not_be_made_is_the_systems_fault(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        ProcessLock(tmp_path / "file" / "lock").hold()


def test_another_of_the_same_program_is_refused_and_takes_nothing_away(tmp_path):
    lock, other = ProcessLock(tmp_path / "lock"), ProcessLock(tmp_path / "lock")
    assert lock.hold()
    assert not other.hold()
    other.let_go()
    with pytest.raises(AssertionError), holding(tmp_path / "lock"):
        pass
    lock.let_go()
    assert other.hold()


@pytest.fixture
def unlocking(monkeypatch):
    """Lets a lock be refused by the system, once for each number; the handles that it was asked with come back."""
    asked = []

    def refuse(number):
        def _lock(handle):
            asked.append(handle)
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(process_lock, "_lock", _lock)
        return asked

    return refuse


@pytest.mark.parametrize(("number", "told"), [
    (errno.ENOLCK, errno.ENOLCK), (errno.ENOSYS, errno.ENOLCK), (errno.EOPNOTSUPP, errno.ENOLCK), (errno.EIO, errno.EIO)])
def test_a_disk_that_can_not_lock_says_so_and_no_handle_stays_open(tmp_path, unlocking, monkeypatch, number, told):
    asked = unlocking(number)
    lock = ProcessLock(tmp_path / "lock")
    for _ in range(2):
        with pytest.raises(OSError, match=r".") as refused:
            lock.hold()
        assert refused.value.errno == told
    for handle in asked:
        with pytest.raises(OSError, match=r"."):
            os.fstat(handle)
    monkeypatch.undo()
    assert lock.hold(), "nothing was kept of what failed"


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES])
def test_whoever_is_refused_leaves_no_handle_open(tmp_path, unlocking, number):
    asked = unlocking(number)
    assert not ProcessLock(tmp_path / "lock").hold()
    with pytest.raises(OSError, match=r"."):
        os.fstat(asked[0])
