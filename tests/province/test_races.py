"""Two requests at once: what was read before somebody else wrote decides nothing."""

import hashlib
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, select

from tests.province.server import blobs, feed, records, tables, uploads
from tests.province.server.naming import uuid7
from tests.province.server.office import Office
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.reconcile import reconcile
from tests.province.server.specialist import Specialist
from tests.province.server.tokens import Caller, caller_of, new_pair, rotated
from tests.province.still_clock import StillClock

CALLER = Caller("d1", "H36.50.05")
CONTENT = b"%PDF-1.7 mot to khai"
DIGEST, SIZE = hashlib.sha256(CONTENT).hexdigest(), len(CONTENT)


@pytest.fixture
def province(tmp_path):
    made = Province.opened(f"sqlite:///{tmp_path / 'province.db'}", tmp_path)
    made.clock = StillClock()
    Office(made).add_agency(CALLER.agency, "Xã Đắk Mil")
    with made.store.writing(CALLER.agency) as connection:
        connection.execute(insert(tables.devices).values(
            device=CALLER.device, short="D1", agency=CALLER.agency, public_key="", name="Quầy 1", digit=1))
    yield made
    made.close()


def before_writing(monkeypatch, province, act):
    """Let somebody else do something once, after a request has read and before it writes."""
    writing, waiting = province.store.writing, [act]

    @contextmanager
    def late(*names):
        while waiting:
            waiting.pop()()
        with writing(*names) as connection:
            yield connection

    monkeypatch.setattr(province.store, "writing", late)


def after_reading(monkeypatch, province, act):
    """Let somebody else do something once, between two looks of a request."""
    reading, waiting = province.store.reading, [act]

    @contextmanager
    def early():
        with reading() as connection:
            yield connection
        while waiting:
            waiting.pop()()

    monkeypatch.setattr(province.store, "reading", early)


def test_i17_two_pairs_of_one_refresh_token_used_at_once_leave_one_that_works(province, monkeypatch):
    with province.store.writing(CALLER.agency) as connection:
        first = new_pair(province, connection, CALLER.device)
        one, other = (rotated(province, connection, CALLER.device, first["refresh_token"]) for _ in range(2))
    before_writing(monkeypatch, province, lambda: caller_of(province, other["access_token"]))
    with pytest.raises(ProblemError, match="token_unknown"):
        caller_of(province, one["access_token"])
    assert caller_of(province, other["access_token"]) == CALLER
    with province.store.writing(CALLER.agency) as connection:
        assert rotated(province, connection, CALLER.device, other["refresh_token"])["access_token"]


def test_a_device_that_is_locked_while_its_token_is_first_used_is_locked(province, monkeypatch):
    with province.store.writing(CALLER.agency) as connection:
        pair = new_pair(province, connection, CALLER.device)
    before_writing(monkeypatch, province, lambda: Office(province).revoke_device(CALLER.device))
    with pytest.raises(ProblemError, match="device_revoked"):
        caller_of(province, pair["access_token"])


def about(province):
    return {"sha256": DIGEST, "dossier_id": uuid7(province.clock.now()), "part": "TP01", "filename": "a.pdf", "filetype": "application/pdf"}


def begin(province, length=SIZE):
    return uploads.open_upload(province, CALLER, uploads.Locks(), length, about(province))


def test_the_same_wish_twice_at_once_is_one_upload(province, monkeypatch):
    found = []
    before_writing(monkeypatch, province, lambda: found.append(begin(province)))
    assert begin(province)[1]["upload_id"] == found[0][1]["upload_id"]
    with province.store.reading() as connection:
        assert connection.execute(select(tables.uploads.c.state)).scalars().all() == ["open"]


def test_a_file_that_came_from_elsewhere_meanwhile_is_not_uploaded_again(province, monkeypatch):
    before_writing(monkeypatch, province, lambda: blobs.put(province, CALLER.agency, CONTENT, "application/pdf"))
    assert begin(province) == (blobs.VERIFIED, None)


def test_an_upload_of_another_length_takes_the_place_of_the_one_before_and_its_bytes_go(province):
    first = begin(province)[1]
    part = uploads.part_of(province, first["upload_id"])
    part.write_bytes(CONTENT[:5])
    assert begin(province, SIZE + 1)[1]["upload_id"] != first["upload_id"]
    assert not part.exists()


@pytest.mark.parametrize("slow", [True, False])
def test_a_file_that_two_desks_bring_has_the_state_that_it_has(province, tmp_path, slow):
    """Told pending by an answer of which the feed says nothing more, the second desk would wait for ever."""
    states = []
    for number, is_slow in enumerate((slow, not slow)):
        province.switch(slow_check=is_slow)
        path = tmp_path / f"part-{number}"
        path.write_bytes(CONTENT)
        states.append(blobs.take_in(province, CALLER.agency, path, DIGEST, about(province)))
    assert states == [blobs.PENDING if slow else blobs.VERIFIED] * 2
    assert blobs.find_blob(province, CALLER.agency, DIGEST)["state"] == states[0]


def test_a_result_that_a_desk_told_of_meanwhile_stays_beside_the_province_s(province, monkeypatch):
    specialist = Specialist(province)
    dossier_id = specialist.assign(CALLER.agency, {"MaTTHC": "2.000815"})
    for to in ("2", "4"):
        specialist.move(CALLER.agency, dossier_id, to)
    theirs = {"GiayToId": "desk"}
    with monkeypatch.context() as meanwhile:
        before_writing(meanwhile, province, lambda: specialist.change(CALLER.agency, dossier_id, {"DanhSachGiayToKetQua": [theirs]}))
        specialist.finish(CALLER.agency, dossier_id, "Giấy chứng nhận")
    with province.store.reading() as connection:
        found = records.load(connection, CALLER.agency, dossier_id)
    assert found.status == "9"
    assert [item.get("TenGiayTo", item["GiayToId"]) for item in found.ho_so["DanhSachGiayToKetQua"]] == ["desk", "Giấy chứng nhận"]


def test_what_changes_while_both_sides_compare_is_not_counted_as_a_difference(province, monkeypatch):
    cursor = feed.read(province, CALLER, None, 100)["next_cursor"]
    day = province.clock.day()
    wish = {"as_of_cursor": cursor, "want_codes": [day]}
    specialist = Specialist(province)

    def received():
        dossier_id = specialist.assign(CALLER.agency, {"MaTTHC": "2.000815"})
        specialist.move(CALLER.agency, dossier_id, "2")

    with monkeypatch.context() as meanwhile:
        after_reading(meanwhile, province, received)
        told = reconcile(province, CALLER, wish)
    assert (bool(told["codes"][0]["dossiers"]), told["changes_pending"]) in ((False, False), (True, True))
    assert reconcile(province, CALLER, wish)["changes_pending"]
