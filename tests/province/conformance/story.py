"""The contract's day and edge cases, told for another device, commune, epoch and day, with ids of their own: a gateway hears them often."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.province.conformance.desk import sealed
from tests.province.server.canon import NoCanonicalTextError, canonical, sha256
from tests.province.server.contract import ZERO_HASH
from tests.province.server.naming import VIETNAM, short_device

DATA = Path(__file__).resolve().parents[2] / "data/province"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DATES = re.compile(r"(20\d\d)-(\d\d)-(\d\d)|\"(20\d\d)(\d\d)(\d\d)(\d{6})\"|-(\d\d)(\d\d)(\d\d)-(?=\d{4})")


def read(name):
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def told(desk, days):
    """Return the steps of the day, then of the edge cases, each with what is expected after it; ``days`` later than written."""
    day, edges = read("day_log"), read("edge_cases")
    text = json.dumps([day["steps"], day["expected"], edges["steps"], edges["expected"]], ensure_ascii=False)
    text = text.replace(f"TAM-{day['device']}", f"TAM-{short_device(desk.device)}").replace(day["device"], desk.device)
    text = text.replace(day["epoch"], desk.epoch).replace(day["agency"], desk.agency)
    text = UUID.sub(lambda found: found[0] if found[0] == desk.device else _own(found[0], desk.epoch), text)
    text = DATES.sub(lambda found: _later(found, days), text)
    told_steps = json.loads(text)
    new = {ZERO_HASH: ZERO_HASH}
    for step in (*told_steps[0], *told_steps[2]):
        for place, op in enumerate(step.get("request", {}).get("ops", ())):
            step["request"]["ops"][place] = _chained(op, new)
    after = json.dumps(told_steps, ensure_ascii=False)
    for old, now in new.items():
        after = after.replace(f'"head_hash": "{old}"', f'"head_hash": "{now}"')
    return json.loads(after)


def agrees(expected, got, path=""):
    """Assert that whatever is expected is there; more may come."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert name in got, f"{path}.{name} is missing"
            if name == "warnings":
                assert {item["code"] for item in value} <= {item["code"] for item in got[name]}, path
            else:
                agrees(value, got[name], f"{path}.{name}")
    elif isinstance(expected, list):
        assert len(expected) == len(got), f"{path}: {got}"
        for place, (one, other) in enumerate(zip(expected, got, strict=True)):
            agrees(one, other, f"{path}[{place}]")
    else:
        assert expected == got, f"{path}: {expected!r} is expected, {got!r} came"


def play(desk, hand, steps):
    """Play steps at a gateway; what its answers must be is in the steps."""
    for number, step in enumerate(steps):
        name = step.get("name", f"step {number}")
        if step["step"] == "push":
            reply = desk.send("/push", step["request"], status=step.get("status", 200))
            agrees(step["expect"], reply, name)
        elif step["change"]["kind"] == "dossier.official_code":
            hand.do("give_code", agency=desk.agency, dossier_id=step["change"]["dossier_id"], code=step["change"]["new_code"])
        else:
            change = step["change"]
            members = {member: change["ho_so"][member] for member in change["changed"]}
            hand.do("change", agency=desk.agency, dossier_id=change["dossier_id"], members=members)


def holds(desk, expected):
    """Assert that the gateway shows dossiers as they must be, under each of their codes."""
    for dossier in expected:
        for ref in (dossier["dossier_id"], *dossier["codes"]):
            shown = [one for one in desk.get(f"/dossiers/{ref}")["dossiers"] if one["dossier_id"] == dossier["dossier_id"]]
            assert len(shown) == 1
            assert {name: shown[0][name] for name in dossier} == dossier


def _own(uuid, salt):
    """Return another UUIDv7 of the same moment."""
    noise = hashlib.sha256(f"{salt}/{uuid}".encode()).hexdigest()
    return f"{uuid[:15]}{noise[:3]}-{uuid[19]}{noise[3:6]}-{noise[6:18]}"


def _later(found, days):
    if found[1]:
        return f"{_moved(found[1], found[2], found[3], days):%Y-%m-%d}"
    if found[4]:
        return f'"{_moved(found[4], found[5], found[6], days):%Y%m%d}{found[7]}"'
    return f"-{_moved('20' + found[8], found[9], found[10], days):%y%m%d}-"


def _moved(year, month, day, days):
    return date(int(year), int(month), int(day)) + timedelta(days=days)


def _chained(op, new):
    """Return an op that follows its predecessors' new hashes; one whose hash is wrong on purpose keeps it."""
    old = op["hash"]
    op = {**op, "prev_hash": new.get(op["prev_hash"], op["prev_hash"])}
    if op["type"] == "checkpoint":
        facts = {**op["facts"], "op_head": new[op["facts"]["op_head"]]}
        body = {**{name: facts[name] for name in ("audit_count", "audit_head", "day")}, "device": op["device"], "epoch": op["epoch"]}
        facts["paper_code"] = base64.b32encode(hashlib.sha256(canonical(body)).digest()[:5]).decode()
        op["facts"] = facts
    if old == ZERO_HASH:
        return op
    try:
        op = sealed(op)
    except NoCanonicalTextError:
        body = {name: value for name, value in op.items() if name != "hash"}
        op["hash"] = sha256(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    new[old] = op["hash"]
    return op


def days_from_now():
    """Return how many days lie between the written day and some day of the coming years that hardly another run has chosen."""
    return int(datetime.now(VIETNAM).timestamp() * 1000) % 3000
