"""Push (contract 6): the whole request is refused and nothing recorded, or every op gets its own result."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select, update

from tests.province.server import journal
from tests.province.server.canon import NoCanonicalTextError, canonical, sha256
from tests.province.server.contract import LIMITS, Json, Op, envelope_shape
from tests.province.server.epochs import acked
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import devices, lanes, ops
from tests.province.server.tokens import Caller

Lane = tuple[str, str]


def push(province: Province, caller: Caller, request: Json) -> dict[str, Json]:
    """Return the contract's PushReply; raises ProblemError, and has recorded nothing then."""
    sent = request.get("ops") if isinstance(request, dict) else None
    if not isinstance(sent, list) or not sent:
        raise ProblemError("bad_request")
    if len(sent) > LIMITS["max_ops"]:
        raise ProblemError("too_large", limit=LIMITS["max_ops"])
    with province.store.writing(caller.agency) as connection:
        known = _check_all(province, connection, caller, sent)
        _compare(connection, sent, known)
        heads = {lane: (item["acked_through"], item["head_hash"]) for lane, item in known.items()}
        results = [_one(province, connection, caller, op, heads) for op in sent]
        for (device, epoch), (seq, head_hash) in heads.items():
            here = (lanes.c.device == device) & (lanes.c.epoch == epoch)
            connection.execute(update(lanes).where(here).values(acked_through=seq, head_hash=head_hash))
        marks = [_mark(lane, heads[lane], sent) for lane in known]
    return {"server_time": province.clock.text(), "results": results, "acked": marks}


def _check_all(province: Province, connection: Connection, caller: Caller, sent: list[Json]) -> dict[Lane, Any]:
    """6.2: look at every op by itself and beside the one before it; returns the lanes of the request."""
    known: dict[Lane, Any] = {}
    last: dict[Lane, Op] = {}
    for op in sent:
        _check_one(province, connection, caller, op)
        lane = op["device"], op["epoch"]
        if lane not in known:
            known[lane] = row(connection, select(lanes).where(lanes.c.device == lane[0], lanes.c.epoch == lane[1], lanes.c.declared))
        if known[lane] is None:
            raise ProblemError("epoch_undeclared", device=lane[0], epoch=lane[1])
        before = last.get(lane)
        if before is not None:
            if op["seq"] <= before["seq"]:
                raise _fault("batch_order", op)
            if op["seq"] == before["seq"] + 1 and op["prev_hash"] != before["hash"]:
                raise _fault("envelope", op)
        last[lane] = op
    return known


def _check_one(province: Province, connection: Connection, caller: Caller, op: Json) -> None:
    if not envelope_shape().is_valid(op):
        raise ProblemError("envelope")
    body = {name: value for name, value in op.items() if name != "hash"}
    try:
        text, given = canonical(op), sha256(canonical(body))
    except NoCanonicalTextError:
        text, given = json.dumps(op).encode(), op["hash"]  # the op is rejected by itself; its place in the lane is used up
    if len(text) > LIMITS["max_op_bytes"]:
        raise ProblemError("op_too_large", **_where(op), limit=LIMITS["max_op_bytes"])
    if op["device"] != caller.device and not _may_relay(province, connection, caller, op["device"]):
        raise _fault("device_mismatch", op)
    if given != op["hash"]:
        raise _fault("hash_mismatch", op)


def _may_relay(province: Province, connection: Connection, caller: Caller, device: str) -> bool:
    """Say whether ops of another computer of the same agency may come by this one."""
    agency = connection.scalar(select(devices.c.agency).where(devices.c.device == device))
    return "relay" in province.switches["features"] and agency == caller.agency


def _compare(connection: Connection, sent: list[Op], known: dict[Lane, Any]) -> None:
    """6.3: what is here already, and what the next op builds on, must be what the desk has."""
    for op in sent:
        lane = known[op["device"], op["epoch"]]
        if op["seq"] <= lane["acked_through"]:
            here = (ops.c.device == op["device"]) & (ops.c.epoch == op["epoch"]) & (ops.c.seq == op["seq"])
            stored, received = str(connection.scalar(select(ops.c.hash).where(here))), op["hash"]
        elif op["seq"] == lane["acked_through"] + 1:
            stored, received = lane["head_hash"], op["prev_hash"]
        else:
            continue
        if stored != received:
            raise ProblemError("device_cloned", **_where(op), stored_hash=stored, received_hash=received)


def _one(province: Province, connection: Connection, caller: Caller, op: Op, heads: dict[Lane, tuple[int, str]]) -> dict[str, Json]:
    lane = op["device"], op["epoch"]
    through = heads[lane][0]
    if op["seq"] <= through:
        here = select(ops).where(ops.c.device == lane[0], ops.c.epoch == lane[1], ops.c.seq == op["seq"])
        return journal.result(connection, row(connection, here), again=True)
    if op["seq"] > through + 1:
        place = {name: op[name] for name in ("op_id", "device", "epoch", "seq")}
        return {**place, "outcome": "held", "reason": "gap", "missing": {"want_from": through + 1}}
    heads[lane] = op["seq"], op["hash"]
    return journal.record(province, connection, caller, op)


def _mark(lane: Lane, head: tuple[int, str], sent: list[Op]) -> dict[str, Json]:
    """Return the watermark of a lane; ``want_from`` where something before what was sent is missing."""
    mark = acked({"device": lane[0], "epoch": lane[1], "acked_through": head[0], "head_hash": head[1]})
    missing = any((op["device"], op["epoch"]) == lane and op["seq"] > head[0] for op in sent)
    return {**mark, "want_from": head[0] + 1} if missing else mark


def _fault(code: str, op: Op) -> ProblemError:
    return ProblemError(code, **_where(op))


def _where(op: Op) -> dict[str, Json]:
    return {name: op[name] for name in ("device", "epoch", "seq")}
