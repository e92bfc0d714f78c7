from pathlib import Path

import platformdirs
import pytest

from counter_app.domain.moments import VIETNAM
from counter_app.support import paths
from counter_app.support.clock import SystemClock


def test_resources_are_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert paths.resource_path("codes/agency_codes.json").is_file()


def test_the_environment_decides_first(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "key"))
    assert paths.default_data_dir() == tmp_path / "data"
    assert paths.device_dir("d1") == tmp_path / "state" / "devices" / "d1"
    assert paths.key_file_override() == tmp_path / "key"


def test_without_it_data_and_state_are_two_folders_of_this_user(monkeypatch):
    for name in ("COUNTER_DATA_DIR", "COUNTER_STATE_DIR", "COUNTER_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert paths.default_data_dir().name == paths.APPLICATION
    assert paths.default_data_dir() != paths.state_dir()
    assert paths.key_file_override() is None


def test_the_state_is_never_inside_the_data_where_the_system_has_one_place_for_both(monkeypatch):
    monkeypatch.delenv("COUNTER_DATA_DIR", raising=False)
    monkeypatch.delenv("COUNTER_STATE_DIR", raising=False)
    monkeypatch.setattr("platformdirs.user_state_path", platformdirs.user_data_path)
    data, state = paths.default_data_dir(), paths.state_dir()
    assert state.parent == data.parent
    assert not state.is_relative_to(data)


def test_practice_lies_apart():
    assert paths.practice_dir(Path("/d")) == Path("/d/practice")


def test_the_wall_clock_is_vietnams_in_whole_seconds():
    now = SystemClock(VIETNAM).now()
    assert now.utcoffset() == VIETNAM.utcoffset(None)
    assert now.microsecond == 0


def test_uptime_only_grows():
    clock = SystemClock(VIETNAM)
    first, second = clock.uptime(), clock.uptime()
    assert 0 < first <= second


def newer(name, text, monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path))
    target = paths.newer_data_dir() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target


def test_a_newer_form_takes_the_place_of_the_shipped_one(tmp_path, monkeypatch):
    target = newer("forms/01.json", "{}", monkeypatch, tmp_path)
    assert paths.resource_path("forms/01.json") == target
    assert paths.resource_path("forms/02.json").is_file(), "what did not come newer is the shipped one"
    target.unlink()
    assert paths.resource_path("forms/01.json").parent.parent == paths.program_dir() / "resources"


@pytest.mark.parametrize("name", ["messages/vi/desk.json", "updates/keys.json", "codes/agency_codes.json", "themes/tokens.json"])
def test_nothing_else_can_be_put_in_the_place_of_what_is_shipped(tmp_path, monkeypatch, name):
    target = newer(name, "{}", monkeypatch, tmp_path)
    assert paths.resource_path(name) != target


def test_newer_data_belongs_to_one_version_of_the_program(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(paths, "_ROOT", tmp_path / "versions" / "0.2.0" / "app")
    assert paths.newer_data_dir() == tmp_path / "resources" / "0.2.0"


@pytest.mark.parametrize(("system", "name"), [("linux", "quay-mot-cua"), ("win32", "quay-mot-cua.exe")])
def test_an_installed_program_knows_its_starter_and_another_has_none(tmp_path, monkeypatch, system, name):
    assert paths.window_starter() is None
    monkeypatch.setattr(paths, "_ROOT", tmp_path / "versions" / "0.2.0" / "app")
    monkeypatch.setattr(paths.sys, "platform", system)
    assert paths.window_starter() is None
    (tmp_path / name).touch()
    assert paths.window_starter() == tmp_path / name
