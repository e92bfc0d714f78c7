"""How events become the record: the province contract's section 5, driven by its table of rules, the same on both sides.

The rules are data (``resources/contract/event_rules.json``): where a table and this text differ, the table is right.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.events import JsonObject

Rules = Mapping[str, Any]
Author = tuple[str, str] | None
"""The lane that set a member; None for the province."""
Element = tuple[str, tuple[str, ...]]
"""An array of the record, and the key of one element in it."""

_STATUS = "TrangThaiHoSo"
_CORRECTION = "dossier.corrected"
_CORRECTABLE_STATUSES = ("2", "5")
_FACTS_TARGET = "(facts.target)"
_INTAKE = "intake."


@dataclass(frozen=True, slots=True)
class RecordState:
    """A dossier as its events made it. ``set_at`` tells of each member at which rev, and by whom, it was set last."""

    rev: int
    ho_so: JsonObject
    intake: JsonObject
    handed_over: bool = False
    set_at: Mapping[str, tuple[int, Author]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folded:
    """What an op did. ``outcome`` is applied, conflict or held; ``state`` is the new one, or the old one where nothing was applied."""

    state: RecordState | None
    outcome: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def fold_op(rules: Rules, state: RecordState | None, op: Mapping[str, Any]) -> Folded:
    """Return the state after an op, or why it was not applied. ``state`` None: no dossier with this id is known.

    The op must be well formed and agree with itself; that is looked after where it is recorded and where it is received.
    """
    rule = rules["events"].get(op["type"])
    if rule is None:
        return Folded(state, "held", "unsupported_type")
    if rule.get("no_dossier"):
        return Folded(state, "applied")
    if state is None:
        return Folded(_created(rules, rule, op), "applied") if rule.get("creates") else Folded(None, "held", "dependency")
    return _changed(rules, rule, state, op)


def _created(rules: Rules, rule: Rules, op: Mapping[str, Any]) -> RecordState:
    """P1: a copy of the op's record, with the status of the row and what is derived."""
    target = next(move["to"] for move in rule["moves"] if None in move["from"])
    ho_so = _with_derived({**copy.deepcopy(dict(op["ho_so"])), _STATUS: target})
    return RecordState(1, ho_so, copy.deepcopy(dict(op["facts"])), False, dict.fromkeys(rules["record_members"], (1, _author(op))))


def _changed(rules: Rules, rule: Rules, state: RecordState, op: Mapping[str, Any]) -> Folded:
    target = _target(rule, state, op)
    if target is None:
        return Folded(state, "conflict", _why_not(rules, op["type"], state.ho_so[_STATUS]), (_STATUS,))
    writes = [change["field"] for change in op["facts"]["changes"]] if op["type"] == _CORRECTION else rule["writes"]
    if objection := _objection(rules, rule, state, op, writes):
        return objection
    early = op["type"] == "result.returned" and state.ho_so[_STATUS] != "9"
    changed = _applied(rules, rule, state, op, target=target, writes=writes)
    return Folded(changed, "applied", warnings=("returned_before_ready",) if early else ())


def _objection(rules: Rules, rule: Rules, state: RecordState, op: Mapping[str, Any], writes: list[str]) -> Folded | None:
    """Return what speaks against an op that the status allows, in the order in which the contract judges."""
    if op["type"] == "supplement.received":
        unknown = tuple(element[0] for element in _elements(rule, op) if _place(rules, state.ho_so, element) is None)
        if unknown:
            return Folded(state, "conflict", "supplement_unknown", unknown)
    if op["type"] == _CORRECTION and (state.handed_over or state.ho_so[_STATUS] not in _CORRECTABLE_STATUSES):
        return Folded(state, "held", "awaiting_province")
    stale = tuple(name for name in writes if _is_stale(state, name, op))
    return Folded(state, "conflict", "stale_field", stale) if stale else None


def _applied(
    rules: Rules, rule: Rules, state: RecordState, op: Mapping[str, Any], *, target: str, writes: list[str],
) -> RecordState:
    """P2 to P6 for an op that nothing speaks against."""
    record = op["ho_so"]
    changes = {_STATUS: target} | {name: record[name] for name in writes if name in record}
    changes |= {name: record[name] for name in rule.get("fills", ()) if not state.ho_so[name]}
    arrays = {array: copy.deepcopy(state.ho_so[array]) for array, _ in _elements(rule, op)}
    for element in _elements(rule, op):
        _put(rules, rule, arrays, element, record)
    changed = _written(replace(state, ho_so={**state.ho_so, **arrays}), changes, _author(op))
    intake = corrected_intake(changed.intake, op) if op["type"] == _CORRECTION else changed.intake
    if op["type"] == "dossier.received":
        intake = {**intake, **copy.deepcopy(dict(op["facts"]))}
    return replace(changed, intake=intake, handed_over=state.handed_over or op["type"] == "dossier.handed_over")


def _written(state: RecordState, changes: Mapping[str, Any], author: Author) -> RecordState:
    """Set members at the next rev; one that keeps its value keeps its author too."""
    rev = state.rev + 1
    new = {name: copy.deepcopy(value) for name, value in changes.items() if state.ho_so[name] != value}
    marks = {**state.set_at, **dict.fromkeys(new, (rev, author))}
    return replace(state, rev=rev, ho_so=_with_derived({**state.ho_so, **new}), set_at=marks)


def _target(rule: Rules, state: RecordState, op: Mapping[str, Any]) -> str | None:
    """P2: the status after the op, None when no row fits. A condition that this version does not know holds for nothing."""
    conditions = {
        None: True,
        "NgayTiepNhan is empty": not state.ho_so["NgayTiepNhan"],
        "the dossier was handed over before": state.handed_over,
        "facts.settles_obligation is true": op["facts"].get("settles_obligation") is True,
    }
    status = state.ho_so[_STATUS]
    for move in rule["moves"]:
        if (status in move["from"] or "*" in move["from"]) and conditions.get(move.get("only_if"), False):
            return str(status if move["to"] == "=" else move["to"])
    return None


def _why_not(rules: Rules, kind: str, status: str) -> str:
    if kind == "result.returned" and status == "10":
        return "already_returned"
    if status in rules["closed_statuses"]:
        return "closed"
    return "already_received" if kind == "dossier.received" else "bad_transition"


def _is_stale(state: RecordState, name: str, op: Mapping[str, Any]) -> bool:
    """P8: somebody else set the member after what this desk had seen."""
    rev, author = state.set_at.get(name, (0, None))
    return rev > op["base_rev"] and author != _author(op)


def _elements(rule: Rules, op: Mapping[str, Any]) -> Iterator[Element]:
    """Yield array and key of each element that the facts name (P5); ``results[].GiayToId`` names one for every result."""
    facts = op["facts"]
    for array, names in rule.get("keyed", {}).items():
        several, found, member = names[0].partition("[].")
        place = facts["target"] if array == _FACTS_TARGET else array
        if found:
            yield from ((place, (item[member],)) for item in facts[several])
        else:
            yield place, tuple(facts[name] for name in names)


def _place(rules: Rules, record: Mapping[str, Any], element: Element) -> int | None:
    """Return where an element stands in its array of a record."""
    array, key = element
    names = rules["array_keys"][array]
    return next((place for place, item in enumerate(record[array]) if tuple(item[name] for name in names) == key), None)


def _put(rules: Rules, rule: Rules, arrays: JsonObject, element: Element, record: Mapping[str, Any]) -> None:
    """P5: insert or replace one element of ``arrays``; links that the province gave stay."""
    array = element[0]
    source, place = _place(rules, record, element), _place(rules, arrays, element)
    only = rule.get("element_members")
    if source is None or (only and place is None):
        return
    item = copy.deepcopy(record[array][source])
    if place is None:
        arrays[array].append(item)
        return
    old = arrays[array][place]
    if only:
        item = {**old, **{name: item[name] for name in only}}
    kept = {name: old[name] for name in rules["province_sub_members"].get(array, ()) if old[name]}
    arrays[array][place] = {**item, **kept}


def corrected_intake(intake: Mapping[str, Any], op: Mapping[str, Any]) -> JsonObject:
    """Return the intake after a correction (P3): ``intake.applicant.address`` is a path; what is missing on it is created."""
    changed = copy.deepcopy(dict(intake))
    for change in op["facts"]["changes"]:
        if change["field"].startswith(_INTAKE):
            *path, last = change["field"].removeprefix(_INTAKE).split(".")
            node = changed
            for part in path:
                node = node.setdefault(part, {})
            node[last] = copy.deepcopy(change["new"])
    return changed


def _with_derived(record: JsonObject) -> JsonObject:
    """P6: HoSoCoThanhPhanSoHoa follows from the files."""
    digital = any(item["IsDeleted"] == "False" and item["DuocSoHoa"] == "1" for item in record["TaiLieuNop"])
    return {**record, "HoSoCoThanhPhanSoHoa": "1" if digital else "0"}


def _author(op: Mapping[str, Any]) -> Author:
    return op["device"], op["epoch"]
