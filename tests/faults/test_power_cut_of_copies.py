"""The power fails while copies of the desk are made and restored, and while a new version of the program is laid out and switched to."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.bootstrap import desk_exists, open_counter, restore_desk
from counter_app.storage.keeping.room import SUFFIX
from counter_app.updating import laying
from counter_app.updating.packages import open_package
from tests.builders import command
from tests.fakes import FakeClock
from tests.faults.disk import Disk, linux_only, power_cuts
from tests.faults.test_power_cut import MODES, clock, computer
from tests.updating.releases import FIRST, SECOND, SYSTEM, program, published, running, signed_release_of, starts

pytestmark = linux_only
MEGABYTES = 64


@pytest.fixture
def furnished(tmp_path, desk_template, monkeypatch, home):
    """A disk with a desk that took three dossiers in, and a folder for copies."""
    disk = Disk(tmp_path, MEGABYTES)
    with computer(disk, monkeypatch, disk.first) as there:
        shutil.copytree(desk_template, there, dirs_exist_ok=True)
        (there / "stick").mkdir()
        with closing(open_counter(there / "desk", clock=FakeClock())) as counter:
            take_in(counter, 3)
    disk.again()
    return disk


def take_in(counter, count=1):
    actor = counter.login.acting("", "")
    return [counter.intake.receive(command(), actor).code for _ in range(count)]


@pytest.mark.parametrize("cuts", MODES)
def test_a_copy_that_is_there_can_be_restored_and_one_that_was_acknowledged_is_there(furnished, monkeypatch, tmp_path, cuts):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(furnished.at / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(furnished.at / "desk.key"))

    def work(say):
        now = clock()
        counter = open_counter(furnished.at / "desk", clock=now)
        say("open")
        while True:
            now.forward(seconds=1)
            say(Path(counter.keeping.make_in(str(furnished.at / "stick")).path).name)
            take_in(counter)

    found = power_cuts(furnished, work, [0.11 + 0.013 * (n % 7) for n in range(cuts)], tmp_path)
    assert len(found) == cuts
    for number, (said, image) in enumerate(found):
        with computer(furnished, monkeypatch, image) as there:
            whole = {path.name: path for path in (there / "stick").rglob(f"*{SUFFIX}")}
            assert set(said[1:]) <= whole.keys()
            for name in {max(whole, default=""), *said[1:][-1:]} - {""}:
                into = tmp_path / f"back-{number}-{name}"
                restored = restore_desk(whole[name], into, clock=clock(60))
                assert restored.facts.dossiers == 3 + sorted(whole).index(name), "as many as when it was made"
                with closing(open_counter(into, clock=clock(60))) as counter:
                    assert {each.what for each in counter.verifying.run().differences} <= {"guard"}, "what came after the copy"
                shutil.rmtree(into)
        image.unlink()


@pytest.mark.parametrize("cuts", MODES)
def test_a_restore_that_is_cut_made_a_whole_desk_or_none_and_can_be_done_again(furnished, monkeypatch, tmp_path, cuts):
    with computer(furnished, monkeypatch) as there, closing(open_counter(there / "desk", clock=FakeClock())) as counter:
        copy = Path(counter.keeping.make_in(str(there / "stick")).path)
    monkeypatch.setenv("COUNTER_STATE_DIR", str(furnished.at / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(furnished.at / "desk.key"))

    def work(say):
        say("begun")
        restore_desk(copy, furnished.at / "back", clock=FakeClock())
        say("done")

    found = power_cuts(furnished, work, [0.25 / cuts] * 3 * cuts, tmp_path)
    assert found
    for said, image in found:
        with computer(furnished, monkeypatch, image) as there:
            if not desk_exists(there / "back"):
                assert "done" not in said
                restore_desk(copy, there / "back", clock=FakeClock())
            with closing(open_counter(there / "back", clock=FakeClock())) as counter:
                assert counter.verifying.run().differences == ()
                (code,) = take_in(counter)
                assert code.endswith("-0004"), "three came before"
        image.unlink()


def install(root, package):
    programs = running(root, "0.1.0")
    programs.lay_out(signed_release_of(package), open_package(package, SYSTEM))
    return programs.switch()


@pytest.mark.parametrize("cuts", MODES)
def test_whatever_version_starts_after_a_cut_is_whole_and_the_update_can_be_done_again(tmp_path, monkeypatch, cuts):
    monkeypatch.setattr(laying, "ROOM", 1024)
    disk, large = Disk(tmp_path), {f"lib/part-{n}.so": bytes([n]) * 40_000 for n in range(60)}
    with disk.in_the_machine(disk.first) as there:
        program(there / "program", files=FIRST)
    package = published(tmp_path, files={**SECOND, **large})
    disk.again()

    def work(say):
        say("begun")
        say(install(disk.at / "program", package))

    found = power_cuts(disk, work, [0.2 / cuts] * 3 * cuts, tmp_path)
    assert found
    for said, image in found:
        with disk.in_the_machine(image) as there:
            version = starts(there / "program")
            assert version == "0.2.0" or "0.2.0" not in said
            if version == "0.1.0":
                install(there / "program", package)
                assert starts(there / "program") == "0.2.0"
        image.unlink()
