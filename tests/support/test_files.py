import os
import stat
import sys
from pathlib import Path

import pytest

from counter_app.support import files
from counter_app.support.files import (
    LONGEST_DOCUMENT,
    bounded_content,
    new_private_file,
    open_file,
    private_folder,
    write_atomically,
    written_atomically,
)


def test_new_content_stands_with_its_mode_and_nothing_else(tmp_path):
    path = tmp_path / "deep" / "key"
    write_atomically(path, b"secret", mode=0o600)
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [path.name for path in path.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_missing_folders_are_their_owners_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        private_folder(tmp_path / "state" / "devices" / "d1")
        write_atomically(tmp_path / "reports" / "new" / "report.txt", b"x")
    finally:
        os.umask(before)
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert len(made) == 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}


def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    private_folder(tmp_path / "shared")
    write_atomically(tmp_path / "shared" / "f", b"x")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755


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


def test_a_stick_that_has_no_modes_takes_a_private_file(tmp_path, monkeypatch):
    def _no_modes(*_given):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchmod", _no_modes, raising=False)
    write_atomically(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_block_that_fails_leaves_the_old_content_and_nothing_else(tmp_path):
    write_atomically(tmp_path / "a", b"old")
    with pytest.raises(TypeError), written_atomically(tmp_path / "a") as file:
        file.writelines([b"new", "no bytes"])
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_file_of_others_is_read_as_any_other(tmp_path):
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for name in ("a", "b"):
        with open_file(tmp_path / name) as file:
            assert file.read() == b"content"


def test_what_is_no_file_keeps_nobody_waiting(tmp_path):
    handles = Path("/proc/self/fd")  # nothing there on Windows
    before = len(list(handles.glob("*")))
    for path in (tmp_path, tmp_path / "gone", Path(os.devnull)):
        with pytest.raises(OSError, match=path.name):
            open_file(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OSError, match="no file"):
            open_file(tmp_path / "pipe")
    assert len(list(handles.glob("*"))) == before, "nothing is left open"


def test_a_new_private_file_holds_nothing_of_what_was_there_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "paper.pdf"
    with new_private_file(path) as file:
        assert path.stat().st_mode & 0o777 == 0o600
        file.write(b"a long paper\n")
    with new_private_file(path) as file:
        file.write(b"short\n")
    assert path.read_bytes() == b"short\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right of its own on Windows")
def test_a_new_private_file_is_never_written_through_a_link(tmp_path):
    (tmp_path / "numbers.guard").write_bytes(b"guard")
    for number, target in enumerate(("numbers.guard", "nowhere")):
        path = tmp_path / f"paper-{number}.pdf"
        path.symlink_to(target)
        with new_private_file(path) as file:
            file.write(b"paper")
        assert (path.is_symlink(), path.read_bytes()) == (False, b"paper")
    assert (tmp_path / "numbers.guard").read_bytes() == b"guard"
    assert not (tmp_path / "nowhere").exists()


def test_a_document_without_an_end_fills_no_memory(tmp_path):
    path = tmp_path / "catalogue.json"
    path.write_bytes(b"{}")
    assert bounded_content(path) == b"{}"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert len(bounded_content(path)) == LONGEST_DOCUMENT
