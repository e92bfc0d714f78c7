"""Push: once, in order, whole or not at all (contract 4 and 6; invariants 1, 4, 5, 6, 7, 8, 25, 26)."""

import gzip
import json
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import zstandard

from tests.province.conformance.desk import json_headers, sealed
from tests.province.conformance.story import agrees, days_from_now, holds, play, told
from tests.province.server.contract import LIMITS
from tests.province.server.naming import uuid7, wire_time

CUTS = (0, 1, 17, 180, 400, 700, 1_500, 3_000)
"""After how many bytes of the request, headers included, the line breaks."""


def cut_request(desk, body, length):
    """Send the beginning of a push and break the line."""
    data = json.dumps(body).encode()
    address = urlsplit(desk.url)
    head = {"Host": address.netloc, "Authorization": f"Bearer {desk.access}", "Desk-Protocol": "1.0", "Content-Length": len(data), **json_headers(data)}
    text = f"POST {address.path}/push HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n"
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall((text.encode() + data)[:length])


def test_i1_the_day_pushed_twice_has_one_effect(desk, hand):
    steps = told(desk, days_from_now())
    play(desk, hand, steps[0])
    holds(desk, steps[1])
    for step in (step for step in steps[0] if step["step"] == "push"):
        again = desk.send("/push", step["request"])["results"]
        assert {one["outcome"] for one in again} == {"duplicate"}
        assert [one["rev"] for one in again] == [one["rev"] for one in step["expect"]["results"]]
    holds(desk, steps[1])


def test_i8_the_fold_is_that_of_the_edge_cases(desk, hand):
    steps = told(desk, days_from_now())
    play(desk, hand, [*steps[0], *steps[2]])
    holds(desk, steps[3])


def test_i1_a_push_that_is_cut_anywhere_and_repeated_has_one_effect(desk):
    first, record = desk.received()
    ops = [first, desk.note(first), desk.note(first)]
    for length in CUTS:
        cut_request(desk, {"ops": ops}, length)
    cut_request(desk, {"ops": ops}, 1_000_000)
    outcomes = {one["outcome"] for one in desk.push(*ops)["results"]}
    assert outcomes <= {"applied", "duplicate"}
    assert desk.push(*ops)["results"][2]["rev"] == 3
    shown = desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"]
    assert [(one["rev"], one["ho_so"]) for one in shown] == [(3, record)]


def test_i4_a_gap_is_not_recorded_and_another_history_is_refused(desk):
    first, _ = desk.received()
    notes = [desk.note(first, f"{n}") for n in range(3)]
    reply = desk.push(first, notes[0], notes[2])
    assert [one["outcome"] for one in reply["results"]] == ["applied", "applied", "held"]
    assert reply["results"][2]["missing"] == {"want_from": 3}
    assert reply["acked"][0]["acked_through"] == 2
    assert reply["acked"][0]["want_from"] == 3
    other = sealed({**notes[0], "facts": {**notes[0]["facts"], "text": "khác"}})
    problem = desk.push(other, status=409)
    assert (problem["code"], problem["seq"], problem["stored_hash"]) == ("device_cloned", 2, notes[0]["hash"])
    assert desk.push(sealed({**notes[1], "prev_hash": "f" * 64}), status=409)["code"] == "device_cloned"
    assert desk.acked() == 2
    assert desk.outcomes(notes[1], notes[2]) == ["applied", "applied"]


def test_i5_ops_come_back_as_they_were_sent(desk):
    first, _ = desk.received()
    more = desk.note(first, "Thêm \"ngoặc\"\n\u0001 🙂", extra={"later": [1, {"deep": None}]}, clock_offset_s=-12)
    desk.push(first, more)
    reply = desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1)
    assert reply["ops"] == [first, more]
    assert [one["outcome"] for one in reply["results"]] == ["applied", "applied"]
    assert reply["acked"]["head_hash"] == more["hash"]
    assert desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=3)["ops"] == []


FAULTS = {
    "envelope": (422, lambda op: {**op, "seq": 0}), "hash_mismatch": (422, lambda op: {**op, "hash": "0" * 64}),
    "op_too_large": (422, lambda op: sealed({**op, "facts": {**op["facts"], "text": "x" * LIMITS["max_op_bytes"]}})),
    "epoch_undeclared": (409, lambda op: sealed({**op, "epoch": "0123456789abcdef", "seq": 1, "prev_hash": "0" * 64})),
    "device_mismatch": (403, lambda op: sealed({**op, "device": uuid_of(op)})),
}


def uuid_of(op):
    return f"01a205b3-d000-7{op['hash'][:3]}-8{op['hash'][3:6]}-{op['hash'][6:18]}"


@pytest.mark.parametrize("code", FAULTS)
def test_i6_one_bad_envelope_refuses_the_whole_request(desk, code):
    status, spoil = FAULTS[code]
    first, _ = desk.received()
    assert desk.push(first, spoil(desk.note(first)), status=status)["code"] == code
    assert desk.acked() == 0


@pytest.mark.parametrize(("code", "change"), [
    ("envelope", {"actor": {"user_id": "u-0101", "role": "giam_doc"}}), ("envelope", {"seq": 2.0}), ("envelope", {"occurred_at": "2026-11-23 08:00:00"}),
    ("envelope", {"base_rev": -1}), ("envelope", {"facts": []}), ("envelope", {"ho_so": "x"}), ("envelope", {"op_id": "1"}), ("envelope", {"type": "Note"}),
    ("envelope", {"resolves": "nobody"}),
])
def test_i6_envelopes_of_another_shape_are_refused(desk, code, change):
    first, _ = desk.received()
    desk.push(first)
    note = {**desk.note(first), **change}
    assert desk.push(note if "seq" in change else sealed(note), status=422)["code"] == code
    assert desk.acked() == 1


def test_i6_the_order_in_a_request_is_checked(desk):
    first, _ = desk.received()
    notes = [desk.note(first), desk.note(first)]
    assert desk.push(first, notes[1], notes[0], status=422)["code"] == "batch_order"
    assert desk.push(first, first, status=422)["code"] == "batch_order"
    assert desk.push(first, sealed({**notes[0], "prev_hash": "f" * 64}), status=422)["code"] == "envelope"
    assert desk.acked() == 0
    assert desk.outcomes(first, *notes) == ["applied"] * 3


def raw(desk, data, **headers):
    return desk.call("POST", "/push", data=data, headers={**json_headers(data), **headers})


@pytest.mark.parametrize(("data", "headers", "status", "code"), [
    (b"{}", {"Content-Digest": None}, 400, "digest_missing"),
    (b"{}", {"Content-Digest": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"}, 400, "digest_mismatch"),
    (b"{", {}, 400, "bad_json"), (b"\xff", {}, 400, "bad_json"), (b'{"n": NaN}', {}, 400, "bad_json"), (b'{"n": 1e999}', {}, 400, "bad_json"),
    (b"[" * 17 + b"]" * 17, {}, 400, "too_deep"), (b"[" * 100_000, {}, 400, "too_deep"), (b"{}", {}, 400, "bad_request"),
    (b'{"ops": []}', {}, 400, "bad_request"), (b"[]", {}, 400, "bad_request"), (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_media"),
    (b"{}", {"Content-Encoding": "br"}, 415, "unsupported_media"), (b"{}", {"Content-Encoding": "gzip"}, 400, "bad_json"),
    (b" " * (LIMITS["max_body_bytes"] + 1), {}, 413, "too_large"), (b"{}", {"Desk-Protocol": None}, 400, "bad_request"),
    (b"{}", {"Desk-Protocol": "2.0"}, 400, "bad_request"), (b"{}", {"Authorization": None}, 401, "token_unknown"),
    (b"{}", {"Authorization": "Bearer nobody"}, 401, "token_unknown"),
    (b'{"ops": [' + b",".join([b"{}"] * (LIMITS["max_ops"] + 1)) + b"]}", {}, 413, "too_large"),
])
def test_i6_requests_of_another_form_are_refused_with_their_code(desk, data, headers, status, code):
    reply = raw(desk, data, **headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert desk.acked() == 0


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_packed_request_is_read_and_a_bomb_is_not(desk, pack):
    encoding = "gzip" if pack is gzip.compress else "zstd"
    if encoding not in desk.hello()["encodings"]:
        pytest.skip(f"the gateway offers no {encoding}")
    first, _ = desk.received()
    packed = pack(json.dumps({"ops": [first]}).encode())
    reply = raw(desk, packed, **{"Content-Encoding": encoding, "Accept-Encoding": encoding})
    assert reply.json()["results"][0]["outcome"] == "applied"
    bomb = pack(b" " * (LIMITS["max_decoded_bytes"] + 1))
    assert raw(desk, bomb, **{"Content-Encoding": encoding}).status_code == 413


def test_replies_over_a_kilobyte_are_packed_when_the_desk_allows_it(desk):
    first, _ = desk.received()
    desk.push(first)
    path = f"/dossiers/{first['dossier_id']}"
    assert desk.call("GET", path, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in desk.call("GET", path, headers={"Accept-Encoding": "identity"}).headers


def test_i7_a_bad_op_delays_nothing_else(desk):
    good, _ = desk.received()
    bad, record = desk.received()
    bad = sealed({**bad, "ho_so": {**record, "NgayHenTra": "20200101000000"}, "facts": {**bad["facts"], "due_at": "2020-01-01T00:00:00+07:00"}})
    desk.head = bad["hash"]
    lost = desk.note({"ho_so": record, "dossier_id": uuid7(desk.day)})
    unknown = desk.op("dossier.rescanned", {}, record, good["dossier_id"])
    last = desk.note(good)
    results = desk.push(good, bad, lost, unknown, last)["results"]
    assert [one["outcome"] for one in results] == ["applied", "rejected", "held", "held", "applied"]
    assert (results[1]["code"], results[2]["reason"], results[3]["reason"]) == ("date_order", "dependency", "unsupported_type")
    assert desk.acked() == 5


def test_i7_what_waits_for_a_dossier_is_judged_when_it_comes(desk):
    received, record = desk.received()
    wrong = sealed({**received, "ho_so": {**record, "NgayTiepNhan": "20200101000000"}})
    desk.head = wrong["hash"]
    waiting = [desk.note(received, f"{n}") for n in range(2)]
    cursor = desk.end_of_feed()
    assert desk.outcomes(wrong, *waiting) == ["rejected", "held", "held"]
    right, _ = desk.received(record["MaHoSo"], dossier_id=received["dossier_id"], resolves=received["op_id"])
    assert desk.push(right)["results"][0]["rev"] == 1
    told_outcomes = [entry["data"]["result"] for entry in desk.follow(cursor)[0] if entry["kind"] == "op.outcome"]
    assert [(one["op_id"], one["outcome"], one["rev"]) for one in told_outcomes] == [
        (waiting[0]["op_id"], "applied", 2), (waiting[1]["op_id"], "applied", 3)]
    assert desk.outcomes(*waiting) == ["duplicate", "duplicate"]


def test_a_rejected_op_keeps_its_outcome_when_it_comes_again(desk):
    received, record = desk.received()
    wrong = sealed({**received, "ho_so": {**record, "NgayTiepNhan": "20200101000000"}})
    first = desk.push(wrong)["results"][0]
    again = desk.push(wrong)["results"][0]
    assert again == {**first, "replayed": True}
    assert again["field"] == "ho_so.NgayTiepNhan"


def test_the_same_op_in_a_new_lane_is_a_duplicate_and_another_content_is_refused(desk):
    received, _ = desk.received()
    note, missing = desk.note(received), desk.note({"ho_so": received["ho_so"], "dossier_id": uuid7(desk.day)})
    desk.push(received, note, missing)
    desk.new_lane()
    again = [desk.op(op["type"], op["facts"], op["ho_so"], op["dossier_id"], op_id=op["op_id"]) for op in (received, note, missing)]
    other = desk.note(received, "khác", op_id=note["op_id"])
    results = desk.push(*again, other)["results"]
    assert [(one["outcome"], one.get("rev"), one["epoch"]) for one in results[:2]] == [("duplicate", 1, desk.epoch), ("duplicate", 2, desk.epoch)]
    assert (results[2]["outcome"], results[2]["replayed"]) == ("held", True)
    assert (results[3]["outcome"], results[3]["code"]) == ("rejected", "op_id_reused")
    assert desk.get(f"/dossiers/{received['dossier_id']}")["dossiers"][0]["rev"] == 2
    assert desk.acked() == 4


def test_an_outcome_of_an_op_in_two_lanes_names_both(desk):
    lost = uuid7(desk.day)
    _, record = desk.received(dossier_id=lost)
    waiting = desk.note({"ho_so": record, "dossier_id": lost})
    desk.seq, desk.head = 0, "0" * 64
    early = sealed({**waiting, "seq": 1, "prev_hash": desk.head})
    first_epoch = desk.epoch
    assert desk.outcomes(early) == ["held"]
    desk.new_lane()
    again = desk.op("note.added", early["facts"], early["ho_so"], lost, op_id=early["op_id"])
    late, _ = desk.received(record["MaHoSo"], dossier_id=lost)
    cursor = desk.end_of_feed()
    assert desk.outcomes(again, late) == ["held", "applied"]
    result = next(entry["data"]["result"] for entry in desk.follow(cursor)[0] if entry["kind"] == "op.outcome")
    agrees({"op_id": early["op_id"], "epoch": first_epoch, "seq": 1, "outcome": "applied", "rev": 2,
            "also": [{"device": desk.device, "epoch": desk.epoch, "seq": 1}]}, result)


def test_i26_a_wrong_clock_changes_no_order_and_loses_no_op(desk):
    today = desk.day
    try:
        first, _ = desk.received()
        ops = [first]
        for days in (-10, 10, -3, 7):
            desk.day = today + timedelta(days=days)
            ops.append(desk.note(first, f"{days}", occurred_at=wire_time(desk.day)))
        assert desk.outcomes(*ops) == ["applied"] * 5
        assert [op["occurred_at"] for op in desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1)["ops"]] == [op["occurred_at"] for op in ops]
    finally:
        desk.day = today


REJECTED = [
    ("code_format", "ho_so.MaHoSo", lambda op, desk: with_code(op, "H99/1")),
    ("agency_mismatch", "ho_so.MaHoSo", lambda op, desk: with_code(op, f"H98.10.05-{desk.day:%y%m%d}-12345678")),
    ("unknown_procedure", "ho_so.MaTTHC", lambda op, desk: {**op, "ho_so": {**op["ho_so"], "MaTTHC": "9.999999"}}),
    ("facts_mismatch", "ho_so.ChuHoSo", lambda op, desk: {**op, "ho_so": {**op["ho_so"], "ChuHoSo": "Người khác"}}),
    ("schema", "facts", lambda op, desk: {**op, "facts": {**op["facts"], "sets": 0}}),
    ("schema", "ho_so", lambda op, desk: {**op, "ho_so": {**op["ho_so"], "KenhThucHien": "9"}}),
    ("not_nfc", "ho_so", lambda op, desk: {**op, "ho_so": {**op["ho_so"], "GhiChu": "Hô\u0323"}}),
    ("schema", "facts", lambda op, desk: {**op, "facts": {**op["facts"], "tên": "x"}}),
]


def test_a_name_is_no_time_wherever_its_letters_stand(desk):
    """The eleventh letter of this one is a T, as in a time."""
    op, record = desk.received()
    name = "Nguyễn An Toàn"
    assert name[10] == "T"
    named = sealed({**op, "ho_so": {**record, "ChuHoSo": name}, "facts": {**op["facts"], "applicant": {**op["facts"]["applicant"], "name": name}}})
    assert desk.outcomes(named) == ["applied"]


def with_code(op, code):
    return {**op, "ho_so": {**op["ho_so"], "MaHoSo": code}, "facts": {**op["facts"], "code": code}}


@pytest.mark.parametrize(("code", "field", "spoil"), REJECTED, ids=[f"{row[0]}-{n}" for n, row in enumerate(REJECTED)])
def test_an_op_that_is_wrong_in_itself_is_rejected_with_its_code(desk, code, field, spoil):
    op, _ = desk.received()
    result = desk.push(sealed(spoil(op, desk)))["results"][0]
    assert (result["outcome"], result["code"], result["field"]) == ("rejected", code, field)
    assert desk.acked() == 1


def test_a_code_of_another_dossier_is_a_mismatch_and_of_another_day_a_warning(desk):
    first, _ = desk.received()
    code = f"{desk.agency}-200101-{desk.code()[-8:]}"
    second, _ = desk.received(code)
    results = desk.push(first, second, desk.note({**first, "ho_so": second["ho_so"]}))["results"]
    assert {"code_date_differs", "code_outside_lease"} == {one["code"] for one in results[1]["warnings"]}
    assert (results[2]["outcome"], results[2]["code"]) == ("rejected", "code_mismatch")


def test_a_record_that_differs_is_said_and_changes_nothing(desk):
    first, record = desk.received()
    desk.push(first)
    note = desk.note({**first, "ho_so": {**record, "GhiChu": "khác"}}, base_rev=1)
    result = desk.push(note)["results"][0]
    assert [one["code"] for one in result["warnings"]] == ["projection_mismatch"]
    assert desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"][0]["ho_so"] == record


def test_i25_an_op_of_a_later_version_is_kept(desk):
    first, record = desk.received()
    later = desk.op("dossier.rescanned", {"pages": 3, "more": {"x": []}}, record, first["dossier_id"], added_later="yes")
    results = desk.push(first, later)["results"]
    assert results[1]["missing"] == {"type": "dossier.rescanned"}
    assert desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=2)["ops"] == [later]


def test_a_colleague_may_bring_ops_only_where_the_province_relays(desk, colleague, hand):
    first, _ = desk.received()
    features = desk.hello()["features"]
    assert colleague.push(first, status=403)["code"] == "device_mismatch"
    hand.do("switch", features=[*features, "relay"])
    try:
        assert colleague.outcomes(first) == ["applied"]
        assert desk.outcomes(first) == ["duplicate"]
    finally:
        hand.do("switch", features=features)


def test_ops_of_two_lanes_in_one_request_each_get_their_watermark(desk):
    first, _ = desk.received()
    old = desk.epoch
    desk.new_lane()
    second = desk.note(first)
    reply = desk.push(first, second)
    assert [one["outcome"] for one in reply["results"]] == ["applied", "applied"]
    assert [(mark["epoch"], mark["acked_through"]) for mark in reply["acked"]] == [(old, 1), (desk.epoch, 1)]
