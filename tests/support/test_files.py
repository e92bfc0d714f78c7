import os
import stat

import pytest

from counter_app.support import files
from counter_app.support.files import write_atomically


def test_new_content_stands_with_its_mode_and_nothing_else(tmp_path):
    path = tmp_path / "deep" / "key"
    write_atomically(path, b"secret", mode=0o600)
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [path.name for path in path.parent.iterdir()] == ["key"]


def test_content_is_replaced(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(b"a much longer old content")
    write_atomically(path, b"new", mode=0o644)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_fault_in_between_keeps_the_old_content_and_leaves_no_rubbish(tmp_path, monkeypatch, step):
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os if step == "fsync" else files.Path, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_file_and_folder_are_synced_in_this_order(tmp_path, monkeypatch):
    synced = []
    real = os.fsync

    def watch(descriptor):
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", watch)
    write_atomically(tmp_path / "f", b"x")
    assert synced == [False, True]
