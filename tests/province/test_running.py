"""The province as a program: killed, restarted, restored from an old backup, and tested from outside (invariants 3, 22, 24)."""

import json
import subprocess
import sys
import threading
import time

import pytest
import requests
from cryptography.exceptions import InvalidSignature

from tests.province.conformance.desk import Desk
from tests.province.conformance.test_files import Upload, scan
from tests.province.trial import ROOT, ProvinceProcess, TrialProvince

AGENCY = "H99.10.05"


@pytest.fixture
def province(tmp_path):
    with TrialProvince(tmp_path) as running:
        yield running


@pytest.fixture
def desk(province):
    one = Desk(province.ticket(AGENCY))
    one.enrol()
    return one


@pytest.fixture
def process(tmp_path):
    with ProvinceProcess(tmp_path) as running:
        yield running


def test_i3_what_was_answered_for_survives_a_kill(process):
    desk = Desk(process.ticket(AGENCY))
    desk.enrol()
    first, _ = desk.received()
    sent = [first, *(desk.note(first, f"{n}") for n in range(4))]
    upload = Upload(desk, scan())
    upload.open()
    for op in sent:
        assert desk.outcomes(op) == ["applied"]
        process.kill()
        process.start()
    assert desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1)["ops"] == sent
    assert upload.patch(0, 65_536).status_code == 204
    process.kill()
    process.start()
    assert upload.offset() == 65_536
    assert upload.patch(65_536).headers["Desk-Blob"] == "verified"
    assert desk.outcomes(*sent) == ["duplicate"] * 5


def test_i3_a_kill_in_the_middle_of_pushes_leaves_whole_requests(process):
    desk = Desk(process.ticket(AGENCY))
    desk.enrol()
    first, _ = desk.received()
    batches = [[first], *([desk.note(first, f"{n}/{k}") for k in range(10)] for n in range(30))]
    answered = []

    def pushing():
        try:
            for batch in batches:
                desk.push(*batch)
                answered.extend(batch)
        except requests.RequestException:
            return

    work = threading.Thread(target=pushing)
    work.start()
    while len(answered) < 21 and work.is_alive():
        time.sleep(0.01)
    process.kill()
    work.join()
    process.start()
    kept = desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1, limit=500)["ops"]
    everything = [op for batch in batches for op in batch]
    assert kept == everything[: len(kept)]
    assert len(kept) >= len(answered)
    assert len(kept) % 10 == 1
    for batch in batches:
        assert set(desk.outcomes(*batch)) <= {"applied", "duplicate"}
    assert desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"][0]["rev"] == 301


def test_the_server_goes_on_where_it_was_after_a_restart(province, desk):
    first, _ = desk.received()
    desk.push(first)
    before, cursor = desk.hello(), desk.end_of_feed()
    province.restart()
    after = desk.hello()
    assert after["server_epoch"] == before["server_epoch"]
    desk.push(desk.note(first))
    assert [entry["rev"] for entry in desk.follow(cursor)[0]] == [2]


def test_i22_a_gateway_from_an_old_backup_ends_with_equal_journals(province, desk):
    first, _ = desk.received()
    desk.push(first)
    old = province.backup()
    lost = [desk.note(first, f"{n}") for n in range(3)]
    desk.push(*lost)
    cursor, epoch = desk.end_of_feed(), desk.hello()["server_epoch"]
    province.restore(old)
    assert desk.hello()["server_epoch"] != epoch
    assert desk.call("GET", "/changes", params={"cursor": cursor}).json()["code"] == "cursor_expired"
    newest = desk.note(first)
    mark = desk.push(newest)
    assert mark["results"][0]["missing"] == {"want_from": 2}
    assert mark["acked"][0]["want_from"] == 2
    assert desk.outcomes(*lost, newest) == ["applied"] * 4
    assert [entry["rev"] for entry in desk.follow()[0] if entry["dossier_id"]] == [5]


def test_i22_tokens_given_after_the_backup_come_back_by_the_key(province, desk):
    old = province.backup()
    desk.take(desk.send("/token/refresh", desk.token_request(), token=False))
    desk.get("/changes")
    province.restore(old)
    assert desk.call("GET", "/changes").json()["code"] == "token_unknown"
    desk.take(desk.send("/token/refresh", desk.token_request("device_key"), token=False))
    desk.get("/changes")


def test_i22_no_recovery_range_is_given_twice_when_the_gateway_forgot_the_first(province, desk):
    old = province.backup()
    first = desk.new_lane(reason="restore", serials_seen=[])["recovery"]
    province.restore(old)
    second = desk.new_lane(reason="restore", serials_seen=[])["recovery"]
    assert (first["generation"], second["generation"]) == (1, 2)


def test_the_next_key_is_announced_under_the_old_ones_signature(province, desk):
    key = province.do("announce_key")
    assert desk.hello()["next_key"] == key
    province.do("use_next_key")
    with pytest.raises(InvalidSignature):
        desk.hello()
    desk.ticket = {**desk.ticket, **key}
    assert (desk.hello()["key_id"], desk.hello()["next_key"]) == (key["key_id"], None)
    late = Desk(province.ticket(AGENCY))
    assert late.enrol()["server_keys"] == [key]
    with pytest.raises(ValueError, match="no key was announced"):
        province.do("use_next_key")


def test_what_is_for_a_commune_that_nobody_knows_is_refused_and_nothing_is_done(province, desk):
    op, record = desk.received()
    desk.push(op)
    for verb, words in (
            ("reassign", {"agency": AGENCY, "dossier_id": op["dossier_id"], "to_agency": "H99.10.99", "reason": "Sai địa bàn"}),
            ("assign", {"agency": "H99.10.99", "record": record})):
        with pytest.raises(ValueError, match=r"H99\.10\.99 is no commune"):
            province.do(verb, **words)
    held = [(each["dossier_id"], each["reassigned_to"]) for each in province.state(AGENCY)["dossiers"]]
    assert held == [(op["dossier_id"], None)]


def test_i24_the_log_holds_no_bodies(tmp_path, process):
    desk = Desk(process.ticket(AGENCY))
    desk.enrol()
    op, record = desk.received()
    desk.push(op)
    process.do("fault", path="/push", code="server_error", after=True)
    desk.push(op, status=500)
    process.stop()
    written = process.log()
    assert record["ChuHoSo"] not in written
    assert record["MaHoSo"] not in written


def test_a_ticket_lies_in_its_file_and_the_suite_runs_by_it(tmp_path):
    ticket = tmp_path / "ticket.json"
    command = [sys.executable, "-m", "tests.province", "--port", "0", "--database", f"sqlite:///{tmp_path / 'p.db'}", "--ticket", str(ticket)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            address = program.stdout.readline().strip()
            assert json.loads(ticket.read_text("utf-8"))["base_url"] == address
            suite = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/province/conformance/test_reconcile.py",
                     "tests/province/conformance/test_catalogue.py", "--url", address, "--ticket", str(ticket)]
            done = subprocess.run(suite, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-3000:]
            assert "needs a hand at the province" in done.stdout
            assert "needs a --ticket of another commune" in done.stdout
        finally:
            program.kill()
