"""Both sides' numbers (contract 10; invariant 2)."""

import hashlib

import pytest


def lane_day(desk, ops):
    hashes = b"".join(bytes.fromhex(op["hash"]) for op in ops)
    return {"device": desk.device, "epoch": desk.epoch, "day": f"{desk.day:%Y-%m-%d}", "count": len(ops), "digest": hashlib.sha256(hashes).hexdigest()}


def lane_range(desk, ops, first, last):
    part = lane_day(desk, ops[first - 1 : last])
    return {**{name: part[name] for name in ("device", "epoch", "count", "digest")}, "from_seq": first, "to_seq": last}


@pytest.fixture
def pushed(desk):
    first, _ = desk.received()
    ops = [first, *(desk.note(first, f"{n}") for n in range(69))]
    desk.push(*ops)
    return ops


def test_i2_what_both_hold_matches(desk, pushed):
    answer = desk.send("/reconcile", {"days": [lane_day(desk, pushed)], "ranges": [lane_range(desk, pushed, 1, 70)]})
    assert [one["match"] for one in answer["days"] + answer["ranges"]] == [True, True]
    assert "hashes" not in answer["ranges"][0]


def test_i2_a_difference_is_narrowed_down_to_the_op(desk, pushed):
    altered = [*pushed[:50], {"hash": "f" * 64}, *pushed[51:]]
    parts = [(1, 70), (1, 35), (36, 70), (51, 51), (71, 80)]
    found = desk.send("/reconcile", {"ranges": [lane_range(desk, altered, *part) for part in parts]})["ranges"]
    assert [one["match"] for one in found] == [False, True, False, False, True]
    assert "hashes" not in found[0]
    assert found[3]["hashes"] == [{"seq": 51, "hash": pushed[50]["hash"]}]
    assert [one["seq"] for one in found[2]["hashes"]] == list(range(36, 71))


def test_i2_what_only_one_side_has_shows(desk, pushed):
    answer = desk.send("/reconcile", {"days": [lane_day(desk, pushed[:-1]), {**lane_day(desk, []), "day": "2020-01-01"}]})["days"]
    assert [(one["match"], one["count"]) for one in answer] == [(False, 70), (True, 0)]


def test_counts_of_a_day_go_by_status_and_code(desk, pushed):
    day = f"{desk.day:%Y-%m-%d}"
    listed = desk.send("/reconcile", {"want_codes": [day]})["codes"][0]["dossiers"]
    assert pushed[0]["ho_so"]["MaHoSo"] in {one["MaHoSo"] for one in listed}
    codes = "".join(f"{code}\n" for code in sorted(one["MaHoSo"] for one in listed))
    by_status = {}
    for one in listed:
        by_status[one["TrangThaiHoSo"]] = by_status.get(one["TrangThaiHoSo"], 0) + 1
    ours = {"day": day, "total": len(listed), "by_status": by_status, "codes_digest": hashlib.sha256(codes.encode()).hexdigest()}
    assert desk.send("/reconcile", {"status_counts": [ours]})["status_counts"] == [{**ours, "match": True}]
    wrong = {**ours, "total": ours["total"] + 1}
    assert desk.send("/reconcile", {"status_counts": [wrong]})["status_counts"] == [{**ours, "match": False}]


def test_what_was_not_read_yet_is_said(desk):
    cursor = desk.end_of_feed()
    assert not desk.send("/reconcile", {"as_of_cursor": cursor})["changes_pending"]
    desk.push(desk.received()[0])
    assert desk.send("/reconcile", {"as_of_cursor": cursor})["changes_pending"]
    assert desk.send("/reconcile", {"as_of_cursor": "nonsense"}, status=410)["code"] == "cursor_expired"


def test_a_stranger_sees_nothing_of_the_lane(desk, stranger, pushed):
    answer = stranger.send("/reconcile", {"days": [lane_day(desk, pushed)], "ranges": [lane_range(desk, pushed, 51, 51)]})
    assert [one["count"] for one in answer["days"] + answer["ranges"]] == [0, 0]
    assert answer["ranges"][0]["hashes"] == []


def test_a_range_that_ends_before_it_begins_is_refused(desk):
    part = {**lane_range(desk, [], 1, 1), "from_seq": 2}
    assert desk.send("/reconcile", {"ranges": [part]}, status=400)["code"] == "bad_request"
