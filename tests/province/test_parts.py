"""Small parts of the server by themselves: what comes in, what goes out, locks, faults, names, keys."""

import asyncio
import gzip
import json
import time
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import zstandard
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from starlette.requests import ClientDisconnect

from tests.province.__main__ import options_of
from tests.province.server import uploads, wire
from tests.province.server.contract import document, fits, shape
from tests.province.server.faults import Fault, Faults
from tests.province.server.keys import challenge_is_fresh, new_challenge
from tests.province.server.naming import VIETNAM, day_of, envelope_time, national_time, new_device, short_device, uuid7, wire_time
from tests.province.server.page import page
from tests.province.server.problems import PROBLEMS, ProblemError
from tests.province.server.province import Province
from tests.province.server.replies import Gateway, JsonReply
from tests.province.server.routes.web import arguments
from tests.province.server.seed import calendar, procedures
from tests.province.server.store import Store
from tests.province.server.tables import agencies

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
SECRET = "ab" * 32


def answered(reply, accept=""):
    """Return the headers and the body of a reply as they go out."""
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(reply({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accept.encode())]}, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, sent[1]["body"]


@pytest.mark.parametrize(("accept", "unpacked"), [
    ("gzip", gzip.decompress), ("gzip, deflate, br", gzip.decompress), ("zstd, gzip", zstandard.decompress), ("gzip;q=0.5, zstd;q=0", gzip.decompress),
    ("", bytes), ("br", bytes), ("gzip;q=0", bytes),
])
def test_a_long_reply_is_packed_as_the_desk_allows(accept, unpacked):
    value = {"text": "Hộ tịch " * 300}
    headers, body = answered(JsonReply(value), accept)
    assert json.loads(unpacked(body)) == value
    assert headers["content-length"] == str(len(body))
    assert ("content-encoding" in headers) == (unpacked is not bytes)


def test_a_short_reply_is_sent_as_it_is():
    assert answered(JsonReply({}), "gzip")[1] == b"{}"


def test_half_a_character_goes_back_escaped():
    assert answered(JsonReply({"text": "\ud800"}))[1] == b'{"text":"\\ud800"}'


def test_a_failure_is_a_500_of_the_contract(expected_errors):
    async def failing(scope, receive, send):
        raise RuntimeError

    headers, body = answered_by(Gateway(failing, Faults()))
    assert (headers["x-desk-sync"], headers["desk-problem"]) == ("1", "server_error")
    assert json.loads(body)["status"] == 500


def test_a_desk_that_went_away_gets_no_answer():
    async def left(scope, receive, send):
        raise ClientDisconnect

    assert answered_by(Gateway(left, Faults())) is None


def answered_by(app):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http", "method": "GET", "path": "/desk/v1/x", "headers": []}, None, send))
    return ({name.decode(): value.decode() for name, value in sent[0]["headers"]}, sent[1]["body"]) if sent else None


def test_every_problem_has_the_contracts_status():
    """The contract's examples, and the statuses of its responses, are laid beside the table."""
    responses = {**document()["components"]["responses"]}
    for path in document()["paths"].values():
        for verb in path.values():
            if isinstance(verb, dict):
                responses.update({f"{verb['operationId']}{status}": reply for status, reply in verb["responses"].items() if "$ref" not in reply})
    examples = [example["value"] for reply in responses.values()
                for example in reply.get("content", {}).get("application/problem+json", {}).get("examples", {}).values()]
    assert {example["code"] for example in examples} == set(PROBLEMS)
    for example in examples:
        assert PROBLEMS[example["code"]][0] == example["status"]
        assert fits("Problem", ProblemError(example["code"]).body())


@pytest.mark.parametrize(("data", "code"), [
    (b"\xff", "bad_json"), (b"{", "bad_json"), (b"NaN", "bad_json"), (b"-1e999", "bad_json"), (b"[" * 17 + b"]" * 17, "too_deep"),
    (b'{"a":' * 17 + b"1" + b"}" * 17, "too_deep"), (b"1" * 5000, "bad_json"),
])
def test_what_is_no_json_is_refused(data, code):
    with pytest.raises(ProblemError, match=code):
        wire.parsed(data)


@pytest.mark.parametrize("text", ['"[[[[[[[[[[[[[[[[[[[["', '"\\"[[[[[[[[[[[[[[[[[["', "[" * 16 + "]" * 16, "4.5", '"\\ud800"'])
def test_depth_counts_brackets_outside_texts(text):
    assert wire.parsed(text.encode()) == json.loads(text)


@pytest.mark.parametrize("header", [
    "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", "sha-512=:AA==:, sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:"])
def test_a_digest_is_found_beside_others(header):
    wire.check_digest(b"{}", header, required=True)
    with pytest.raises(ProblemError, match="digest_mismatch"):
        wire.check_digest(b"[]", header, required=False)


def test_a_missing_digest_matters_only_where_it_must_be():
    wire.check_digest(b"{}", None, required=False)
    with pytest.raises(ProblemError, match="digest_missing"):
        wire.check_digest(b"{}", "sha-512=:AA==:", required=True)


def test_one_writes_an_upload_at_a_time_unless_its_line_is_dead(monkeypatch):
    locks = uploads.Locks()
    first = locks.taken("u")
    with pytest.raises(ProblemError, match="upload_locked"):
        locks.taken("u")
    late = time.monotonic() + uploads.SILENT_S + 1
    monkeypatch.setattr(uploads, "time", SimpleNamespace(monotonic=lambda: late))
    second = locks.taken("u")
    assert not locks.keeps("u", first)
    locks.free("u", first)
    assert locks.keeps("u", second)
    locks.free("u", second)
    assert not locks.keeps("u", second)


def test_a_fault_happens_as_often_as_it_is_told():
    faults = Faults()
    faults.add(Fault("/push", "maintenance", "POST", times=2))
    assert faults.taken("GET", "/push") is None
    assert faults.taken("POST", "/changes") is None
    assert [faults.taken("POST", "/push") is not None for _ in range(3)] == [True, True, False]
    faults.add(Fault("/", "maintenance"))
    faults.clear()
    assert faults.taken("GET", "/") is None


def test_a_challenge_is_good_for_ten_minutes_and_only_ours():
    challenge = new_challenge(SECRET, NOW)
    assert challenge_is_fresh(SECRET, challenge, NOW + timedelta(seconds=600))
    assert not challenge_is_fresh(SECRET, challenge, NOW + timedelta(seconds=601))
    assert not challenge_is_fresh("cd" * 32, challenge, NOW)
    assert not challenge_is_fresh(SECRET, "nonsense", NOW)
    assert not challenge_is_fresh(SECRET, "é", NOW)


def test_times_are_written_both_ways():
    assert wire_time(NOW) == "2026-11-23T08:30:00+07:00"
    assert national_time(wire_time(NOW)) == "20261123083000"
    assert envelope_time("20261123083000") == wire_time(NOW)
    assert (national_time(None), envelope_time(""), day_of(""), day_of("20261123083000")) == ("", None, "", "2026-11-23")


def test_ids_are_of_the_contracts_form():
    assert shape("Uuid").is_valid(uuid7(NOW))
    assert uuid7(NOW, "x") == uuid7(NOW, "x") != uuid7(NOW, "y")
    made = new_device()
    assert shape("DeviceId").is_valid(made)
    assert short_device(made) == made


@pytest.mark.parametrize("value", ["2026-11-23\n", "2026-11-23 ", 20261123])
def test_a_pattern_ends_where_the_text_ends(value):
    assert not shape("Day").is_valid(value)


def test_the_first_catalogue_has_the_contracts_shape():
    assert fits("ProceduresFile", procedures())
    assert fits("CalendarFile", calendar())
    assert all(item["exemption"] for one in procedures()["items"] for item in one["fees"])


def test_what_was_committed_is_on_the_disk(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    with store.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode", "foreign_keys")}
    assert found == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}
    store.close()


def test_a_write_that_fails_is_taken_back_and_the_next_one_has_its_turn(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    adding = insert(agencies).values(agency="H99.10.05", name="Công dân mẫu", position=0)
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(adding, [{}, {}])
    with store.writing("H99.10.05") as connection:
        assert connection.execute(select(agencies)).all() == []
        connection.execute(adding)
    store.close()


def test_a_failed_statement_says_nothing_of_what_it_was_given(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    adding = insert(agencies).values(agency="H99.10.05", name="Công dân mẫu", position=0)
    with store.writing() as connection:
        connection.execute(adding)
        with pytest.raises(IntegrityError) as error:
            connection.execute(adding)
    assert "Công dân mẫu" not in str(error.value)
    store.close()


def test_a_province_keeps_key_and_epoch_and_a_restored_one_only_the_key(tmp_path):
    kept = []
    for restored in (False, False, True):
        province = Province.opened(f"sqlite:///{tmp_path / 'x.db'}", tmp_path / "files", restored=restored)
        kept.append((province.key, province.switches["server_epoch"]))
        province.close()
    assert kept[0] == kept[1]
    assert kept[1][0] == kept[2][0]
    assert kept[1][1] != kept[2][1]


def test_the_command_line_listens_to_what_it_is_told():
    options = options_of(["--port", "0", "--ticket", "a", "--ticket", "b", "--restored"])
    assert ([file.name for file in options.ticket], options.restored, options.database) == (["a", "b"], True, "sqlite:///province.db")


def test_the_page_escapes_what_it_shows():
    dossier = {"dossier_id": "d", "rev": 1, "status": "4", "status_name": "Đang xử lý", "day": "2026-11-23", "codes": ["<code>"], "MaHoSo": "TAM-1",
               "reassigned_to": None, "TenTTHC": "<i>", "ChuHoSo": "<script>alert(1)</script>", "NgayHenTra": "20261125170000"}
    waiting = {"op_id": "o", "type": "dossier.corrected", "code": "<x>", "verdict": {"reason": "awaiting_province"}}
    commune = {"agency": "H99", "name": "<b>", "devices": [], "ops": 0, "files": [], "dossiers": [dossier], "attention": [waiting],
               "days": [{"day": "2026-11-23", "total": 1, "by_status": {"4": 1}}]}
    text = page({"server_time": "", "server_epoch": "", "agencies": [commune]}, "<said>")
    for raw in ("<script>alert", "<b>", "<said>", "<x>", "<code>"):
        assert raw not in text
    for shown in ("25/11/2026 17:00", "Cấp mã chính thức", "Đồng ý sửa", "Yêu cầu bổ sung", "Gia hạn"):
        assert shown in text


def test_forms_give_what_the_verbs_want():
    assert arguments("ticket", {"agency": "H99"}, "http://x") == {"agency": "H99", "base_url": "http://x"}
    assert arguments("ask_supplement", {"items": "a"}, "")["items"] == ["a"]
    assert arguments("decide_correction", {"accept": "false"}, "")["accept"] is False
    assert arguments("assign", {"agency": "H99", "ChuHoSo": "x"}, "") == {"agency": "H99", "record": {"ChuHoSo": "x"}}
    assert arguments("publish_catalogue", {"version": "1", "effective_from": "d", "content": "{}"}, "")["files"][0]["kind"] == "procedures"
    assert arguments("move", {"to": "4"}, "") == {"to": "4"}
