"""A whole day of the real desk, told to the province: everything is taken, and both sides show the same."""

import hashlib
from collections import defaultdict

import pytest

from counter_app.domain.canonical import envelope
from tests.province.conformance.desk import Desk
from tests.province.trial import TrialProvince
from tests.services.demo.test_day import lived

PUSHED = 50
"""How many ops go in one request."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The desk at the province, its ops, and their results."""
    desk, _ = lived()
    with desk.database.read() as uow:
        ops = [envelope(event) for event in uow.events.everything() if event.lane]
    agency = next(op["facts"]["code"] for op in ops if op["type"] == "dossier.received").rsplit("-", 2)[0]
    with TrialProvince(tmp_path_factory.mktemp("province")) as province:
        client = Desk(province.ticket(agency, digit=2), ops[0]["device"])
        client.epoch = ops[0]["epoch"]
        client.enrol()
        results = [one for start in range(0, len(ops), PUSHED) for one in client.push(*ops[start : start + PUSHED])["results"]]
        yield client, ops, results


def of_known_dossiers(ops):
    """Return the ops whose dossier the desk took in itself; what it took over from an older program is unknown to the province."""
    known = {op["dossier_id"] for op in ops if op["type"] in ("dossier.received", "dossier.refused")}
    return [op for op in ops if op["dossier_id"] is None or op["dossier_id"] in known]


def test_every_act_on_a_dossier_of_the_desk_is_applied(told):
    _, ops, results = told
    applied = {one["op_id"] for one in results if one["outcome"] == "applied"}
    known = of_known_dossiers(ops)
    assert {op["op_id"] for op in known} == applied
    assert len(known) > 200
    assert len({op["type"] for op in known}) > 10


def test_what_the_province_does_not_know_waits(told):
    _, ops, results = told
    known = {op["op_id"] for op in of_known_dossiers(ops)}
    assert {(one["outcome"], one["reason"]) for one in results if one["op_id"] not in known} <= {("held", "dependency")}


def test_the_records_are_those_of_the_desk(told):
    client, ops, _ = told
    last = {op["dossier_id"]: op["ho_so"] for op in of_known_dossiers(ops) if op["dossier_id"]}
    for dossier_id, record in last.items():
        assert client.get(f"/dossiers/{dossier_id}")["dossiers"][0]["ho_so"] == record
        assert [one["dossier_id"] for one in client.get(f"/dossiers/{record['MaHoSo']}")["dossiers"]] == [dossier_id]


def test_both_sides_have_the_same_ops_on_every_day(told):
    client, ops, _ = told
    days = defaultdict(list)
    for op in ops:
        days[op["occurred_at"][:10]].append(op["hash"])
    asked = [{"device": client.device, "epoch": client.epoch, "day": day, "count": len(hashes),
              "digest": hashlib.sha256(b"".join(map(bytes.fromhex, hashes))).hexdigest()} for day, hashes in days.items()]
    assert all(one["match"] for one in client.send("/reconcile", {"days": asked})["days"])
