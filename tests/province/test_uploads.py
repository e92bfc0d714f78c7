"""Two requests at one upload, and a server that was killed over it: the last byte counts once, nobody looks for bytes that were moved away."""

import hashlib

import pytest
from sqlalchemy import insert, select, update

from tests.province.server import tables, uploads
from tests.province.server.blobs import file_digest, find_blob, path_of
from tests.province.server.naming import uuid7
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.tokens import Caller

CALLER = Caller("d1", "H36.50.05")
CONTENT = b"%PDF-1.7 mot to khai"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def locks():
    return uploads.Locks()


@pytest.fixture
def province(tmp_path):
    made = Province.opened(f"sqlite:///{tmp_path / 'province.db'}", tmp_path)
    with made.store.writing() as connection:
        connection.execute(insert(tables.agencies).values(agency=CALLER.agency, name="Xã Đắk Mil", position=0))
    yield made
    made.store.close()


def begin(province, locks):
    about = {"sha256": DIGEST, "dossier_id": uuid7(province.clock.now()), "part": "TP01", "filename": "a.pdf", "filetype": "application/pdf"}
    return uploads.open_upload(province, CALLER, locks, len(CONTENT), about)


@pytest.fixture
def upload(province, locks):
    """A whole file that has come, and that nobody has looked at yet."""
    made = begin(province, locks)[1]
    uploads.part_of(province, made["upload_id"]).write_bytes(CONTENT)
    return made


def before_the_lock(monkeypatch, act):
    """Let another request do something after this one has looked and before it has the lock."""
    taken = uploads.Locks.taken

    def late(locks, upload_id):
        act()
        return taken(locks, upload_id)

    monkeypatch.setattr(uploads.Locks, "taken", late)


def state_of(province, upload):
    with province.store.reading() as connection:
        return connection.execute(select(tables.uploads.c.state).where(tables.uploads.c.upload_id == upload["upload_id"])).scalar_one()


def announced(province):
    with province.store.reading() as connection:
        return len(connection.execute(select(tables.changes)).all())


def test_a_request_that_waited_sees_what_the_one_before_it_did(province, locks, upload, monkeypatch):
    before_the_lock(monkeypatch, lambda: uploads.settle(province, upload))
    held, _ = uploads.hold(province, CALLER, locks, upload["upload_id"])
    assert (held["state"], uploads.offset_of(province, held)) == ("done", len(CONTENT))
    assert uploads.settle(province, held) == "verified"
    assert announced(province) == 1


def test_nobody_is_kept_out_by_a_request_that_came_too_late(province, locks, upload, monkeypatch):
    with monkeypatch.context() as patch:
        before_the_lock(patch, lambda: uploads.drop(province, upload))
        with pytest.raises(ProblemError, match="upload_gone"):
            uploads.hold(province, CALLER, locks, upload["upload_id"])
    locks.free(upload["upload_id"], locks.taken(upload["upload_id"]))


def test_whoever_opens_it_again_while_it_is_written_gets_the_same_upload(province, locks, upload):
    token = locks.taken(upload["upload_id"])
    state, again = begin(province, locks)
    assert (state, again["upload_id"]) == ("", upload["upload_id"])
    locks.free(upload["upload_id"], token)
    assert begin(province, locks) == ("verified", None)


def test_an_upload_that_was_given_up_meanwhile_is_opened_anew(province, locks, upload, monkeypatch):
    before_the_lock(monkeypatch, lambda: uploads.drop(province, upload))
    state, again = begin(province, locks)
    assert state == ""
    assert again["upload_id"] != upload["upload_id"]


def test_a_kill_after_the_file_was_moved_leaves_it_to_the_next_request(province, upload):
    uploads.part_of(province, upload["upload_id"]).rename(path_of(province, DIGEST))
    assert uploads.offset_of(province, upload) == len(CONTENT)
    assert uploads.settle(province, upload) == "verified"
    assert (find_blob(province, CALLER.agency, DIGEST)["bytes"], state_of(province, upload), announced(province)) == (len(CONTENT), "done", 1)
    assert file_digest(path_of(province, DIGEST)) == DIGEST


def test_a_kill_after_the_file_was_taken_in_announces_it_no_second_time(province, upload):
    uploads.settle(province, upload)
    with province.store.writing() as connection:
        connection.execute(update(tables.uploads).values(state="open"))
    assert uploads.settle(province, upload) == "verified"
    assert (state_of(province, upload), announced(province)) == ("done", 1)


@pytest.mark.parametrize("left", [b"", b"another file"])
def test_bytes_that_are_nowhere_are_asked_for_again(province, locks, upload, left):
    uploads.part_of(province, upload["upload_id"]).unlink()
    if left:
        path_of(province, DIGEST).write_bytes(left)
    with pytest.raises(ProblemError, match="upload_gone"):
        uploads.settle(province, upload)
    state, again = begin(province, locks)
    assert (state, again["upload_id"] != upload["upload_id"]) == ("", True)
