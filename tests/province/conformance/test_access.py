"""Proof of contact, enrolment and tokens (contract 2 and 3; invariants 17, 18, 24)."""

import base64
import secrets

import pytest
import requests
from cryptography.exceptions import InvalidSignature

from tests.province.conformance.desk import Desk, json_headers
from tests.province.server.contract import LIMITS, document
from tests.province.server.naming import b64u, uuid7


def test_hello_is_signed_by_the_pinned_key_for_this_nonce_alone(desk):
    body = desk.hello()
    with pytest.raises(InvalidSignature):
        desk.check({**body, "nonce": b64u(secrets.token_bytes(16))}, "hello")
    assert "gzip" in body["encodings"]
    assert set(LIMITS) <= set(body["limits"])


@pytest.mark.parametrize("params", [{}, {"nonce": "short"}, {"nonce": "a" * 87}, {"nonce": "ä" * 30}])
def test_hello_wants_a_nonce(desk, params):
    assert desk.call("GET", "/hello", token=False, params=params).status_code == 400


def test_hello_is_never_kept(desk):
    reply = desk.call("GET", "/hello", token=False, params={"nonce": b64u(secrets.token_bytes(16))})
    assert reply.headers["Cache-Control"] == "no-store"


def test_i18_every_reply_of_the_gateway_says_so(desk):
    """Whatever is asked for, the answer bears the mark, so that one without it is known to be somebody else's; ``call`` looks for it."""
    assert desk.call("GET", "/nowhere").status_code == 404
    assert desk.call("DELETE", "/push").status_code == 405
    assert desk.call("HEAD", f"/blobs/{'0' * 64}").headers["Desk-Problem"] == "not_found"
    assert desk.call("GET", "/changes", token=False).headers["WWW-Authenticate"].startswith("Bearer")


def test_i18_nothing_redirects(desk):
    for path in document()["paths"]:
        plain = path.replace("{ref}", "x").replace("{sha256}", "0" * 64).replace("{upload_id}", "nobodysupload")
        assert desk.call("GET", plain).status_code // 100 != 3
        assert desk.call("GET", plain + "/").status_code // 100 != 3


def test_i17_losing_the_replies_of_enrol_ends_in_one_device(fresh):
    replies = [fresh.send("/enrol", fresh.enrol_request(), token=False, status=201) for _ in range(3)]
    assert len({one["device"] for one in replies}) == 1
    assert len({one["leases"][0]["lease_id"] for one in replies}) == 1
    fresh.take(replies[1]["tokens"])
    fresh.get("/changes")
    problem = fresh.send("/enrol", fresh.enrol_request(), token=False, status=410)
    assert problem["code"] == "enrolment_code_used"
    fresh.take(replies[0]["tokens"])
    assert fresh.call("GET", "/changes").status_code == 401


def test_i17_another_epoch_in_the_repetition_is_declared_too(fresh):
    fresh.send("/enrol", fresh.enrol_request(), token=False, status=201)
    first, fresh.epoch = fresh.epoch, secrets.token_hex(8)
    fresh.enrol()
    assert fresh.outcomes(fresh.received()[0]) == ["applied"]
    assert fresh.get("/ops", device=fresh.device, epoch=first, from_seq=1)["ops"] == []


def test_another_key_finds_the_code_used(fresh):
    fresh.send("/enrol", fresh.enrol_request(), token=False, status=201)
    thief = Desk(fresh.ticket)
    assert thief.send("/enrol", thief.enrol_request(), token=False, status=410)["code"] == "enrolment_code_used"


def test_a_code_that_nobody_issued_and_one_that_is_too_old(fresh, hand):
    request = {**fresh.enrol_request(), "enrolment_code": "NOBODY-ISSUED"}
    assert fresh.send("/enrol", request, token=False, status=404)["code"] == "enrolment_code_unknown"
    old = Desk(hand.ticket("H99.10.05", days=-1))
    assert old.send("/enrol", old.enrol_request(), token=False, status=410)["code"] == "enrolment_code_expired"


def test_a_device_id_that_is_taken_leaves_the_code_good(fresh, desk):
    request = {**fresh.enrol_request(), "device": desk.device}
    assert fresh.send("/enrol", request, token=False, status=409)["code"] == "device_taken"
    same_short = uuid7(desk.day)[:-10] + desk.device[-10:]
    assert fresh.send("/enrol", {**request, "device": same_short}, token=False, status=409)["code"] == "device_taken"
    assert fresh.enrol()["device"] == fresh.device


def test_a_desk_without_an_id_gets_one(fresh):
    request = {name: value for name, value in fresh.enrol_request().items() if name != "device"}
    assert len(fresh.send("/enrol", request, token=False, status=201)["device"]) == 8


def test_enrolment_names_the_key_of_the_ticket(fresh):
    keys = fresh.send("/enrol", fresh.enrol_request(), token=False, status=201)["server_keys"]
    assert {name: fresh.ticket[name] for name in ("key_id", "public_key")} in keys


def test_i17_losing_the_replies_of_refresh_ends_in_one_working_pair(desk):
    old = desk.refresh_token
    pairs = [desk.send("/token/refresh", desk.token_request(), token=False) for _ in range(3)]
    desk.take(pairs[1])
    desk.get("/changes", limit=1)
    for other in (pairs[0], pairs[2]):
        asked = desk.proven("token", {"grant": "refresh_token", "refresh_token": other["refresh_token"]})
        assert desk.send("/token/refresh", asked, token=False, status=401)["code"] == "refresh_superseded"
        headers = {"Authorization": f"Bearer {other['access_token']}"}
        assert desk.call("GET", "/changes", token=False, headers=headers).status_code == 401
    asked = desk.proven("token", {"grant": "refresh_token", "refresh_token": old})
    assert desk.send("/token/refresh", asked, token=False, status=401)["code"] == "refresh_superseded"
    desk.get("/changes", limit=1)


def test_a_chain_of_refreshes_goes_on_from_the_newest_pair_alone(desk):
    for _ in range(3):
        desk.take(desk.send("/token/refresh", desk.token_request(), token=False))
    desk.get("/changes", limit=1)


def test_the_key_of_the_device_alone_brings_a_desk_back(desk):
    before = desk.refresh_token
    desk.take(desk.send("/token/refresh", desk.token_request("device_key"), token=False))
    desk.get("/changes", limit=1)
    asked = desk.proven("token", {"grant": "refresh_token", "refresh_token": before})
    assert desk.send("/token/refresh", asked, token=False, status=401)["code"] == "refresh_superseded"


def test_a_proof_or_challenge_that_is_not_good_is_refused(desk):
    asked = desk.token_request()
    assert desk.send("/token/refresh", {**asked, "proof": "A" * 86}, token=False, status=403)["code"] == "bad_proof"
    assert desk.send("/token/refresh", {**asked, "challenge": "b2Zmc2V0LXRlc3QtY2hhbGxlbmdl"}, token=False, status=409)["code"] == "challenge_stale"
    nobody = desk.proven("token", {"grant": "refresh_token", "refresh_token": "nobodys-refresh-token"})
    assert desk.send("/token/refresh", nobody, token=False, status=401)["code"] == "token_unknown"
    assert desk.send("/token/refresh", {**asked, "grant": "refresh_token", "refresh_token": None}, token=False, status=400)["code"] == "bad_request"
    desk.send("/token/refresh", asked, token=False)
    desk.get("/changes", limit=1)


def test_a_challenge_lives_ten_minutes(desk, hand):
    asked = desk.token_request()
    hand.do("clock", offset_s=601)
    try:
        assert desk.send("/token/refresh", asked, token=False, status=409)["code"] == "challenge_stale"
    finally:
        hand.do("clock", offset_s=0)
    desk.send("/token/refresh", asked, token=False)


def test_tokens_grow_old(desk, hand):
    hand.do("clock", offset_s=2 * 86_400)
    try:
        assert desk.call("GET", "/changes").json()["code"] == "token_expired"
        desk.take(desk.send("/token/refresh", desk.token_request(), token=False))
        desk.get("/changes", limit=1)
    finally:
        hand.do("clock", offset_s=0)


def test_approval_is_asked_for_where_the_province_wants_it(desk, hand):
    hand.do("switch", approval_required=True)
    try:
        assert desk.send("/token/refresh", desk.token_request("device_key"), token=False, status=403)["code"] == "approval_required"
        hand.do("approve_device", device=desk.device)
        desk.take(desk.send("/token/refresh", desk.token_request("device_key"), token=False))
    finally:
        hand.do("switch", approval_required=False)


def test_a_revoked_device_is_told_so_and_its_colleagues_too(fresh, desk, hand):
    fresh.enrol()
    cursor = desk.end_of_feed()
    hand.do("revoke_device", device=fresh.device)
    assert fresh.call("GET", "/changes").json()["code"] == "device_revoked"
    assert fresh.send("/token/refresh", fresh.token_request(), token=False, status=403)["code"] == "device_revoked"
    assert fresh.hello()["service"] == "desk-sync"
    entry = desk.follow(cursor)[0][-1]
    assert (entry["kind"], entry["data"]["subject"], entry["data"]["id"]) == ("access.revoked", "device", fresh.device)


def test_a_desk_that_is_too_old_reads_on(desk, hand):
    first, _ = desk.received()
    hand.do("switch", protocol_min="1.2", protocol_max="1.3")
    try:
        assert desk.push(first, status=426)["protocol"] == {"min": "1.2", "max": "1.3"}
        desk.get("/changes", limit=1)
        assert desk.hello()["protocol"]["min"] == "1.2"
        data = json_headers(b"{}")
        assert desk.call("POST", "/push", data=b"{}", headers={**data, "Desk-Protocol": "1.2"}).status_code == 400
    finally:
        hand.do("switch", protocol_min="1.0", protocol_max="1.0")
    assert desk.outcomes(first) == ["applied"]


@pytest.mark.parametrize(("code", "status"), [("rate_limited", 429), ("maintenance", 503), ("storage_full", 507), ("server_error", 500)])
def test_i6_trouble_of_the_province_records_nothing_and_says_when_to_come_again(desk, hand, code, status):
    first, _ = desk.received()
    hand.do("fault", method="POST", path="/push", code=code, retry_after=7)
    reply = desk.push(first, status=status)
    assert reply["code"] == code
    assert desk.acked() == 0
    assert desk.outcomes(first) == ["applied"]


def test_i1_a_reply_that_is_lost_has_done_its_work(desk, hand):
    first, _ = desk.received()
    hand.do("fault", method="POST", path="/push", code="server_error", after=True)
    desk.push(first, status=500)
    assert desk.outcomes(first) == ["duplicate"]


def test_i24_no_header_or_address_repeats_what_a_body_says(desk):
    first, record = desk.received()
    reply = desk.call("POST", "/push", **with_body(first))
    text = str(reply.headers) + reply.url
    assert record["ChuHoSo"] not in text
    assert base64.b64encode(record["ChuHoSo"].encode()).decode() not in text


def with_body(op):
    import json

    data = json.dumps({"ops": [op]}).encode()
    return {"data": data, "headers": json_headers(data)}


@pytest.mark.parametrize(("feature", "method", "path"), [
    ("files", "HEAD", f"/blobs/{'0' * 64}"), ("files", "OPTIONS", "/uploads"), ("catalogue", "GET", "/catalogue/manifest"), ("reconcile", "POST", "/reconcile"),
])
def test_a_feature_that_is_not_there_has_no_addresses(desk, hand, feature, method, path):
    features = desk.hello()["features"]
    hand.do("switch", features=[name for name in features if name != feature])
    try:
        assert feature not in desk.hello()["features"]
        assert desk.call(method, path).headers["Desk-Problem"] == "not_found"
    finally:
        hand.do("switch", features=features)


def test_the_page_shows_what_is_held_and_escapes_it(desk, hand):
    first, record = desk.received()
    desk.push(first)
    page = requests.get(hand.url, timeout=30)
    assert record["MaHoSo"] in page.text
    assert "<script" not in page.text
    done = requests.post(f"{hand.url}/page/move", data={
        "agency": desk.agency, "dossier_id": first["dossier_id"], "to": "4", "reason": "<b>"}, timeout=30)
    assert "Đã làm." in done.text
    assert desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"][0]["ho_so"]["TrangThaiHoSo"] == "4"
    again = requests.post(f"{hand.url}/page/move", data={"agency": desk.agency, "dossier_id": first["dossier_id"], "to": "2"}, timeout=30)
    assert "Không làm được" in again.text
