"""Versions side by side: what is whole comes up, what is not never does, and there is always a way back."""

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import DeskError, SurroundingsError
from counter_app.services.updating.ports import Fallen
from counter_app.support.files import write_atomically
from counter_app.support.packed import packed_name
from counter_app.support.process_lock import ProcessLock
from counter_app.support.version import program_version
from counter_app.updating import laying
from counter_app.updating.folder import ProgramFolder
from counter_app.updating.packages import open_package
from tests.services.killing import STRIDE, killed
from tests.updating.releases import (
    FIRST,
    SECOND,
    SYSTEM,
    program,
    published,
    published_data,
    running,
    signed_release_of,
    starts,
    state,
)

WRITES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "shutil.rmtree"})


@pytest.fixture(autouse=True)
def _little_room(monkeypatch):
    monkeypatch.setattr(laying, "ROOM", 1024)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "program"


@pytest.fixture
def programs(root):
    return program(root)


@pytest.fixture
def package(tmp_path):
    return published(tmp_path)


def install(programs, package):
    programs.lay_out(signed_release_of(package), open_package(package, SYSTEM))


def files_of(root, version):
    folder = root / "versions" / version
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- installing ---------------------------------------------------------------------------------------------------------


def test_a_version_is_laid_out_whole_beside_the_one_that_runs(programs, root, package):
    before = state(root)
    install(programs, package)
    assert {name: content for name, content in files_of(root, "0.2.0").items() if name in SECOND} == SECOND
    assert starts(root) == "0.1.0", "what runs goes on"
    assert programs.prepared().version == "0.2.0"
    assert {name: content for name, content in state(root).items() if name in before} == before


def test_what_is_the_same_is_not_there_twice(programs, root, package):
    install(programs, package)
    old, new = (root / "versions" / version / "lib" / "big.so" for version in ("0.1.0", "0.2.0"))
    assert old.samefile(new)
    assert not (root / "versions" / "0.2.0" / "app" / "main.py").samefile(root / "versions" / "0.1.0" / "app" / "main.py")


def test_where_files_can_not_be_linked_they_are_copied(programs, root, package, monkeypatch):
    def refuse(self, target):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    install(programs, package)
    copy = root / "versions" / "0.2.0" / "bin" / "python3.11"
    assert copy.stat().st_mode & 0o100
    assert files_of(root, "0.2.0")["lib/big.so"] == FIRST["lib/big.so"]


def test_what_is_run_by_name_can_be_run(programs, root, tmp_path):
    package = published(tmp_path, files={**SECOND, "bin/python3.11": b"#!/bin/sh\nexit 0\n"})
    install(programs, package)
    modes = {name: (root / "versions" / "0.2.0" / name).stat().st_mode & 0o777 for name in ("bin/python3.11", "app/main.py")}
    assert modes == {"bin/python3.11": 0o755, "app/main.py": 0o644}


def test_a_damaged_file_of_the_version_here_is_not_passed_on(programs, root, package):
    (root / "versions" / "0.1.0" / "lib" / "big.so").write_bytes(b"rotten" * 900)
    install(programs, package)
    assert files_of(root, "0.2.0")["lib/big.so"] == FIRST["lib/big.so"]


def test_a_package_of_what_changed_is_enough_where_the_rest_is_whole(programs, root, tmp_path):
    delta = published(tmp_path, earlier=root / "versions" / "0.1.0")
    assert delta.suffix == ".zip"
    signed = signed_release_of(tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update")
    programs.lay_out(signed, open_package(delta, SYSTEM))
    assert {name: content for name, content in files_of(root, "0.2.0").items() if name in SECOND} == SECOND
    (root / "versions" / "0.1.0" / "lib" / "big.so").unlink()
    with pytest.raises(SurroundingsError, match="UPDATE_LACKS"):
        programs.lay_out(signed, open_package(delta, SYSTEM))


def test_the_same_version_can_be_laid_out_again(programs, root, package):
    install(programs, package)
    (root / "versions" / "0.2.0" / "tried-twice").touch()
    install(programs, package)
    assert not (root / "versions" / "0.2.0" / "tried-twice").exists()
    assert sorted(each.name for each in (root / "versions").iterdir() if each.is_dir()) == ["0.1.0", "0.2.0"]


@pytest.mark.parametrize(("times", "passes"), [(1, True), (4, True), (5, False)])
def test_what_holds_a_new_folder_for_a_moment_is_waited_for(programs, root, package, monkeypatch, times, passes):
    before, real, left, waits = state(root), Path.replace, [times], []

    def held(self, target):
        if self.name.endswith(".new") and left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "scanned")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("counter_app.updating.folder.time", SimpleNamespace(sleep=waits.append))  # other threads of the tests sleep too
    if passes:
        install(programs, package)
        assert programs.prepared().version == "0.2.0"
    else:
        with pytest.raises(SurroundingsError, match="FOLDER_NOT_ALLOWED"):
            install(programs, package)
        assert state(root) == before
    assert waits == [0.1, 0.3, 1.0, 3.0][:times]


def test_two_do_not_install_at_once(programs, root, package):
    child = os.fork()
    if child == 0:
        other = ProcessLock(root / "versions" / ".laying.lock")
        os._exit(0 if other.hold() and _refused_elsewhere(root, package) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _refused_elsewhere(root, package):
    child = os.fork()
    if child == 0:
        try:
            install(running(root, "0.1.0"), package)
        except SurroundingsError as error:
            os._exit(0 if error.code == "UPDATE_RUNNING" else 1)
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# --- what stops it --------------------------------------------------------------------------------------------------------


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_an_altered_byte_in_any_file_is_refused_and_leaves_no_trace(tmp_path_factory, data):
    place = tmp_path_factory.mktemp("place")
    programs, package = program(place / "program"), published(place)
    signed, before = signed_release_of(package), state(place / "program")
    here = {file.sha256 for file in programs._own_files()}
    name = data.draw(st.sampled_from(sorted(packed_name(file.sha256) for file in signed.files if file.sha256 not in here)))
    target = package / "objects" / name
    content = bytearray(target.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    target.write_bytes(bytes(content))
    try:
        programs.lay_out(signed, open_package(package, SYSTEM))
    except SurroundingsError as error:
        assert (error.code, state(place / "program")) == ("UPDATE_DAMAGED", before)  # noqa: PT017  not every byte has a meaning
    else:  # a bit that means nothing to whoever unpacks: the files are what they should be all the same
        assert {name: content for name, content in files_of(place / "program", "0.2.0").items() if name in SECOND} == SECOND


def test_a_full_disk_is_told_before_anything_is_written(programs, root, package, monkeypatch):
    monkeypatch.setattr(laying, "free_bytes", lambda folder: 1000)
    before = state(root)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        install(programs, package)
    assert state(root) == before


@pytest.mark.parametrize("step", range(1, 6))
def test_a_disk_that_fills_up_on_the_way_leaves_all_as_it_was(programs, root, package, monkeypatch, step):
    before, calls, real = state(root), iter(range(1, 100)), os.fsync

    def fill(descriptor):
        if next(calls) == step:
            raise OSError(errno.ENOSPC, "no room")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(DeskError, match="DISK_FULL"):
        install(programs, package)
    monkeypatch.undo()
    assert state(root) == before
    monkeypatch.setattr(laying, "ROOM", 1024)
    install(programs, package)
    assert programs.switch() == "0.2.0"


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_at_any_step_nothing_half_installed_starts(tmp_path):
    """Installing, switching, proving, going back: at every step whatever starts next is a whole version, and the next try succeeds."""

    def act(root):
        install(running(root, "0.1.0"), tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update")
        running(root, "0.1.0").switch()
        running(root, "0.2.0").confirm()
        running(root, "0.2.0").swap()
        running(root, "0.1.0").swap()

    published(tmp_path)
    step = 0
    while True:
        step += STRIDE
        root = tmp_path / f"program-{step}"
        program(root)

        def armed(bomb, root=root):
            sys.addaudithook(lambda event, arguments: bomb.tick() if event in WRITES else None)
            return root

        was_killed = killed(armed, act, step)
        runs = starts(root)
        assert runs in ("0.1.0", "0.2.0")
        after = running(root, runs)
        after.confirm()
        assert starts(root) == runs
        if not was_killed:
            break
        if runs == "0.1.0":
            install(after, tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update")
            assert after.switch() == "0.2.0"
        assert starts(root) == "0.2.0"
    assert step > 40


# --- switching and going back ---------------------------------------------------------------------------------------------


def test_a_prepared_version_is_the_next_to_start_and_the_last_is_kept(programs, root, package):
    install(programs, package)
    assert programs.switch() == "0.2.0"
    assert starts(root) == "0.2.0"
    assert programs.switch() == "", "once is enough"
    assert running(root, "0.2.0").previous().version == "0.1.0"


def test_nothing_prepared_switches_nothing(programs, root):
    before = state(root)
    assert programs.switch() == ""
    assert state(root) == before


def test_while_a_window_is_open_elsewhere_nothing_is_switched(programs, root, package):
    install(programs, package)
    child = os.fork()
    if child == 0:
        window = running(root, "0.1.0")
        held = window.hold()
        inner = os.fork()
        if inner == 0:
            os._exit(0 if running(root, "0.1.0").switch() == "" else 1)
        fine = os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) == 0
        os._exit(0 if held and fine and window.switch() == "0.2.0" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert starts(root) == "0.2.0"


def test_a_version_older_than_what_a_set_up_program_brought_meanwhile_is_not_switched_to(programs, root, package):
    install(programs, package)
    newer = program(root, "0.3.0", sequence=300)
    assert (newer.prepared(), newer.switch(), starts(root)) == (None, "", "0.3.0")
    newer.confirm()
    assert not (root / "versions" / ".next").exists()


def test_going_back_and_forth(programs, root, package):
    install(programs, package)
    programs.switch()
    second = running(root, "0.2.0")
    second.swap()
    assert starts(root) == "0.1.0"
    running(root, "0.1.0").swap()
    assert starts(root) == "0.2.0"


def test_without_a_version_before_there_is_no_way_back(programs, root):
    with pytest.raises(DeskError, match="UPDATE_NO_WAY_BACK"):
        programs.swap()
    (root / "previous").write_text("0.0.9")
    assert programs.previous() is None, "a name without a folder is none"


@pytest.mark.parametrize("text", ["", ".hidden", "../../elsewhere", "a/b", "0.1.0\n", "\xe9"])
def test_a_damaged_note_leads_nowhere(programs, root, text):
    (root / "previous").write_text(text, encoding="latin-1")
    assert programs.previous() is None


# --- the first start ------------------------------------------------------------------------------------------------------


def test_a_version_that_came_up_is_confirmed_and_old_ones_go(programs, root, tmp_path, package):
    install(programs, package)
    running(root, "0.1.0").switch()  # a window that is closed then
    second = running(root, "0.2.0")
    assert not second.is_confirmed()
    assert second.confirm() is None
    assert second.is_confirmed()
    install(second, published(tmp_path / "more", "0.3.0", {**SECOND, "app/third.py": b"3"}, sequence=300))
    second.switch()
    running(root, "0.3.0").confirm()
    assert sorted(each.name for each in (root / "versions").iterdir() if each.is_dir()) == ["0.2.0", "0.3.0"]


def test_an_old_version_that_still_runs_somewhere_stays_until_another_time(programs, root, monkeypatch):
    program(root, "0.0.9", sequence=90)
    (root / "current").write_text("0.1.0")
    real = Path.replace

    def refuse(self, target):
        if self.name == "0.0.9":
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert programs.confirm() is None
    assert (root / "versions" / "0.0.9").is_dir()
    monkeypatch.undo()
    programs.confirm()
    assert not (root / "versions" / "0.0.9").exists()


def test_a_version_that_fell_twice_is_told_and_left(programs, root, package):
    install(programs, package)
    programs.switch()
    for mark in ("tried", "tried-twice"):
        (root / "versions" / "0.2.0" / mark).touch()
    assert starts(root) == "0.1.0", "the starter takes the last one"
    first = running(root, "0.1.0")
    assert first.confirm() == Fallen("0.2.0", "0.1.0")
    assert (root / "current").read_text() == "0.1.0", "for the program without a window too"
    assert first.confirm() is None, "told once"
    assert first.previous().version == "0.2.0"
    first.swap()
    assert starts(root) == "0.2.0", "a person may try it again"


@pytest.mark.parametrize("act", ["confirm", "swap"])
def test_a_cut_between_the_two_notes_leaves_a_version_that_runs(programs, root, package, monkeypatch, act):
    install(programs, package)
    programs.switch()
    (root / "versions" / "0.2.0" / "tried-twice").touch()

    def cut(path, data, mode):
        write_atomically(path, data, mode=mode)
        raise OSError(errno.EIO, "the disk went")

    monkeypatch.setattr("counter_app.updating.folder.write_atomically", cut)
    with pytest.raises(DeskError, match="FILE_FAILED"):
        getattr(running(root, "0.1.0" if act == "confirm" else "0.2.0"), act)()
    assert starts(root) == "0.1.0"


def test_a_version_that_waits_for_its_second_try_is_not_left(programs, root, package):
    install(programs, package)
    programs.switch()
    (root / "versions" / "0.2.0" / "tried").touch()
    assert programs.confirm() is None, "an old window that is still open changes nothing"
    assert starts(root) == "0.2.0"


@pytest.mark.parametrize("harm", ["altered", "missing", "longer"])
def test_a_version_knows_what_of_it_is_damaged(programs, root, harm):
    target = root / "versions" / "0.1.0" / "app" / "main.py"
    assert programs.damaged() == []
    {"altered": lambda: target.write_bytes(b"print('xxx')\n"), "missing": target.unlink, "longer": lambda: target.write_bytes(FIRST["app/main.py"] + b"x")}[harm]()
    assert programs.damaged() == ["app/main.py"]


def test_what_the_running_version_has_is_handed_out_only_whole(programs, root):
    file = next(each for each in programs._own_files() if each.path == "app/main.py")
    assert programs.kept(file) == FIRST["app/main.py"]
    (root / "versions" / "0.1.0" / "app" / "main.py").write_bytes(b"altered")
    assert programs.kept(file) is None
    (root / "versions" / "0.1.0" / "app" / "main.py").unlink()
    assert programs.kept(file) is None


def test_without_its_list_nothing_is_installed_over_a_version(programs, root, package):
    (root / "versions" / "0.1.0" / "files.json").write_text("{")
    with pytest.raises(SurroundingsError, match="UPDATE_SELF_UNREADABLE"):
        install(programs, package)


# --- where a program can't replace itself -----------------------------------------------------------------------------------


def test_a_program_from_its_source_can_not_replace_itself(tmp_path):
    programs = ProgramFolder(tmp_path / "checkout", tmp_path / "newer", "0012")
    assert (programs.why_not, programs.installed().sequence, programs.installed().schema) == ("UPDATE_FROM_SOURCE", 0, "0012")
    assert programs.installed().version == program_version(), "what the doctor calls it"
    assert (programs.confirm(), programs.hold(), programs.is_confirmed()) == (None, False, True)
    assert list(tmp_path.iterdir()) == []


def test_a_program_of_the_system_can_not_replace_itself(programs, root, monkeypatch):
    monkeypatch.setattr("counter_app.updating.folder.can_write", lambda folder: False)
    assert programs.why_not == "UPDATE_BY_SYSTEM"
    assert programs.confirm() is None


# --- newer forms and books ------------------------------------------------------------------------------------------------


def test_newer_forms_are_in_place_at_once_and_bound_to_the_version(programs, root, tmp_path):
    package = published_data(tmp_path, {"forms/01.json": b'{"versions": []}'})
    programs.lay_data(signed_release_of(package), open_package(package, SYSTEM))
    assert (root / "newer" / "0.1.0" / "forms" / "01.json").read_bytes() == b'{"versions": []}'
    assert programs.data().version == "2026.12"
    assert running(root, "0.2.0").data() is None
    again = published_data(tmp_path / "again", {"books/registers.json": b"[]"}, sequence=160, version="2027.1")
    programs.lay_data(signed_release_of(again), open_package(again, SYSTEM))
    assert sorted(path.name for path in (root / "newer" / "0.1.0").rglob("*.json")) == ["files.json", "registers.json", "release.json"]


@pytest.mark.parametrize("held", [".new", "0.1.0"])
def test_forms_in_use_stay_where_newer_ones_can_not_take_their_place(programs, root, tmp_path, monkeypatch, held):
    package = published_data(tmp_path, {"forms/01.json": b'{"versions": []}'})
    programs.lay_data(signed_release_of(package), open_package(package, SYSTEM))
    newer = published_data(tmp_path / "again", {"books/registers.json": b"[]"}, sequence=160, version="2027.1")
    before, real = state(root), Path.replace

    def hold(self, target):
        if self.name.endswith(held):
            raise PermissionError(errno.EACCES, "scanned")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", hold)
    monkeypatch.setattr("counter_app.updating.folder.time", SimpleNamespace(sleep=lambda seconds: None))
    with pytest.raises(SurroundingsError, match="FOLDER_NOT_ALLOWED"):
        programs.lay_data(signed_release_of(newer), open_package(newer, SYSTEM))
    assert state(root) == before
    assert programs.data().version == "2026.12"
    monkeypatch.undo()
    monkeypatch.setattr(laying, "ROOM", 1024)
    programs.lay_data(signed_release_of(newer), open_package(newer, SYSTEM))
    assert programs.data().version == "2027.1"
