"""The catalogue that a trial begins with: the procedures and the calendar that the desk is shipped with, in the contract's shapes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.province.server.catalogue import CatalogueFile, find_manifest, publish_catalogue
from tests.province.server.contract import Json
from tests.province.server.province import Province

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
UNITS = {"working_day": "ngay_lam_viec", "day": "ngay", "same_day": "trong_ngay", "hour": "gio", None: "khong_quy_dinh"}
VERSION = "2026.11.1"


def seed(province: Province) -> None:
    """Publish the first catalogue, unless there is one."""
    with province.store.reading() as connection:
        if find_manifest(connection, None) is not None:
            return
    publish_catalogue(province, VERSION, province.clock.day(), shipped_files())


@cache
def shipped_files() -> tuple[CatalogueFile, ...]:
    """Return the files of the first catalogue."""
    return tuple(CatalogueFile(f"{kind}.json", kind, json.dumps(content, ensure_ascii=False).encode())
                 for kind, content in (("procedures", procedures()), ("calendar", calendar())))


def procedures() -> dict[str, Json]:
    """Return the shipped procedures as ``procedures/1``."""
    listed = json.loads((RESOURCES / "catalogue/procedures.json").read_text("utf-8"))["procedures"]
    return {"schema": "procedures/1", "items": [_procedure(item) for item in listed]}


def calendar() -> dict[str, Json]:
    """Return the shipped calendar as ``calendar/1``."""
    shipped = json.loads((RESOURCES / "calendar/calendar.json").read_text("utf-8"))
    hours = shipped["weekly_hours"]["profiles"]["standard"]
    days: dict[str, list[dict[str, str]]] = {"off": [], "work": []}
    for item in shipped["days"]:
        days.setdefault(item["kind"], []).append({"day": item["date"], "name": item["name"]})
    return {"schema": "calendar/1", "working_hours": {day: ["-".join(part) for part in parts] for day, parts in hours.items()},
            "days_off": days["off"], "make_up_days": days["work"]}


def _procedure(item: dict[str, Any]) -> dict[str, Json]:
    limit = item["time_limit"]
    value = {"value": limit["value"], "unit": UNITS[limit["unit"]]}
    case = {"code": "", "name": "", "limit": value, "cutoff": limit.get("same_day_cutoff")}
    return {
        "MaTTHC": item["code"], "TenTTHC": item["name"], "MaLinhVuc": item["field"]["code"] or "", "TenLinhVuc": item["field"]["name"],
        "effective_from": item["effective_from"] or "2025-07-01", "effective_to": item["effective_to"], "cases": [case],
        "components": [_component(number, part) for number, part in enumerate(item["documents"], 1)],
        "fees": [_fee(number, fee) for number, fee in enumerate(item["fees"], 1)],
        "results": [{"MaGiayToKetQua": one["code"] or "", "name": one["name"]} for one in item["result"]],
    }


def _component(number: int, part: dict[str, Any]) -> dict[str, Json]:
    return {"MaThanhPhanHoSo": part["code"] or f"TP{number:02d}", "name": part["name"], "originals": part["original"], "certified": 0,
            "copies": part["copy"], "required": not part["conditional"]}


def _fee(number: int, fee: dict[str, Any]) -> dict[str, Json]:
    return {"MaPhiLePhi": f"PHI{number:02d}", "name": fee["name"], "amount_vnd": fee["amount_vnd"], "unit": fee.get("per") or "hồ sơ",
            "collect_stage": "1", "exemption": fee.get("exemption_note") or "Theo quy định hiện hành", "basis": fee.get("text") or ""}
