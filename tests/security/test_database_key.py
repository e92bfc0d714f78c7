import base64
import stat

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from counter_app.domain.errors import SurroundingsError
from counter_app.security import database_key
from counter_app.support.paths import APPLICATION

DEVICE = "01a20000-0000-7000-8000-000000000001"
KEY = bytes(range(32))


class MemoryKeyring(KeyringBackend):
    """A keyring of this process; ``fault`` breaks it."""

    priority = 1

    def __init__(self, *, fault=None, forgetful=False):
        self.kept, self.fault, self.forgetful = {}, fault, forgetful

    def _check(self):
        if self.fault:
            raise self.fault

    def set_password(self, service, username, password):
        self._check()
        if not self.forgetful:
            self.kept[service, username] = password

    def get_password(self, service, username):
        self._check()
        return self.kept.get((service, username))

    def delete_password(self, service, username):
        self._check()
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def ring(monkeypatch, tmp_path):
    monkeypatch.delenv("COUNTER_KEY_FILE", raising=False)
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    before = keyring.get_keyring()

    def use(**options):
        backend = MemoryKeyring(**options)
        keyring.set_keyring(backend)
        return backend

    yield use
    keyring.set_keyring(before)


def test_a_key_is_256_random_bits():
    assert len(database_key.new_key()) == 32
    assert database_key.new_key() != database_key.new_key()


def test_the_keyring_is_used_where_there_is_one(ring):
    backend = ring()
    assert database_key.keep(DEVICE, KEY) == "keyring"
    assert backend.kept == {(APPLICATION, DEVICE): KEY.hex()}
    assert not database_key.key_file(DEVICE).exists()
    assert database_key.find(DEVICE, "keyring") == KEY


@pytest.mark.parametrize("options", [
    {"fault": keyring.errors.NoKeyringError()}, {"fault": keyring.errors.KeyringLocked()}, {"fault": OSError()}, {"forgetful": True},
])
def test_without_a_usable_keyring_the_key_is_in_a_file_of_this_user_alone(ring, options):
    ring(**options)
    assert database_key.keep(DEVICE, KEY) == "file"
    path = database_key.key_file(DEVICE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not database_key.others_can_read(path)
    assert database_key.find(DEVICE, "file") == KEY
    path.chmod(0o644)
    assert database_key.others_can_read(path)


def test_a_named_key_file_goes_before_everything(ring, monkeypatch, tmp_path):
    backend = ring()
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "named"))
    assert database_key.given_key() is None
    assert database_key.keep(DEVICE, KEY) == "file"
    assert backend.kept == {}
    assert database_key.given_key() == KEY
    assert database_key.find(DEVICE, "keyring") == KEY


def test_an_empty_named_file_is_still_to_be_made(ring, monkeypatch, tmp_path):
    (tmp_path / "named").touch()
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "named"))
    assert database_key.given_key() is None


@pytest.mark.parametrize("content", [KEY, KEY.hex().encode(), KEY.hex().upper().encode() + b"\r\n", base64.b64encode(KEY) + b"\n"])
def test_a_key_file_may_be_written_by_other_tools(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    assert database_key.read_key_file(tmp_path / "key") == KEY


@pytest.mark.parametrize("content", [b"", b"password", KEY.hex()[:-2].encode(), KEY + b"x", "khóa".encode(), b"\xff" * 31])
def test_a_damaged_key_file_is_a_sentence(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(SurroundingsError, match="KEY_DAMAGED"):
        database_key.read_key_file(tmp_path / "key")


def test_a_missing_key_is_a_sentence(ring):
    ring()
    with pytest.raises(SurroundingsError, match="KEY_MISSING"):
        database_key.find(DEVICE, "keyring")
    with pytest.raises(SurroundingsError, match="KEY_MISSING"):
        database_key.find(DEVICE, "file")


def test_a_key_file_that_is_a_folder_is_a_sentence(tmp_path):
    with pytest.raises(SurroundingsError, match="FILE_IS_FOLDER"):
        database_key.read_key_file(tmp_path)


def test_a_closed_keyring_and_a_damaged_entry_are_sentences(ring):
    ring(fault=keyring.errors.KeyringLocked())
    with pytest.raises(SurroundingsError, match="KEYRING_CLOSED"):
        database_key.find(DEVICE, "keyring")
    ring().kept[APPLICATION, DEVICE] = "no hex"
    with pytest.raises(SurroundingsError, match="KEY_DAMAGED"):
        database_key.find(DEVICE, "keyring")


def test_a_key_that_no_desk_was_made_with_is_forgotten(ring):
    backend = ring()
    database_key.forget(DEVICE, database_key.keep(DEVICE, KEY))
    assert backend.kept == {}
    database_key.forget(DEVICE, "keyring")
    ring(forgetful=True)
    database_key.forget(DEVICE, database_key.keep(DEVICE, KEY))
    assert not database_key.key_file(DEVICE).exists()


def test_a_key_file_that_a_script_named_is_not_forgotten(ring, monkeypatch, tmp_path):
    ring()
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "named"))
    database_key.forget(DEVICE, database_key.keep(DEVICE, KEY))
    assert database_key.given_key() == KEY
