"""Leases, epochs and recovery ranges (contract 3.3 and 3.4; invariants 14, 16, 17, 22)."""

import secrets
from datetime import date, timedelta

import pytest

from tests.province.conformance.desk import Desk
from tests.province.conformance.test_push import sealed


def today(desk):
    return desk.day.strftime("%Y-%m-%d")


def lease(desk, reason="renew", **more):
    return desk.send("/numbers/lease", {"device": desk.device, "epoch": desk.epoch, "reason": reason, "serials_seen": [], **more})["leases"]


def serials(one):
    """Return every serial of a lease."""
    parts = [*([one["normal"]] if one["normal"] else []), *one["recovery"]]
    return [number for part in parts for number in range(part["from"], part["to"] + 1)]


@pytest.fixture
def commune(hand):
    """A commune of its own."""
    return f"H99.11.{secrets.randbelow(10**6):06d}"


@pytest.fixture
def numbering(hand, commune):
    """A desk that numbers, the first of its commune."""
    one = Desk(hand.ticket(commune))
    one.enrol()
    return one


def test_i16_leases_of_a_commune_never_overlap(hand, commune):
    held = []
    for _ in range(12):
        one = Desk(hand.ticket(commune))
        leases = one.enrol()["leases"]
        held += [number for item in leases for number in serials(item)]
        if leases[0]["mode"] == "official":
            assert leases[0]["counter_digit"] == leases[0]["normal"]["from"] // 1000
    assert len(held) == len(set(held))
    assert leases[0]["mode"] == "provisional"
    assert leases[0]["normal"] is None


def test_i16_a_revoked_device_keeps_its_range_until_the_lease_ends(hand, numbering, commune):
    kept = serials(lease(numbering)[0])
    hand.do("revoke_device", device=numbering.device)
    other = Desk(hand.ticket(commune))
    assert not set(serials(other.enrol()["leases"][0])) & set(kept)


def test_i17_losing_the_replies_of_lease_ends_in_one_range(numbering):
    first, again = lease(numbering), lease(numbering)
    assert first == again
    assert date.fromisoformat(first[0]["valid_to"]) - date.fromisoformat(first[0]["valid_from"]) >= timedelta(days=30)
    seen = [{"day": today(numbering), "last_serial": first[0]["normal"]["to"]}]
    more = [lease(numbering, "used_up", serials_seen=seen) for _ in range(3)]
    assert len(more[0]) == 2
    assert more[0] == more[1] == more[2]
    assert not set(serials(more[0][0])) & set(serials(more[0][1]))


def test_a_range_that_is_not_used_up_is_not_doubled(numbering):
    assert len(lease(numbering, "used_up", serials_seen=[{"day": today(numbering), "last_serial": 5}])) == 1


def test_a_commune_without_serials_says_so(hand, commune):
    desks = [Desk(hand.ticket(commune)) for _ in range(10)]
    first = desks[0].enrol()["leases"][0]
    for one in desks[1:]:
        one.enrol()
    request = {"device": desks[0].device, "epoch": desks[0].epoch, "reason": "used_up",
               "serials_seen": [{"day": today(desks[0]), "last_serial": first["normal"]["to"]}]}
    assert desks[0].send("/numbers/lease", request, status=409)["code"] == "lease_exhausted"


def test_a_lease_is_for_the_device_of_the_token(desk):
    request = {"device": "D7K2M9Q4", "epoch": desk.epoch, "reason": "renew", "serials_seen": []}
    assert desk.send("/numbers/lease", request, status=403)["code"] == "device_mismatch"


def test_the_province_may_want_provisional_codes(hand, numbering):
    cursor = numbering.end_of_feed()
    hand.do("number_mode", device=numbering.device, mode="provisional")
    entry = numbering.follow(cursor)[0][-1]
    assert (entry["kind"], entry["data"]["leases"][0]["mode"]) == ("lease.updated", "provisional")


def number_one(one, serial):
    """Take a dossier in with a serial of the normal range."""
    normal = lease(one)[0]["normal"]["from"]
    op, _ = one.received(f"{one.agency}-{one.day:%y%m%d}-{normal + serial:04d}")
    result = one.push(op)["results"][0]
    assert (result["outcome"], "warnings" in result) == ("applied", False)
    return normal + serial


def test_i22_a_restore_gets_a_recovery_range_and_the_lanes_before(numbering):
    last = number_one(numbering, 41)
    before, recovery = numbering.epoch, lease(numbering)[0]["recovery"]
    reply = numbering.new_lane(reason="restore", serials_seen=[])
    assert reply["recovery"] == {**recovery[0], "through_day": today(numbering)}
    assert reply["serials_known"] == [{"day": today(numbering), "last_serial": last}]
    mark = next(lane for lane in reply["lanes"] if lane["epoch"] == before)
    assert mark["acked_through"] == 1
    assert numbering.get("/ops", device=numbering.device, epoch=before, from_seq=1)["acked"]["head_hash"] == mark["head_hash"]
    op, _ = numbering.received(f"{numbering.agency}-{numbering.day:%y%m%d}-{recovery[0]['from']}")
    assert "warnings" not in numbering.push(op)["results"][0]


def test_a_code_of_no_day_is_taken_and_counts_for_none(numbering):
    first = lease(numbering)[0]["normal"]["from"]
    op, _ = numbering.received(f"{numbering.agency}-999999-{first:04d}")
    assert numbering.outcomes(op) == ["applied"]
    assert numbering.new_lane(reason="restore", serials_seen=[])["serials_known"] == []


def test_i14_each_restore_of_a_day_gets_another_range_and_the_fifth_none(numbering):
    ranges = [numbering.new_lane(reason="restore", serials_seen=[])["recovery"] for _ in range(4)]
    assert [one["generation"] for one in ranges] == [1, 2, 3, 4]
    epoch = secrets.token_hex(8)
    for _ in range(2):
        request = numbering.epoch_request(epoch, "restore", [])
        assert numbering.send("/epochs", request, status=409)["code"] == "recovery_exhausted"
    numbering.epoch, numbering.seq, numbering.head = epoch, 0, "0" * 64
    assert numbering.outcomes(numbering.received()[0]) == ["applied"]


def test_i17_losing_the_replies_of_epochs_ends_in_one_range(numbering):
    epoch = secrets.token_hex(8)
    replies = [numbering.send("/epochs", numbering.epoch_request(epoch, "disk_replaced", []), status=201) for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert replies[0]["recovery"]["generation"] == 1


@pytest.mark.parametrize(("reason", "numbered", "proven", "due"), [
    ("restore", False, None, True), ("restore", False, 0, False), ("restore", True, 41, True), ("restore", True, 0, True),
    ("clone_detected", True, 41, False), ("chain_repair", True, 41, False), ("clone_detected", True, None, True), ("disk_replaced", False, 0, False),
])
def test_the_normal_range_goes_on_when_its_last_serial_is_proven(numbering, reason, numbered, proven, due):
    last = number_one(numbering, 41) if numbered else 0
    seen = [] if proven is None else [{"day": today(numbering), "last_serial": last if proven else 0}]
    assert (numbering.new_lane(reason=reason, serials_seen=seen)["recovery"] is not None) == due


def test_i22_an_epoch_that_the_gateway_never_heard_of_may_have_had_a_range(numbering):
    reply = numbering.new_lane(reason="restore", serials_seen=[], previous_epoch=secrets.token_hex(8))
    assert reply["recovery"]["generation"] == 2


def test_i22_ops_of_an_older_lane_that_continue_it_are_taken(numbering):
    first, _ = numbering.received()
    numbering.push(first)
    late = numbering.note(first)
    numbering.new_lane(reason="restore", serials_seen=[])
    assert numbering.outcomes(late) == ["applied"]
    assert numbering.outcomes(numbering.note(first)) == ["applied"]


def test_i4_two_copies_of_a_desk_are_found_and_go_apart_in_lanes_of_their_own(numbering):
    first, _ = numbering.received()
    ours, theirs = sealed({**numbering.note(first), "seq": 2}), None
    numbering.push(first, ours)
    numbering.seq, numbering.head = 1, first["hash"]
    theirs = numbering.note(first, "bản sao")
    assert numbering.push(theirs, status=409)["code"] == "device_cloned"
    lost = numbering.get("/ops", device=numbering.device, epoch=numbering.epoch, from_seq=2)["ops"]
    assert lost == [ours]
    numbering.new_lane(reason="clone_detected")
    again = numbering.op(theirs["type"], theirs["facts"], theirs["ho_so"], theirs["dossier_id"], op_id=theirs["op_id"])
    assert numbering.outcomes(again) == ["applied"]


def test_an_epoch_needs_the_key_of_its_own_device(desk, colleague):
    request = desk.epoch_request(secrets.token_hex(8))
    assert desk.send("/epochs", {**request, "declared_day": "2026-01-01"}, status=403)["code"] == "bad_proof"
    assert desk.send("/epochs", {**request, "challenge": "x" * 16}, status=409)["code"] == "challenge_stale"
    assert colleague.send("/epochs", request, status=403)["code"] == "device_mismatch"
