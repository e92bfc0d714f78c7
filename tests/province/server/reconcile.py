"""Reconcile (contract 10): the province's numbers beside the desk's."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from tests.province.server import feed
from tests.province.server.canon import codes_digest, digest
from tests.province.server.contract import Json
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import rows
from tests.province.server.tables import dossiers, ops
from tests.province.server.tokens import Caller

MOST_HASHES = 64


def reconcile(province: Province, caller: Caller, request: dict[str, Json]) -> dict[str, Json]:
    """Return the contract's ReconcileReply, all of one moment; raises ProblemError cursor_expired or bad_request."""
    cursor = request.get("as_of_cursor")
    with province.store.reading() as connection:
        return {
            "changes_pending": feed.has_more(province, connection, caller, cursor) if cursor else False,
            "days": [_day(connection, caller.agency, item) for item in request.get("days", [])],
            "ranges": [_range(connection, caller.agency, item) for item in request.get("ranges", [])],
            "status_counts": [_count(connection, caller.agency, item) for item in request.get("status_counts", [])],
            "codes": [_codes(connection, caller.agency, day) for day in request.get("want_codes", [])],
        }


def counts_of_day(connection: Connection, agency: str, day: str) -> dict[str, Json]:
    """Return how many dossiers of a day of receipt have which status, and the digest of their codes."""
    found = _of_day(connection, agency, day)
    by_status = Counter(item["status"] for item in found)
    codes = codes_digest(item["ho_so"]["MaHoSo"] for item in found)
    return {"total": len(found), "by_status": dict(sorted(by_status.items())), "codes_digest": codes}


def _day(connection: Connection, agency: str, item: dict[str, Json]) -> dict[str, Json]:
    hashes = [found["hash"] for found in _ops(connection, agency, item, ops.c.day == item["day"])]
    return {**_named(item, "device", "epoch", "day"), **_matched(item, hashes)}


def _range(connection: Connection, agency: str, item: dict[str, Json]) -> dict[str, Json]:
    if item["from_seq"] > item["to_seq"]:
        raise ProblemError("bad_request")
    found = _ops(connection, agency, item, ops.c.seq.between(item["from_seq"], item["to_seq"]))
    made = {**_named(item, "device", "epoch", "from_seq", "to_seq"), **_matched(item, [one["hash"] for one in found])}
    if not made["match"] and len(found) <= MOST_HASHES:
        made["hashes"] = [{"seq": one["seq"], "hash": one["hash"]} for one in found]
    return made


def _count(connection: Connection, agency: str, item: dict[str, Json]) -> dict[str, Json]:
    ours = counts_of_day(connection, agency, item["day"])
    return {"day": item["day"], "match": all(item[name] == ours[name] for name in ours), **ours}


def _codes(connection: Connection, agency: str, day: str) -> dict[str, Json]:
    listed = [{"dossier_id": item["dossier_id"], "MaHoSo": item["ho_so"]["MaHoSo"], "TrangThaiHoSo": item["status"], "rev": item["rev"]}
              for item in _of_day(connection, agency, day)]
    return {"day": day, "dossiers": listed}


def _of_day(connection: Connection, agency: str, day: str) -> list[Any]:
    query = select(dossiers).where(dossiers.c.agency == agency, dossiers.c.day == day, dossiers.c.reassigned_to.is_(None))
    return rows(connection, query.order_by(dossiers.c.dossier_id))


def _ops(connection: Connection, agency: str, item: dict[str, Json], which: ColumnElement[bool]) -> list[Any]:
    lane = [ops.c.agency == agency, ops.c.device == item["device"], ops.c.epoch == item["epoch"]]
    return rows(connection, select(ops.c.seq, ops.c.hash).where(*lane, which).order_by(ops.c.seq))


def _matched(item: dict[str, Json], hashes: list[str]) -> dict[str, Json]:
    ours = {"count": len(hashes), "digest": digest(hashes)}
    return {"match": all(item[name] == ours[name] for name in ours), **ours}


def _named(item: dict[str, Json], *names: str) -> dict[str, Json]:
    return {name: item[name] for name in names}
