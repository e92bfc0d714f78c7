"""The feed: every change once, in the order of the commits (contract 7; invariants 11, 12, 25)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.province.server.naming import uuid7


def ids(entries):
    return [entry["change_id"] for entry in entries]


def test_i11_a_reader_sees_every_change_once_also_beside_many_writers(desk, colleague):
    cursor = start = desk.end_of_feed()
    seen = []
    with ThreadPoolExecutor(4) as pool:
        batches = [[one.received()[0] for _ in range(5)] for one in (desk, colleague) for _ in range(3)]
        own = [[batch for batch in batches if batch[0]["device"] == one.device] for one in (desk, colleague)]
        work = [pool.submit(lambda one, mine: [one.push(*batch) for batch in mine], one, mine)
                for one, mine in zip((desk, colleague), own, strict=True)]
        while not all(job.done() for job in work):
            page = desk.session.get(f"{desk.url}/changes", params={"cursor": cursor, "limit": 2}, timeout=60, headers={
                "Desk-Protocol": "1.0", "Authorization": f"Bearer {desk.access}"}).json()
            seen, cursor = seen + page["changes"], page["next_cursor"]
        for job in work:
            job.result()
    rest, _ = desk.follow(cursor, limit=3)
    whole, _ = desk.follow(start)
    assert ids(seen + rest) == ids(whole)
    assert len(set(ids(whole))) == len(whole)
    pushed = {op["dossier_id"] for batch in batches for op in batch}
    assert pushed == {entry["dossier_id"] for entry in whole}


def test_i12_a_page_read_again_is_the_same(desk):
    start = desk.end_of_feed()
    first, _ = desk.received()
    desk.push(first, desk.note(first))
    page, again = (desk.get("/changes", cursor=start, limit=1) for _ in range(2))
    assert page["changes"] == again["changes"]
    assert page["has_more"]
    assert page["changes"][0]["rev"] == 1


def test_changes_of_a_desk_come_with_its_op(desk):
    start = desk.end_of_feed()
    first, record = desk.received()
    desk.push(first)
    entry = desk.follow(start)[0][0]
    assert (entry["kind"], entry["dossier_id"], entry["rev"]) == ("dossier.updated", first["dossier_id"], 1)
    data = entry["data"]
    assert (data["source"], data["op_id"], data["codes"], data["intake"]) == ("desk", first["op_id"], [record["MaHoSo"]], first["facts"])


def test_a_fresh_feed_begins_with_the_state_and_goes_on_from_there(desk):
    first, record = desk.received()
    desk.push(first)
    begin, cursor = desk.follow(limit=7)
    state = next(entry for entry in begin if entry["dossier_id"] == first["dossier_id"])
    assert (state["kind"], state["rev"], state["data"]["ho_so"], state["data"]["intake"]) == ("dossier.state", 1, record, first["facts"])
    kinds = {entry["kind"] for entry in begin}
    assert {"lease.updated", "catalogue.available"} <= kinds
    assert not {"op.outcome", "dossier.progress"} & kinds
    assert ids(desk.follow()[0]) == ids(begin)
    desk.push(desk.note(first))
    assert [entry["rev"] for entry in desk.follow(cursor)[0]] == [2]


def test_an_empty_page_has_a_cursor_too(desk):
    cursor = desk.end_of_feed()
    page = desk.get("/changes", cursor=cursor)
    assert (page["changes"], page["has_more"]) == ([], False)
    assert desk.get("/changes", cursor=page["next_cursor"])["changes"] == []


@pytest.mark.parametrize(("params", "status"), [
    ({"cursor": "nonsense"}, 410), ({"cursor": "!"}, 400), ({"cursor": "a" * 257}, 400), ({"limit": 0}, 400), ({"limit": 501}, 400),
    ({"limit": "x"}, 400),
])
def test_a_cursor_or_limit_of_another_form_is_refused(desk, params, status):
    assert desk.call("GET", "/changes", params=params).status_code == status


def test_a_cursor_that_is_too_old_starts_again(desk, hand):
    cursor = desk.end_of_feed()
    first, _ = desk.received()
    desk.push(first)
    hand.do("expire_cursors", agency=desk.agency)
    try:
        reply = desk.call("GET", "/changes", params={"cursor": cursor})
        assert (reply.status_code, reply.json()["code"]) == (410, "cursor_expired")
        assert first["dossier_id"] in {entry["dossier_id"] for entry in desk.follow()[0]}
    finally:
        hand.do("switch", feed_floor=0)


def test_i25_a_kind_of_a_later_version_goes_through(desk, hand):
    cursor = desk.end_of_feed()
    hand.do("publish_raw", agency=desk.agency, kind="x.y", data={"any": ["thing"]})
    assert [(entry["kind"], entry["data"]) for entry in desk.follow(cursor)[0]] == [("x.y", {"any": ["thing"]})]


def test_nobody_reads_what_belongs_to_another_commune(desk, stranger):
    start = stranger.end_of_feed()
    first, record = desk.received()
    desk.push(first)
    assert stranger.follow(start)[0] == []
    for ref in (first["dossier_id"], record["MaHoSo"]):
        assert stranger.call("GET", f"/dossiers/{ref}").status_code == 404
    lane = {"device": desk.device, "epoch": desk.epoch, "from_seq": 1}
    assert stranger.call("GET", "/ops", params=lane).status_code == 404
    assert stranger.outcomes(stranger.note(first)) == ["rejected"]
    assert desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"][0]["rev"] == 1


def test_a_device_reads_the_ops_of_its_colleagues(desk, colleague):
    first, _ = desk.received()
    desk.push(first)
    assert colleague.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1)["ops"] == [first]


@pytest.mark.parametrize("params", [{}, {"device": "x"}, {"from_seq": 0}, {"epoch": "0"}, {"limit": 501}])
def test_ops_are_asked_for_in_the_contracts_form(desk, params):
    good = {"device": desk.device, "epoch": desk.epoch, "from_seq": 1}
    asked = {**good, **params} if params else {}
    assert desk.call("GET", "/ops", params=asked).status_code == 400


def test_what_is_not_here_is_not_found(desk):
    assert desk.call("GET", f"/dossiers/{uuid7(desk.day)}").status_code == 404
    assert desk.call("GET", "/dossiers/" + "x" * 65).status_code == 400
    assert desk.call("GET", "/ops", params={"device": desk.device, "epoch": "0" * 16, "from_seq": 1}).status_code == 404
