"""The device's key towards the province: made once, found again, never in the folder of the desk."""

from __future__ import annotations

import stat

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.security import database_key, device_key
from counter_app.support.paths import device_dir

DEVICE = "01a205b3-d000-7d57-bbaa-667cf005fbcc"


@pytest.fixture
def in_files(monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "database.key"))


@pytest.fixture
def ring(monkeypatch, tmp_path):
    """A keyring that works."""
    held = {}
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("COUNTER_KEY_FILE", raising=False)
    monkeypatch.setattr("keyring.set_password", lambda _service, name, value: held.__setitem__(name, value))
    monkeypatch.setattr("keyring.get_password", lambda _service, name: held.get(name))
    return held


def test_without_a_keyring_it_lies_in_a_file_of_its_own(in_files, tmp_path):
    key, place = device_key.kept(DEVICE)
    assert (len(key), place) == (32, database_key.IN_FILE)
    file = device_dir(DEVICE) / "province.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not (tmp_path / "database.key").exists()
    assert device_key.kept(DEVICE) == (key, place)
    assert device_key.find(DEVICE, place) == key


def test_two_devices_have_two_keys(in_files):
    assert device_key.kept(DEVICE)[0] != device_key.kept(DEVICE.replace("01a2", "01a3"))[0]


def test_a_keyring_keeps_it_beside_the_database_s(ring):
    ring[DEVICE] = "the database's"
    key, place = device_key.kept(DEVICE)
    assert place == database_key.IN_KEYRING
    assert ring == {DEVICE: "the database's", f"{DEVICE}/province": key.hex()}
    assert device_key.kept(DEVICE) == (key, place)
    assert device_key.find(DEVICE, place) == key
    assert not (device_dir(DEVICE) / "province.key").exists()


def test_a_keyring_that_forgets_is_none(ring, monkeypatch):
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    key, place = device_key.kept(DEVICE)
    assert place == database_key.IN_FILE
    assert device_key.find(DEVICE, place) == key


def test_a_damaged_key_is_said_and_never_replaced(in_files):
    device_key.kept(DEVICE)
    file = device_dir(DEVICE) / "province.key"
    file.write_text("broken")
    for call in (lambda: device_key.kept(DEVICE), lambda: device_key.find(DEVICE, database_key.IN_FILE)):
        with pytest.raises(SurroundingsError) as error:
            call()
        assert error.value.code == "KEY_DAMAGED"
    assert file.read_text() == "broken"


def test_a_key_that_is_gone_is_missing(in_files):
    with pytest.raises(SurroundingsError) as error:
        device_key.find(DEVICE, database_key.IN_FILE)
    assert error.value.code == "KEY_MISSING"


def test_a_damaged_key_in_the_keyring_is_said(ring):
    ring[f"{DEVICE}/province"] = "no hex"
    with pytest.raises(SurroundingsError) as error:
        device_key.kept(DEVICE)
    assert error.value.code == "KEY_DAMAGED"
