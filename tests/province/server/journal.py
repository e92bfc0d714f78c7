"""The journal: ops as they came, their outcomes, and judging again what waited (contract 6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from tests.province.server import feed
from tests.province.server.contract import EVENTS, Json, Op
from tests.province.server.epochs import acked
from tests.province.server.judging import Verdict, judge
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row, rows
from tests.province.server.tables import devices, lanes, ops
from tests.province.server.tokens import Caller


def record(province: Province, connection: Connection, caller: Caller, op: Op) -> dict[str, Json]:
    """Write an op into the journal, judge it, and judge again what waited for it; returns its result."""
    creates = EVENTS.get(op["type"], {}).get("creates", False)
    verdict = judge(province, connection, caller.agency, op)
    named = {name: op[name] for name in ("device", "epoch", "seq", "op_id", "dossier_id", "type", "hash")}
    connection.execute(insert(ops), {
        **named, "agency": caller.agency, "code": _printed(op) if creates else None, "day": op["occurred_at"][:10], "body": op,
        "delivered_by": caller.device, **_kept(verdict)})
    if "same_as" in verdict:
        return result(connection, {**_place(op), "first": verdict["same_as"]})
    if verdict["outcome"] == "applied":
        settle(province, connection, caller.agency, op, created=creates and verdict["rev"] == 1)
    return {**_place(op), **verdict}


def settle(province: Province, connection: Connection, agency: str, op: Op, *, created: bool) -> None:
    """Do what follows when an op was applied: what it resolves needs nobody any more, and what waited for its dossier is judged."""
    if op.get("resolves"):
        connection.execute(update(ops).where(ops.c.agency == agency, ops.c.op_id == op["resolves"]).values(attention=False))
    if created:
        judge_again(province, connection, agency, f"dossier:{op['dossier_id']}")


def judge_again(province: Province, connection: Connection, agency: str, held_for: str) -> None:
    """Judge the ops of an agency that wait for something, in the order in which they were recorded."""
    query = select(ops).where(ops.c.agency == agency, ops.c.held_for == held_for).order_by(ops.c.number)
    for waiting in rows(connection, query):
        verdict = judge(province, connection, agency, waiting["body"], waiting["number"])
        decide(province, connection, waiting, verdict)


def decide(province: Province, connection: Connection, waiting: Any, verdict: Verdict) -> None:
    """Give an op in the journal another outcome, and say so in the feed when it is one."""
    if verdict == waiting["verdict"]:
        return
    connection.execute(update(ops).where(ops.c.number == waiting["number"]).values(**_kept(verdict)))
    said = result(connection, place(connection, waiting["number"]))
    also = [_place(item) for item in rows(connection, select(ops).where(ops.c.first == waiting["number"]).order_by(ops.c.number))]
    if also:
        said["also"] = [{name: item[name] for name in ("device", "epoch", "seq")} for item in also]
    rev = said.get("rev") if said["outcome"] == "applied" else None
    feed.publish(province, connection, waiting["agency"], "op.outcome", {"result": said}, dossier_id=waiting["dossier_id"], rev=rev)
    if verdict.get("outcome") == "applied":
        op = waiting["body"]
        settle(province, connection, waiting["agency"], op, created=bool(EVENTS[op["type"]].get("creates")) and verdict["rev"] == 1)


def result(connection: Connection, item: Any, *, again: bool = False) -> dict[str, Json]:
    """Return the present outcome of an op in the journal; ``again``: it was pushed once more."""
    if item["first"] is not None:
        verdict, again = place(connection, item["first"])["verdict"], True
    else:
        verdict = item["verdict"]
    if again and verdict["outcome"] == "applied":
        return {**_place(item), "outcome": "duplicate", "rev": verdict["rev"]}
    return {**_place(item), **verdict, **({"replayed": True} if again else {})}


def place(connection: Connection, number: int) -> Any:
    """Return an op of the journal by its number."""
    return row(connection, select(ops).where(ops.c.number == number))


def read(province: Province, caller: Caller, device: str, epoch: str, from_seq: int, limit: int) -> dict[str, Json]:
    """Return ops of a lane of the caller's agency as they came, with their outcomes; raises ProblemError not_found."""
    with province.store.reading() as connection:
        lane = row(connection, select(lanes).join(devices, devices.c.device == lanes.c.device).where(
            lanes.c.device == device, lanes.c.epoch == epoch, lanes.c.declared, devices.c.agency == caller.agency))
        if lane is None:
            raise ProblemError("not_found")
        query = select(ops).where(ops.c.device == device, ops.c.epoch == epoch, ops.c.seq >= from_seq).order_by(ops.c.seq)
        found = rows(connection, query.limit(limit))
        results = [result(connection, item) for item in found]
    return {"ops": [item["body"] for item in found], "results": results, "acked": acked(lane)}


def _kept(verdict: Verdict) -> dict[str, Json]:
    """Return what is written down of an outcome; whatever a person must look at is marked."""
    attention = verdict.get("outcome") in ("conflict", "rejected") or verdict.get("reason") == "awaiting_province"
    return {"verdict": verdict, "first": verdict.get("same_as"), "held_for": _held_for(verdict), "attention": attention}


def _held_for(verdict: Verdict) -> str | None:
    if verdict.get("outcome") != "held":
        return None
    missing = verdict["missing"]
    names = {"dependency": f"dossier:{missing.get('dossier_id')}", "unsupported_type": f"type:{missing.get('type')}"}
    return names.get(verdict["reason"], "province")


def _printed(op: Op) -> str | None:
    """Return the code that an op put on a slip, whatever else is wrong with the op."""
    code = op["facts"].get("code")
    return code if isinstance(code, str) and len(code) <= 64 and "\0" not in code and code.isascii() else None


def _place(item: Any) -> dict[str, Json]:
    return {name: item[name] for name in ("op_id", "device", "epoch", "seq")}
