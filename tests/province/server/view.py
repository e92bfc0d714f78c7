"""What the province holds, for people: by commune the computers, dossiers, files, and what somebody must look at."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from tests.province.server.contract import RULES, Json
from tests.province.server.office import Office
from tests.province.server.province import Province
from tests.province.server.store import rows
from tests.province.server.tables import agencies, blobs, changes, devices, dossiers, lanes, ops

SHOWN_CHANGES = 20


def position(province: Province, agency: str) -> int:
    """Return how many entries the feed of a commune has had."""
    with province.store.reading() as connection:
        return int(connection.scalar(select(agencies.c.position).where(agencies.c.agency == agency)) or 0)


def overview(province: Province, agency: str | None = None) -> dict[str, Json]:
    """Return what is held, of one commune or of all."""
    with province.store.reading() as connection:
        everybody = rows(connection, select(agencies).order_by(agencies.c.agency))
    chosen = [item for item in everybody if agency in (None, item["agency"])]
    switches = province.switches
    return {"server_time": province.clock.text(), "server_epoch": switches["server_epoch"], "key": province.key.public(),
            "agencies": [{"agency": item["agency"], "name": item["name"], **_commune(province, item["agency"])} for item in chosen]}


def _commune(province: Province, agency: str) -> dict[str, Json]:
    with province.store.reading() as connection:
        own_lanes = select(lanes).join(devices, devices.c.device == lanes.c.device).where(devices.c.agency == agency)
        counted = connection.scalar(select(func.count()).select_from(ops).where(ops.c.agency == agency))
        newest = select(changes).where(changes.c.agency == agency).order_by(changes.c.position.desc())
        latest = rows(connection, newest.limit(SHOWN_CHANGES))
        own = select(devices.c.device, devices.c.name, devices.c.digit, devices.c.revoked).where(devices.c.agency == agency)
        found: dict[str, Json] = {
            "devices": [dict(item) for item in rows(connection, own)],
            "lanes": [{name: item[name] for name in ("device", "epoch", "acked_through")} for item in rows(connection, own_lanes)],
            "ops": int(counted or 0),
            "files": [dict(item) for item in rows(connection, select(blobs).where(blobs.c.agency == agency))],
            "dossiers": [_line(item) for item in rows(connection, select(dossiers).where(dossiers.c.agency == agency).order_by(
                dossiers.c.changed_at.desc()))],
            "changes": [{name: item[name] for name in ("position", "kind", "at", "dossier_id", "rev")} for item in latest],
        }
    return {**found, "attention": Office(province).attention(agency), "days": _days(found["dossiers"])}


def _days(listed: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Return the report's counts: by day of receipt, how many dossiers have which status."""
    by_day: dict[str, Counter[str]] = {}
    for item in listed:
        if item["day"] and item["reassigned_to"] is None:
            by_day.setdefault(item["day"], Counter())[item["status"]] += 1
    return [{"day": day, "total": by_day[day].total(), "by_status": dict(by_day[day])} for day in sorted(by_day, reverse=True)]


def _line(item: dict[str, Json]) -> dict[str, Json]:
    record = item["ho_so"]
    named = {name: record[name] for name in ("MaHoSo", "TenTTHC", "ChuHoSo", "NgayHenTra")}
    kept = {name: item[name] for name in ("dossier_id", "rev", "status", "day", "codes", "reassigned_to")}
    return {**kept, "status_name": RULES["status_names"][item["status"]], **named}
