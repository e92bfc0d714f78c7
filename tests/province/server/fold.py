"""How ops and the province's changes become the record (contract 5). Pure: no database, no clock."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.province.server.contract import EVENTS, RULES, Json, Op
from tests.province.server.naming import is_time, national_time

STATUS = "TrangThaiHoSo"
CORRECTION = "dossier.corrected"
Element = tuple[str, tuple[str, ...]]
"""An array of the record and the key of one element in it."""


@dataclass(slots=True)
class Dossier:
    """A dossier as it stands. ``set_at``: member → [rev, device, epoch], the last two None for the province.

    ``kept_codes``: those that the database has; None while it has no such dossier.
    """

    dossier_id: str
    agency: str
    rev: int
    ho_so: dict[str, Json]
    intake: dict[str, Json] | None
    codes: list[str]
    handed_over: bool = False
    set_at: dict[str, list[Json]] = field(default_factory=dict)
    tien_do: list[dict[str, Json]] = field(default_factory=list)
    reassigned_to: str | None = None
    kept_codes: list[str] | None = None

    @property
    def status(self) -> str:
        """The national status, "1" to "10"."""
        return str(self.ho_so[STATUS])

    def shown(self) -> dict[str, Json]:
        """Return the contract's Dossier."""
        made = {name: getattr(self, name) for name in ("dossier_id", "rev", "codes", "ho_so", "intake")}
        return {**made, "tien_do": self.tien_do} if self.tien_do else made


def created(op: Op) -> Dossier:
    """P1: the dossier that a creating op makes."""
    target = next(move["to"] for move in EVENTS[op["type"]]["moves"] if None in move["from"])
    record = {**copy.deepcopy(op["ho_so"]), STATUS: target}
    dossier = assigned(op["dossier_id"], "", record, _lane(op))
    dossier.intake = copy.deepcopy(op["facts"])
    return dossier


def assigned(dossier_id: str, agency: str, record: dict[str, Json], lane: list[Json] | None = None) -> Dossier:
    """Return a new dossier at rev 1, every member of it set then; ``lane`` None: by the province."""
    set_at: dict[str, list[Json]] = {name: [1, *(lane or [None, None])] for name in (*record, "intake")}
    dossier = Dossier(dossier_id, agency, 1, record, None, [record["MaHoSo"]], set_at=set_at)
    _derive(dossier)
    return dossier


def next_status(dossier: Dossier, op: Op) -> str | None:
    """P2: the status after an op; None when no move fits. A condition of a later version holds for nothing."""
    conditions = {
        None: True,
        "NgayTiepNhan is empty": not dossier.ho_so["NgayTiepNhan"],
        "the dossier was handed over before": dossier.handed_over,
        "facts.settles_obligation is true": op["facts"].get("settles_obligation") is True,
    }
    for move in EVENTS[op["type"]]["moves"]:
        if (dossier.status in move["from"] or "*" in move["from"]) and conditions.get(move.get("only_if"), False):
            return dossier.status if move["to"] == "=" else str(move["to"])
    return None


def why_not(dossier: Dossier, op: Op) -> str:
    """Return the reason of the conflict when no move fits."""
    if (op["type"], dossier.status) == ("result.returned", "10"):
        return "already_returned"
    if dossier.status in RULES["closed_statuses"]:
        return "closed"
    return "already_received" if op["type"] == "dossier.received" else "bad_transition"


def writes(op: Op) -> list[str]:
    """Return the members, or paths into the intake, that an op sets."""
    if op["type"] == CORRECTION:
        return [change["field"] for change in op["facts"]["changes"]]
    return list(EVENTS[op["type"]]["writes"])


def stale_members(dossier: Dossier, op: Op) -> list[str]:
    """P8: what the op would write though somebody else set it after what the desk had seen."""
    stale = []
    for name in writes(op):
        default = dossier.set_at["intake"] if name.startswith("intake.") else [0, None, None]
        rev, *author = dossier.set_at.get(name, default)
        if rev > op["base_rev"] and author != _lane(op):
            stale.append(name)
    return stale


def elements(op: Op) -> list[Element]:
    """Return the array elements that an op names in its facts: the only ones it may touch."""
    found = []
    for array, names in EVENTS[op["type"]].get("keyed", {}).items():
        target = op["facts"]["target"] if array.startswith("(") else array
        several, _, inner = names[0].partition("[].")
        items = op["facts"][several] if inner else [op["facts"]]
        found += [(target, tuple(item[inner] if inner else item[name] for name in names)) for item in items]
    return found


def find(record: dict[str, Json], element: Element) -> int | None:
    """Return where in its array an element of the record is; None: it isn't there."""
    array, key = element
    names = RULES["array_keys"][array]
    return next((place for place, item in enumerate(record[array]) if tuple(item[name] for name in names) == key), None)


def apply(dossier: Dossier, op: Op, target: str) -> list[str]:
    """P3 to P6 for an op that nothing speaks against; returns what changed: members, ``intake``, ``tien_do``."""
    dossier.rev += 1
    before, lane = copy.deepcopy(dossier.ho_so), _lane(op)
    _set(dossier, {STATUS: target}, lane)
    _set(dossier, {name: op["ho_so"][name] for name in writes(op) if name in op["ho_so"]}, lane)
    empty = [name for name in EVENTS[op["type"]].get("fills", ()) if not dossier.ho_so[name]]
    _set(dossier, {name: op["ho_so"][name] for name in empty}, lane)
    for element in elements(op):
        _put(dossier, op, element)
    _derive(dossier)
    dossier.handed_over |= op["type"] == "dossier.handed_over"
    return [*(name for name in dossier.ho_so if dossier.ho_so[name] != before[name]), *_beside(dossier, op, lane)]


def province_sets(dossier: Dossier, members: dict[str, Json]) -> list[str]:
    """Let the province set members; returns their names. Whatever it says, it has said now, also when the value stays."""
    dossier.rev += 1
    dossier.ho_so.update(copy.deepcopy(members))
    dossier.set_at.update({name: [dossier.rev, None, None] for name in members})
    dossier.handed_over |= members.get(STATUS) in ("4", "6", "9")
    _derive(dossier)
    return sorted(members)


def differs(dossier: Dossier, op: Op) -> list[str]:
    """P7: the desk's members in which its record after the event is another than the folded one."""
    theirs = {STATUS, "MaDoiTuong", *RULES["derived"]}
    names = [name for name in dossier.ho_so if name not in theirs]
    return [name for name in names if _of_desk(name, dossier.ho_so[name]) != _of_desk(name, op["ho_so"][name])]


def fact_mismatch(op: Op) -> str | None:
    """Return the member of ``ho_so`` that doesn't say what the facts say; None when all agree."""
    record = op["ho_so"]
    for fact, member in EVENTS[op["type"]].get("agree", {}).items():
        value: Json = op["facts"]
        for part in fact.split("."):
            value = value[part]
        if (national_time(value) if value is None or is_time(value) else value) != record[member]:
            return str(member)
    for change in op["facts"]["changes"] if op["type"] == CORRECTION else ():
        if change["field"] in record and record[change["field"]] != change["new"]:
            return str(change["field"])
    return next((element[0] for element in elements(op) if find(record, element) is None), None)


def _beside(dossier: Dossier, op: Op, lane: list[Json]) -> Iterable[str]:
    """Change what lies beside the record; returns its names."""
    if op["type"] == "dossier.received":
        dossier.intake = {**(dossier.intake or {}), **copy.deepcopy(op["facts"])}
        dossier.set_at = {name: mark for name, mark in dossier.set_at.items() if not name.startswith("intake.")}
        dossier.set_at["intake"] = [dossier.rev, *lane]
        return ["intake"]
    if op["type"] == "step.completed":
        dossier.tien_do.append(copy.deepcopy(op["facts"]["tien_do"]))
        return ["tien_do"]
    if op["type"] == CORRECTION:
        paths = [change for change in op["facts"]["changes"] if change["field"] not in op["ho_so"]]
        for change in paths:
            _correct_intake(dossier, change["field"], copy.deepcopy(change["new"]))
            dossier.set_at[change["field"]] = [dossier.rev, *lane]
        return ["intake"] if paths else []
    return []


def _correct_intake(dossier: Dossier, path: str, value: Json) -> None:
    """Set what a path such as ``intake.applicant.address`` leads to; what is missing on the way is made."""
    dossier.intake = dossier.intake or {}
    *way, last = path.split(".")[1:]
    node = dossier.intake
    for part in way:
        if not isinstance(node.get(part), dict):
            node[part] = {}
        node = node[part]
    node[last] = value


def _set(dossier: Dossier, members: dict[str, Json], lane: list[Json]) -> None:
    for name, value in members.items():
        if dossier.ho_so[name] != value:
            dossier.ho_so[name] = copy.deepcopy(value)
            dossier.set_at[name] = [dossier.rev, *lane]


def _put(dossier: Dossier, op: Op, element: Element) -> None:
    """P5: insert or replace one element; the province's own part of it stays."""
    array, only = element[0], EVENTS[op["type"]].get("element_members")
    place, source = find(dossier.ho_so, element), find(op["ho_so"], element)
    if source is None:
        return
    item = copy.deepcopy(op["ho_so"][array][source])
    if place is None:
        if not only:
            dossier.ho_so[array].append(item)
        return
    old = dossier.ho_so[array][place]
    if only:
        item = {**old, **{name: item[name] for name in only}}
    for name in RULES["province_sub_members"].get(array, ()):
        item[name] = old.get(name) or item[name]
    dossier.ho_so[array][place] = item


def _derive(dossier: Dossier) -> None:
    """P6."""
    digital = any(item["IsDeleted"] == "False" and item["DuocSoHoa"] == "1" for item in dossier.ho_so["TaiLieuNop"])
    dossier.ho_so["HoSoCoThanhPhanSoHoa"] = "1" if digital else "0"


def _of_desk(name: str, value: Json) -> Json:
    """Return a member without the parts of its elements that belong to the province."""
    theirs = RULES["province_sub_members"].get(name, ())
    return [{key: part for key, part in item.items() if key not in theirs} for item in value] if theirs else value


def _lane(op: Op) -> list[Json]:
    return [op["device"], op["epoch"]]
