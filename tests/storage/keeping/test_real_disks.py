"""Places on real file systems: one that fills up, one that is taken out. Needs the right to mount."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import timedelta

import pytest

from counter_app.services.keeping.policy import Keep, Why
from counter_app.services.keeping.settings import KeepingSettings
from tests.storage.test_faults import mounted


@pytest.fixture
def stick(tmp_path):
    """A stick that takes a few copies of an empty desk, and no more."""
    with mounted(tmp_path / "stick", "-t", "tmpfs", "-o", "size=3m", "tmpfs") as place:
        yield place


def test_a_stick_that_fills_up_gives_room_to_the_newest_copy_and_says_nothing(stick, desk):
    keeping = desk.counter.keeping
    keeping.save(KeepingSettings((str(stick),), keep=Keep(newest=50)), desk.actor)
    for _ in range(12):
        for each in stick.glob("*/files/*/*"):
            os.utime(each, (1, 1))  # as if a day had gone by
        desk.clock.moment += timedelta(minutes=10)
        assert keeping.make(Why.TIME, (str(stick),)).failed == {}
    copies = sorted(stick.glob("*/*.qmc"))
    assert 1 <= len(copies) < 12
    assert keeping.standing().second_at == desk.clock.now(), "another file system is another disk"
    assert keeping.standing().safe
    assert list(stick.rglob("*.part")) == []


def test_a_stick_that_is_full_of_other_things_is_told_and_its_copy_stays(stick, desk):
    keeping = desk.counter.keeping
    keeping.save(KeepingSettings((str(stick),)), desk.actor)
    keeping.make(Why.TIME, (str(stick),))
    (stick / "film").write_bytes(bytes(shutil.disk_usage(stick).free - 4096))
    desk.clock.moment += timedelta(minutes=10)
    assert keeping.make(Why.TIME, (str(stick),)).failed[str(stick)].code == "DISK_FULL"
    (copy,) = stick.glob("*/*.qmc")
    assert keeping.rehearse().file == str(copy)
    assert keeping.standing().rehearsal.problem is None


def test_a_stick_that_was_taken_out_is_missed_though_its_folder_is_there(stick, desk):
    keeping = desk.counter.keeping
    keeping.save(KeepingSettings((str(stick),)), desk.actor)
    keeping.make(Why.TIME, (str(stick),))
    subprocess.run(["umount", str(stick)], check=True)
    try:
        assert stick.is_dir()
        assert keeping.make(Why.TIME, (str(stick),)).failed[str(stick)].code == "BACKUP_PLACE_MISSING"
        assert list(stick.iterdir()) == [], "nothing is written where the stick should be"
    finally:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(stick)], check=True)
