"""The server and the contract's own vectors, unchanged: canonical text, keys, numbers, the day, the edge cases, reconcile."""

import json

import pytest

from tests.province.conformance.desk import Desk
from tests.province.conformance.story import agrees, holds, play, read
from tests.province.server.canon import NoCanonicalTextError, canonical, codes_digest, content_fault, digest, sha256
from tests.province.server.keys import ServerKey, proof_holds, signed_bytes
from tests.province.server.leases import ranges
from tests.province.server.naming import official_parts, reads_as_code, short_device
from tests.province.trial import TrialProvince

CANON, NUMBERS, SIGNATURES, HELLO, RECONCILE = (read(name) for name in ("canonical", "numbers", "signatures", "hello", "reconcile"))
DAY, EDGES = read("day_log"), read("edge_cases")


@pytest.mark.parametrize("vector", CANON["small"], ids=lambda vector: vector["name"])
def test_values_have_the_text_of_the_vectors(vector):
    assert canonical(vector["value"]).decode() == vector["canonical"]
    assert sha256(canonical(vector["value"])) == vector["sha256"]


@pytest.mark.parametrize("vector", CANON["refuse"], ids=lambda vector: vector["name"])
def test_what_no_op_may_hold_is_found(vector):
    value = int(vector["text"]) if "text" in vector else vector["value"]
    if "code_points" in vector:
        value = "".join(chr(int(point[2:], 16)) for point in vector["code_points"])
    code = "not_nfc" if "code_points" in vector else "schema"
    assert content_fault({"facts": {"nested": [value]}}) == (code, "facts")


@pytest.mark.parametrize("link", CANON["chain"], ids=lambda link: str(link["op"]["seq"]))
def test_the_chain_has_the_hashes_of_the_vectors(link):
    body = {name: value for name, value in link["op"].items() if name != "hash"}
    assert canonical(body).decode() == link["canonical"]
    assert sha256(canonical(body)) == link["op"]["hash"]


def test_a_number_with_a_point_has_no_text():
    with pytest.raises(NoCanonicalTextError):
        canonical({"n": 1.0})


def test_hello_has_the_signature_of_the_vectors():
    document = HELLO["document"]
    body = {name: value for name, value in document.items() if name != "signature"}
    key = ServerKey("test-2026", HELLO["private_seed_hex"])
    assert key.public()["public_key"] == HELLO["public_key"]
    assert sha256(signed_bytes("hello", body)) == HELLO["message_sha256"]
    assert key.signed("hello", body) == document


@pytest.mark.parametrize("purpose", ["manifest", "users"])
def test_the_province_signs_as_in_the_vectors(purpose):
    vector = SIGNATURES[purpose]
    body = {name: value for name, value in vector["document"].items() if name != "signature"}
    assert ServerKey("test-2026", HELLO["private_seed_hex"]).signed(purpose, body) == vector["document"]


@pytest.mark.parametrize("purpose", ["token", "epoch"])
def test_a_proof_of_the_vectors_holds_and_a_changed_one_does_not(purpose):
    vector = SIGNATURES[purpose]
    assert proof_holds(purpose, vector["document"], vector["public_key"])
    assert not proof_holds(purpose, {**vector["document"], "device": "D7K2M9Q5"}, vector["public_key"])
    assert not proof_holds("hello", vector["document"], vector["public_key"])


@pytest.mark.parametrize("vector", NUMBERS["read"], ids=lambda vector: vector["code"])
def test_codes_are_read(vector):
    assert reads_as_code(vector["code"])
    parts = official_parts(vector["code"])
    assert (parts is None) == (vector["kind"] == "provisional")
    if parts is not None:
        assert parts[2] == vector["serial"]


@pytest.mark.parametrize("code", NUMBERS["refuse"])
def test_other_texts_are_no_codes(code):
    assert not reads_as_code(code)


def test_devices_have_the_short_forms_of_the_vectors():
    assert [short_device(item["device"]) for item in NUMBERS["short_device"]] == [item["short"] for item in NUMBERS["short_device"]]


def test_a_lease_has_the_ranges_of_the_vectors():
    lease = NUMBERS["lease"]
    assert ranges(lease["counter_digit"]) == (lease["normal"], lease["recovery"])


def test_digests_are_those_of_the_vectors():
    hashes = [op["hash"] for step in DAY["steps"] if step["step"] == "push" for op in step["request"]["ops"]]
    assert digest(hashes) == RECONCILE["day"]["digest"]
    assert digest([]) == RECONCILE["empty_digest"]
    assert codes_digest(item["ho_so"]["MaHoSo"] for item in DAY["expected"]) == RECONCILE["status_counts"]["codes_digest"]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A province to which the device of the vectors told its day."""
    with TrialProvince(tmp_path_factory.mktemp("day")) as province:
        desk = Desk(province.ticket(DAY["agency"], digit=2), DAY["device"])
        desk.epoch = DAY["epoch"]
        assert desk.enrol()["device"] == DAY["device"]
        play(desk, province, DAY["steps"])
        yield desk, province


def test_the_lease_is_that_of_the_vectors(played):
    request = {"device": DAY["device"], "epoch": DAY["epoch"], "reason": "renew", "serials_seen": []}
    lease = played[0].send("/numbers/lease", request)["leases"][0]
    names = ("agency", "device", "counter_digit", "mode", "normal", "recovery")
    assert {name: lease[name] for name in names} == {name: NUMBERS["lease"][name] for name in names}


def test_the_day_ends_as_the_vectors_say(played):
    holds(played[0], DAY["expected"])


@pytest.mark.parametrize("part", ["day", "ranges", "altered", "status_counts"])
def test_reconcile_answers_as_the_vectors_say(played, part):
    desk = played[0]
    if part in ("day", "status_counts"):
        name = "days" if part == "day" else part
        reply = desk.send("/reconcile", {name: [RECONCILE[part]]})[name]
        agrees({**{key: value for key, value in RECONCILE[part].items() if key not in ("first_seq", "last_seq")}, "match": True}, reply[0])
        return
    asked = RECONCILE["ranges"] if part == "ranges" else RECONCILE["altered"]["ranges"]
    reply = desk.send("/reconcile", {"ranges": asked})["ranges"]
    assert [one["match"] for one in reply] == [part == "ranges" or not one["from_seq"] <= 17 <= one["to_seq"] for one in asked]
    assert all(("hashes" in one) != one["match"] for one in reply)


def test_the_edge_cases_end_as_the_vectors_say(tmp_path):
    with TrialProvince(tmp_path) as province:
        desk = Desk(province.ticket(DAY["agency"], digit=2), DAY["device"])
        desk.epoch = DAY["epoch"]
        desk.enrol()
        play(desk, province, [*DAY["steps"], *EDGES["steps"]])
        holds(desk, EDGES["expected"])
        kinds = [entry["kind"] for entry in desk.follow()[0]]
        assert kinds.count("dossier.state") == 6
        assert json.loads(json.dumps(desk.hello()))["service"] == "desk-sync"
