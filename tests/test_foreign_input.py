"""Small files that lie beside a desk and lines that come from outside, with any content: a sentence or a value, never a bug.

Bigger formats are fuzzed where they are read; `docs/security.md` names the test of each.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from counter_app.bootstrap.folder import DeskMarker, read_marker, write_marker
from counter_app.domain.errors import DeskError
from counter_app.security import database_key, recovery
from counter_app.services.desk.settings import from_stored
from counter_app.services.line.province import ticket_of
from counter_app.services.updating.release import read_files, read_head, read_release
from counter_app.storage.keeping.memory import FILE_NAME as KEEPING
from counter_app.storage.keeping.memory import KeepingFile
from counter_app.sync.stick.parcel import read_parcel
from tests.builders import DEVICE
from ui.preferences import Preferences

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECRET = recovery.new_secret()
SOUND = {
    "ticket": {"base_url": "https://tinh.example/api", "code": "M-7", "key_id": "k1", "public_key": "QUJD", "system": ""},
    "copies": {"places": {}, "rehearsal": None},
    "marker": {"format": 1, "device": DEVICE, "database_url": "", "key_place": "file", "practice": False},
    "recovery": json.loads(recovery.wrap(bytes(32), SECRET, DEVICE)),
    "release": {"format": 1, "product": "quay-mot-cua", "kind": "program", "system": "linux", "version": "1.0.0", "sequence": 3, "schema": "0012",
                "oldest_schema": "0001", "files": {"path": "files.json", "size": 10, "sha256": "0" * 64}},
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=40)
    | st.sampled_from(["../../x", "/etc/passwd", "C:\\x", "a\x00b", "", "\ud800", "0" * 64]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)


def changed(kind):
    """Return a strategy of documents that are almost right: one member is another value, or gone, or there is one more."""
    return st.builds(
        lambda name, value, gone: {key: each for key, each in (SOUND[kind] | {name: value}).items() if not (gone and key == name)},
        st.sampled_from([*SOUND[kind], "more"]), anything, st.booleans())


def bytes_of(document):
    return json.dumps(document).encode("utf-8", "surrogatepass")


def _nested(_):
    """Return what nests without end; not written out where hypothesis tells of it."""
    return b"[" * 100_000


def any_bytes(kind):
    return st.binary(max_size=200) | changed(kind).map(bytes_of) | anything.map(bytes_of) | st.just("deep").map(_nested)


def outcome(call, *arguments):
    """Return what a call gives, and the code of its refusal; anything else than a refusal in words is a bug."""
    try:
        return call(*arguments), ""
    except DeskError as error:
        return None, error.code


@FEW
@given(any_bytes("marker"))
def test_the_marker_of_a_desk(tmp_path, content):
    (tmp_path / "desk.json").write_bytes(content)
    marker, code = outcome(read_marker, tmp_path)
    assert code in ("", "DESK_FILE_DAMAGED", "DESK_FILE_NEWER")
    if marker is None:
        return
    assert all(sign.isalnum() or sign == "-" for sign in marker.device), "it becomes the name of a folder"
    assert marker.key_place in ("keyring", "file", "")
    assert isinstance(marker.database_url, str)
    write_marker(tmp_path, marker)
    assert read_marker(tmp_path) == marker


def test_a_device_that_leads_out_of_its_folder_is_refused(tmp_path):
    for device in ("../../x", "a/b", "", "..", "C:\\x", "x" * 200):
        write_marker(tmp_path, DeskMarker(device))
        with pytest.raises(DeskError, match="DESK_FILE_DAMAGED"):
            read_marker(tmp_path)


@FEW
@given(any_bytes("recovery"), st.just(SECRET) | st.text(max_size=60))
def test_the_wrapped_key_and_the_text_of_a_sheet(content, text):
    key, code = outcome(recovery.unwrap, content, text)
    assert code.startswith("RECOVERY_") if key is None else len(key) >= 16


@FEW
@given(any_bytes("ticket").map(lambda content: content.decode("utf-8", "replace")) | st.text(max_size=60))
def test_a_ticket_of_the_province(text):
    ticket, code = outcome(ticket_of, text)
    assert code in ("TICKET_DAMAGED", "PLAIN_HTTP") if ticket is None else ticket.base_url.startswith("https://")


@FEW
@given(any_bytes("copies"))
def test_what_is_remembered_of_copies(tmp_path, content):
    (tmp_path / KEEPING).write_bytes(content)
    assert KeepingFile(tmp_path).read() is not None


@FEW
@given(st.binary(max_size=100))
def test_a_key_file(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    key, code = outcome(database_key.read_key_file, path)
    assert code == "KEY_DAMAGED" if key is None else len(key) == 32


@FEW
@given(st.binary(max_size=300))
def test_what_the_window_remembers(tmp_path, content):
    path = tmp_path / "window.ini"
    path.write_bytes(content)
    found = Preferences(path)
    assert isinstance(found.theme, str)
    assert found.percent >= 0
    assert found.lock_minutes >= 0
    assert found.geometry is not None


@FEW
@given(st.sampled_from(["percent", "lock_minutes", "theme", "language", "geometry", "reader_port"]), st.text(max_size=30))
def test_a_member_of_what_the_window_remembers(tmp_path, name, value):
    path = tmp_path / "window.ini"
    path.unlink(missing_ok=True)
    file = QSettings(str(path), QSettings.Format.IniFormat)
    file.setValue(name, value)
    file.sync()
    found = Preferences(path)
    assert found.percent >= 0
    assert found.lock_minutes >= 0
    assert isinstance(found.reader_port, str)


@FEW
@given(any_bytes("release"))
def test_the_head_of_a_release(content):
    try:
        release = read_release(read_head(content))
    except ValueError:
        return
    assert ".." not in release.files.path
    assert release.sequence >= 0


@FEW
@given(st.fixed_dictionaries({"files": st.lists(st.fixed_dictionaries({"path": st.text(max_size=20) | st.sampled_from(
    ["../x", "/x", "a/../../b", "C:/x", "a\\b", "a//b", ".", "con"]), "size": st.integers(0, 5), "sha256": st.just("0" * 64)}), max_size=3)}) | anything)
def test_the_files_of_a_release_stay_in_their_folder(document):
    try:
        files = read_files(document)
    except ValueError:
        return
    for each in files:
        assert not each.path.startswith(("/", "\\"))
        assert ".." not in each.path.split("/")
        assert ":" not in each.path
        assert "\\" not in each.path


@FEW
@given(st.binary(max_size=400) | st.builds(lambda head, tail: len(head).to_bytes(4, "big") + head + tail, anything.map(bytes_of), st.binary(max_size=40)))
def test_a_parcel_from_a_stick(tmp_path, content):
    path = tmp_path / "parcel"
    path.write_bytes(content)
    with pytest.raises(DeskError, match="STICK_"):
        read_parcel(path, [], name="x")


def test_a_profile_with_members_of_another_version():
    with pytest.raises(TypeError):
        from_stored({"commune": "x"})
    assert from_stored({**dict.fromkeys(("commune", "province", "agency", "desk", "device", "epoch"), ""), "later": 1}).commune == ""
