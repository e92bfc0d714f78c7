"""Private folders for what must lie in the clear: their owner's alone, and empty of what a killed program left."""

import os
import time

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.work_folders import LEFT_S, ready_folder


def test_a_folder_is_made_for_its_owner_alone(tmp_path):
    folder = tmp_path / "desk" / "signing"
    ready_folder(folder)
    assert folder.is_dir()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_what_is_old_was_left_and_goes_what_is_new_is_being_worked_on(tmp_path):
    for name, age in (("left", LEFT_S + 60), ("busy", 0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "paper.pdf").write_bytes(b"%PDF")
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    ready_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["busy"]
    ready_folder(tmp_path, older_s=0)
    assert list(tmp_path.iterdir()) == []


def test_what_a_clock_that_was_wrong_dates_tomorrow_goes_when_all_goes(tmp_path):
    (tmp_path / "left").mkdir()
    os.utime(tmp_path / "left", (time.time() + 86400,) * 2)
    ready_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["left"], "somebody may be working on it"
    ready_folder(tmp_path, older_s=0)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_none_is_told_in_the_desk_s_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError) as error:
        ready_folder(tmp_path / "file" / "signing")
    assert error.value.code == "FOLDER_IS_FILE"
